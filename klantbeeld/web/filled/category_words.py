"""Categories of personal data and what goes with them, as papers about privacy say them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klantbeeld.web.filled.words import Words

# The longest key that a category begins with decides.
CATEGORIES: Words = {
    "user": _("customer data in general"), "user.name": _("names"),
    "user.contact": _("contact data"), "user.contact.email": _("e-mail addresses"),
    "user.contact.phone_number": _("telephone numbers"), "user.contact.address": _("addresses"),
    "user.unique_id": _("customer and other numbers"), "user.account": _("log-in names"),
    "user.social": _("social media profiles"), "user.financial": _("bank and tax data"),
    "user.payment": _("payment data"), "user.demographic": _("age, gender, language and the like"),
    "user.demographic.profile": _("groups and tags"),
    "user.behavior": _("behaviour and interests"),
    "user.behavior.purchase_history": _("purchases and agreements"),
    "user.device": _("devices and cookies"), "user.location": _("location"),
    "user.content": _("what was written and said"),
    "user.content.private": _("letters, mails and documents"),
    "user.workplace": _("employer and organisation"), "user.job_title": _("job and profession"),
    "user.privacy_preferences": _("consent and contact preferences"),
    "user.government_id": _("identity numbers"), "user.health_and_medical": _("health"),
    "user.criminal_history": _("criminal matters"), "user.biometric": _("biometric data"),
}  # fmt: skip
PURPOSES: Words = {
    "service": _("Customer service"), "sales": _("Sales and delivery"),
    "marketing": _("Marketing"), "analysis": _("Analysis"),
    "administration": _("Administration"), "privacy": _("Privacy and proof"),
    "own": _("The customer's own portal"),
}  # fmt: skip
BASES: Words = {
    "contract": _("agreement (art. 6(1)(b))"), "consent": _("consent (art. 6(1)(a))"),
    "legitimate_interest": _("legitimate interest (art. 6(1)(f))"),
    "legal_obligation": _("legal obligation (art. 6(1)(c))"),
    "vital_interest": _("vital interest (art. 6(1)(d))"),
    "public_task": _("public task (art. 6(1)(e))"), "unknown": _("not decided yet"),
}  # fmt: skip
NATURES: Words = {
    "identity": _("identity"), "descriptive": _("descriptive"), "behavioural": _("behaviour"),
    "qualitative": _("in words"),
}  # fmt: skip
SENSITIVITIES: Words = {
    "ordinary": pgettext_lazy("data", "ordinary"), "delicate": _("delicate"),
    "special": _("special (art. 9)"), "criminal": _("criminal (art. 10)"),
}  # fmt: skip
SUBJECTS: Words = {
    "customer": _("customers, prospects and contact persons"), "employee": _("employees"),
}  # fmt: skip
CCPA: Words = {
    "A": _("A. Identifiers"), "B": _("B. Customer records (Cal. Civ. Code 1798.80(e))"),
    "C": _("C. Protected classifications"), "D": _("D. Commercial information"),
    "E": _("E. Biometric information"), "F": _("F. Internet or network activity"),
    "G": _("G. Geolocation data"), "H": _("H. Audio, electronic or similar information"),
    "I": _("I. Professional or employment information"), "J": _("J. Education information"),
    "K": _("K. Inferences"), "L": _("L. Sensitive personal information"),
}  # fmt: skip
WAYS: Words = {
    "direct": _("told when they give it themselves (art. 13)"),
    "later": _("told afterwards, within a month or at first contact (art. 14)"),
    "exempt": _("known already, or told in another way (art. 14(5))"),
}  # fmt: skip


def category(key: str) -> str:
    """A fideslang category in words."""
    parts = key.split(".")
    while parts:
        if found := CATEGORIES.get(".".join(parts)):
            return str(found)
        parts.pop()
    return key
