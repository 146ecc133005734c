"""Loading uses what its trial run matched, exactly when nothing changed in between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.core.models import Record, Source
from klantbeeld.identity import matching
from klantbeeld.identity.actions import judge
from klantbeeld.identity.models import Link, MatchKey, StoredModel
from klantbeeld.pipeline import intake_files
from klantbeeld.pipeline.actions import begin_intake, go_on, import_paths, settle
from klantbeeld.pipeline.models import Intake
from klantbeeld.sample.generate import generate
from tests.pipeline.conftest import ACTOR
from tests.pipeline.dump import assert_same, content, homes, partition
from tests.pipeline.test_trial import CRM, SHOP
from tests.pipeline.test_undo_property import thrown_away
from tests.sample.shared import make_fewer

OTHER = """Klantnummer;Voornaam;Achternaam;Postcode;Huisnummer;E-mail
A1;Fien;Zandloper;3511 AB;4;fien@example.com
"""


@pytest.fixture
def matches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records each match was of that was really made."""
    made: list[int] = []
    match = matching.match

    def counted(frame: pl.DataFrame, *rest: Any, **more: Any) -> matching.Matched:
        made.append(len(frame))
        return match(frame, *rest, **more)

    monkeypatch.setattr(matching, "match", counted)
    return made


@pytest.fixture
def tried(house: Path, settings: Any) -> Callable[..., Intake]:
    """Adds files on screen as far as the trial run."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    def run(*files: Path) -> Intake:
        made = begin_intake(ACTOR, [(f.name, [f.read_bytes()]) for f in files])
        made.refresh_from_db()
        go_on(ACTOR, made, Intake.TRYING)
        made.refresh_from_db()
        assert made.state == Intake.TRIED, made.problem
        return made

    return run


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two files of which the second knows somebody by number only, and somebody else."""
    found = []
    for name, text in (("crm.csv", CRM), ("webshop.csv", SHOP + "1005;K9;;06-05-2024;10,00\n")):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        found.append(path)
    return found


def _load(made: Intake) -> None:
    go_on(ACTOR, made, Intake.LOADING)
    made.refresh_from_db()
    assert made.state == Intake.LOADED, made.problem


def _matched() -> list[Any]:
    """Links, keys, partition and model, without numbers of the database."""
    links = Link.objects.values_list(
        "left__source__key", "left__key", "right__source__key", "right__key", "weight", "same",
        "household", "levels", "model_version",
    )  # fmt: skip
    keys = MatchKey.objects.values_list("hash", "kind", "record__source__key", "record__key")
    held = [sorted(map(repr, found)) for found in (links, keys)]
    return [*held, partition(), homes(), list(StoredModel.objects.values_list("version", flat=1))]


def _imported(files: list[Path]) -> tuple[Any, list[Any]]:
    """The state after an import of these files, which is thrown away."""
    with thrown_away():
        import_paths(ACTOR, files)
        return content(), _matched()


def test_what_was_tried_is_not_matched_again(
    tried: Callable[..., Intake], files: list[Path], matches: list[int]
) -> None:
    wanted, how = _imported(files)
    made = tried(*files)
    matches.clear()
    _load(made)
    assert matches == []
    assert_same(content(), wanted)
    assert _matched() == how


def test_a_model_that_was_learnt_in_the_trial_run_is_the_one_that_is_kept(
    tried: Callable[..., Intake], tmp_path: Path, matches: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(matching, "LEARN_FROM", 100)
    make_fewer(monkeypatch, 0.3)
    generate(tmp_path / "sample", "small")
    files = sorted(
        p for p in (tmp_path / "sample").rglob("*") if p.stem in {"crm", "klachten", "servicedesk"}
    )
    wanted, how = _imported(files)
    assert len(how[-1]) == 1, "too few records to learn from"
    made = tried(*files)
    assert not StoredModel.objects.exists()
    matches.clear()
    _load(made)
    assert matches == []
    assert_same(content(), wanted)
    assert _matched() == how


def test_beside_records_that_are_known(
    tried: Callable[..., Intake], files: list[Path], tmp_path: Path, matches: list[int]
) -> None:
    import_paths(ACTOR, files)
    other = tmp_path / "leden.csv"
    other.write_text(OTHER, encoding="utf-8")
    wanted, how = _imported([other])
    made = tried(other)
    matches.clear()
    _load(made)
    assert matches == []
    assert_same(content(), wanted)
    assert _matched() == how


def _somebody_spoke(tmp_path: Path) -> None:
    one, other = Record.objects.filter(source__key="oud").order_by("key")[:2]
    judge(ACTOR, one.pk, other.pk, "different")
    settle(ACTOR)


def _more_arrived(tmp_path: Path) -> None:
    path = tmp_path / "leden.csv"
    path.write_text(OTHER, encoding="utf-8")
    import_paths(ACTOR, [path])


def _a_source_vouches_for_its_numbers(tmp_path: Path) -> None:
    Source.objects.filter(key="oud").update(has_unique_ids=True)


@pytest.mark.alike
@pytest.mark.parametrize(
    "change", [_somebody_spoke, _more_arrived, _a_source_vouches_for_its_numbers]
)
def test_what_changed_in_between_is_heard(
    tried: Callable[..., Intake], files: list[Path], tmp_path: Path, matches: list[int],
    change: Callable[[Path], None],
) -> None:  # fmt: skip
    known = tmp_path / "oud.csv"
    known.write_text(CRM.replace("K", "O").replace("fien@", "fientje@"), encoding="utf-8")
    import_paths(ACTOR, [known])
    with thrown_away():
        change(tmp_path)
        import_paths(ACTOR, files)
        wanted, how = content(), _matched()
    made = tried(*files)
    change(tmp_path)
    matches.clear()
    _load(made)
    assert matches, "the trial run's match was used"
    assert_same(content(), wanted)
    assert _matched() == how


def test_a_trial_run_leaves_nothing_that_could_be_used_by_others(
    tried: Callable[..., Intake], files: list[Path]
) -> None:
    made = tried(*files)
    folder = intake_files.folder_of(made.token)
    assert (folder / "match.json").exists()
    _load(made)
    assert not folder.exists()
