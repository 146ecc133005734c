"""Keys of consent and contact in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from klantbeeld.web.filled.words import Words, headed

CHANNELS: Words = {
    "email": _("Mail"), "phone": _("Phone"), "post": _("Post"), "sms": _("Text message"),
    "chat": _("Chat"), "whatsapp": _("WhatsApp"),
}  # fmt: skip
PURPOSES: Words = {
    "marketing": _("an offer or newsletter"),
    "fundraising": _("asking for a gift"),
    "survey": _("a question for an opinion"),
    "service": _("an order or contract that runs"),
    "sharing": _("giving data to others"),
}
STATES: Words = {
    "granted": _("yes"),
    "denied": _("no"),
    "withdrawn": _("withdrawn"),
    "requested": _("signed up, to be confirmed by mail"),
}
METHODS: Words = {
    "web_form": _("on a form on the website"),
    "paper": _("on paper, signed"),
    "telephone": _("by telephone"),
    "in_person": _("in person"),
    "email": _("by mail"),
    "portal": _("in the portal"),
    "imported": _("from a file"),
    "entered": _("noted by a colleague"),
    "reasoned": _("noted of a whole file, with a reason"),
    "double_opt_in": _("confirmed by the link in a mail"),
    "one_click": _("by the unsubscribe link in a message"),
    "preference_page": _("on the page with one's own preferences"),
    "opt_out_signal": _("by a signal of the browser (Global Privacy Control)"),
}
FORMS: Words = {
    "brochure": _("a brochure or catalogue"),
    "personal": _("personally, by somebody"),
    "digital": _("digitally"),
}
SENDERS: Words = {
    "ordinary": _("a company"),
    "charity": _("a charity"),
    "charity_lottery": _("a licensed lottery"),
    "press": _("a publisher of a newspaper or magazine"),
    "covered_entity": _("a provider of care or a health insurer (HIPAA, United States)"),
}
WAYS: Words = {
    "": _("not known"),
    "sale": _("from people themselves, at a purchase"),
    "enquiry": _("from people themselves, with a question or request"),
    "event": _("from people themselves, at an event"),
    "gift": _("from people themselves, with a gift"),
    "volunteering": _("from people themselves, as volunteers"),
    "published": _("from what companies made public"),
    "third_party": _("bought or got from others"),
}
YES_NO: Words = {"": _("not known"), "yes": _("yes"), "no": _("no")}
NOTES: dict[str, tuple[object, object]] = {
    "do_not_contact": (
        _("Not to be approached"), _("Whatever the reason: no offers over any channel.")
    ),
    "deceased": (_("Has died"), _("Nothing is sent any more.")),
    "phone_register": (
        _("In a do-not-call register"),
        _("Only where there is one: in Belgium, Germany, France, the USA."),
    ),
    "post_register": (
        _("In a register against advertising by post"),
        _("Such as Postfilter; of consumers who are no customers."),
    ),
    "guardian": (_("A parent agreed"), _("Of a child: only that counts.")),
    "published": (
        _("Made the address public for offers"), _("A business that says itself where to send.")
    ),
    "legal_person": (
        _("A company with legal personality"), _("Such as a BV or a foundation; not a person.")
    ),
    "sole_trader": (
        _("Somebody in business on his own"), _("The law protects him as it does any person.")
    ),
}  # fmt: skip
PROBLEMS: Words = {
    "future": _("That day is still to come."),
    "no_proof": _("Write down what proves it, or the words that were agreed to."),
    "too_long": _("That is too long."),
    "unknown": _("Choose one of these."),
    "no_address": _("No e-mail address of this customer is known."),
    "country": _("Choose a country."),
    "confirmation_days": _("Choose from 1 to 60 days."),
}
MAILS: Words = {
    "waiting": _("Confirmation waits to be sent"),
    "sent": _("Confirmation sent"),
    "refused": _("Confirmation not sent: that was not allowed any more"),
    "failed": _("Confirmation could not be sent"),
}


def choices(words: Words, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(key, words) of these keys, as a list to choose from."""
    return tuple((key, headed(words, key)) for key in keys)
