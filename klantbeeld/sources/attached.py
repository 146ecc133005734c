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


def attached_text(content: bytes) -> str | None:
    """The words of a file by what it is, not by its name; None where nobody can look into it.

    So are pictures, what is locked or damaged, and a PDF of pictures alone.
    """
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _word(content)
    if b"\0" in content[:PEEK] or len(content) > LARGEST_TEXT:
        return None
    return content.decode("utf-8", "replace")


def _word(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [i for i in file.infolist() if _WORD_PARTS.fullmatch(i.filename)]
            if not parts or sum(part.file_size for part in parts) > LARGEST_PART:
                return None
            xml = "\n".join(file.read(part).decode("utf-8", "replace") for part in parts)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    found = (html.unescape(m[1]) if m[1] is not None else "\n" for m in _WORD_TEXT.finditer(xml))
    return "".join(found)


def _pdf(content: bytes) -> str | None:
    import pypdf  # takes a sixth of a second, which every command would wait for

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if (reader.is_encrypted and not reader.decrypt("")) or len(reader.pages) > MOST_PAGES:
            return None
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except Exception:  # pypdf fails on damaged files in ways of every kind
        return None
    return text if text.strip() else None
