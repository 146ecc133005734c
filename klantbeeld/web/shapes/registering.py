"""The papers that follow from the register of fields, and the forms for what it cannot know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from klantbeeld.web.shapes.matching import Choice


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a paper: a heading, sentences, points, and a table when it has columns."""

    heading: str
    text: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    # What the company still has to say here itself, and on which screen.
    open: tuple[str, ...] = ()
    where: Literal["company", "sources", "retention"] = "company"


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper; `missing` is what the company still has to fill in, `svg` a picture in it.

    `others` are (key, title) of all papers, `language` that of the paper itself.
    """

    key: str
    title: str
    intro: str
    language: str
    chapters: tuple[Chapter, ...]
    missing: tuple[str, ...] = ()
    svg: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyTile:
    """A door on the page about privacy."""

    title: str
    text: str
    href: str
    icon: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class FormLine:
    """One field of a form; `kind` is text, email, area or choice (yes, no, not said)."""

    key: str
    label: str
    value: str
    kind: str = "text"
    help: str = ""


@dataclass(frozen=True, slots=True)
class SourceNoticeRow:
    """A source, how its people are informed, and when they last were all at once.

    `public` is whether everybody can read it: yes, no, "" where nobody said.
    """

    key: str
    name: str
    ways: tuple[Choice, ...]
    text: str
    told: date | None = None
    public: str = ""


@dataclass(frozen=True, slots=True)
class OwnFieldRow:
    """A field of the company's own, and what is said of it."""

    key: str
    label: str
    is_open: bool
    categories: tuple[Choice, ...]
    purposes: tuple[Choice, ...]
    bases: tuple[Choice, ...]
    natures: tuple[Choice, ...]
    sensitivities: tuple[Choice, ...]
    years: str
