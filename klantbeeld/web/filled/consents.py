"""May this customer be contacted: a lamp for each channel, with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.privacy.reads import Consent
from klantbeeld.web.filled import words
from klantbeeld.web.shapes import Lamp

ICONS = {"email": "mail", "phone": "phone", "post": "mailbox", "sms": "device-mobile"}
STATES: dict[str, Literal["yes", "no", "unknown"]] = {
    "granted": "yes",
    "denied": "no",
    "withdrawn": "no",
}
REASONS: dict[str, str | Promise] = {
    "granted": gettext_lazy("permission given"),
    "denied": gettext_lazy("no permission"),
    "withdrawn": gettext_lazy("unsubscribed"),
    "unknown": gettext_lazy("unknown"),
}


def lamps(consents: Mapping[str, Consent]) -> tuple[Lamp, ...]:
    """The lamps in the order of the channels."""
    return tuple(_lamp(consent) for consent in consents.values())


def _lamp(consent: Consent) -> Lamp:
    return Lamp(
        channel=consent.channel,
        label=words.headed(words.CONSENT_CHANNELS, consent.channel),
        icon=ICONS.get(consent.channel, "message"),
        state=STATES.get(consent.state, "unknown"),
        reason=str(REASONS[consent.state]),
        source=words.joined(consent.source_name, _evidence(consent.evidence), _milder(consent)),
        at=consent.since,
        brand=consent.brand,
    )


def _evidence(evidence: str) -> str:
    """What stood in the source; the name of the column says the lamp already."""
    value = evidence.partition(": ")[2] or evidence
    return f"“{value}”" if value else ""


def _milder(consent: Consent) -> str:
    if not consent.overruled:
        return ""
    return _("%(sources)s said otherwise; the strictest counts") % {
        "sources": ", ".join(consent.overruled)
    }
