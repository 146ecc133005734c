"""Double opt-in by mail: the question, sent only after the verdict, with a way out in its head.

The mail asks to open a page and press a button there: what opens links in mails by itself, such as
a scanner, confirms nothing.
"""

from __future__ import annotations

import logging
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import needs
from klantbeeld.core import mail
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import local
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline.contacting import send_decided
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy import reads as ledger
from klantbeeld.privacy.errors import NotDecided
from klantbeeld.privacy.models import Decision, Outgoing
from klantbeeld.privacy.reads import CONFIRM, OUT, PREFERENCES, Link, Statement, token
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Known, Question

log = logging.getLogger("klantbeeld.mail")
MACHINE = system_actor("job")
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@needs("contact.ask")
def send_waiting(actor: Actor) -> dict[str, int]:
    """Send the mails that wait; counts by what became of them. Without mail set up all wait on."""
    counts: dict[str, int] = {}
    if not mail.is_set_up():
        return counts
    for waiting, request in privacy.waiting(actor):
        state, reason = _sent(actor, waiting, request)
        privacy.mark_mail(actor, waiting, state, reason)
        counts[state] = counts.get(state, 0) + 1
    return counts


def _sent(actor: Actor, waiting: Outgoing, request: Statement | None) -> tuple[str, str]:
    """The new state of a mail, and the key of the reason when it was not sent."""
    if request is None:
        return Outgoing.REFUSED, "gone"
    try:
        known = _known(actor, request)
        address = known.address("email") if known else None
        if known is None or address is None:
            return Outgoing.REFUSED, "no_address"
        question = Question("email", "requested", has_asked=_is_open(known, request))
        decision = send_decided(
            actor,
            request.record,
            waiting.kind,
            question,
            lambda made: _send(known, str(address.value), request),
        )
    except NotDecided:
        log.error("verdict not reached; nothing sent")
        return Outgoing.WAITING, "not_decided"
    except Exception as error:
        # Its text may hold the address.
        log.error("mail not sent", extra={"kind": type(error).__name__})
        return Outgoing.WAITING, "mail_failed"
    return _outcome(decision)


def _outcome(decision: Decision) -> tuple[str, str]:
    if decision.answer == "allowed":
        return Outgoing.SENT, ""
    return Outgoing.REFUSED, decision.reason


def _known(actor: Actor, request: Statement) -> Known | None:
    customer = identity.customers_of(MACHINE, [request.record]).get(request.record)
    return profiles.known_customer(actor, customer) if customer else None


def _is_open(known: Known, request: Statement) -> bool:
    """Whether the sign-up still waits: it was neither withdrawn nor answered, nor is it over."""
    about = ledger.About(request.channel, request.purpose, request.brand, request.topic)
    return ledger.state_of(MACHINE, known.records, about) == "pending"


def _send(known: Known, address: str, request: Statement) -> None:
    said = str(known.profile.data.get("language") or "")
    language = next((c for c in (request.language, said) if c in LANGUAGES), settings.LANGUAGE_CODE)
    with translation.override(language):
        subject, text = written(request, known.choices.name)
    mail.send(address, subject, text, way_out(request))


def written(request: Statement, company: str) -> tuple[str, str]:
    """Subject and text in the active language: what is asked, the exact words, and until when."""
    sender = company or settings.MAIL_FROM
    words = ledger.words_of(MACHINE, request.text_hash)
    until = local(request.expires_at).date() if request.expires_at else date.max
    confirm = token(Link(CONFIRM, request.id, ledger.About("", "")))
    parts = [
        _("You gave this address to %(sender)s. Please confirm that you want this:")
        % {"sender": sender},
        f"“{words}”" if words else "",
        _("Open this page and press the button:"),
        mail.link(reverse("web:contact_confirm", args=[confirm])),
        _("Was it not you, or did you change your mind? Then do nothing: on %(day)s the request "
          "ends by itself.") % {"day": date_format(until, "DATE_FORMAT")},
        _("What you want to get, and what not, you can change here:"),
        mail.link(preferences_path(request.record)),
        sender,
    ]  # fmt: skip
    subject = _("Please confirm: mail from %(sender)s") % {"sender": sender}
    return subject, "\n\n".join(part for part in parts if part) + "\n"


def preferences_path(record: int) -> str:
    """The page on which somebody chooses what he gets, by its token."""
    held = Link(PREFERENCES, record, ledger.About("", ""))
    return reverse("web:contact_preferences", args=[token(held)])


def way_out(request: Statement) -> dict[str, str]:
    """The head of a message that offers a way out in one click (RFC 8058)."""
    about = ledger.About("email", request.purpose, request.brand, request.topic)
    path = reverse("web:contact_out", args=[token(Link(OUT, request.record, about))])
    return {
        "List-Unsubscribe": f"<{mail.link(path)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
