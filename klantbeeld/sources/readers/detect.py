"""What kind of file this is, by its first bytes; the name's ending only tells what it claims."""

from __future__ import annotations

import json
import re
import zipfile

import olefile

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.encoding import BOMS, sniff_encoding
from klantbeeld.sources.readers.workbook import damaged, password_protected

CLAIMS = {
    "csv": "delimited",
    "tsv": "delimited",
    "tab": "delimited",
    "txt": "delimited",
    "xlsx": "workbook",
    "xlsm": "workbook",
    "xlsb": "workbook",
    "xls": "workbook",
    "ods": "workbook",
    "json": "json",
    "geojson": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "parquet": "parquet",
    "vcf": "vcard",
    "vcard": "vcard",
    "db": "sqlite",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "mbox": "mbox",
    "mbx": "mbox",
    "eml": "eml",
    "docx": "docx",
    "pdf": "pdf",
    "html": "html",
    "htm": "html",
    "zip": "zip",
    "gz": "gzip",
}
_MAGIC = (
    (b"PAR1", "parquet"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
)
_UNSUPPORTED = (
    (b"BZh", "a bzip2 archive", "Unpack it and offer what is in it."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it and offer what is in it."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and offer what is in it."),
    (b"Rar!", "a RAR archive", "Unpack it and offer what is in it."),
    (b"\x89PNG", "a picture", "Type the text into a table, or offer the file it was made from."),
    (
        b"\xff\xd8\xff",
        "a picture",
        "Type the text into a table, or offer the file it was made from.",
    ),
    (b"GIF8", "a picture", "Type the text into a table, or offer the file it was made from."),
    (b"{\\rtf", "a Rich Text document", "Save it as .docx and offer that."),
    (b"!BDN", "an Outlook mailbox (pst)", "Export the mails as .mbox or .eml and offer those."),
    (b"MZ", "a program", "Offer the data that the program exports."),
    (b"Obj\x01", "an Avro file", "Export it as Parquet or CSV."),
    (b"ARROW1", "an Arrow file", "Export it as Parquet or CSV."),
)
_MAIL_FIELD = re.compile(
    r"^(?:from|to|cc|subject|date|received|message-id|mime-version|return-path|delivered-to"
    r"|content-type|x-[\w-]+|reply-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_MBOX_FROM = re.compile(r"From \S+.*\d{2}:\d{2}.*\d{4}")


def kind_of(content: Content) -> str:
    """The kind of a file by its content; raises `UnreadableFile` for what cannot be read."""
    head = content.head(1 << 16)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe\x1a"):
        raise UnreadableFile(
            content.shown, "empty", "The file is empty.", "Check whether the export worked."
        )
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _inside(content, kind)
    for magic, name, advice in _UNSUPPORTED:
        if head.startswith(magic) and not (magic in (b"BZh", b"MZ") and head.isascii()):
            raise unsupported(content, name, advice)
    if head[257:262] == b"ustar":
        raise unsupported(content, "a tar archive", "Unpack it and offer what is in it.")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _kind_of_text(content, _decoded(content, head))


def unsupported(content: Content, name: str, advice: str) -> UnreadableFile:
    return UnreadableFile(
        content.shown, "unsupported", f"This is {name}, which is not read.", advice
    )


def _decoded(content: Content, head: bytes) -> str:
    if not head.isascii() or b"\0" in head:
        encoding, bom = next(
            ((name, len(mark)) for mark, name in BOMS if head.startswith(mark)), (None, 0)
        )
        encoding = encoding or sniff_encoding(content)[0]
        return head[bom:].decode(encoding, "replace").lstrip("\ufeff")
    return head.decode("ascii")


def _inside(content: Content, kind: str) -> str:
    if kind == "zip":
        return _zip_kind(content)
    return _ole_kind(content) if kind == "ole" else kind


def _zip_kind(content: Content) -> str:
    try:
        with zipfile.ZipFile(content.local()) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                declared = package.read("mimetype").decode("ascii", "replace")
                if "opendocument" in declared:
                    return _open_document(content, declared)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as problem:
        raise damaged(content.shown, problem) from None
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "workbook"
        if any(name.startswith("word/") for name in names):
            return "docx"
        raise unsupported(content, "a presentation or drawing", "Offer its table as Excel or CSV.")
    return "zip"


def _open_document(content: Content, declared: str) -> str:
    if "spreadsheet" in declared:
        return "workbook"
    raise unsupported(content, "an OpenDocument text", "Save it as .docx and offer that.")


def _ole_kind(content: Content) -> str:
    try:
        with olefile.OleFileIO(content.local()) as package:
            streams = {"/".join(name) for name in package.listdir()}
    except OSError as problem:
        raise damaged(content.shown, problem) from None
    if "EncryptedPackage" in streams:
        raise password_protected(content.shown)
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "workbook"
    if "WordDocument" in streams:
        raise unsupported(content, "an old Word document (doc)", "Save it as .docx.")
    if any(name.startswith("__substg") for name in streams):
        raise unsupported(content, "an Outlook message (msg)", "Save it as .eml.")
    raise unsupported(content, "an old Office file", "Save it in today's format.")


def _kind_of_text(content: Content, text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    upper = start[:200].upper()
    if upper.startswith("BEGIN:VCARD"):
        return "vcard"
    if _MBOX_FROM.match(start) and _MAIL_FIELD.search(start):
        return "mbox"
    if start[:1] in "{[":
        return _json_kind(content, start)
    if start.startswith("<"):
        return _markup_kind(content, start)
    if _is_mail(start):
        return "eml"
    return "delimited"


def _json_kind(content: Content, text: str) -> str:
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    if text.startswith("{") and CLAIMS.get(content.suffix) == "jsonl":
        return "jsonl"
    whole = [_is_object(line) for line in lines[:2]]
    if len(lines) > 1 and whole[0] and text.startswith("{"):
        return "jsonl"
    return _json_or_text(content, text)


def _json_or_text(content: Content, text: str) -> str:
    """A delimited file may begin with a bracket; then the first value is no JSON."""
    inner = text[1:].lstrip()
    looks = inner[:1] in '{["}]-0123456789tfn' if text[0] == "[" else inner[:1] in '"}'
    return "json" if looks or CLAIMS.get(content.suffix) == "json" else "delimited"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup_kind(content: Content, text: str) -> str:
    lower = text[:4096].lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lower:
        return "spreadsheet_xml"
    if re.search(r"<(?:!doctype html|html|table|body|meta)\b", lower):
        return "html"
    if lower.startswith("<?xml") or re.match(r"<[a-z][\w:-]*[\s>]", lower):
        raise unsupported(content, "XML", "Export it as CSV, Excel or JSON.")
    return "delimited"


def _is_mail(text: str) -> bool:
    fields = _MAIL_FIELD.findall(re.split(r"\r?\n\r?\n", text, maxsplit=1)[0])
    first = text.split("\n", 1)[0]
    return len(fields) >= 3 and re.match(r"[A-Za-z][\w-]*:(?:\s|$)", first) is not None


def claim_note(content: Content, kind: str) -> tuple[str, str] | None:
    """(code, message) when the name's ending claims something else than the content is."""
    claimed = CLAIMS.get(content.suffix)
    if content.depth == 0 and content.shown.lower().endswith(".gz") and kind != "gzip":
        return (
            "other_format",
            "The name ends in .gz, the content is not packed; it is read as it is.",
        )
    if claimed is None or claimed == kind:
        return None
    if {claimed, kind} == {"json", "jsonl"}:
        return None
    said = f"The name ends in .{content.suffix}, the content is {_NAMES.get(kind, kind)}; "
    return "other_format", said + "it is read as what it is."


_NAMES = {
    "delimited": "delimited text",
    "workbook": "a workbook",
    "html": "a web page",
    "spreadsheet_xml": "an XML workbook",
    "sqlite": "a SQLite database",
    "mbox": "a mailbox",
    "eml": "a mail",
    "vcard": "contact cards",
    "zip": "a zip archive",
    "gzip": "a gzip archive",
}
