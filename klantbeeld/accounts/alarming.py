"""A broken glass reaches people: counted in the bar until somebody saw it, by mail, and its end."""

from __future__ import annotations

import logging

from django.utils import translation
from django.utils.translation import gettext as _

from klantbeeld.accounts import rules
from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.models import BreakGlass, User
from klantbeeld.core import bulk, looks, mail, registry
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us

log = logging.getLogger("klantbeeld.mail")
WATCHES = "audit.read"
# Where the alarm is to be looked at.
PLACE = "/log/#alarms"


@needs(WATCHES)
def open_alarms(actor: Actor) -> int:
    """How often the glass was broken of which nobody took notice."""
    return BreakGlass.objects.filter(noticed_at=0).count()


def keep_watch() -> None:
    """What the worker does every minute."""
    house = system_actor("job")
    tell_watchers(house)
    end_what_is_over(house)


@needs(WATCHES)
def tell_watchers(actor: Actor) -> int:
    """Mail everybody who watches over it that the glass was broken; gives how many mails went.

    The mail says that, and where to look, and names nobody. Without mail set up it waits; what
    somebody saw meanwhile is not told any more.
    """
    held = list(BreakGlass.objects.filter(noticed_at=0, told_at=0).values_list("pk", flat=True))
    if not held or not mail.is_set_up():
        return 0
    watching = [role for role in rules.ROLES if rules.may(role, WATCHES)]
    people = User.objects.filter(is_active=True, role__in=watching).order_by("pk")
    sent = sum(_told(one) for one in people)
    if sent:
        BreakGlass.objects.filter(pk__in=held).update(told_at=now_us())
    return sent


def _told(user: User) -> bool:
    with translation.override(user.language):
        subject = _("Klantbeeld: somebody saw a customer out of reach")
        text = _(
            "Somebody broke the glass: a customer out of reach is seen for an hour, with a reason."
            "\n\nLook whether that is right, and end it if it is not:\n%(link)s\n"
        ) % {"link": mail.link(PLACE)}
    try:
        mail.send(user.email, subject, text, {"Auto-Submitted": "auto-generated"})
    except Exception as error:
        # Its text may hold the address; one that fails keeps the others from nothing.
        log.error("alarm not sent", extra={"kind": type(error).__name__})
        return False
    return True


@needs(WATCHES)
def end_what_is_over(actor: Actor) -> int:
    """End what ran out, and write that down; gives how many."""
    over = BreakGlass.objects.filter(ended_at=0, until__lte=now_us())
    for held in over:
        looks.note(actor, "bypass", "glass_over", _customers_of(held.record_id), user=held.user_id)
        BreakGlass.objects.filter(pk=held.pk).update(ended_at=held.until)
    return len(over)


def _customers_of(record: int) -> list[int]:
    held = registry.partition()
    if held is None:
        return []
    sql = f"SELECT {held.customer} FROM {held.db_table} WHERE"
    return [int(row[0]) for row in bulk.rows_where(sql, held.record, [record])]
