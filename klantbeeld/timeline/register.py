"""What the personal columns of the timeline are: what happened, was agreed and was written."""

from __future__ import annotations

from klantbeeld.core.fields import FISCAL_DAYS, column

# Orders and agreements are business records (article 52 AWR).
_FISCAL = {"basis": "contract", "retention_days": FISCAL_DAYS}
_WRITTEN = {"nature": "qualitative", "purposes": ("service", "sales", "administration")}

FIELDS = (
    column("timeline_interaction.key", "Nummer van een gebeurtenis", "Number of an event",
           "user.unique_id", **_FISCAL),
    column("timeline_interaction.subject", "Onderwerp van een gebeurtenis",
           "Subject of an event", "user.content", **_WRITTEN),
    column("timeline_interaction.details", "Bijzonderheden en tekst van een gebeurtenis",
           "Details and text of an event", "user.content.private", **_WRITTEN),
    column("timeline_interaction.employee", "Met wie bij ons er contact was",
           "Who of us was in contact", "user.name"),
    column("timeline_interaction.origin", "Hoe een aankoop tot stand kwam",
           "How a purchase came about", "user.behavior.purchase_history"),
    column("timeline_interaction.campaign", "Campagne van een gebeurtenis",
           "Campaign of an event", "user.behavior", purposes=("marketing", "analysis"),
           basis="legitimate_interest"),
    column("timeline_interaction.code", "Gebruikte kortingscode", "Discount code that was used",
           "user.behavior.purchase_history", **_FISCAL),
    column("timeline_subscription.key", "Nummer van een abonnement", "Number of a subscription",
           "user.unique_id", **_FISCAL),
    column("timeline_subscription.name", "Abonnement", "Subscription",
           "user.behavior.purchase_history", **_FISCAL),
    column("timeline_subscription.details", "Bijzonderheden van een abonnement",
           "Details of a subscription", "user.behavior.purchase_history", **_FISCAL),
    column("timeline_document.key", "Nummer van een document", "Number of a document",
           "user.unique_id", **_WRITTEN),
    column("timeline_document.name", "Naam van een document", "Name of a document",
           "user.content.private", **_WRITTEN),
    column("timeline_document.text", "Tekst van een document", "Text of a document",
           "user.content.private", **_WRITTEN),
    column("timeline_document.sha256", "Inhoud van een document", "Contents of a document",
           "user.content.private", **_WRITTEN),
    column("timeline_earlier.content", "Eerdere inhoud van een gebeurtenis",
           "Former content of an event", "user.content.private", **_WRITTEN),
)  # fmt: skip
