"""Search: customers found by anything that is known of them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core.actor import Actor
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled.customer_card import group, kind
from klantbeeld.web.shapes import Hit, SearchView

SHOWN = 12
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
    return SearchView(text, tuple(hit(one) for one in found.hits), found.total)


def hit(found: profiles.Hit) -> Hit:
    """One hit as it is shown."""
    matched = MATCHED.get(found.matched)
    return Hit(
        found.public_id,
        found.name or _("Customer without a name"),
        kind(found.kind),
        group(found.group),
        found.detail or found.city,
        str(matched) % {"text": found.matched_text} if matched else "",
    )
