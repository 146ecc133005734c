"""Links and pictures of the documentation lead somewhere, and no page says what it should not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, links, pages, text
from tests.house.test_words import offences

LARGEST_PICTURE = 300_000
LINE = 400


def broken(page: Path, targets: list[str]) -> list[str]:
    """The links of a page that lead nowhere in the project."""
    found = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if (
            not path.is_relative_to(ROOT)
            or not path.exists()
            or (anchor and anchor not in anchors(path))
        ):
            found.append(target)
    return found


def test_the_search_for_broken_links_finds_them() -> None:
    page = DOCS / "index.md"
    said = ["absent.md", "concepts.md#absent", "../../elsewhere.md", "concepts.md"]
    assert broken(page, said) == said[:3]


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    assert broken(page, links(page)) == []


def test_every_page_is_reached_from_the_first() -> None:
    for start in (ROOT / "README.md", DOCS / "index.md"):
        named = {Path(target.split("#")[0]).name for target in links(start)}
        assert {p.name for p in DOCS.glob("*.md")} - named <= {"index.md"}


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.name)
def test_pages_are_plain_and_name_no_machine(page: Path) -> None:
    said = text(page)
    assert offences(said) == []
    assert "TODO" not in said
    assert not re.search(r"@[A-Z]+@", said)
    assert max(map(len, said.splitlines())) <= LINE
    assert said.startswith("# ")


def test_pictures_are_small_and_described() -> None:
    for picture in (DOCS / "images").iterdir():
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name
    for page in pages():
        assert not re.search(r"!\[\s*\]", text(page)), page.name


def test_the_first_screen_has_picture_and_commands() -> None:
    first = text(ROOT / "README.md").splitlines()[:40]
    whole = "\n".join(first)
    assert "docs/images/card-light.png" in whole
    assert "make demo" in whole
    assert "make test" in whole


def test_the_licence_is_whole() -> None:
    said = text(ROOT / "LICENSE")
    assert "Version 2.0, January 2004" in said
    assert "END OF TERMS AND CONDITIONS" in said
