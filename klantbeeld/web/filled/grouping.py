"""Small things that drown the large ones, gathered into one line that unfolds.

Of one newsletter on one day, and of one day's visit to the website, one line is left. Newsletters
that were only sent, one after the other with nothing between them, become one line together.
Loyalty points stand with the order that earned them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.timeline.reads import Entry
from klantbeeld.web import formats
from klantbeeld.web.filled import entries, words
from klantbeeld.web.shapes import Money, TimelineEntry

SENT, OPENED, CLICKED = "newsletter_sent", "newsletter_opened", "newsletter_clicked"
READING = (SENT, OPENED, CLICKED)
VISITING = ("page_view", "product_view", "search", "cart", "configuration", "funnel", "login")
NAMED = 3


@dataclass(frozen=True)
class Line:
    """One line to be: the entries it stands for, and how it reads."""

    held: tuple[Entry, ...]
    shown: TimelineEntry

    @property
    def is_only_sent(self) -> bool:
        """Whether nothing but sending newsletters is in it."""
        return all(entry.kind == SENT for entry in self.held)


def lines(customer: str, found: Sequence[Entry]) -> list[TimelineEntry]:
    """The lines of a history (newest first), small things gathered."""
    by_day = [
        _gathered(customer, list(of_day))
        for _day, of_day in groupby(found, key=lambda entry: entry.day)
    ]
    return [line.shown for line in _runs([line for day in by_day for line in day])]


def _gathered(customer: str, of_day: Sequence[Entry]) -> list[Line]:
    """The lines of one day; a gathered one stands where its newest entry stood."""
    ordered = {entry.key for entry in of_day if entry.kind == "order"}
    places: dict[tuple[str, str], list[Entry]] = {}
    for entry in of_day:
        places.setdefault(_together(entry, ordered), []).append(entry)
    return [_line(customer, held) for held in places.values()]


def _together(entry: Entry, ordered: Collection[str]) -> tuple[str, str]:
    """What lies with the same key becomes one line."""
    earned_by = str(entry.details.get("order_number") or "") if entry.kind == "points" else ""
    if earned_by in ordered:
        return "order", earned_by
    if entry.kind == "order":
        return "order", entry.key
    if entry.kind in READING:
        return "newsletter", entry.campaign or entry.subject
    if entry.kind in VISITING:
        return "visit", ""
    return "one", str(entry.interaction)


def _line(customer: str, held: list[Entry]) -> Line:
    parts = tuple(entries.shown(customer, entry) for entry in held)
    order = next((n for n, entry in enumerate(held) if entry.kind == "order"), None)
    if order is not None:
        others = [part.title for n, part in enumerate(parts) if n != order]
        detail = words.joined(parts[order].detail, *others)
        return Line(tuple(held), replace(parts[order], detail=detail))
    if len(held) == 1:
        return Line(tuple(held), parts[0])
    made = _newsletter(held) if held[0].kind in READING else _visit(held)
    whole = replace(
        parts[0], title=made[0], detail=made[1], amount=_sum(held), flag=None, tone=None,
        has_more=True, parts=parts, family=made[2],
    )  # fmt: skip
    return Line(tuple(held), whole)


def _newsletter(held: Sequence[Entry]) -> tuple[str, str, str]:
    """Title, detail and family of a newsletter with what was done with it."""
    clicks = sum(entry.kind == CLICKED for entry in held)
    is_opened = clicks or any(entry.kind == OPENED for entry in held)
    title = _("Newsletter opened") if is_opened else _("Newsletter sent")
    if clicks:
        title += ", " + ngettext("%(n)d click", "%(n)d clicks", clicks) % {"n": clicks}
    topics = dict.fromkeys(str(e.details.get("topic") or "") for e in held if e.kind == CLICKED)
    return title, words.joined(held[0].subject or held[0].campaign, *topics), "newsletter"


def _visit(held: Sequence[Entry]) -> tuple[str, str, str]:
    """Title, detail and family of a visit."""
    if all(entry.kind == "login" for entry in held):
        n = len(held)
        title = ngettext("Logged in %(n)d time", "Logged in %(n)d times", n) % {"n": n}
        return title, "", "portal"
    seen = sum(entry.kind not in ("login", "funnel") for entry in held)
    title = ngettext(
        "Visit to the website: %(n)d step", "Visit to the website: %(n)d steps", seen
    ) % {"n": seen}
    searched = _subjects(held, ("search",))
    looked = _subjects(held, ("product_view", "configuration"))
    cart = sum(entry.kind == "cart" for entry in held)
    detail = words.joined(
        _("searched for %(what)s") % {"what": ", ".join(f"“{s}”" for s in searched)}
        if searched else "",
        _("looked at %(what)s") % {"what": ", ".join(looked)} if looked else "",
        _("put something in the cart") if cart else "",
    )  # fmt: skip
    return title, detail, "web"


def _subjects(held: Iterable[Entry], kinds: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(e.subject for e in held if e.kind in kinds and e.subject))[:NAMED]


def _sum(held: Sequence[Entry]) -> Money | None:
    amounts = [entry.amount_minor for entry in held if entry.amount_minor is not None]
    return Money(sum(amounts), held[0].currency) if amounts else None


def _runs(found: Sequence[Line]) -> Iterable[Line]:
    for is_sent, run in groupby(found, key=lambda line: line.is_only_sent):
        held = list(run)
        if not is_sent or len(held) == 1:
            yield from held
            continue
        yield _run(held)


def _run(held: Sequence[Line]) -> Line:
    """Newsletters one after the other that were not opened."""
    parts = tuple(part for line in held for part in (line.shown.parts or (line.shown,)))
    title = ngettext(
        "%(n)d newsletter sent, not opened", "%(n)d newsletters sent, not opened", len(held)
    ) % {"n": len(held)}
    first = held[-1].shown.day
    detail = _("since %(day)s") % {"day": formats.day(first)} if first != parts[0].day else ""
    whole = replace(
        parts[0], title=title, detail=detail, at=None, has_more=True, parts=parts,
    )  # fmt: skip
    return Line(tuple(e for line in held for e in line.held), whole)
