"""May this customer be contacted: a lamp for each channel, with its reason and its proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.privacy.reads import Consent, cited, told
from klantbeeld.profiles.reads import Judged
from klantbeeld.web.filled import words
from klantbeeld.web.shapes import Lamp

Colour = Literal["yes", "no", "unknown"]
ICONS = {"email": "mail", "phone": "phone", "post": "mailbox", "sms": "device-mobile"}
STATES: dict[str, Colour] = {"granted": "yes", "denied": "no", "withdrawn": "no"}
REASONS: dict[str, str | Promise] = {
    "granted": gettext_lazy("permission given"),
    "denied": gettext_lazy("no permission"),
    "withdrawn": gettext_lazy("unsubscribed"),
    "pending": gettext_lazy("not confirmed yet"),
    "expired": gettext_lazy("permission has ended"),
    "unknown": gettext_lazy("unknown"),
}


def lamps(
    consents: Mapping[str, Consent], contact: Mapping[str, Judged | None] | None = None
) -> tuple[Lamp, ...]:
    """The lamps in the order of the channels.

    `contact` holds the verdicts, which then decide the colour; None where nobody asks for one,
    as of customers who are only supposed: then it is what the ledger says.
    """
    if contact is None:
        return tuple(_lamp(consent) for consent in consents.values())
    return tuple(
        judged_lamp(contact.get(channel), consent)
        for channel, consent in consents.items()
        if channel in contact or consent.state != "unknown"
    )


def _lamp(consent: Consent) -> Lamp:
    return Lamp(
        channel=consent.channel,
        label=words.headed(words.CONSENT_CHANNELS, consent.channel),
        icon=ICONS.get(consent.channel, "message"),
        state=STATES.get(consent.state, "unknown"),
        reason=str(REASONS[consent.state]),
        source=proof(consent),
        at=consent.since,
        brand=consent.brand,
    )


def colour(judged: Judged) -> Colour:
    """Green for yes, red for a refusal; grey for not known, and for whoever must be asked first."""
    if judged.verdict.is_allowed:
        return "yes"
    return "no" if judged.is_refused else "unknown"


def judged_lamp(judged: Judged | None, consent: Consent) -> Lamp:
    """A lamp from a verdict; grey, with what to do, where none could be reached."""
    if judged is None:
        return Lamp(
            consent.channel, words.headed(words.CONSENT_CHANNELS, consent.channel),
            ICONS.get(consent.channel, "message"), "unknown",
            _("could not be worked out: do not send"),
        )  # fmt: skip
    said = told(judged.verdict)
    is_asked = colour(judged) == "unknown" and judged.verdict.answer == "not_allowed"
    return Lamp(
        channel=consent.channel,
        label=words.headed(words.CONSENT_CHANNELS, consent.channel),
        icon=ICONS.get(consent.channel, "message"),
        state=colour(judged),
        reason=_("Ask first: %(reason)s") % {"reason": _lowered(said.reason)}
        if is_asked
        else said.reason,
        source=proof(consent) if consent.state != "unknown" else "",
        at=consent.since,
        brand=consent.brand,
        changes=said.changes,
        duties=said.duties,
        law=cited(said.source),
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def proof(consent: Consent) -> str:
    """Where it was said, the words as delivered, and who said something milder."""
    return words.joined(consent.source_name, _quoted(consent.evidence), _milder(consent))


def as_delivered(evidence: str) -> str:
    """What stood in the source, without the name of the column: the lamp says that already."""
    role, _colon, value = evidence.partition(": ")
    return value if value and role.isidentifier() else evidence


def _quoted(evidence: str) -> str:
    value = as_delivered(evidence)
    return f"“{value}”" if value else ""


def _milder(consent: Consent) -> str:
    if not consent.overruled:
        return ""
    return _("%(sources)s said otherwise; the strictest counts") % {
        "sources": ", ".join(consent.overruled)
    }
