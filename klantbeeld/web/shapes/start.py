"""The start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from klantbeeld.web.shapes.common import Chip, Fact, Flag
from klantbeeld.web.shapes.loading import DeliveryRow
from klantbeeld.web.shapes.welcome import GoalsView, SampleView, Step


@dataclass(frozen=True, slots=True)
class DemoNote:
    """This installation shows the sample company; `home` is its folder."""

    company: str
    home: str


@dataclass(frozen=True, slots=True)
class StartView:
    """Where things stand: totals, groups with counts, what was loaded lately, what needs a look.

    `is_empty` when nothing was loaded yet: the page then only offers ways to begin, the sample
    company and own files (at `add_href`), to those who `may_import`.
    """

    totals: tuple[Fact, ...]
    groups: tuple[Chip, ...]
    deliveries: tuple[DeliveryRow, ...]
    attention: tuple[Flag, ...] = ()
    as_of: datetime | None = None
    demo: DemoNote | None = None
    is_empty: bool = False
    may_import: bool = False
    add_href: str = ""
    sample: SampleView | None = None
    goals: GoalsView | None = None
    steps: tuple[Step, ...] = ()
