"""The words in an attachment, to be looked through: plain text, Word, PDF."""

from __future__ import annotations

import html
import io
import re
import zipfile

# So many bytes tell whether a file is text; larger texts are tables that are read as such.
PEEK, LARGEST_TEXT = 4_096, 1 << 20
LARGEST_PART = 32 << 20  # of a Word document, unpacked
MOST_PAGES = 500
_WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_WORD_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>|<w:tab/>|<w:br/>)")


class Unread(ValueError):
    """Nobody can look into a file; `why` is one of `WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


# Why nobody can look into a file: a password, broken off or changed, a picture (a PDF of pictures
# alone as well), too much of it, or of a kind whose words are not read.
LOCKED, DAMAGED, PICTURE, LARGE, UNKNOWN = "locked", "damaged", "picture", "large", "unknown"
WHY = (LOCKED, DAMAGED, PICTURE, LARGE, UNKNOWN)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
# Word locked with a password lies in a file of the kind that Office had before.
_OLD_OFFICE, _LOCKED_OFFICE = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 0x1


def attached_text(content: bytes) -> str:
    """The words of a file by what it is, not by its name. Raises `Unread`."""
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _word(content)
    if content.startswith(_PICTURES) or content[8:12] == b"WEBP":
        raise Unread(PICTURE)
    if content.startswith(_OLD_OFFICE) and _LOCKED_OFFICE in content:
        raise Unread(LOCKED)
    if b"\0" in content[:PEEK]:
        raise Unread(UNKNOWN)
    if len(content) > LARGEST_TEXT:
        raise Unread(LARGE)
    return content.decode("utf-8", "replace")


def _word(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [i for i in file.infolist() if _WORD_PARTS.fullmatch(i.filename)]
            if any(part.flag_bits & _ENCRYPTED for part in file.infolist()):
                raise Unread(LOCKED)
            if not parts or sum(part.file_size for part in parts) > LARGEST_PART:
                raise Unread(LARGE if parts else UNKNOWN)
            xml = "\n".join(file.read(part).decode("utf-8", "replace") for part in parts)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise Unread(DAMAGED) from error
    found = (html.unescape(m[1]) if m[1] is not None else "\n" for m in _WORD_TEXT.finditer(xml))
    return "".join(found)


def _pdf(content: bytes) -> str:
    import pypdf  # takes a sixth of a second, which every command would wait for

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unread(LOCKED)
        if len(reader.pages) > MOST_PAGES:
            raise Unread(LARGE)
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except Unread:
        raise
    except Exception as error:  # pypdf fails on damaged files in ways of every kind
        raise Unread(DAMAGED) from error
    if not text.strip():
        raise Unread(PICTURE)
    return text
