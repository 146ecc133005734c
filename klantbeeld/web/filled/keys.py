"""The keys with which other programs come in."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts import actions as accounts
from klantbeeld.accounts import reads as people
from klantbeeld.accounts.models import ApiKey
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.models import Source
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.web.filled import words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes.matching import Choice, KeyRow, KeysView

MOST_DIGITS = 4
RIGHTS: words.Words = {
    "write": gettext_lazy("Bring orders and customers"),
    "match": gettext_lazy("Ask who somebody is"),
    "contact": gettext_lazy("Ask whether somebody may be contacted"),
}


@found
def keys(actor: Actor) -> KeysView:
    """See `pages.MatchPages`."""
    rows = tuple(_row(key) for key in people.keys(actor))
    rights = tuple(Choice(key, str(label), True) for key, label in RIGHTS.items())
    sources = Source.objects.exclude(key=Source.DESK).order_by("name").values_list("key", "name")
    return KeysView(rows, rights, tuple(Choice(key, name, False) for key, name in sources))


def _row(key: ApiKey) -> KeyRow:
    rights = key.role.removeprefix("key:").split("+")
    return KeyRow(
        to_public("key", key.pk), key.name, key.prefix,
        ", ".join(words.said(RIGHTS, right) for right in sorted(rights, reverse=True)),
        key.source, key.created_by, local(key.created_at),
        local(key.last_used_at) if key.last_used_at else None,
        local(key.revoked_at) if key.revoked_at else None,
        local(key.until) if key.until else None, not key.is_in_force,
    )  # fmt: skip


@found
def make_key(actor: Actor, name: str, rights: Sequence[str], source: str, days: str = "") -> str:
    """See `pages.MatchPages`."""
    if not name.strip():
        raise Invalid({"name": _("Give the key a name, such as the program that uses it.")})
    chosen = [right for right in rights if right in RIGHTS]
    if not chosen:
        raise Invalid({"rights": _("Choose what the key is for.")})
    if days and not (days.isdecimal() and len(days) <= MOST_DIGITS):
        raise Invalid({"days": _("Say in how many days, in digits.")})
    return accounts.create_key(actor, name, chosen, source, int(days or accounts.KEY_DAYS))[1]


@found
def revoke_key(actor: Actor, public_id: str) -> None:
    """See `pages.MatchPages`."""
    pk = from_public("key", public_id)
    held = next((key for key in people.keys(actor) if key.pk == pk), None)
    if held is None:
        raise NotFound("There is no such key.")
    accounts.revoke_key(actor, held)
