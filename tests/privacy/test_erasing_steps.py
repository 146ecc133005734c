"""Every step of an erasure counts: broken off it goes on, left out it fails, and who may agree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection
from pytest_django import Settings

from klantbeeld.core import clock, erasing
from klantbeeld.core.models import Record
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import copying, jobs, probing
from klantbeeld.pipeline.erasing import gathered
from klantbeeld.pipeline.known_by import theirs
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy import erasing as saga
from klantbeeld.privacy import erasing_rules, tombstones
from klantbeeld.privacy.erasing_rules import Person
from klantbeeld.privacy.errors import (
    Incomplete,
    NeedsException,
    NeedsSecond,
    NotWaiting,
    StillFound,
)
from klantbeeld.privacy.models import Disclosure, Erasure, Withheld
from klantbeeld.profiles import reads as profiles
from klantbeeld.timeline.models import Interaction
from tests.house.canaries import Bird, plant
from tests.journeys.aside import Aside
from tests.records import SYSTEM, customer, happened, record

pytestmark = pytest.mark.django_db(transaction=True)
ALONE = "Nobody else works here"


@pytest.fixture
def birds(settings: Settings, tmp_path: Path) -> tuple[Bird, Bird]:
    """The customer who goes, and one who stays."""
    settings.HOME = tmp_path
    return plant("roodborst", 1), plant("winterkoning", 2)


class Begun:
    """A house with two birds, everything filled, one erasure agreed to; made once, and put back."""

    def __init__(self, folder: Path) -> None:
        self.aside = Aside(folder)
        self.birds: tuple[Bird, Bird] | None = None
        self.number = ""

    def house(self, home: Path) -> tuple[Bird, Bird, Erasure]:
        """As it was when the erasure was agreed to."""
        if self.birds is None:
            self.birds = plant("roodborst", 1), plant("winterkoning", 2)
            self.number = _prepare(self.birds[0], home).number
            self.aside.keep()
        else:
            self.aside.put_back()
        return *self.birds, Erasure.objects.get(number=self.number)


@pytest.fixture(scope="module")
def begun_once(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    return Begun(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def begun(
    transactional_db: None, settings: Settings, tmp_path: Path, begun_once: Begun
) -> tuple[Bird, Bird, Erasure]:
    """The customer who goes, one who stays, and the erasure that was agreed to."""
    settings.HOME = tmp_path
    return begun_once.house(tmp_path)


def _everywhere(home: Path, word: str) -> list[str]:
    """Every place with the word, the ledger's folder and backups left out."""
    found, _ = probing.found_in_files(home, [word], [erasing.folder(), home / "backups"])
    name = Path(str(connection.settings_dict["NAME"]))
    beside, _ = probing.found_in_files(name.parent, [word], [home]) if _is_sqlite() else ({}, [])
    own = {place for place in beside if place.startswith(name.name)}
    return sorted([*probing.found_in_tables([word]), *found, *own])


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _prepare(bird: Bird, home: Path) -> Erasure:
    """Everything in which she can stand is filled, and the erasure is agreed to."""
    copying.refresh()
    list(profiles.export_rows(SYSTEM, profiles.CustomerQuery()))
    jobs.tag_list.enqueue(1, {"text": bird.email}, {}, "vip", False)
    left = home / "staging" / "dead"
    left.mkdir(parents=True)
    (left / "rows").write_bytes(bird.email.encode("utf-16-le"))
    left.with_suffix(".lock").touch()
    asked = pipeline.ask_erasure(SYSTEM, bird.customer)
    from klantbeeld.pipeline import erasing as house

    return house._begin(SYSTEM, asked, ALONE)


KEYS = [step.key for step in saga.walk()]
# What is left undone is found, by the word, in these; the others leave no receipt.
DATA = {"queue", "rows_pipeline", "rows_sources", "rows_timeline", "rows_privacy", "rows_core",
        "scratch"}  # fmt: skip


@pytest.mark.parametrize("left_out", KEYS)
def test_leaving_out_a_step_fails(
    begun: tuple[Bird, Bird, Erasure], tmp_path: Path, left_out: str
) -> None:
    bird, other, held = begun
    assert _everywhere(tmp_path, bird.name)
    with pytest.raises((Incomplete, StillFound)):
        pipeline.finish_erasure(SYSTEM, held, leave_out=left_out)
    held.refresh_from_db()
    assert held.state == Erasure.RUNNING and not held.receipt
    if left_out in DATA:
        assert _everywhere(tmp_path, bird.name), "the search finds what was left"
    assert _everywhere(tmp_path, other.name)


def test_with_every_step_nothing_is_left(begun: tuple[Bird, Bird, Erasure], tmp_path: Path) -> None:
    bird, other, held = begun
    before = _everywhere(tmp_path, other.name)
    assert pipeline.finish_erasure(SYSTEM, held).state == Erasure.DONE
    assert _everywhere(tmp_path, bird.name) == []
    assert set(_everywhere(tmp_path, other.name)) >= {
        place for place in before if "copy" not in place and not place.endswith("-wal")
    }
    assert set(held.receipt["steps"]) == {*KEYS, saga.OUT_OF_SIGHT}


@pytest.mark.parametrize("at", [*KEYS, "finish"])
def test_killed_at_a_step_it_goes_on(
    begun: tuple[Bird, Bird, Erasure], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Killed after the step did its work and before anybody knew, and its file of work is gone."""
    bird, other, held = begun
    real = saga._note

    def dies(erasure: Erasure, step: str, outcome: Any) -> None:
        if step == at:
            raise KeyboardInterrupt
        real(erasure, step, outcome)

    monkeypatch.setattr(saga, "_note", dies)
    if at == "finish":
        monkeypatch.setattr(erasing.Work, "forget", dies)
    with pytest.raises((KeyboardInterrupt, TypeError)):
        pipeline.finish_erasure(SYSTEM, held)
    monkeypatch.undo()
    (erasing.folder() / f"{held.number}.work").unlink(missing_ok=True)
    pipeline.resume_erasures(SYSTEM)
    held.refresh_from_db()
    assert held.state == Erasure.DONE
    assert not Withheld.objects.exists()
    assert _everywhere(tmp_path, bird.name) == []
    assert _everywhere(tmp_path, other.name)


def test_who_is_matched_while_he_goes_leaves_nothing(settings: Settings, tmp_path: Path) -> None:
    """An import that ends meanwhile matches everybody whose record is still there."""
    settings.HOME = tmp_path
    goes = record({"email": "weg@example.com", "surname": "Zandloper", "postcode": "3511AB"})
    stays = record({"email": "blijft@example.com", "surname": "Zandloper", "postcode": "3511AB"})
    asked = pipeline.ask_erasure(SYSTEM, customer(goes))
    from klantbeeld.pipeline import erasing as house

    held = house._begin(SYSTEM, asked, ALONE)
    note_pending(SYSTEM, [stays], rematch=True)
    pipeline.settle(SYSTEM)
    assert "identity_compared.said" in probing.found_in_tables(["weg@example.com"])
    pipeline.finish_erasure(SYSTEM, held)
    assert _everywhere(tmp_path, "weg@example.com") == []
    assert _everywhere(tmp_path, "blijft@example.com")


def test_still_found_it_is_done_all_over(
    begun: tuple[Bird, Bird, Erasure], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bird, _, held = begun
    (tmp_path / "left").write_text(bird.email)
    with pytest.raises(StillFound, match="left"):
        pipeline.resume_erasures(SYSTEM)
    held.refresh_from_db()
    assert set(held.position) == saga.KEPT
    (tmp_path / "left").unlink()
    pipeline.resume_erasures(SYSTEM)
    held.refresh_from_db()
    assert held.state == Erasure.DONE


def test_out_of_sight_when_it_is_agreed_to(begun: tuple[Bird, Bird, Erasure]) -> None:
    bird, other, held = begun
    assert profiles.hits_of(SYSTEM, [bird.customer]) == []
    assert len(profiles.hits_of(SYSTEM, [other.customer])) == 1
    emails = pl.Series("email", [bird.email, other.email])
    assert tombstones.suppressed({"email": emails}).to_list() == [True, False]
    assert held.counts["core_record"] == 1
    for one in Disclosure.objects.all():
        assert one.subjects


SPELLED = ["utf-8", "utf-16-le", "utf-16-be", "base64-0", "base64-1", "base64-2", "hex", "url",
           "json", "quoted-printable", "latin-1"]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLED)
def test_the_search_reads_every_spelling(tmp_path: Path, spelling: str) -> None:
    value = "zoë.zandloper+post@example.com"
    spelled = probing.spellings(value)
    plain = spelled.get(spelling, value.encode())
    (tmp_path / "kept.bin").write_bytes(b"before " + plain + b" after")
    found, unread = probing.found_in_files(tmp_path, [value])
    assert list(found) == ["kept.bin"] and not unread
    (tmp_path / "kept.bin").write_bytes(b"before  after")
    assert probing.found_in_files(tmp_path, [value]) == ({}, [])


def test_a_short_value_is_not_found_by_chance() -> None:
    assert all(len(b) >= 6 for b in probing.spellings("3511 AB").values())
    assert {"base64-0", "base64-1", "base64-2"} <= set(probing.spellings("fien@example.com"))


def test_the_search_opens_what_is_packed(tmp_path: Path) -> None:
    import gzip
    import tarfile
    import zipfile

    value = "fien.zandloper@example.com"
    several = pl.DataFrame({"a": [f"{n}" for n in range(500)] + [value, "zz"]})
    several.write_parquet(tmp_path / "a.parquet", compression="zstd", statistics=False)
    assert value.encode() not in (tmp_path / "a.parquet").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(tmp_path / "a.parquet", "within.parquet")
    (tmp_path / "c.gz").write_bytes(gzip.compress(value.encode("utf-16-le")))
    with tarfile.open(tmp_path / "d.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "b.zip", "within.zip")
    found, unread = probing.found_in_files(tmp_path, [value])
    assert set(found) == {"a.parquet", "b.zip", "c.gz", "d.tar.gz"} and not unread


# What a file of many rows takes beyond what looking into a small one took, in MB.
PEAK = """
import resource, sys
from pathlib import Path
from klantbeeld.pipeline.wanted import contents
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
small, large = (sum(map(len, contents(Path(p), 20))) and peak() for p in sys.argv[1:])
print(large - small)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux")
def test_a_large_file_is_read_in_pieces(tmp_path: Path) -> None:
    number = pl.int_range(1_000_000, eager=True).cast(pl.String)
    table = pl.DataFrame({c: number + f" {c} of a text that somebody wrote" for c in "abc"})
    table.write_parquet(tmp_path / "large.parquet")
    table.head(1000).write_parquet(tmp_path / "small.parquet")
    assert table.estimated_size("mb") > 100
    paths = [str(tmp_path / name) for name in ("small.parquet", "large.parquet")]
    told = subprocess.run(
        [sys.executable, "-c", PEAK, *paths], capture_output=True, text=True, check=True
    )
    assert int(told.stdout) < 150


def test_what_cannot_be_opened_stops_no_search_and_is_told(tmp_path: Path) -> None:
    value = "fien.zandloper@example.com"
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 the rest is gone")
    (tmp_path / "cut.gz").write_bytes(b"\x1f\x8b the rest is gone")
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 the rest is gone")
    lists = pl.DataFrame({"a": [[value, "x"]], "b": [{"c": 1}]})
    lists.write_parquet(tmp_path / "nested.parquet", compression="zstd")
    (tmp_path / "plain.txt").write_text(value, encoding="utf-8")
    found, unread = probing.found_in_files(tmp_path, [value])
    assert set(found) == {"nested.parquet", "plain.txt"}
    assert sorted(unread) == ["cut.gz", "cut.parquet", "cut.zip"]


def test_nobody_agrees_to_what_he_asked() -> None:
    asks, agrees = Person("Anna", 1), Person("Bert", 2)
    assert erasing_rules.may_decide(asks, agrees, 1) == "may"
    assert erasing_rules.may_decide(asks, asks, 1, "a long enough reason") == "needs_second"
    assert erasing_rules.may_decide(asks, asks, 0) == "needs_exception"
    assert erasing_rules.may_decide(asks, asks, 0, "a long enough reason") == "may"
    assert erasing_rules.may_decide(Person("system"), Person("system"), 0) == "needs_exception"
    assert erasing_rules.may_decide(Person("system"), agrees, 1) == "may"


def test_with_others_there_is_no_exception(settings: Settings, tmp_path: Path) -> None:
    from klantbeeld.accounts.models import User

    settings.HOME = tmp_path
    held = customer(record({"email": "weg@example.com"}))
    with pytest.raises(NeedsException):
        pipeline.erase_customer(SYSTEM, held, alone="")
    User.objects.create_user("b@example.nl", "x", name="Bert", role="privacy")
    with pytest.raises(NeedsSecond, match="Bert"):
        pipeline.erase_customer(SYSTEM, held, alone=ALONE)
    assert Interaction.objects.count() == 0


def test_an_address_that_a_couple_shares_shuts_out_nobody(
    settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    said = {"email": "samen@example.com", "surname": "Zandloper", "postcode": "3511AB"}
    left = record({**said, "first_name": "Fien", "mobile": "+31697000421"})
    stays = record({**said, "first_name": "Toon"})
    hers = customer(left)
    assert hers != customer(stays)
    pairs = theirs([left], [stays])
    assert ("mobile", "+31697000421") in pairs
    assert ("email", "samen@example.com") not in pairs


def test_orders_are_kept_for_the_tax_and_go_when_it_is_time(
    settings: Settings, tmp_path: Path
) -> None:
    from klantbeeld.pipeline import retention
    from klantbeeld.privacy.models import Restriction

    settings.HOME = tmp_path
    held = record({"email": "weg@example.com", "surname": "Zandloper"})
    order = happened(held, "order", amount_minor=1250, subject="Voor Zandloper", key="B-77")
    happened(held, "mail", subject="Zandloper schrijft")
    asked = pipeline.ask_erasure(SYSTEM, customer(held), keep_fiscal=True)
    done = pipeline.erase_alone(SYSTEM, asked, ALONE)
    assert done.receipt["steps"]["fiscal"]["level"] == "kept_under_law"
    assert done.kept_until > clock.now_us() + 6 * 365 * clock.DAY
    (kept,) = Interaction.objects.all()
    assert (kept.pk, kept.amount_minor, kept.subject, kept.key) == (order, 1250, "", "B-77")
    assert [t.due for t in retention.keep_terms(SYSTEM)] == [0, 0, 0]
    Restriction.objects.update(until=clock.now_us() - 1)
    assert {t.purpose: t.due for t in retention.preview_terms(SYSTEM)}["fiscal"] == 1
    retention.keep_terms(SYSTEM)
    assert not Interaction.objects.exists() and not Restriction.objects.exists()


def test_terms_are_previewed_and_kept(settings: Settings, tmp_path: Path) -> None:
    from klantbeeld.core.models import Record
    from klantbeeld.pipeline import retention
    from klantbeeld.profiles import actions as writing

    settings.HOME = tmp_path
    at = clock.now_us() - 4000 * clock.DAY
    old = record({"email": "oud@example.com", "surname": "Oud"}, at=at)
    held_back = record({"email": "zaak@example.com", "surname": "Zaak"}, at=at)
    new = record({"email": "nieuw@example.com", "surname": "Nieuw"})
    writing.refresh(SYSTEM, [customer(one) for one in (old, held_back, new)])
    privacy.hold(SYSTEM, [held_back], "Z-1")
    assert {t.due for t in retention.preview_terms(SYSTEM)} == {0}
    retention.set_term(SYSTEM, "relation", 3650)
    (due,) = [t for t in retention.preview_terms(SYSTEM) if t.purpose == "relation"]
    assert (due.due, due.held) == (1, 1)
    assert Record.objects.count() == 3
    retention.keep_terms(SYSTEM)
    assert set(Record.objects.values_list("pk", flat=True)) == {held_back, new}
    assert Erasure.objects.get().reason == Erasure.EXPIRED


def test_who_agrees_too_late_leaves_nothing_behind(birds: tuple[Bird, Bird]) -> None:
    asked = pipeline.ask_erasure(SYSTEM, birds[0].customer)
    seen_before = Erasure.objects.get(pk=asked.pk)
    work = gathered(asked.number, [birds[0].customer], [birds[0].rows[Record].pk])
    pipeline.erase_alone(SYSTEM, asked, ALONE)
    with pytest.raises(NotWaiting):
        privacy.begin_erasure(SYSTEM, seen_before, work, ALONE)
    assert not list(erasing.folder().glob("*.work"))


def test_a_refusal_forgets_what_a_broken_agreement_wrote(birds: tuple[Bird, Bird]) -> None:
    asked = pipeline.ask_erasure(SYSTEM, birds[0].customer)
    gathered(asked.number, [birds[0].customer], [birds[0].rows[Record].pk]).save()
    privacy.refuse(SYSTEM, asked)
    assert not list(erasing.folder().glob("*.work"))
