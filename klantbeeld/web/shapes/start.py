"""The start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from klantbeeld.web.shapes.common import Chip, Fact, Flag
from klantbeeld.web.shapes.loading import DeliveryRow


@dataclass(frozen=True, slots=True)
class DemoNote:
    """This installation shows the sample company; `home` is its folder."""

    company: str
    home: str


@dataclass(frozen=True, slots=True)
class StartView:
    """Where things stand: totals, groups with counts, what was loaded lately, what needs a look."""

    totals: tuple[Fact, ...]
    groups: tuple[Chip, ...]
    deliveries: tuple[DeliveryRow, ...]
    attention: tuple[Flag, ...] = ()
    as_of: datetime | None = None
    demo: DemoNote | None = None
