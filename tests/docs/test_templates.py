"""The page of templates lists those there are; the example files are those the product makes."""

from __future__ import annotations

import openpyxl
import pytest
from django.utils import translation
from django.utils.text import slugify

from klantbeeld.sources.export_columns import EXPORTS
from klantbeeld.web.example_columns import EXAMPLE_FILES
from klantbeeld.web.terms import TERMS
from tests.docs.pages import DOCS, ROOT, coded, first_codes, rows, sections, text

PAGE = DOCS / "templates.md"
TEMPLATES = ROOT / "klantbeeld" / "web" / "templates"


def test_every_mapping_template_is_described_with_its_origin() -> None:
    part = sections(PAGE)["Exports of well-known programs"]
    assert first_codes(part) == {entry[0] for entry in EXPORTS}
    told = {coded(row[0])[0]: row[1:] for row in rows(part)}
    for key, program, _holds, _columns, origin, _checked in EXPORTS:
        assert told[key][0] == program
        assert origin in told[key][1]


@pytest.mark.parametrize("key", EXAMPLE_FILES)
def test_the_example_files_are_those_of_the_product(key: str) -> None:
    file = EXAMPLE_FILES[key]
    with translation.override("nl"):
        name = f"{slugify(str(file.title))}.xlsx"
        headings = [str(label) for label, _example, _why in file.columns]
    assert f"examples/{name}" in text(PAGE)
    book = openpyxl.load_workbook(DOCS / "examples" / name)
    table, explanation = book.worksheets
    assert [cell.value for cell in table[1]] == headings
    assert explanation.max_row == len(headings) + 2


def test_every_term_stands_in_the_glossary_as_it_is_on_the_screen() -> None:
    said = {coded(row[1])[0]: row[2] for row in rows(text(DOCS / "glossary.md")) if len(row) == 3}
    with translation.override("nl"):
        labels = {term.code: str(term.label) for term in TERMS.values()}
    assert {code: said.get(code) for code in labels} == labels


def test_every_term_is_explained_somewhere() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in TEMPLATES.rglob("*.html"))
    # Groups are named by the customer's own, the household by its panel.
    named = {"active", "inactive", "potential", "possibly_interested", "other", "household"}
    for key in TERMS.keys() - named:
        assert f'term="{key}"' in pages or f'<c-term key="{key}"' in pages, key
    assert '<c-term :key="card.group.key">' in pages
