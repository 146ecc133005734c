"""Collect the texts of the screens and compile the translations: `python scripts/messages.py`.

Reads every template and module of the package, brings klantbeeld/locale/*/LC_MESSAGES/django.po
up to date (texts that are no longer used go), and compiles the .mo files. Needs Babel, no gettext
programs. `--check` changes nothing and exits 1 when a text is missing or a file is stale.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "klantbeeld"
LOCALES = PACKAGE / "locale"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def template_source(path: Path) -> bytes:
    """A template as Python source that holds its translation calls on the same lines.

    Cotton hides template tags inside attributes from nobody: Django's own scanner finds them.
    """
    from django.utils.translation.template import templatize

    python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in python.splitlines()).encode()


def sources() -> Iterator[tuple[str, io.BytesIO]]:
    """Name and Python source of everything that may hold a text."""
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield name, io.BytesIO(path.read_bytes())
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield name, io.BytesIO(template_source(path))


def collect() -> Catalog:
    """All texts with where they stand."""
    template = Catalog(project="Klantbeeld", charset="utf-8")
    for name, source in sources():
        for line, text, comments, context in extract("python", source, KEYWORDS):
            if text and text != ("", ""):
                template.add(text, None, [(name, line)], auto_comments=comments, context=context)
    return template


def updated(path: Path, template: Catalog) -> Catalog:
    """The translations of one language, brought up to date; nothing is guessed."""
    language = path.parent.parent.name
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file, without dates or line numbers so that it only changes when a text does."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    plurals = f'"Plural-Forms: {catalog.plural_forms}\\n"'
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{plurals}\n\n'
    return head.encode() + buffer.getvalue()


def mo_bytes(po: bytes, language: str) -> bytes:
    """The compiled form of a .po file."""
    buffer = io.BytesIO()
    write_mo(buffer, read_po(io.BytesIO(po), locale=language))
    return buffer.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Texts without a translation; a fuzzy one is not compiled, so it is none."""
    told = (m for m in catalog if m.id)
    return [str(m.id) for m in told if m.fuzzy or not (m.string and all(_parts(m.string)))]


def _parts(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def compiled(mo: bytes) -> dict[object, object]:
    """What a compiled catalogue says; its bytes may differ from run to run."""
    catalog = read_mo(io.BytesIO(mo))
    return {(m.context, str(m.id)): m.string for m in catalog if m.id}


def main() -> int:
    """Bring every language up to date, or check that it is."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    is_check = "--check" in sys.argv
    template, is_wrong = collect(), False
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        catalog = updated(path, template)
        po = po_bytes(catalog)
        mo_path, mo = path.with_suffix(".mo"), mo_bytes(po, path.parent.parent.name)
        is_stale = path.read_bytes() != po or not mo_path.exists()
        is_stale = is_stale or compiled(mo_path.read_bytes()) != compiled(mo)
        for text in missing(catalog):
            print(f"{path.parent.parent.name}: no translation for {text!r}")
            is_wrong = True
        if is_check and is_stale:
            print(f"{path.relative_to(ROOT)} is stale: run python scripts/messages.py")
            is_wrong = True
        if not is_check:
            path.write_bytes(po)
            mo_path.write_bytes(mo)
    return int(is_wrong)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
