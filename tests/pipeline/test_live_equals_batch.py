"""What arrives bit by bit gives the same customers as everything matched at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core.models import Record
from klantbeeld.identity import actions, few, matching
from klantbeeld.identity.touching import touched_by
from klantbeeld.pipeline.actions import settle
from klantbeeld.pipeline.report import ImportReport
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR
from tests.sample.reading import Sample
from tests.sample.shared import SHARE

Bring = Callable[..., ImportReport]
NEWSLETTER_LINES = int(6_000 * SHARE)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> Path:
    data = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample.data, data)
    letters = (data / "nieuwsbrief.csv").read_bytes().splitlines(keepends=True)
    (data / "nieuwsbrief.csv").write_bytes(b"".join(letters[:NEWSLETTER_LINES]))
    return data


def told_apart() -> set[frozenset[str]]:
    return set(dump.partition().values())


@pytest.mark.slow
def test_live_equals_batch(bring: Bring, exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bring(exports / "crm.xlsx", exports / "spaarpas.json")
    assert first.customers > SHARE * 4_000
    # From here on only what changed is matched, with the components that it touches.
    monkeypatch.setattr(actions, "WHOLE_SHARE", 2.0)
    monkeypatch.setattr(actions, "SMALL", 0)
    monkeypatch.setattr(matching, "LEARN_AGAIN", 1_000)
    for name in ("nieuwsbrief.csv", "servicedesk.csv", "portaal.csv", "klachten.csv"):
        before = told_apart()
        bring(exports / name)
        live, homes = told_apart(), dump.homes()
        assert live != before
        settle(ACTOR, everything=True)
        batch = told_apart()
        wrong = [sorted(group) for group in live - batch]
        assert not wrong, (name, len(wrong), wrong[:3], [sorted(g) for g in batch - live][:3])
        elsewhere = [sorted(group) for group in homes - dump.homes()]
        assert not elsewhere, (name, len(elsewhere), elsewhere[:3])


@pytest.mark.slow
def test_undone_bit_by_bit(
    bring: Bring, undo: Callable[[int], int], exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(exports / "crm.xlsx", exports / "spaarpas.json")
    before = told_apart()
    monkeypatch.setattr(actions, "WHOLE_SHARE", 2.0)
    monkeypatch.setattr(actions, "SMALL", 0)
    second = bring(exports / "servicedesk.csv", exports / "portaal.csv")
    assert told_apart() != before
    for delivery in second.deliveries:
        undo(delivery)
    assert told_apart() == before


def test_few_records_match_without_columns_as_with(bring: Bring, exports: Path) -> None:
    """Keys, values, links, doubts, customers and households of what a record touches."""
    bring(exports / "crm.xlsx", exports / "servicedesk.csv")
    deciding = matching.in_force()
    records = Record.objects.filter(kind__in=matching.MATCHED_KINDS).order_by("pk")
    sizes = []
    for record in records.values_list("pk", flat=True)[::97]:
        near = touched_by(matching.frame_of([record]), deciding.model)
        frame = matching.frame_of(sorted(near))
        found = few.matched(frame, deciding)
        if found:
            sizes.append(len(frame))
            batch = matching.match(frame, deciding)
            for name in ("clusters", "links", "keys", "doubts", "said"):
                one, other = getattr(found, name), getattr(batch, name)
                assert one.sort(one.columns).equals(other.sort(other.columns)), (record, name)
    assert len(sizes) > SHARE * 40
    assert max(sizes) > 3
