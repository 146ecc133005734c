"""Icon and colour of what a timeline shows, by family of kinds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from klantbeeld.web.shapes import Tone


@dataclass(frozen=True, slots=True)
class Look:
    """An icon of the sprite and a colour."""

    icon: str
    tone: Tone


FAMILIES = {
    "purchase": Look("shopping-cart", "good"),
    "refund": Look("arrow-back-up", "warn"),
    "subscription": Look("repeat", "good"),
    "quote": Look("receipt", "accent"),
    "mail": Look("mail", "info"),
    "newsletter": Look("news", "info"),
    "campaign": Look("speakerphone", "info"),
    "call": Look("phone", "info"),
    "chat": Look("messages", "info"),
    "letter": Look("file-text", "grey"),
    "document": Look("file-text", "grey"),
    "complaint": Look("alert-circle", "bad"),
    "service": Look("tool", "warn"),
    "question": Look("help", "info"),
    "web": Look("world", "grey"),
    "portal": Look("login", "grey"),
    "request": Look("clipboard-check", "accent"),
    "survey": Look("star", "accent"),
    "loyalty": Look("gift", "accent"),
    "social": Look("thumb-up", "grey"),
    "note": Look("notes", "grey"),
    "wish": Look("heart", "grey"),
    "task": Look("circle-check", "warn"),
    "appointment": Look("calendar-event", "warn"),
    "visit": Look("building-store", "grey"),
    "consent": Look("shield-check", "grey"),
    "change": Look("pencil", "grey"),
}
ROLES = {
    "administrator": _("administrator"),
    "marketing": _("marketing"),
    "sales": _("sales"),
    "service": _("customer service"),
    "analyst": _("analyst"),
    "privacy": _("privacy officer"),
    "readonly": _("looks only"),
    "own": _("own customers only"),
}
PURPOSES = {
    "service": _("service"),
    "sales": _("sales"),
    "marketing": _("marketing"),
    "analysis": _("analysis"),
    "administration": _("administration"),
    "privacy": _("privacy"),
}
DEFAULT = Look("point", "grey")
GROUPS: dict[str, Tone] = {
    "active": "good",
    "inactive": "warn",
    "potential": "accent",
    "possibly_interested": "info",
    "other": "grey",
}
LAMPS: dict[str, Look] = {
    "yes": Look("check", "good"),
    "no": Look("ban", "bad"),
    "unknown": Look("help", "grey"),
}
STATES: dict[str, Look] = {
    "running": Look("refresh", "info"),
    "done": Look("circle-check", "good"),
    "interrupted": Look("alert-triangle", "warn"),
    "failed": Look("circle-x", "bad"),
    "undone": Look("arrow-back-up", "grey"),
}
OUTCOMES: dict[str, Look] = {
    "quarantined": Look("inbox", "warn"),
    "rejected": Look("circle-x", "bad"),
    "suppressed": Look("shield-lock", "grey"),
    "past_term": Look("clock", "grey"),
}


def of_family(family: str) -> Look:
    """How entries of this family look."""
    return FAMILIES.get(family, DEFAULT)
