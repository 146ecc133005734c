"""Pages of a customer's history."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.profiles import reads as profiles
from klantbeeld.timeline import reads as room
from klantbeeld.timeline.reads import History
from klantbeeld.web.filled import entries, grouping, places, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.shapes import Chip, TimelinePage, TimelineQuery


@found
def timeline(actor: Actor, public_id: str, query: TimelineQuery) -> TimelinePage:
    """See `pages.Pages`."""
    return page(actor, public_id, profiles.records_of(actor, public_id), query)


def page(
    actor: Actor, public_id: str, records: list[int] | tuple[int, ...], query: TimelineQuery
) -> TimelinePage:
    """The part of the history of these records that is asked for."""
    after = places.interaction(query.before) if query.before else None
    kinds = (query.family,) if query.family else None
    held = room.history(actor, records, after, kinds, query.size)
    shown_day = _shown_day(actor, records, after) if after else None
    return as_page(public_id, held, query, shown_day)


def as_page(
    public_id: str, held: History, query: TimelineQuery, shown_day: date | None = None
) -> TimelinePage:
    """A page of the room's history as the screen shows it."""
    ahead = [entries.shown(public_id, entry) for entry in held.upcoming]
    return TimelinePage(
        entries=(*ahead, *grouping.lines(public_id, held.entries)),
        chips=chips(public_id, held, query.family) if not query.before else (),
        older=places.entry_id(held.older) if held.older else "",
        shown_day=shown_day,
    )


def chips(public_id: str, held: History, family: str) -> tuple[Chip, ...]:
    """Families that occur, the most frequent first, behind all of them together."""
    counts = sorted(held.counts.items(), key=lambda item: (item[0] == "event", -item[1], item[0]))
    every = Chip("", _("Everything"), sum(held.counts.values()), not family, places.card(public_id))
    return (
        every,
        *(
            Chip(key, words.headed(words.FAMILIES, key), n, key == family,
                 places.card(public_id, key))
            for key, n in counts
        ),
    )  # fmt: skip


def _shown_day(actor: Actor, records: list[int] | tuple[int, ...], last: int) -> date | None:
    """The heading that stands above the last line of the page before.

    A newsletter that was only sent may stand in a line of several days, under the newest of them.
    """
    entry = room.entry(actor, records, last).entry
    return None if entry.kind == grouping.SENT else entry.day
