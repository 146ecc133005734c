"""Mail: encoded headers, HTML, attachments, several recipients, mailboxes and folders."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest

from klantbeeld.sources.readers import UnreadableFile, tables_in
from klantbeeld.sources.readers.mail import parsed, text_of_html
from klantbeeld.sources.tables import ROW
from tests.sources.files import only_table, whole, written

PLAIN = (
    b"From: =?utf-8?q?Zo=C3=AB?= van Dijk <Zoe@Example.nl>\r\n"
    b'To: service@example.org, "Smit, Bo" <bo@example.nl>\r\nCc: Jan <jan@example.nl>\r\n'
    b"Subject: =?utf-8?B?S2xhY2h0IG92ZXIgY2Fmw6k=?=\r\n =?utf-8?q?_en_meer?=\r\n"
    b"Date: Mon, 1 Jan 2024 10:00:00 +0100\r\nMessage-ID: <a1@example.nl>\r\n"
    b"In-Reply-To: <a0@example.nl>\r\n\r\nBeste mensen,\r\nFrom hier gaat het mis.\r\n"
)


def with_attachment() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "bo@example.nl", "service@example.org"
    message["Subject"] = "Foto's"
    message.add_alternative("<p>Hallo<br>daar</p><script>alert(1)</script>", subtype="html")
    message.add_attachment(
        b"\x00\x01PDF", maintype="application", subtype="pdf", filename="Offerte é.pdf"
    )
    return message.as_bytes()


def test_fields_of_a_message() -> None:
    assert parsed(PLAIN).fields == {
        "message_id": "<a1@example.nl>",
        "event_at": dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC),
        "sender": "zoe@example.nl",
        "sender_name": "Zoë van Dijk",
        "recipients": ["service@example.org", "bo@example.nl", "jan@example.nl"],
        "subject": "Klacht over café en meer",
        "body": "Beste mensen,\nFrom hier gaat het mis.",
        "in_reply_to": "<a0@example.nl>",
        "attachments": [],
    }


def test_attachments_and_the_words_of_html() -> None:
    mail = parsed(with_attachment())
    assert mail.fields["body"] == "Hallo\ndaar"
    (attachment,) = mail.attachments
    assert (attachment.name, attachment.media_type) == ("Offerte é.pdf", "application/pdf")
    assert mail.fields["attachments"] == [
        {"name": "Offerte é.pdf", "media_type": "application/pdf", "size": 5,
         "sha256": hashlib.sha256(b"\x00\x01PDF").hexdigest()}
    ]  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: Caf\xe9",
        b"Subject: Caf\xc3\xa9",
        b"Subject: =?iso-8859-1?q?Caf=E9?=",
        b"Subject: =?onbekend?q?Caf=E9?=",
    ],
)
def test_headers_in_all_encodings(header: bytes) -> None:
    assert parsed(b"From: a@example.nl\r\n" + header + b"\r\n\r\nx").fields["subject"] == "Café"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("niets", "utf-8"), ("utf-8", "cp1252")],
)
def test_bodies_in_all_encodings(charset: str, encoding: str) -> None:
    head = f'From: a@example.nl\r\nContent-Type: text/plain; charset="{charset}"\r\n\r\n'
    assert parsed(head.encode() + "é€".encode(encoding)).fields["body"] == "é€"


def test_dates_that_are_none() -> None:
    for text in ("gisteren", "", "Mon, 99 Foo 2024 99:99:99 +9999"):
        mail = parsed(f"From: a@example.nl\r\nDate: {text}\r\n\r\nx".encode())
        assert mail.fields["event_at"] is None


def test_html_becomes_lines() -> None:
    markup = "<style>p{}</style><h1>Dag</h1><p>Een&nbsp;&amp; twee</p>"
    assert text_of_html(markup).split("\n")[0] == "Dag"
    assert "Een & twee" in text_of_html(markup)
    assert "{" not in text_of_html(markup)


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    masked = PLAIN.replace(b"\r\nFrom hier", b"\r\n>From hier")
    mark = b"From zoe@example.nl Mon Jan  1 10:00:00 2024\n"
    box = mark + masked + b"\n" + mark + with_attachment() + b"\n" + mark + b"\n\n"
    table = only_table(written(tmp_path, "service.mbox", box))
    frame = whole(table)
    assert frame[ROW].to_list() == [1, 2]
    assert frame["body"][0].endswith("From hier gaat het mis.")
    assert frame["recipients"][0].to_list() == [
        "service@example.org",
        "bo@example.nl",
        "jan@example.nl",
    ]
    assert [reject.reason for reject in table.rejects()] == ["invalid_message"]
    fetch = cast(Callable[[int, str], bytes], table.details["attachment_bytes"])
    assert fetch(2, frame["attachments"][1][0]["sha256"]) == b"\x00\x01PDF"
    for row, sha256 in ((1, "0" * 64), (99, "0" * 64)):
        with pytest.raises(UnreadableFile):
            fetch(row, sha256)
    assert fetch(2, frame["attachments"][1][0]["sha256"]) == b"\x00\x01PDF"


def test_a_folder_of_mails_is_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    for name in ("b.eml", "a.eml"):
        written(folder, name, PLAIN)
    (table,) = tables_in(folder)
    assert (table.name, table.path) == ("post", "post")
    assert len(whole(table)) == 2
    assert table.details["files"] == ("post/a.eml", "post/b.eml")


def test_a_single_mail_is_a_table(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "klacht.eml", PLAIN))
    assert (table.name, len(whole(table))) == ("klacht", 1)
