"""Keys of the rooms in words: groups, families, channels, ways of paying, kinds of table."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

GROUPS: Words = {
    "active": _("Active"),
    "inactive": _("Inactive"),
    "potential": _("Potential"),
    "possibly_interested": _("Possibly interested"),
    "other": _("Other"),
}
FAMILIES: Words = {
    "purchase": _("Purchases"),
    "subscription": _("Subscriptions"),
    "quote": _("Quotes"),
    "mail": _("Mail"),
    "call": _("Phone calls"),
    "chat": _("Chat"),
    "letter": _("Letters"),
    "visit": _("Visits"),
    "complaint": _("Complaints"),
    "service": _("Service"),
    "question": _("Questions"),
    "newsletter": _("Newsletter"),
    "web": _("Website"),
    "request": _("Requests"),
    "portal": _("Portal"),
    "survey": _("Surveys"),
    "loyalty": _("Loyalty card"),
    "social": _("Social media"),
    "note": _("Notes"),
    "task": _("Tasks"),
    "appointment": _("Appointments"),
    "event": _("Everything else"),
}
CHANNELS: Words = {
    "email": _("mail"),
    "mail": _("mail"),
    "phone": _("phone"),
    "web": _("website"),
    "webshop": _("webshop"),
    "shop": _("shop"),
    "store": _("shop"),
    "portal": _("portal"),
    "post": _("post"),
    "letter": _("post"),
    "chat": _("chat"),
    "sms": _("text message"),
    "whatsapp": _("WhatsApp"),
    "social": _("social media"),
    "loyalty": _("loyalty card"),
    "survey": "",
}
CONSENT_CHANNELS: Words = {
    "email": _("Mail"),
    "phone": _("Phone"),
    "post": _("Post"),
    "sms": _("Text message"),
    "whatsapp": _("WhatsApp"),
}
PAYMENTS: Words = {
    "ideal": "iDEAL",
    "card": _("card"),
    "credit_card": _("credit card"),
    "paypal": "PayPal",
    "invoice": _("on account"),
    "direct_debit": _("direct debit"),
    "bank_transfer": _("bank transfer"),
    "cash": _("cash"),
    "gift_card": _("gift card"),
    "points": _("points"),
    "lease": _("lease"),
}
HOLDS: Words = {
    "customers": _("customers"),
    "orders": _("orders"),
    "lines": _("order lines"),
    "products": _("products"),
    "subscriptions": _("subscriptions"),
    "quotes": _("quotes"),
    "messages": _("mails"),
    "events": _("events"),
    "cases": _("complaints and cases"),
    "surveys": _("survey answers"),
    "costs": _("costs of campaigns"),
    "documents": _("letters and documents"),
    "loyalty": _("loyalty points"),
    "unknown": _("not recognised"),
}
# Values of fields with a fixed choice; what is not here is shown as the source says it.
CHOICES: dict[str, Words] = {
    "gender": {"female": _("woman"), "male": _("man"), "other": _("other")},
    "language": {
        "nl": _("Dutch"),
        "en": _("English"),
        "de": _("German"),
        "fr": _("French"),
        "fy": _("Frisian"),
    },
    "relation_type": {
        "customer": _("customer"),
        "klant": _("customer"),
        "prospect": _("prospect"),
        "lead": _("lead"),
        "supplier": _("supplier"),
        "former_employee": _("former employee"),
        "employee": _("employee"),
        "deceased": _("deceased"),
        "competitor": _("competitor"),
    },
}
# Kinds of contact.
CONTACTS: Words = {
    "mail": _("mail"),
    "call": _("phone call"),
    "chat": _("chat"),
    "letter": _("letter"),
    "visit": _("visit"),
    "meeting": _("meeting"),
    "complaint": _("complaint"),
    "service": _("service"),
    "question": _("question"),
    "return": _("return"),
    "compliment": _("compliment"),
}


def said(words: Words, key: str) -> str:
    """A key in words; a key without words as itself, readable: `own_word` is "own word"."""
    found = words.get(key)
    return key.replace("_", " ") if found is None else str(found)


def headed(words: Words, key: str) -> str:
    """A key in words with a capital, for headings and chips."""
    text = said(words, key)
    return text[:1].upper() + text[1:]


def joined(*parts: object) -> str:
    """What there is, with dots between."""
    return " · ".join(str(part) for part in parts if part)
