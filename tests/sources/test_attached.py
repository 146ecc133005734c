"""Attachments are looked into by what they are; what cannot be looked into says so."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest

from klantbeeld.sources.attached import LARGEST_TEXT, WHY, Unread, attached_text


def word_of(*parts: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, xml in parts:
            file.writestr(name, xml)
    return made.getvalue()


def pdf_of(text: str) -> bytes:
    """One page with one line, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return bytes(made + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


def test_word_is_read_with_its_headers_and_split_runs() -> None:
    body = "<w:p><w:r><w:t>Hij heeft dia</w:t></w:r><w:r><w:t xml:space='preserve'>betes &amp; meer</w:t></w:r></w:p>"
    text = attached_text(
        word_of(("word/document.xml", body), ("word/header1.xml", "<w:t>Kop</w:t>"))
    )
    assert "Hij heeft diabetes & meer" in text
    assert "Kop" in text


def test_a_pdf_is_read_and_plain_text_is() -> None:
    text = attached_text(pdf_of("Mevrouw heeft reuma"))
    assert "Mevrouw heeft reuma" in text
    assert attached_text(b"hallo") == "hallo"


def locked_word() -> bytes:
    made = bytearray(word_of(("word/document.xml", "<w:t>x</w:t>")))
    # The bit that says so, in the local and in the central header.
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + place] |= 1
    return bytes(made)


def locked_pdf() -> bytes:
    made = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of("Mevrouw heeft reuma")))
    made.encrypt("geheim")
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "picture"),
        (pdf_of(""), "picture"),
        (b"%PDF-1.4 broken", "damaged"),
        (b"PK\x03\x04broken", "damaged"),
        (locked_word(), "locked"),
        (locked_pdf(), "locked"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 9 + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (word_of(("xl/workbook.xml", "<x/>")), "unknown"),
        (b"MZ\0\0program", "unknown"),
        (b"a" * (LARGEST_TEXT + 1), "large"),
    ],
    ids=range(10),
)
def test_what_nobody_can_look_into_says_why(content: bytes, why: str) -> None:
    with pytest.raises(Unread) as told:
        attached_text(content)
    assert told.value.why == why and why in WHY
