"""Whom a leak touched: from an account or key and a period to the exact list of customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import time

from django.utils.translation import gettext as _

from klantbeeld.accounts import reads as people
from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.reads import Breach
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.log_words import act, shown_by
from klantbeeld.web.filled.watching import csv_file, moment
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import Download
from klantbeeld.web.shapes.people import BreachView, TouchedKind, TouchedRow

PREVIEWED = 50


@found
def breach_preview(actor: Actor, told: Mapping[str, str]) -> BreachView:
    """See `people_pages.PeoplePages`."""
    held, since, until = _breach(actor, told)
    first = held.touched[:PREVIEWED]
    names = profiles.named(actor, [one.customer for one in first])
    counted = Counter(action for one in held.touched for action in one.actions)
    return BreachView(
        name=held.name,
        asked={name: told[name] for name in ("who", "since", "until")},
        since=clock.local(since).date(),
        until=clock.local(until).date(),
        customers=len(held.touched),
        entries=held.entries,
        quarantined=held.rows,
        kinds=tuple(TouchedKind(act(a), shown_by(a), n) for a, n in counted.most_common()),
        rows=tuple(
            TouchedRow(
                to_public("customer", one.customer) if one.customer in names else "",
                names.get(one.customer, "") or _("is no more"), one.first, one.last, one.times,
                ", ".join(act(action) for action in one.actions),
            )
            for one in first
        ),
    )  # fmt: skip


@found
def breach(actor: Actor, told: Mapping[str, str]) -> Download:
    """See `people_pages.PeoplePages`."""
    held, _since, _until = _breach(actor, told)
    names = profiles.named(actor, [one.customer for one in held.touched])
    head = [_("Customer"), _("Name"), _("First"), _("Last"), _("Times"), _("What happened")]
    return csv_file(_("touched"), [head, *(
        [
            to_public("customer", one.customer), names.get(one.customer, "") or _("is no more"),
            one.first.isoformat(" ", "seconds"), one.last.isoformat(" ", "seconds"), one.times,
            ", ".join(act(action) for action in one.actions),
        ]
        for one in held.touched
    )])  # fmt: skip


def _breach(actor: Actor, told: Mapping[str, str]) -> tuple[Breach, int, int]:
    since, until = moment(told["since"], time.min), moment(told["until"], time.max)
    if since is None or until is None or until < since:
        raise Invalid({"since": _("Say from which day to which day.")})
    try:
        return people.breach(actor, told["who"], since, until), since, until
    except UnknownPerson as error:
        raise Invalid({"who": _("Choose an account or key.")}) from error
