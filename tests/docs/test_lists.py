"""Lists in the documentation are those of the code: settings, roles, kinds, reasons, words."""

from __future__ import annotations

import ast
import re

import pytest

from klantbeeld.accounts.rules import ROLES as STAFF_ROLES
from klantbeeld.core.backup import LEFT_OUT
from klantbeeld.pipeline.blocks import NO_DATA
from klantbeeld.quality.reasons import REASONS
from klantbeeld.segments.rules import GROUPS
from klantbeeld.sources.mappings import KINDS, ROLES
from klantbeeld.sources.readers.detect import CLAIMS
from klantbeeld.sources.tables import REJECT_REASONS
from tests.docs.pages import DOCS, ROOT, coded, first_codes, rows, sections, text

PACKAGE = ROOT / "klantbeeld"
FORMATS = DOCS / "formats.md"
SOURCE = {p: p.read_text(encoding="utf-8") for p in sorted(PACKAGE.rglob("*.py"))}
DUTCH = (PACKAGE / "locale/nl/LC_MESSAGES/django.po").read_text(encoding="utf-8")


def read_from_environment(source: str) -> set[str]:
    """The names of the environment that a text reads."""
    return set(re.findall(r'environ\.get\(\s*"(KLANTBEELD_[A-Z_]+)"', source))


SETTINGS = {name for source in SOURCE.values() for name in read_from_environment(source)}


def test_the_search_for_settings_finds_them() -> None:
    assert {"KLANTBEELD_HOME", "KLANTBEELD_DATABASE_URL", "KLANTBEELD_DEBUG"} <= SETTINGS


def test_every_setting_is_described_and_no_other() -> None:
    described = first_codes(sections(DOCS / "running.md")["Settings"])
    assert described == SETTINGS
    for page in DOCS.glob("*.md"):
        named = set(re.findall(r"KLANTBEELD_[A-Z_]+", text(page)))
        # The folder of public data sets is the tests' own.
        assert named - {"KLANTBEELD_DATA"} <= SETTINGS, page.name


def test_the_home_is_described() -> None:
    described = first_codes(sections(DOCS / "running.md")["The home"])
    assert {f"{name}/" for name in LEFT_OUT} <= described
    assert {"klantbeeld.sqlite3", "secret.key", "files/", "mappings/"} <= described


def test_every_role_of_columns_is_described_and_no_other() -> None:
    assert first_codes(sections(FORMATS)["Roles"]) == ROLES


def test_every_kind_of_table_is_described_and_no_other() -> None:
    assert first_codes(sections(FORMATS)["What a table can hold"]) == set(KINDS)


def test_every_ending_of_a_file_is_described_and_no_other() -> None:
    table = rows(sections(FORMATS)["What can be read"])
    described = {ending.removeprefix(".") for row in table for ending in coded(row[1])}
    assert described == set(CLAIMS)


REASON_SECTIONS = sections(FORMATS, 3)


def codes_of_unreadable() -> set[str]:
    """The codes with which the readers refuse a file."""
    found = set()
    for path, source in SOURCE.items():
        if "readers" not in path.parts:
            continue
        for node in ast.walk(ast.parse(source)):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "")
            if named == "UnreadableFile" and isinstance(node.args[1], ast.Constant):
                found.add(str(node.args[1].value))
    return found


def test_every_reason_for_a_file_is_described_and_no_other() -> None:
    codes = codes_of_unreadable()
    assert {"empty", "password", "zip_bomb"} <= codes
    assert first_codes(REASON_SECTIONS["Why a file cannot be read"]) == codes


def test_every_reason_for_a_row_is_described_and_no_other() -> None:
    rejected = first_codes(REASON_SECTIONS["Why a row is rejected: it is no data"])
    assert rejected == NO_DATA & set(REJECT_REASONS)
    waiting = first_codes(REASON_SECTIONS["Why a row is in quarantine"])
    own = {"no_subject", "missing", "order_unknown"}
    assert waiting == (set(REJECT_REASONS) - NO_DATA) | own
    pipeline = "".join(s for p, s in SOURCE.items() if "pipeline" in p.parts)
    assert [code for code in own if f'"{code}"' not in pipeline] == []


def test_every_reason_for_a_value_is_described_and_no_other() -> None:
    assert first_codes(REASON_SECTIONS["Why a value cannot be used"]) == set(REASONS)


def test_the_five_groups_are_described() -> None:
    described = [row[0] for row in rows(sections(DOCS / "concepts.md")["The five customer groups"])]
    assert described == [group.replace("_", " ") for group in GROUPS]


def test_every_role_of_users_is_described() -> None:
    assert set(STAFF_ROLES) <= set(coded(text(DOCS / "privacy.md")))


def identifiers(source: str) -> set[str]:
    """Names of classes, functions, variables, arguments and short texts in a module."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        for part in ("name", "id", "attr", "arg"):
            value = getattr(node, part, None)
            if isinstance(value, str):
                found.add(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


GLOSSARY = sections(DOCS / "glossary.md", 1)["Words"]
PAIRS = [row for row in rows(GLOSSARY) if len(row) == 3]


@pytest.fixture(scope="module")
def names() -> set[str]:
    return {name for source in SOURCE.values() for name in identifiers(source)}


def test_the_words_of_the_code_are_in_the_code(names: set[str]) -> None:
    assert "Customer" in names
    assert "Klantkaartje" not in names
    words = first_of_code(list(rows(GLOSSARY)))
    assert len(words) > 30
    assert [word for word in words if word not in names] == []


def first_of_code(table: list[list[str]]) -> list[str]:
    """The code words of the second column."""
    return [word for row in table for word in coded(row[1])]


def on_screen(word: str) -> bool:
    """Whether a Dutch text uses a word, whatever its case."""
    said = [entry.partition("\nmsgstr")[2] for entry in DUTCH.split("\n\n")]
    # The names of what is filled in are not on the screen.
    plain = [re.sub(r"\{\w+\}", "", re.sub(r'"\n"', "", text)) for text in said]
    return any(word.lower() in text.lower() for text in plain)


def test_the_words_of_the_screen_are_on_the_screen() -> None:
    assert on_screen("Aanlevering")
    assert not on_screen("survivorship")
    assert len(PAIRS) > 25
    assert [row[2] for row in PAIRS if not on_screen(row[2])] == []


def test_every_benchmark_has_its_figures() -> None:
    page = text(DOCS / "measured.md")
    files = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "benchmarks").glob("*.py")}
    programs = [name for name, source in files.items() if "__main__" in source]
    assert programs
    assert [name for name in programs if f"benchmarks.{name}" not in page] == []
