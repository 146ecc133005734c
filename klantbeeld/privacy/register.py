"""What the personal columns of the room of privacy are."""

from __future__ import annotations

from klantbeeld.core.fields import YEAR, column, of_employee

# Proof that the law was kept: as long as somebody may ask for it (article 5(2) GDPR).
_PROOF = {
    "purposes": ("privacy",), "basis": "legal_obligation", "retention_days": 5 * YEAR,
    "nature": "qualitative",
}  # fmt: skip

FIELDS = (
    column("privacy_consententry.evidence", "Bewijs van toestemming", "Proof of consent",
           "user.privacy_preferences", **_PROOF),
    of_employee("privacy_consententry.said_by", "Wie toestemming noteerde", "Who noted consent",
                retention_days=5 * YEAR),
    column("privacy_contactnote.note", "Notitie over contact", "Note about contact",
           "user.privacy_preferences", **_PROOF),
    of_employee("privacy_contactnote.said_by", "Wie iets over contact noteerde",
                "Who noted something about contact", retention_days=5 * YEAR),
    of_employee("privacy_contactpreference.said_by", "Wie een contactvoorkeur noteerde",
                "Who noted a contact preference", retention_days=5 * YEAR),
    column("privacy_decision.facts", "Feiten bij een oordeel over contact",
           "Facts of a verdict on contact", "user.privacy_preferences", is_derived=True,
           **{**_PROOF, "nature": "descriptive"}),
    of_employee("privacy_decision.said_by", "Wie een oordeel over contact vroeg",
                "Who asked for a verdict on contact", retention_days=5 * YEAR),
    column("privacy_rightsrequest.note", "Wat iemand vroeg", "What somebody asked",
           "user.content.private", **_PROOF),
    column("privacy_rightsrequest.answer", "Antwoord op een verzoek", "Answer to a request",
           "user.content.private", **_PROOF),
    column("privacy_rightsrequest.extension_reason", "Reden van uitstel",
           "Reason for an extension", "user.content.private", **_PROOF),
    of_employee("privacy_rightsrequest.actor", "Wie een verzoek noteerde",
                "Who noted a request", retention_days=5 * YEAR),
    column("privacy_correction.reason", "Waarom iets gecorrigeerd is",
           "Why something was corrected", "user.content.private", **_PROOF),
    of_employee("privacy_correction.actor", "Wie iets corrigeerde", "Who corrected something",
                retention_days=5 * YEAR),
    column("privacy_informed.note", "Hoe iemand is geïnformeerd", "How somebody was informed",
           "user.content.private", **_PROOF),
    of_employee("privacy_informed.actor", "Wie noteerde dat iemand is geïnformeerd",
                "Who noted that somebody was informed", retention_days=5 * YEAR),
)  # fmt: skip
