"""Questions and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from klantbeeld.web.shapes.card import Lamp, PanelRow
from klantbeeld.web.shapes.common import Link
from klantbeeld.web.shapes.customers import Column, Hit, ListRow, Option

Control = Literal["", "period", "things", "choice", "topic", "customer"]


@dataclass(frozen=True, slots=True)
class AskQuery:
    """What is asked: a sentence, or a question (its key) with what was chosen in its slots.

    `customer` is the public id of the one on the screen, whom "this customer" means.
    """

    text: str = ""
    question: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    customer: str = ""
    size: int = 50


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question that can be asked, in words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A piece of the sentence that a question became: words, or a slot that can be changed.

    `text` is what the slot says now; `options` are its choices, `chosen` the keys of those that
    are on. A customer leads to the card by `href`.
    """

    text: str
    slot: str = ""
    control: Control = ""
    options: tuple[Option, ...] = ()
    chosen: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer about one customer: a heading with lines."""

    key: str
    title: str
    data: tuple[PanelRow, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class AskView:
    """An answer, or the questions that can be asked.

    `sentence` says what was understood. Of an answer in customers there are `rows` (the first of
    `total`), of one about a customer a `headline` and `sections`. `candidates` (of
    `candidates_total`) are the customers that may be meant. `problem` says why there is no answer;
    `offered` are the questions to choose from then. `screen` is the screen with the same rows,
    `note` how the answer was worked out.
    """

    text: str = ""
    question: str = ""
    sentence: tuple[SentencePart, ...] = ()
    note: str = ""
    as_of: datetime | None = None
    total: int = 0
    columns: tuple[Column, ...] = ()
    rows: tuple[ListRow, ...] = ()
    may_show_more: bool = False
    headline: str = ""
    sections: tuple[Section, ...] = ()
    lamps: tuple[Lamp, ...] = ()
    candidates: tuple[Hit, ...] = ()
    candidates_total: int = 0
    problem: str = ""
    offered: tuple[QuestionLine, ...] = ()
    screen: Link | None = None
    is_answered: bool = False
