"""The lasting key can be followed by another: what stands under the old one still holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.core import anchors, backup, cutting, lasting, ledger, public_ids, verifying
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.ledger import Look
from klantbeeld.privacy import links, part_tombstones, receipts, tombstone_ledger, tombstones
from klantbeeld.privacy.rules import About
from tests.installation import ROOT, Installation

pytestmark = pytest.mark.django_db
ANNA = Actor("Anna", "service", "service", 7, "web")
JOB = Actor("job", "administrator", "service", interface="job")


@pytest.fixture
def home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, whose key stands in its file."""
    monkeypatch.delenv("KLANTBEELD_LASTING_KEY", raising=False)
    settings.HOME = tmp_path
    (tmp_path / lasting.FILE).write_text("of-the-beginning-" * 4, encoding="utf-8")
    public_ids._round_keys.cache_clear()
    ledger.close()
    return tmp_path


def look(*whom: int) -> None:
    """Somebody is shown these people."""
    ledger.append([Look(ANNA, "read", "card", whom)])


def rotate() -> None:
    """As the command does."""
    anchors.rotate_key(JOB)


def is_suppressed(*addresses: str) -> list[bool]:
    """Which of these addresses are of somebody who was erased."""
    return tombstones.suppressed({"email": pl.Series(addresses)}).to_list()


def test_who_was_erased_stays_out_under_every_key(home: Path) -> None:
    tombstones.add([("email", "weg@example.nl")])
    tombstones.add([part_tombstones.value("city", "Zeist")])
    rotate()
    assert is_suppressed("weg@example.nl", "blijft@example.nl") == [True, False]
    assert part_tombstones.held([part_tombstones.value("city", "Zeist")])
    tombstones.add([("email", "later@example.nl")])
    rotate()
    assert is_suppressed("weg@example.nl", "later@example.nl", "nooit@example.nl") == [
        True, True, False,
    ]  # fmt: skip
    # Erased again: the later moment counts, though it stands under another key.
    tombstones.add([("email", "weg@example.nl")], at=now_us() + 9)
    at = tombstones.erased_at({"email": pl.Series(["weg@example.nl"])})[0]
    assert at > tombstones.erased_at({"email": pl.Series(["later@example.nl"])})[0]
    assert len(list(tombstone_ledger.lines())) == 4
    marks = {line["of"] for line in tombstone_ledger.lines()}
    assert len(marks) == 3


def test_the_log_verifies_across_a_rotation(home: Path) -> None:
    look(11)
    look(11, 12)
    ledger.forget([12])
    anchors.settle()
    before = anchors.latest()
    rotate()
    look(11)
    ledger.forget([11])
    anchors.settle()
    assert verifying.findings() == []
    assert verifying.findings(before) == []
    told = ledger.book().ask('SELECT "details" FROM {p}entry WHERE "action" = \'next_key\'')
    assert len(told) == 1
    assert lasting.marks()[0] in told[0][0]
    assert str(anchors.latest()["public_key"]) in told[0][0]  # type: ignore[index]
    rotate()
    look(13)
    assert verifying.findings() == []


def test_after_cutting_the_log_goes_on_under_the_key_of_its_time(home: Path) -> None:
    look(11)
    anchors.settle()
    rotate()
    look(12)
    anchors.settle()
    look(13)
    cutting.cut(JOB, now_us())
    anchors.settle()
    assert verifying.findings() == []


def test_who_has_the_old_key_only_cannot_write_on(home: Path) -> None:
    """Entries after the change, chained with the old key by somebody who held on to it."""
    look(11)
    rotate()
    look(12)
    held = ledger.book()
    old = lasting.marks()[-1]
    ((seq, last),) = held.ask('SELECT "seq", "hash" FROM {p}head')
    names = ", ".join(f'"{name}"' for name in ledger.COLUMNS)
    (columns,) = held.ask(f'SELECT {names} FROM {{p}}entry WHERE "seq" = %s', [seq])
    forged = [seq + 1, *columns[1:]]
    hash_ = ledger.chained(last, forged, old)
    marks = ", ".join(["%s"] * (len(ledger.COLUMNS) + 1))
    held.ask(f"INSERT INTO {{p}}entry VALUES ({marks})", [*forged, hash_])
    held.ask(
        'UPDATE {p}head SET "seq" = %s, "hash" = %s, "mac" = %s',
        [seq + 1, hash_, ledger.head_mac(seq + 1, hash_, old)],
    )
    codes = {finding.code for finding in verifying.findings()}
    assert {"entry does not follow", "head forged"} <= codes


def test_links_receipts_and_addresses_of_before_still_open(home: Path) -> None:
    token = links.token(links.Link(links.OUT, 11, About("email", "marketing")))
    number = public_ids.to_public("customer", 11)
    signature = receipts.signed({"number": "1"})
    rotate()
    public_ids._round_keys.cache_clear()
    assert links.opened(links.OUT, token).key == 11
    assert links.token(links.Link(links.OUT, 11, About("email", "marketing"))) != token
    assert public_ids.from_public("customer", number) == 11
    assert receipts.is_genuine({"number": "1"}, signature)
    assert not receipts.is_genuine({"number": "2"}, signature)
    assert receipts.signed({"number": "1"}) != signature


def test_a_backup_of_before_takes_no_key_away(home: Path) -> None:
    tombstones.add([("email", "weg@example.nl")])
    of_before = (home / lasting.FILE).read_text(encoding="utf-8")
    rotate()
    tombstones.add([("email", "later@example.nl")])
    now = (home / lasting.FILE).read_text(encoding="utf-8")
    kept = lasting.held_in(home)
    (home / lasting.FILE).write_text(of_before, encoding="utf-8")
    lasting.follow(home, kept)
    assert (home / lasting.FILE).read_text(encoding="utf-8") == now
    assert len(tombstone_ledger.tombstones()) == 2
    # A home that is put back elsewhere has the keys of its backup, and none of the house there.
    lasting.follow(home, ["of-another-house-" * 4])
    assert lasting.held_in(home) == now.split()
    assert backup.LEFT_OUT.isdisjoint({lasting.FILE})


def test_a_log_put_back_goes_on_and_names_the_newer_key(home: Path) -> None:
    """The log of a backup ends under the old key: it is followed by the new one by itself."""
    look(11)
    anchors.settle()
    lasting.add_key()
    look(12)
    assert verifying.findings() == []
    anchors.settle()
    look(13)
    assert verifying.findings() == []
    told = ledger.book().ask("SELECT count(*) FROM {p}entry WHERE \"action\" = 'next_key'")
    assert told == [(1,)]


def test_a_house_without_one_of_its_keys_lets_nobody_in(home: Path) -> None:
    lasting.require()
    rotate()
    newest = (home / lasting.FILE).read_text(encoding="utf-8").split()[0]
    (home / lasting.FILE).write_text(newest, encoding="utf-8")
    with pytest.raises(lasting.AnotherKey):
        lasting.require()


def test_a_key_of_the_environment_is_followed_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANTBEELD_LASTING_KEY", "given-" * 9)
    with pytest.raises(ValueError, match="KLANTBEELD_LASTING_KEY"):
        lasting.add_key()


ERASE = """
import django; django.setup()
from klantbeeld.privacy import tombstones
tombstones.add([("email", "weg@example.nl")])
"""
CUSTOMERS = "klantnr;naam;email\n1;Weg Weg;weg@example.nl\n2;Blijf Blijf;blijft@example.nl\n"


@pytest.mark.slow
def test_who_was_erased_stays_out_after_a_rotation_and_a_restore(
    installation: Installation, tmp_path: Path
) -> None:
    """The backup is from before the key that he was erased under."""
    made = installation.json("backup", "--to", str(tmp_path / "before.tar.gz"))
    installation.run("rotate-key")
    environment = {**installation.environment, "DJANGO_SETTINGS_MODULE": "klantbeeld.settings"}
    subprocess.run([sys.executable, "-c", ERASE], env=environment, cwd=ROOT, check=True)
    installation.run("backup", "--restore", made["path"], "--force")
    (tmp_path / "klanten.csv").write_text(CUSTOMERS, encoding="utf-8")
    loaded = installation.json("import", str(tmp_path / "klanten.csv"))
    assert (loaded["rows_stored"], loaded["rows_suppressed"]) == (1, 1)
    installation.run("audit", "anchor")
    installation.run("audit", "verify")
    assert len((installation.home / lasting.FILE).read_text(encoding="utf-8").split()) == 2
