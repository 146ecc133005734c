"""Search: customers found by anything that is known of them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core.actor import Actor
from klantbeeld.profiles import reads as profiles
from klantbeeld.segments import reads as segments
from klantbeeld.web import formats
from klantbeeld.web.filled import spelling
from klantbeeld.web.filled.customer_card import group, kind
from klantbeeld.web.shapes import Hit, Option, SearchView

SHOWN = 12
# Questions offered above the customers found, and words from which a text may be one.
QUESTIONS, FEWEST_WORDS = 2, 3
MATCHED: dict[str, str | Promise] = {
    "order": gettext_lazy("order %(text)s"),
    "quote": gettext_lazy("quote %(text)s"),
    "case": gettext_lazy("case %(text)s"),
    "document": gettext_lazy("document %(text)s"),
    "subscription": gettext_lazy("subscription %(text)s"),
}


def search(actor: Actor, text: str) -> SearchView:
    """See `pages.Pages`."""
    found = profiles.find(actor, text, SHOWN)
    asked = segments.understood(actor, text)
    is_guess = not asked and not found.hits and len(text.split()) >= FEWEST_WORDS
    if is_guess:
        asked = segments.nearest(actor, text, formats.language())
    return SearchView(
        text, tuple(hit(one) for one in found.hits), found.total,
        tuple(Option(q.key, spelling.spelled(q)) for q in asked[:QUESTIONS]), is_guess,
        found.is_capped,
    )  # fmt: skip


def hit(found: profiles.Hit) -> Hit:
    """A hit as it is shown."""
    matched = MATCHED.get(found.matched)
    return Hit(
        found.public_id,
        found.name or _("Customer without a name"),
        kind(found.kind),
        group(found.group),
        found.detail or found.city,
        str(matched) % {"text": found.matched_text} if matched else "",
    )
