"""Letters and Word documents: text, whom it is to, and tables in them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import cast

import docx
import pypdf
import pytest

from klantbeeld.sources.readers import UnreadableFile, tables_in
from klantbeeld.sources.readers.letter_text import facts_in
from tests.sources.files import only_table, rows, whole, written

LETTER = """Fietsenwinkel De Ketting
Industrieweg 4
3542 AB Utrecht
Tel. 030-0001234 - info@ketting.example.nl - KvK 90000001

De heer J. van der Meer
Dorpsstraat 12-B
6711 AA Ede

Utrecht, 12 maart 2024
Klantnummer: K10234
Betreft: offerte e-bike

Geachte heer Van der Meer,

Hierbij onze offerte met offertenummer OFF-2024-017 voor een e-bike.
Uw e-mailadres is jvdmeer@example.nl en uw bestelling heeft ordernummer 2024-881.
"""


def pdf(lines: list[str]) -> bytes:
    """A page with lines of text, made by hand."""
    shown = " ".join(f"({line.replace('(', ' ').replace(')', ' ')}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def word(path: Path, lines: list[str], cells: list[list[str]] | None = None) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for row in cells or []:
        table = document.tables[0] if document.tables else document.add_table(0, len(row))
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def test_facts_of_a_letter_are_the_addressees() -> None:
    assert facts_in(LETTER) == {
        "full_name": "J. van der Meer", "street": "Dorpsstraat", "house_number": "12",
        "house_suffix": "B", "postcode": "6711 AA", "city": "Ede", "customer_number": "K10234",
        "quote_number": "OFF-2024-017", "order_number": "2024-881", "subject": "offerte e-bike",
        "email": "jvdmeer@example.nl", "document_at": dt.datetime(2024, 3, 12),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Ede, 3 april 2024", dt.datetime(2024, 4, 3)),
        ("Datum: 03-04-2024", dt.datetime(2024, 4, 3)),
        ("April 3rd, 2024", dt.datetime(2024, 4, 3)),
        ("2024-04-03", dt.datetime(2024, 4, 3)),
        ("31 februari 2024", None),
    ],
)
def test_dates_of_letters(line: str, moment: dt.datetime | None) -> None:
    assert facts_in(f"Beste\n{line}\n").get("document_at") == moment


def test_letters_of_a_folder_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "brieven"
    folder.mkdir()
    content = pdf(LETTER.splitlines())
    written(folder, "a.pdf", content)
    word(folder / "b.docx", LETTER.splitlines())
    written(folder, "c.pdf", content[:300])
    (table,) = tables_in(folder)
    frame = whole(table)
    assert frame["file_name"].to_list() == ["a.pdf", "b.docx"]
    assert frame["postcode"].to_list() == ["6711 AA", "6711 AA"]
    assert frame["customer_number"].to_list() == ["K10234", "K10234"]
    assert frame["document_at"][0] == dt.datetime(2024, 3, 12)
    assert [(reject.raw, reject.reason) for reject in table.rejects()] == [
        ("brieven/c.pdf", "damaged"),
    ]  # fmt: skip
    fetch = cast(Callable[[int], bytes], table.details["content_bytes"])
    assert fetch(1) == content


def test_a_locked_and_a_broken_pdf_are_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["Geachte heer"])))
    writer.encrypt("geheim")
    locked = io.BytesIO()
    writer.write(locked)
    for content, code in ((locked.getvalue(), "password"), (b"%PDF-1.4 niets", "damaged")):
        with pytest.raises(UnreadableFile) as raised:
            list(tables_in(written(tmp_path, "brief.pdf", content)))
        assert raised.value.code == code


def test_tables_in_a_word_document(tmp_path: Path) -> None:
    cells = [["Klantnr", "Naam"], ["007", "Jan"], ["008", "Zoë"]]
    table = only_table(word(tmp_path / "lijst.docx", ["Overzicht"], cells))
    assert rows(table) == [(2, "007", "Jan"), (3, "008", "Zoë")]


def test_a_letter_with_a_table_in_it_is_a_letter(tmp_path: Path) -> None:
    cells = [["Aantal", "Artikel"], ["1", "slot"]]
    table = only_table(word(tmp_path / "offerte.docx", LETTER.splitlines(), cells))
    assert table.details["holds"] == "documents"
    assert "1\tslot" in whole(table)["text"][0]
