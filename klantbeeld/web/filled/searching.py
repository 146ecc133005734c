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
    return SearchView(text, tuple(_hit(hit) for hit in found.hits), found.total)


def _hit(hit: profiles.Hit) -> Hit:
    matched = MATCHED.get(hit.matched)
    return Hit(
        hit.public_id,
        hit.name or _("Customer without a name"),
        kind(hit.kind),
        group(hit.group),
        hit.detail or hit.city,
        str(matched) % {"text": hit.matched_text} if matched else "",
    )
