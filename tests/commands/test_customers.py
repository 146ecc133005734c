"""From a file to a card at the command line: import, quarantine, find, card, export, erase."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from klantbeeld.core.models import Delivery, Record
from klantbeeld.sources.models import Quarantined
from tests.house.canaries import found_in_files, found_in_tables
from tests.installation import Said

Command = Callable[..., Said]

# transaction=True: an import commits as it goes, and a test that rolled everything back would not
# see what it leaves.
pytestmark = pytest.mark.django_db(transaction=True)

ROWS = """Klantnr;Naam;Geboortedatum;E-mail;Postcode;Huisnummer;Plaats
1001;Fien Zandloper;31-01-1980;fien@example.com;3511 AB;12;Utrecht
1002;Bas Korenwolf;14-02-1975;bas@example.com;1234 CD;3;Hilversum
1003;Truus Wielewaal;31-02-1990;truus@example.com;9711 LM;7;Groningen
"""


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    """Three customers, one of them born on a day that never was."""
    settings.HOME = tmp_path / "home"
    path = tmp_path / "klanten.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def _key(command: Command, text: str) -> str:
    (hit,) = command("find", text, "--json").json["customers"]
    return str(hit["key"])


def test_from_a_file_to_a_card_and_back(command: Command, file: Path) -> None:
    done = command("import", str(file), "--json").json
    parts = ("stored", "unchanged", "quarantined", "suppressed", "rejected")
    assert done["rows_read"] == 3 == sum(done[f"rows_{p}"] for p in parts)
    assert {"records", "interactions", "customers", "seconds"} <= set(done)
    again = command("import", str(file), "--json").json
    assert again["rows_stored"] == 0
    key = _key(command, "zandloper")
    assert "Fien Zandloper" in command("card", key).stdout
    assert command("card", key, "--json").json["name"] == "Fien Zandloper"
    assert "fien@example.com" in command("export", key).stdout
    command("check")
    (first, *_) = done["deliveries"]
    command("import", "--undo", str(first), code=None)
    assert Delivery.objects.get(pk=first).state == "undone"


def test_a_dry_run_stores_nothing(command: Command, file: Path) -> None:
    said = command("import", str(file), "--dry-run")
    assert "Nothing was stored" in said.stdout
    assert not Record.objects.exists()
    assert not Delivery.objects.exists()


def test_a_table_that_is_not_recognised_is_told(command: Command, tmp_path: Path) -> None:
    strange = tmp_path / "raar.csv"
    strange.write_text("aa;bb\nx1;7\nx2;9\n", encoding="utf-8")
    said = command("import", str(strange)).stdout
    assert "2 rejected" in said
    assert "table raar: what it holds was not recognised" in said


def test_a_dry_run_shows_what_each_column_was_taken_for(command: Command, file: Path) -> None:
    file.write_text(
        "Klantnr;Naam;E-mail;Geb.dat.;[/maat]\n"
        "1001;Fien Zandloper;fien@example.com;31-01-1980;a1 b2\n"
        "1002;Bas Korenwolf;bas@example.com;14-02-1975;c3 d4\n",
        encoding="utf-8",
    )
    said = command("import", str(file), "--dry-run").stdout
    assert "klanten.csv, table klanten: customers" in said
    lines = {line.split()[0]: line for line in said.splitlines() if line.strip()}
    assert "birth_date (dmy)" in lines["Geb.dat."] and "14-02-1975" in lines["Geb.dat."]
    assert "%" in lines["E-mail"] and "fien@example.com | bas@example.com" in lines["E-mail"]
    assert "Without a known meaning: [/maat]" in said
    (table,) = command("import", str(file), "--dry-run", "--json").json["tables"]
    column = {c["column"]: c for c in table["columns"]}
    assert column["Geb.dat."]["role"] == "birth_date"
    assert column["Geb.dat."]["format"] == "dmy"
    assert 0.5 < column["Geb.dat."]["confidence"] <= 1
    assert column["[/maat]"]["role"] == "" and column["[/maat]"]["samples"] == ["a1 b2", "c3 d4"]
    assert "columns" not in command("import", str(file), "--json").json["tables"][0]


def test_a_dry_run_writes_a_mapping_that_the_import_takes(command: Command, file: Path) -> None:
    target = file.with_name("mapping.yaml")
    command("import", str(file), "--dry-run", "--mapping-out", str(target))
    assert Delivery.objects.count() == 0
    target.write_text(
        target.read_text(encoding="utf-8").replace("role: city", "role: region"), encoding="utf-8"
    )
    command("import", str(file), "--mapping", str(target))
    assert "region" in Record.objects.get(key="1001").data
    again = ("import", str(file), "--dry-run", "--mapping-out", str(target))
    assert "exists already" in command(*again, code=2).stderr
    target.unlink()
    assert "--dry-run" in command("import", str(file), *again[3:], code=2).stderr
    other = file.with_name("leden.csv")
    other.write_text(ROWS, encoding="utf-8")
    said = command("import", str(other), *again[1:], code=2).stderr
    assert "klanten, leden" in said and "--source" in said
    assert not target.exists()
    command("import", str(other), *again[1:], "--source", "winkel")
    assert "source: winkel" in target.read_text(encoding="utf-8")


def test_an_import_tells_the_number_that_undo_takes(command: Command, file: Path) -> None:
    said = command("import", str(file)).stdout
    (key,) = Delivery.objects.values_list("pk", flat=True)
    assert f"import --undo {key}" in said
    assert any(line.split() == [str(key), "klanten.csv"] for line in said.splitlines())
    assert command("import", str(file), "--json").json["deliveries"]
    command("import", "--undo", str(key))
    said = command("import", "--undo", str(key), code=1)
    assert said.stderr.strip() == (
        f"klantbeeld: Delivery {key} was already taken back; there is nothing left to undo."
    )


def test_what_is_wrong_stands_behind_its_column_in_words(command: Command, file: Path) -> None:
    broken = file.with_name("bestellingen.csv")
    broken.write_text(
        "Ordernummer;Klantnr;Besteldatum;Bedrag\nB1;1001;31-02-2024;10,00\nB2;1002;01-03-2024;5,00\n",
        encoding="utf-8",
    )
    command("import", str(file), str(broken), "--source", "winkel")
    (row,) = command("quarantine", "list", "--json").json["rows"]
    assert "Besteldatum: impossible_date" in command("quarantine", "list").stdout
    lines = command("quarantine", "show", str(row["row"])).stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("Besteldatum")]
    assert "31-02-2024" in line and "This day does not exist in the calendar." in line
    (other,) = [line for line in lines if line.startswith("Bedrag")]
    assert other.split() == ["Bedrag", "10,00"]
    assert "every waiting row" in command("quarantine", "retry", "--help").stdout
    assert "take the delivery back" in " ".join(
        command("quarantine", "retry", "--help").stdout.split()
    )


def test_a_quarantined_row_is_shown_mended_and_stored(command: Command, file: Path) -> None:
    broken = file.with_name("bestellingen.csv")
    broken.write_text(
        "Ordernummer;Klantnr;Besteldatum;Bedrag\nB1;1001;31-02-2024;10,00\nB2;1002;01-03-2024;5,00\n",
        encoding="utf-8",
    )
    command("import", str(file), str(broken), "--source", "winkel")
    page = command("quarantine", "list", "--json").json
    assert page["open"] >= 1
    row = next(r for r in page["rows"] if r["path"].endswith("bestellingen.csv"))
    assert "31-02-2024" in command("quarantine", "show", str(row["row"])).stdout
    command("quarantine", "mend", str(row["row"]), "Nooit=1", code=2)
    mended = command("quarantine", "mend", str(row["row"]), "Besteldatum=28-02-2024", "--json")
    assert mended.json == {"stored": 1, "quarantined": 0}
    assert Quarantined.objects.get(pk=row["row"]).state == "mended"
    assert command("check", "--json").json["ok"]


def test_export_to_a_file_and_never_over_one(command: Command, file: Path) -> None:
    command("import", str(file))
    key = _key(command, "korenwolf")
    target = file.with_name("export.json")
    command("export", key, "--to", str(target))
    assert "bas@example.com" in json.dumps(json.loads(target.read_text(encoding="utf-8")))
    assert "exists already" in command("export", key, "--to", str(target), code=2).stderr


def test_erasing_asks_first_and_is_final(command: Command, file: Path) -> None:
    words = {("", word): word for word in ("Korenwolf", "korenwolf", "bas@example.com")}
    home = file.parent / "home"
    command("import", str(file))
    assert found_in_tables(words)
    key = _key(command, "korenwolf")
    why = ("--alone", "Nobody else works here.")
    assert "--yes" in command("erase", key, *why, code=2).stderr
    assert "nothing is erased yet" in command("erase", key).stdout
    assert command("card", key)
    done = command("erase", key, *why, "--yes", "--json").json
    assert (done["state"], done["counts"]["core_record"]) == ("done", 1)
    receipt = file.with_name("receipt.json")
    receipt.write_text(command("erase", "--receipt", done["number"]).stdout, encoding="utf-8")
    assert "Genuine" in command("erase", "--verify", str(receipt)).stdout
    text = receipt.read_text(encoding="utf-8")
    receipt.write_text(text.replace("Nobody else", "Everybody else"), encoding="utf-8")
    command("erase", "--verify", str(receipt), code=1)
    (listed,) = command("erase", "--list", "--json").json
    assert listed["number"] == done["number"]
    assert "Nothing was broken off" in command("erase", "--resume").stdout
    command("erase", code=2)
    assert command("find", "korenwolf", "--json").json["customers"] == []
    command("card", key, code=1)
    again = command("import", str(file), "--json").json
    assert command("find", "korenwolf", "--json").json["customers"] == []
    assert again["rows_suppressed"] + again["rows_unchanged"] >= 1
    assert found_in_tables(words) == {}
    assert found_in_files(home, words.values()) == set()


def test_resolving_a_file_needs_no_database(command: Command, file: Path) -> None:
    target = file.with_name("resolved.csv")
    counts = command("resolve", str(file), "--to", str(target), "--json").json
    assert [counts[name] for name in ("records", "customers", "households")] == [3, 3, 0]
    assert "customer" in target.read_text(encoding="utf-8").splitlines()[0]
    assert not Record.objects.exists()
    command("import", str(file))
    assert "matched anew" in command("resolve").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import",), 2),
        (("import", "nowhere.csv"), 2),
        (("import", "--undo", "99"), 1),
        (("card", "nonsense"), 1),
        (("export", "0000000000000"), 1),
        (("erase", "nonsense", "--yes"), 1),
        (("quarantine", "show", "99"), 1),
        (("quarantine", "drop", "99"), 1),
        (("resolve", "nowhere.csv"), 2),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    command: Command, file: Path, arguments: tuple[str, ...], code: int
) -> None:
    said = command(*arguments, code=code)
    assert len(said.stderr.strip().splitlines()) == 1, said.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_rest_imported(
    command: Command, file: Path
) -> None:
    empty = file.with_name("leeg.csv")
    empty.write_text("", encoding="utf-8")
    said = command("import", str(file), str(empty), code=1)
    assert "leeg.csv" in said.stderr
    assert Record.objects.filter(kind="person").exists()


def test_a_row_leaves_quarantine_once(command: Command, tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path / "home"
    path = tmp_path / "bestellingen.csv"
    path.write_text(
        "Bestelnummer;Klantnummer;Besteldatum;Bedrag\n"
        "B1;1001;31-02-2026;10,00\nB2;1002;28-02-2026;12,00\n",
        encoding="utf-8",
    )
    command("import", str(path))
    (row,) = Quarantined.objects.all()
    command("quarantine", "drop", str(row.pk))
    counted = list(Delivery.objects.values_list("rows_quarantined", "rows_rejected"))
    assert counted == [(0, 1)]
    for more in (["drop", str(row.pk)], ["mend", str(row.pk), "Besteldatum=27-02-2026"]):
        said = command("quarantine", *more, code=1)
        assert "waits no more" in said.stderr
    assert list(Delivery.objects.values_list("rows_quarantined", "rows_rejected")) == counted
    assert Quarantined.objects.get().mended == {}


def test_whether_somebody_may_be_contacted_and_why(command: Command, file: Path) -> None:
    command("import", str(file))
    key = _key(command, "Zandloper")
    told = command("may-contact", key, "--json").json
    assert [one["channel"] for one in told["channels"]] == ["email", "phone", "post", "sms"]
    phone = command("may-contact", key, "--channel", "phone", "--on", "2026-07-01")
    assert "not_allowed" in phone.stdout
    assert "Telecommunicatiewet" in phone.stdout
    command("may-contact", key, "--channel", "pigeon", code=2)
    command("may-contact", key, "--on", "gisteren", code=2)
    command("may-contact", "0" * 13, code=1)


def test_a_part_is_counted_and_erased(command: Command, file: Path) -> None:
    command("import", str(file))
    key = _key(command, "Fien Zandloper")
    listed = command("erase-part", key, "--json").json
    (address,) = [row["part"] for row in listed if row["part"].endswith(":address")]
    assert command("erase-part", key, "--part", address, "--json").json["counts"]
    assert found_in_tables({("", "a"): "3511 AB"})
    asked = command("erase-part", key, "--part", address, "--ask", "--json").json
    assert asked["state"] == "waiting"
    why = ("--alone", "Nobody else works here", "--yes", "--json")
    assert command("erase-part", key, "--part", address, *why).json["state"] == "done"
    assert not found_in_tables({("", "a"): "3511 AB"})
    command("erase-part", key, "--part", address, code=1)
    command("erase-part", key, "--part", "address", code=2)
    assert command("card", key)
