"""A guarded number in the name of a file, a table or a column is stored nowhere either."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import polars as pl
import pytest
from django.db import connection
from xlsxwriter import Workbook

from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Delivery, Source
from klantbeeld.pipeline import actions, intake, naming
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.naming import Apart, mask_name, mask_path
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.models import SpecialFinding
from klantbeeld.quality.special.checks import is_bsn
from klantbeeld.timeline.models import Document
from tests.house.canaries import found_in_tables

ACTOR = system_actor()
BSNS = ("999990019", "999943248", "999990202", "999990111")
MANY = [*BSNS, *(n for n in map(str, range(999_991_000, 999_991_999)) if is_bsn(n))][:24]
CARD, VAT = "4111111111111111", "NL999990019B01"
PEOPLE = "Klantnr;Naam;E-mail\nK-1;Fien Zandloper;fien@example.com\n"
OTHERS = "Klantnr;Naam;E-mail\nK-2;Bas Wit;bas@example.com\n"
database = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


def where(home: Path, *numbers: str) -> set[str]:
    """Files (by content or name) and tables in which one of the numbers stands."""
    held = Path(str(connection.settings_dict["NAME"]))
    paths = [*home.rglob("*"), *held.parent.glob(f"{held.name}*")]
    found = set()
    for number in numbers:
        found |= {str(p) for p in paths if number in str(p.relative_to(p.anchor))}
        found |= {str(p) for p in paths if p.is_file() and number.encode() in _content(p)}
        found |= set(found_in_tables({("", "number"): number}))
    return found


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if content[:4] != b"PAR1":
        return content
    frame = pl.read_parquet(path)
    return content + b"".join(repr((c, frame[c].to_list())).encode() for c in frame.columns)


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(*paths: Path) -> Any:
    report = actions.import_paths(ACTOR, list(paths))
    told = json.dumps(report.as_json())
    assert not [number for number in (*BSNS, CARD, VAT) if number in told]
    return report


def book(sheets: dict[str, list[list[Any]]]) -> bytes:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("BSN 999990019.csv", "BSN […].csv"), ("bsn_999990019.csv", "bsn_[…].csv"),
        ("BSN-999990019-2024.csv", "BSN-[…]-2024.csv"), ("klant_999990019_v2.csv", "klant_[…]_v2.csv"),
        ("999943248", "[…]"), ("999943248.0", "[…].0"), ("bsn999990019.xlsx", "bsn[…].xlsx"),
        ("9999.90.019 klant", "[…] klant"), ("btw NL999990019B01.csv", "btw […].csv"),
        ("bsn=999990019,v2", "bsn=[…],v2"), ("kaart 4111 1111 1111 1111.csv", "kaart […].csv"), ("klant.999990019.naam", "klant.[…].naam"),
    ],
)  # fmt: skip
def test_a_number_in_a_name_is_masked(name: str, masked: str) -> None:
    assert mask_name(name).name == masked
    assert mask_name(name).kinds


@pytest.mark.parametrize(
    "name",
    [
        "20251122 export.csv", "order 123456789.csv", "klanten_2025-11-22.csv", "order 999990019.csv",
        "factuur-999990019.pdf", "klanten 20251122_093015.csv", "NL91ABNA0417164300.csv",
        "Geloof", "Heeft diabetes", "BSN", "kvk 999990019", "K999990019", "123456789",
    ],
)  # fmt: skip
def test_other_names_stay(name: str) -> None:
    assert mask_name(name) == (name, ())
    assert mask_path(f"map/{name}") == (f"map/{name}", ())


def test_names_that_become_alike_are_kept_apart() -> None:
    apart = Apart()
    given = ["BSN 999990019.csv", "BSN 999943248.csv", "BSN 999990019.csv", "bsn.csv"]
    told = [apart.name(name, mask_name(name)) for name in given]
    assert told == ["BSN […].csv", "BSN […] (2).csv", "BSN […].csv", "bsn.csv"]


@database
def test_names_of_files_folders_and_archives(home: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    put(files, f"{BSNS[0]}/klanten.csv", PEOPLE)
    put(files, f"BSN {BSNS[1]}.csv.gz", gzip.compress(OTHERS.encode()))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{BSNS[2]}/klanten {BSNS[3]}.csv", PEOPLE.replace("K-1", "K-3"))
        archive.writestr(f"{BSNS[0]}.bin", bytes(range(256)) * 9)
    put(files, f"{VAT} {CARD}.zip", packed.getvalue())
    report = load(files)
    assert where(home, *BSNS, CARD, VAT) == set()
    assert "[…]" in report.unreadable[0].path
    assert Delivery.objects.count() == 3
    told = set(SpecialFinding.objects.values_list("column", "kind", "reason"))
    assert told == {("", kind, "in_file_name") for kind in ("bsn", "card", "old_vat")}


@database
def test_two_files_that_are_named_alike_stay_two_deliveries(home: Path, tmp_path: Path) -> None:
    paths = [put(tmp_path / "files", f"BSN {b}.csv", PEOPLE.replace("K-1", b[-4:])) for b in BSNS]
    load(*paths)
    names = list(Delivery.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["BSN […].csv", *(f"BSN […] ({n}).csv" for n in (2, 3, 4))]
    assert set(Source.objects.values_list("key", flat=True)) & {"bsn"}
    assert where(home, *BSNS) == set()


@database
def test_names_of_sheets(home: Path, tmp_path: Path) -> None:
    head = ["Klantnr", "Naam", "E-mail"]
    sheets = {
        BSNS[0]: [head, ["K-1", "Fien Zandloper", "fien@example.com"]],
        BSNS[1]: [head, ["K-2", "Bas Wit", "bas@example.com"]],
    }
    report = load(put(tmp_path / "files", "klanten.xlsx", book(sheets)))
    assert [table.name for table in report.tables] == ["[…]", "[…] (2)"]
    assert report.counts["rows_stored"] == 2
    assert where(home, *BSNS) == set()
    found = SpecialFinding.objects.values_list("table", "kind", "reason")
    assert set(found) == {(name, "bsn", "in_table_name") for name in ("[…]", "[…] (2)")}


@database
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_headings(home: Path, tmp_path: Path, kind: str) -> None:
    names = ["Klantnr", "Naam", "E-mail", BSNS[0], f"BSN {BSNS[1]}", BSNS[2]]
    rows = [[f"K-{n}", f"Fien Zandloper{n}", f"fien{n}@example.com", "x", "y", "z"] for n in (1, 2)]
    content: bytes | str = {
        "csv": "\n".join(";".join(row) for row in [names, *rows]),
        "xlsx": book({"Blad1": [names, *rows]}),
        "json": json.dumps([dict(zip(names, row, strict=True)) for row in rows]),
    }[kind]
    report = load(put(tmp_path / "files", f"klanten.{kind}", content))
    assert report.counts["rows_stored"] == 2
    assert where(home, *BSNS) == set()
    found = set(SpecialFinding.objects.values_list("column", "kind", "reason"))
    assert found == {(c, "bsn", "in_heading") for c in ("[…]", "[…] (2)", "BSN […]")}
    if kind != "json":
        assert SpecialFinding.objects.first().rows == [[1, 1]]  # type: ignore[union-attr]


def _json(path: Path) -> None:
    orders = [{"nummer": 1, BSNS[3]: "x"}]
    people = [{"klantnummer": "K-1", "naam": "Fien Wit", BSNS[1]: {BSNS[2]: "x"}, "orders": orders}]
    path.write_text(json.dumps({BSNS[0]: people}))


def _by_key(path: Path) -> None:
    people = {n: {"naam": f"Fien Wit{n[-3:]}", "stad": "Zeist"} for n in MANY}
    path.write_text(json.dumps(people))


def _lines(path: Path) -> None:
    path.write_text(json.dumps({"klantnummer": "K-1", "naam": "Fien Wit", BSNS[0]: "x"}) + "\n")


def _sqlite(path: Path) -> None:
    with sqlite3.connect(path) as made:
        made.execute(f'CREATE TABLE "{BSNS[0]}" (klantnummer TEXT, naam TEXT, "{BSNS[1]}" TEXT)')
        made.execute(f"INSERT INTO \"{BSNS[0]}\" VALUES ('K-1', 'Fien Wit', 'x')")


def _parquet(path: Path) -> None:
    pl.DataFrame({"klantnummer": ["K-1"], "naam": ["Fien Wit"], BSNS[0]: ["x"]}).write_parquet(path)


@database
@pytest.mark.parametrize("write", [_json, _by_key, _lines, _sqlite, _parquet])
def test_keys_and_tables(home: Path, tmp_path: Path, write: Callable[[Path], None]) -> None:
    path = put(tmp_path / "files", f"klanten.{write.__name__[1:]}", b"")
    path.unlink()
    write(path)
    load(path)
    assert where(home, *MANY) == set()
    assert SpecialFinding.objects.exists()


@database
def test_the_next_delivery_is_read_by_the_same_mapping(home: Path, tmp_path: Path) -> None:
    for number in (0, 1):
        text = f"Klantnr;Naam;{BSNS[number]}\nK-{number};Fien Zandloper;roze\n"
        path = put(tmp_path / "files", f"klanten {BSNS[number]}.csv", text)
        load(path)
        kept = home / "mappings" / "klanten.yaml"
        told = kept.read_text(encoding="utf-8").replace("full_name", "surname")
        kept.write_text(told, encoding="utf-8")
    said = Delivery.objects.order_by("pk").values_list("mapping", flat=True)
    assert ["surname" in mapping for mapping in said] == [False, True]
    assert [path.name for path in (home / "mappings").iterdir()] == ["klanten.yaml"]
    assert where(home, *BSNS) == set()


@database
def test_a_heading_that_is_a_number_counts_as_a_value(home: Path, tmp_path: Path) -> None:
    bsns = MANY[:6]
    rows = [f"Naam;E-mail;{bsns[0]}"]
    rows += [f"Fien Zandloper{n};fien{n}@example.com;{bsn}" for n, bsn in enumerate(bsns[1:])]
    load(put(tmp_path / "files", "klanten.csv", "\n".join(rows)))
    assert where(home, *bsns) == set()
    told = SpecialFinding.objects.order_by("pk").values_list("column", "reason", "rows")
    assert list(told) == [("[…]", "in_heading", [[1, 1]]), ("[…]", "check_digits", [[2, 6]])]


@database
def test_an_upload(home: Path, tmp_path: Path) -> None:
    text = f"Klantnr;Naam;E-mail;{BSNS[1]}\nK-1;Fien Zandloper;fien@example.com;x\n".encode()
    two = [(f"BSN {BSNS[0]}.csv", [text]), (f"BSN {BSNS[2]}.csv", [text.replace(b"K-1", b"K-2")])]
    made = intake.begin(ACTOR, two)
    assert where(home, *BSNS) == set()
    intake.read(made)
    assert where(home, *BSNS) == set()
    intake.move(made, Intake.TRYING)
    intake.attempt(made)
    assert where(home, *BSNS) == set()
    intake.move(made, Intake.LOADING)
    intake.load(made)
    assert where(home, *BSNS) == set()
    names = ["BSN […].csv", "BSN […] (2).csv"]
    assert [file["name"] for file in made.files] == names
    assert set(Delivery.objects.values_list("name", flat=True)) == set(names)
    found = list(SpecialFinding.objects.values_list("column", "reason").order_by("pk"))
    assert found == [("", "in_file_name"), ("[…]", "in_heading")] * 2


@database
def test_without_the_masking_it_would_be(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "mask_name", naming.Masked)
    own = MANY[-2:]  # what it writes stays in the database's log, where others look
    text = PEOPLE.replace("Naam", f"Naam;{own[1]}").replace("Fien", "x;Fien")
    load_as_it_is = actions.import_paths
    load_as_it_is(ACTOR, [put(tmp_path / "files", f"BSN {own[0]}.csv", text)])
    assert {"core_delivery", "privacy_specialfinding"} & where(home, *own)


@database
def test_letters_and_what_hangs_on_a_mail(home: Path, tmp_path: Path) -> None:
    text = "Utrecht, 2 november 2026\n\nGeachte heer,\n\nHet is mooi.\n\nFien Zandloper\n"
    message = EmailMessage()
    message["From"], message["To"] = "fien@example.com", "info@example.org"
    message["Date"], message["Subject"] = "Mon, 02 Nov 2026 10:00:00 +0100", "Hallo"
    message["Message-ID"] = "<1@example.com>"
    message.set_content("Groet, Fien")
    message.add_attachment("mooi\n", filename=f"gegevens {BSNS[2]}.txt")
    letters = tmp_path / "files" / "brieven"
    for number, name in enumerate((f"brief {BSNS[1]}.docx", f"brief_{BSNS[3]}.docx")):
        document = docx.Document()
        for line in f"{text}\n\nBlad {number}".split("\n\n"):
            document.add_paragraph(line)
        document.save(str(put(letters, name, b"")))
    load(put(tmp_path / "files", f"mail {BSNS[0]}.eml", message.as_bytes()), letters)
    assert where(home, *BSNS) == set()
    assert Document.objects.count() == 3


@database
def test_a_source_that_a_program_names(home: Path) -> None:
    actions.bring(ACTOR, f"winkel {BSNS[0]}", "customers", [{"customer_number": "K-1"}])
    assert Source.objects.filter(key="winkel").exists()
    assert where(home, *BSNS) == set()


@database
def test_a_number_is_never_off_for_a_whole_source(home: Path) -> None:
    privacy.judge_column(ACTOR, "crm", "", "bsn", "onze eigen nummers")
    assert privacy.special_plan(ACTOR, "crm").treatments["bsn"] == "block"
