"""Mail: one message out of its bytes, and tables of messages from an mbox or .eml files."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from inspect import signature
from itertools import islice
from typing import NamedTuple

import nh3
import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.table import ROW, Note, RejectRow, Table, table_of

ATTACHMENT = pl.Struct(
    {"name": pl.String, "media_type": pl.String, "sha256": pl.String, "size": pl.Int64}
)
SCHEMA: dict[str, pl.DataType] = {
    ROW: pl.Int64(),
    "message_id": pl.String(),
    "event_at": pl.Datetime("us", "UTC"),
    "sender": pl.String(),
    "sender_name": pl.String(),
    "recipients": pl.List(pl.String),
    "subject": pl.String(),
    "body": pl.String(),
    "in_reply_to": pl.String(),
    "attachments": pl.List(ATTACHMENT),
}
_BATCH = 500
# Python 3.11.10 and later read addresses strictly unless told not to; older ones never do.
_LENIENT = {"strict": False} if "strict" in signature(getaddresses).parameters else {}
_MESSAGE_LIMIT = 256 << 20
_FROM_LINE = re.compile(rb"From \S+.*\d{2}:\d{2}.*\d{4}")
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h[1-6]|/table|/blockquote)\b[^>]*>")


class Attachment(NamedTuple):
    """`data` is the attachment's bytes; `sha256` is hexadecimal."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Mail:
    fields: dict[str, object]
    attachments: list[Attachment]


def parsed(data: bytes) -> Mail:
    """A message out of its bytes (RFC 5322 and MIME), as forgiving as can be.

    Addresses are lower-cased; times are UTC. The body is the plain text, or the HTML without its
    markup where there is no plain text.
    """
    # The older policy decodes headers when asked; the newer one takes twenty times as long.
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    plain, rich, attachments = _parts(message)
    senders = _addresses(message, "from") or _addresses(message, "sender")
    people = [_addresses(message, name) for name in ("to", "cc", "bcc")]
    address, name = senders[0] if senders else (None, None)
    references = _ids(_field(message, "references"))
    replied = _ids(_field(message, "in-reply-to")) or references[-1:]
    fields: dict[str, object] = {
        "message_id": next(iter(_ids(_field(message, "message-id"))), None),
        "event_at": _moment(_field(message, "date")),
        "sender": address,
        "sender_name": name,
        "recipients": list(dict.fromkeys(a for found in people for a, _ in found)),
        "subject": _field(message, "subject") or None,
        "body": plain or text_of_html(rich) or None,
        "in_reply_to": replied[0] if replied else None,
        "attachments": [
            {"name": a.name, "media_type": a.media_type, "sha256": a.sha256, "size": len(a.data)}
            for a in attachments
        ],
    }
    return Mail(fields, attachments)


def _fields_of(message: Message, name: str) -> list[str]:
    """All headers of a name, each as one decoded line."""
    found = [str(value) for key, value in message.raw_items() if key.lower() == name]
    return [_one_line(_decoded_words(_as_text(value))) for value in found]


def _field(message: Message, name: str) -> str:
    return next(iter(_fields_of(message, name)), "")


def _as_text(raw: str) -> str:
    """A header as it stands; bytes beyond ASCII are UTF-8 or else Windows-1252."""
    if raw.isascii():
        return raw
    data = raw.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _decoded_words(text: str) -> str:
    """A header with its encoded words (=?utf-8?q?…?=) decoded, RFC 2047."""
    if "=?" not in text:
        return text
    try:
        return "".join(_decoded(part, charset) for part, charset in decode_header(text))
    except (HeaderParseError, ValueError):
        return text


def _decoded(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    for encoding in (charset or "ascii", "utf-8", "cp1252"):
        try:
            return part.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return part.decode("cp1252", "replace")


def _addresses(message: Message, name: str) -> list[tuple[str, str | None]]:
    raw = [str(value) for key, value in message.raw_items() if key.lower() == name]
    found = []
    # Names are decoded after the addresses are told apart: a decoded name may hold commas.
    values = [_one_line(_as_text(value)) for value in raw]
    for shown, address in getaddresses(values, **_LENIENT) if values else []:
        if "@" in address:
            clean = _one_line(_decoded_words(shown))
            found.append((address.strip().strip("<>").lower(), clean or None))
    return found


def _ids(text: str) -> list[str]:
    return re.findall(r"<[^<>\s]+>", text) or text.split()[:1]


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None


def _parts(message: Message) -> tuple[str, str, list[Attachment]]:
    """(plain text, HTML, attachments)."""
    plain: list[str] = []
    rich: list[str] = []
    attachments: list[Attachment] = []
    for part in _leaves(message):
        media_type = part.get_content_type()
        name = _file_name(part)
        is_text = media_type in ("text/plain", "text/html") and not name
        if is_text and part.get_content_disposition() != "attachment":
            (plain if media_type == "text/plain" else rich).append(_text(part))
        elif media_type.startswith("multipart/"):
            continue
        else:
            data = _bytes(part)
            if data or name:
                attachments.append(Attachment(name or _unnamed(media_type), media_type, data))
    return "\n".join(filter(None, plain)).strip(), "\n".join(rich), attachments


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold content; a message inside a message is one attachment."""
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _file_name(part: Message) -> str:
    try:
        return _one_line(_decoded_words(part.get_filename() or ""))
    except (LookupError, ValueError, TypeError):  # a name in an encoding that does not exist
        return ""


def _unnamed(media_type: str) -> str:
    return (
        "bericht.eml" if media_type == "message/rfc822" else f"bijlage.{media_type.split('/')[-1]}"
    )


def _bytes(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    data = _bytes(part)
    charset = str(part.get_content_charset() or "utf-8")
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except (LookupError, UnicodeDecodeError):
            continue
    else:
        text = data.decode("cp1252", "replace")
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def text_of_html(markup: str) -> str:
    """The words of an HTML text, with line ends where blocks end."""
    if not markup.strip():
        return ""
    bare = nh3.clean(
        _BREAKS.sub("\n", markup), tags=set(), clean_content_tags={"script", "style", "title"}
    )
    lines = [" ".join(line.split()) for line in html.unescape(bare).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


Span = tuple[int, int]
MailSource = Callable[[], Iterator[bytes]]


def mbox_table(content: Content) -> Table:
    """The messages of an mbox, one by one; `ROW` counts messages from 1."""

    def messages() -> Iterator[bytes]:
        with content.open() as stream:
            yield from _messages(stream)

    return mail_table(content.stem, content.shown, messages, "mbox")


def _messages(stream: object) -> Iterator[bytes]:
    """Messages between lines 'From …' that follow an empty line; '>From ' is unmasked."""
    lines: list[bytes] = []
    is_after_blank, is_begun, size = True, False, 0
    for line in stream:  # type: ignore[attr-defined]
        if is_after_blank and line.startswith(b"From ") and _FROM_LINE.match(line):
            if is_begun:
                yield b"".join(lines)
            lines, size, is_begun, is_after_blank = [], 0, True, False
            continue
        is_after_blank = not line.strip()
        size += len(line)
        if size <= _MESSAGE_LIMIT:
            lines.append(line[1:] if re.match(rb">+From ", line) else line)
    if is_begun:
        yield b"".join(lines)


def eml_table(contents: Sequence[Content], name: str, shown: str) -> Table:
    """A table of .eml files: one row a file, in the order given."""

    def messages() -> Iterator[bytes]:
        for content in contents:
            yield content.read()

    return mail_table(name, shown, messages, "eml", [content.shown for content in contents])


class _Attachments:
    """The attachments of messages; asked for in ascending order they cost one pass."""

    def __init__(self, messages: MailSource) -> None:
        self._messages = messages
        self._coming: Iterator[bytes] = iter(())
        self._row = 0
        self._found: list[Attachment] = []

    def of(self, row: int) -> list[Attachment]:
        """The attachments of the message with this number; none when there is no such message."""
        if row < self._row or not self._row:
            self._coming, self._row, self._found = self._messages(), 0, []
        if row > self._row:
            data = next(islice(self._coming, row - self._row - 1, None), None)
            self._row, self._found = row, parsed(data).attachments if data is not None else []
        return self._found


def mail_table(
    name: str, shown: str, messages: MailSource, kind: str, files: Sequence[str] = ()
) -> Table:
    """A table of messages.

    `details['attachment_bytes'](row, sha256)` gives the bytes of an attachment.
    """

    def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
        numbered = enumerate(messages(), start=1)
        while batch := list(islice(numbered, _BATCH)):
            rows = [row for row in (_row(number, data, reject) for number, data in batch) if row]
            if rows:
                yield pl.DataFrame(rows, schema=SCHEMA)

    reader = _Attachments(messages)

    def attachment_bytes(row: int, sha256: str) -> bytes:
        for attachment in reader.of(row):
            if attachment.sha256 == sha256:
                return attachment.data
        raise UnreadableFile(
            shown,
            "no_attachment",
            f"Message {row} does not hold this attachment.",
            "Was the file changed? Import it again.",
        )

    details = {
        "format": kind,
        "files": tuple(files),
        "attachment_bytes": attachment_bytes,
        "holds": "messages",
        "notes": list[Note](),
    }
    return table_of(name, shown, tuple(SCHEMA)[1:], passes, details)


def _row(number: int, data: bytes, reject: RejectRow) -> dict[str, object] | None:
    try:
        fields = parsed(data).fields
    except Exception:  # the standard parser fails on some malformed mails in ways of its own
        reject(number, data.decode("utf-8", "replace"), "invalid_message")
        return None
    if not (fields["sender"] or fields["subject"] or fields["body"]):
        reject(number, data.decode("utf-8", "replace"), "invalid_message")
        return None
    return {ROW: number} | fields
