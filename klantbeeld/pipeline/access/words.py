"""Keys of the rooms in words, for people who never saw the screens."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "order": _("Order"), "quote": _("Quote"), "mail": _("Mail"), "call": _("Phone call"),
    "chat": _("Chat"), "letter": _("Letter"), "quote_letter": _("Quote by letter"),
    "cancellation": _("Cancellation"), "visit": _("Visit"), "meeting": _("Meeting"),
    "remark": _("Remark in the shop"), "complaint": _("Complaint"),
    "complaint_closed": _("Complaint solved"), "service": _("Service"),
    "service_closed": _("Service done"), "question": _("Question"),
    "question_closed": _("Question answered"), "return": _("Return"),
    "return_closed": _("Return handled"), "compliment": _("Compliment"),
    "newsletter_sent": _("Newsletter sent"), "newsletter_opened": _("Newsletter opened"),
    "newsletter_clicked": _("Clicked in the newsletter"),
    "newsletter_bounced": _("Newsletter did not arrive"),
    "newsletter_unsubscribed": _("Unsubscribed from the newsletter"),
    "newsletter_subscribed": _("Subscribed to the newsletter"), "page_view": _("Page visited"),
    "product_view": _("Product looked at"), "search": _("Searched the website"),
    "cart": _("Put in the cart"), "configuration": _("Configured a product"),
    "download": _("Download"), "web_purchase": _("Bought on the website"),
    "request": _("Request"), "lead": _("Lead"), "login": _("Logged in on the portal"),
    "survey": _("Survey answered"), "points": _("Loyalty points"), "note": _("Note"),
    "observation": _("Observation"), "task": _("Task"), "appointment": _("Appointment"),
    "social_like": _("Like"), "social_comment": _("Comment"), "social_follow": _("Follows us"),
    "social_share": _("Shared"), "social_mention": _("Mentioned us"),
}  # fmt: skip
PURPOSES: Words = {
    "service": _("service: answering you and helping you"),
    "sales": _("sales: making and delivering on agreements"),
    "marketing": _("marketing: offers and newsletters"),
    "analysis": _("analysis: figures about all customers together"),
    "administration": _("administration: bookkeeping and keeping data right"),
    "privacy": _("privacy: keeping the law and proving it"),
    "own": _("your own use of the portal"),
}
LOOKS: Words = {
    "card": _("opened your page"), "read": _("saw a part of your page"),
    "list": _("saw you in a list"), "search": _("found you by searching"),
    "name": _("saw your name"), "compare": _("compared what is held of you"),
    "export": _("downloaded everything about you"),
    "export_list": _("downloaded a list with you in it"), "match": _("asked who you are"),
    "bring": _("brought data about you"), "break_glass": _("saw you out of reach, with a reason"),
    "glass_over": _("the hour out of reach is over"),
}  # fmt: skip
ROLES: Words = {
    "administrator": _("administrator"), "marketing": _("marketing"), "sales": _("sales"),
    "service": _("customer service"), "analyst": _("analyst"), "privacy": _("privacy officer"),
    "readonly": _("looks only"), "own": _("own customers only"),
}  # fmt: skip
BASES: Words = {
    "contract": _("agreement with you"), "consent": _("your consent"),
    "legitimate_interest": _("legitimate interest"), "legal_obligation": _("legal obligation"),
    "vital_interest": _("vital interest"), "public_task": _("public task"),
    "unknown": _("not recorded yet"),
}  # fmt: skip
RULES: Words = {
    "only": _("only source"), "agreed": _("all sources agree"), "trust": _("most trusted source"),
    "recency": _("most recent"), "frequency": _("said most often"),
    "completeness": _("most complete"), "length": _("longest"), "earliest": _("earliest"),
    "together": _("put together"), "validity": _("valid"), "invalid": _("not usable"),
    "corrected": _("corrected by hand"), "order": _("by the order of the sources"),
}  # fmt: skip
STATES: Words = {
    "granted": _("yes"),
    "denied": _("no"),
    "withdrawn": _("withdrawn"),
    "unknown": _("unknown"),
}
CHANNELS: Words = {
    "email": _("mail"), "phone": _("phone"), "post": _("post"), "sms": _("text message"),
    "whatsapp": _("WhatsApp"), "web": _("website"), "shop": _("shop"), "portal": _("portal"),
    "chat": _("chat"), "social": _("social media"), "loyalty": _("loyalty card"),
}  # fmt: skip
NATURES: Words = {
    "identity": _("identity"), "descriptive": _("descriptive"), "behavioural": _("behaviour"),
    "qualitative": _("in words"),
}  # fmt: skip
SECTIONS: Words = {
    "records": _("Records by source"), "record_versions": _("Earlier versions of records"),
    "audited": _("Changes"), "interactions": _("Events"), "orderlines": _("Order lines"),
    "subscriptions": _("Subscriptions"), "documents": _("Documents"),
    "participations": _("Taking part in other events"), "earlier": _("Earlier contents"),
    "consents": _("Statements about being contacted"), "requests": _("Your requests"),
    "corrections": _("Corrections"), "informed": _("When you were informed"),
    "profiles": _("Profile"), "tags": _("Tags"),
    "quarantined": _("Rows that could not be used"), "delivered_in": _("Files it came in"),
    "memberships": _("Which records are you"), "compared": _("What is compared"),
    "links": _("Likeness of records"), "judgements": _("Judgements about records"),
    "coming_in": _("Files coming in"),
}  # fmt: skip


def said(words: Words, key: str) -> str:
    """The words for a key, or the key itself made readable."""
    return str(words.get(key, key.replace("_", " ")))
