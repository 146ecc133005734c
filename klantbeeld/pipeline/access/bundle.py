"""The bundle as files: readable, for programs, and to be read back by another house; one zip."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from klantbeeld.core import audit, files
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.access import gather, portable, readme, shapes, vcards, words
from klantbeeld.pipeline.access.gather import Gathered

LANGUAGES = ("nl", "en")
NAMES: Mapping[str, Mapping[str, str]] = {
    "nl": {"page": "inzage.html", "data": "inzage.json", "zip": "inzage",
           "readme": "leesmij.txt"},
    "en": {"page": "access.html", "data": "access.json", "zip": "access",
           "readme": "readme.txt"},
}  # fmt: skip
SCHEMA = "schema.json"
# Zip knows no time before; the same bundle made twice is the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
Files = dict[str, bytes]
IN_MEMORY = 4 << 20


def made(
    actor: Actor,
    customer: int,
    language: str,
    given: Sequence[int] = (),
    received: date | None = None,
) -> tuple[Gathered, Files]:
    """The bundle of a customer and its files by path; `given` as in `gather.gathered`."""
    content: Files = {}
    found = _make(actor, customer, language, (given, received), content.update)
    return found, content


def packed(
    actor: Actor, customer: int, language: str, given: Sequence[int], received: date | None
) -> IO[bytes]:
    """The same as one zip, file after file: no more than one of them is in memory.

    A large zip waits on the disk in the home, under no name, until it is closed.
    """
    made = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(settings.HOME))  # noqa: SIM115
    found = cast("IO[bytes]", made)
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:

        def add(pairs: Iterable[tuple[str, bytes]]) -> None:
            for path, content in pairs:
                _add(package, path, content)

        _make(actor, customer, language, (given, received), add)
    found.seek(0)
    return found


def _make(
    actor: Actor, customer: int, language: str, asked: tuple[Sequence[int], date | None],
    take: Callable[[Iterable[tuple[str, bytes]]], None],
) -> Gathered:  # fmt: skip
    if language not in LANGUAGES:
        raise ValueError(f"There are bundles in {' and '.join(LANGUAGES)}, not {language}.")
    with translation.override(language):
        subject = gather.subject_of(actor, customer)
        found = gather.gathered(actor, subject, *asked)
        take(_files(actor, found, language))
    audit.record(
        actor, "make_bundle", ("customer", customer),
        {"records": len(subject.records), "documents": len(found.bundle.documents)},
    )  # fmt: skip
    return found


def zipped(content: Files) -> bytes:
    """The files as one zip, in the order of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(content):
            _add(package, path, content[path])
    return made.getvalue()


def _add(package: zipfile.ZipFile, path: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(path, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    package.writestr(entry, content)


def _files(actor: Actor, found: Gathered, language: str) -> Iterator[tuple[str, bytes]]:
    names, bundle = NAMES[language], found.bundle
    data = bundle.model_dump()
    yield names["page"], _page(found, names).encode()
    yield names["data"], _json({"$schema": SCHEMA, **data})
    yield SCHEMA, _json(_with_reference(shapes.schema()))
    yield "contact.vcf", vcards.card(found.subject.known.golden(), bundle.name)
    sections = {s: rows for s, rows in {**_flat(data), **bundle.held}.items() if rows}
    told = readme.text(names["page"], f"{names['zip']}.zip", frozenset(sections), bundle.masked)
    yield names["readme"], told.encode()
    for section, rows in sections.items():
        yield f"csv/{section}.csv", _csv(rows)
    for one in found.found:
        if one.is_given:
            yield one.file, files.read(one.sha256)
    yield from _portable(actor, found)


def _portable(actor: Actor, found: Gathered) -> Iterator[tuple[str, bytes]]:
    tables = portable.tables(actor, found)
    for table in tables:
        yield f"tables/{table.name}.csv", table.csv()
    yield "tables/mapping.yaml", portable.mapping(tables).dump().encode()
    manifest = {
        "format": shapes.FORMAT, "version": shapes.VERSION, "mapping": "tables/mapping.yaml",
        "tables": {table.name: f"tables/{table.name}.csv" for table in tables},
        "former": [table.name for table in tables if table.name == portable.BEFORE],
    }  # fmt: skip
    yield "klantbeeld.json", _json(manifest)


def _with_reference(schema: dict[str, Any]) -> dict[str, Any]:
    """The file names its schema itself, so that programs find it."""
    schema["properties"]["$schema"] = {"type": "string"}
    return schema


def _flat(data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The sections that are told beside the stored rows, as rows."""
    wanted = ("values", "sources", "consents", "groups", "scores", "history", "looked", "purposes")
    return {f"told_{section}": list(data[section]) for section in wanted}


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    # A spreadsheet would reckon with a text that begins as a formula.
    is_formula = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t")
    return f"'{value}" if is_formula else value


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _page(found: Gathered, names: Mapping[str, str]) -> str:
    context = {
        "b": found.bundle, "names": names, "sections": [
            (words.said(words.SECTIONS, section), section, len(rows))
            for section, rows in found.bundle.held.items() if rows
        ],
    }  # fmt: skip
    return render_to_string("pipeline/access.html", context)
