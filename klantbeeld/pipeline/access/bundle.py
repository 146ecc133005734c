"""The bundle as files: readable, for programs, and to be read back by another house; one zip."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from klantbeeld.core import audit, files
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.access import gather, portable, shapes, vcards, words
from klantbeeld.pipeline.access.gather import Gathered
from klantbeeld.privacy import reads as privacy

LANGUAGES = ("nl", "en")
NAMES: Mapping[str, Mapping[str, str]] = {
    "nl": {"page": "inzage.html", "data": "inzage.json", "zip": "inzage"},
    "en": {"page": "access.html", "data": "access.json", "zip": "access"},
}
SCHEMA = "schema.json"
# Zip knows no time before; the same bundle made twice is the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
Files = dict[str, bytes]


def made(
    actor: Actor,
    customer: int,
    language: str,
    given: Sequence[int] = (),
    received: date | None = None,
) -> tuple[Gathered, Files]:
    """The bundle of a customer and its files by path; `given` as in `gather.gathered`."""
    if language not in LANGUAGES:
        raise ValueError(f"There are bundles in {' and '.join(LANGUAGES)}, not {language}.")
    with translation.override(language):
        subject = gather.subject_of(actor, customer)
        found = gather.gathered(actor, subject, given, received)
        content = dict(_files(actor, found, language))
    audit.record(
        actor, "make_bundle", ("customer", customer),
        {"records": len(subject.records), "documents": len(found.bundle.documents)},
    )  # fmt: skip
    return found, content


def zipped(content: Files) -> bytes:
    """The files as one zip, in the order of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(content):
            entry = zipfile.ZipInfo(path, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, content[path])
    return packed.getvalue()


def _files(actor: Actor, found: Gathered, language: str) -> Iterator[tuple[str, bytes]]:
    names, bundle = NAMES[language], found.bundle
    data = bundle.model_dump()
    yield names["page"], _page(found, names).encode()
    yield names["data"], _json({"$schema": SCHEMA, **data})
    yield SCHEMA, _json(_with_reference(shapes.schema()))
    yield "contact.vcf", vcards.card(found.subject.known.golden(), bundle.name)
    for section, rows in {**_flat(data), **bundle.held}.items():
        if rows:
            yield f"csv/{section}.csv", _csv(rows)
    for one in found.found:
        if one.is_given:
            yield one.file, files.read(one.sha256)
    yield from _portable(actor, found)


def _portable(actor: Actor, found: Gathered) -> Iterator[tuple[str, bytes]]:
    consents = privacy.consents(actor, found.subject.records)
    tables = portable.tables(found, consents, found.others)
    for table in tables:
        yield f"tables/{table.name}.csv", table.csv()
    yield "tables/mapping.yaml", portable.mapping(tables).dump().encode()
    manifest = {
        "format": shapes.FORMAT, "version": shapes.VERSION, "mapping": "tables/mapping.yaml",
        "tables": {table.name: f"tables/{table.name}.csv" for table in tables},
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
