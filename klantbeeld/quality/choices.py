"""Columns with a handful of answers: gender, yes or no, channels, kinds."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.columns import filled, lookup
from klantbeeld.quality.words import spread

GENDERS = spread(
    {
        "male": "male|m|man|mannelijk|heer|dhr|dhr.|de heer|mr|mr.|h|jongen|herr|männlich|masculin"
        "|homme|1|males|meneer|mijnheer",
        "female": "female|v|f|vrouw|vrouwelijk|mevrouw|mevr|mevr.|mw|mw.|mrs|mrs.|ms|ms.|miss|w"
        "|meisje|frau|weiblich|féminin|femme|2|females|dame|mej|mej.",
        "other": "other|x|anders|overig|divers|non-binair|nonbinair|non-binary|nonbinary|neutraal"
        "|genderneutraal|o|d|9",
    }
)

_YES = (
    "ja|j|yes|y|true|waar|t|1|x|✓|✔|☑|v|aan|on|opt-in|optin|opt in|ingeschreven|aangemeld"
    "|akkoord|toestemming|actief|active|subscribed|wel|gewenst|ok|oke|oké|toegestaan|jazeker|oui|si"
    "|wahr|double opt-in|confirmed|bevestigd|granted|allow|allowed|graag|enabled"
)
_NO = (
    "nee|neen|n|no|false|onwaar|f|0|uit|off|opt-out|optout|opt out|uitgeschreven|afgemeld|geen"
    "|inactief|inactive|unsubscribed|niet|ongewenst|geweigerd|niet akkoord|geen toestemming"
    "|non|nein|falsch|denied|declined|withdrawn|ingetrokken|disabled|✗|✘|☐|liever niet"
)
_BLOCK = (
    "niet bellen|niet mailen|niet e-mailen|niet benaderen|bel-me-niet|bel me niet|blokkeren"
    "|geblokkeerd|blocked|do not call|do not email|do not mail|geen post|geen e-mail"
    "|geen mail|geen telefoon|niet sms'en|blacklist|geen reclame"
)

# Whether a word says yes depends on whether the column asks for a wish or for a ban.
CONSENTS = spread({"true": _YES, "false": f"{_NO}|{_BLOCK}"})
REFUSALS = spread({"true": f"{_YES}|{_BLOCK}", "false": _NO})
UNSUBSCRIBES = REFUSALS | spread(
    {
        "true": "uitgeschreven|afgemeld|unsubscribed|opt-out|optout|opted-out",
        "false": "ingeschreven|aangemeld|subscribed|opt-in|optin|actief|active",
    }
)

CHANNELS = spread(
    {
        "email": "email|e-mail|mail|nieuwsbrief|newsletter|per mail|per e-mail|e mail",
        "phone": "phone|telefoon|tel|tel.|telefonisch|bellen|call|mobiel|gsm|belletje",
        "post": "post|brief|per post|letter|briefpost|postal",
        "sms": "sms|tekstbericht|text",
        "whatsapp": "whatsapp|app|wa|appen",
        "web": "web|website|internet|online|site|webshop|online shop|webwinkel"
        "|webformulier|web formulier|contactformulier|web form",
        "shop": "shop|winkel|filiaal|balie|kassa|store|in-store|pos|winkelbezoek",
        "social": "social|sociale media|social media",
        "facebook": "facebook|fb",
        "instagram": "instagram|insta",
        "linkedin": "linkedin",
        "x": "twitter|x",
        "chat": "chat|livechat|live chat|chatbot",
        "portal": "portal|portaal|mijn omgeving",
        "visit": "visit|bezoek|huisbezoek|aan huis",
    }
)

DIRECTIONS = spread(
    {
        "in": "in|inbound|inkomend|binnenkomend|ontvangen|received|incoming|i",
        "out": "out|outbound|uitgaand|verzonden|sent|outgoing|u|o",
    }
)

PAYMENT_METHODS = spread(
    {
        "ideal": "ideal|i-deal|ideaal|wero",
        "card": "card|pin|pinpas|bankpas|debit card|debit|maestro|pinbetaling|vpay|v pay",
        "credit_card": "credit_card|creditcard|credit card|visa|mastercard|amex|american express|cc"
        "|credit card (automatic)",
        "paypal": "paypal|pay pal",
        "invoice": "invoice|factuur|op rekening|rekening|achteraf",
        "direct_debit": "direct_debit|automatische incasso|incasso|sepa incasso|machtiging|sepa"
        "|direct debit",
        "bank_transfer": "bank_transfer|overboeking|overschrijving|bankoverschrijving|bank transfer"
        "|wire|bank transfer (automatic)|vooruitbetaling",
        "cash": "cash|contant|kontant",
        "gift_card": "gift_card|cadeaubon|cadeaukaart|giftcard|gift card|tegoedbon",
        "klarna": "klarna",
        "afterpay": "afterpay|riverty",
        "apple_pay": "apple_pay|apple pay|applepay",
        "google_pay": "google_pay|google pay|googlepay",
        "bancontact": "bancontact|mister cash",
        "sofort": "sofort",
        "tikkie": "tikkie",
        "lease": "lease|leaseplan|fietslease",
        "points": "points|punten",
    }
)

RELATION_TYPES = spread(
    {
        "customer": "customer|klant|afnemer|debiteur|bestaande klant|k|client|cliënt|consument"
        "|particulier|zakelijk|zakelijke klant",
        "prospect": "prospect|p|lead|suspect|potentieel|potentiële klant|potentiele klant"
        "|geïnteresseerd|geinteresseerd|interesse",
        "former_customer": "former_customer|oud-klant|oudklant|ex-klant|voormalig klant|oud klant",
        "supplier": "supplier|leverancier|crediteur|l|vendor",
        "employee": "employee|medewerker|personeel|collega|werknemer",
        "former_employee": "former_employee|oud-medewerker|oud medewerker|ex-medewerker"
        "|voormalig medewerker",
        "deceased": "deceased|overleden|†|ovl",
        "competitor": "competitor|concurrent|concurrentie",
        "partner": "partner|dealer|reseller|wederverkoper|agent",
        "press": "press|pers|journalist",
    }
)

EVENT_KINDS = spread(
    {
        "sent": "sent|send|verzonden|delivered|afgeleverd|bezorgd",
        "opened": "opened|open|geopend|opens",
        "clicked": "clicked|click|klik|geklikt|clicks",
        "bounced": "bounced|bounce|hard bounce|soft bounce|gebounced|onbestelbaar|hardbounce"
        "|softbounce",
        "unsubscribed": "unsubscribed|unsubscribe|uitgeschreven|afgemeld|afmelding|optout|opt-out",
        "subscribed": "subscribed|subscribe|ingeschreven|aangemeld|aanmelding|optin|opt-in",
        "complained": "complained|spam|complaint|spamklacht|spam complaint",
        "page_view": "page_view|pageview|page view|paginaweergave|view|visit|bezoek",
        "search": "search|zoekopdracht|zoeken|gezocht|site_search",
        "product_view": "product_view|view_item|productweergave|product bekeken|productview",
        "cart": "cart|add_to_cart|winkelwagen|in winkelwagen|addtocart|basket",
        "configure": "configure|configurator|configuratie|samengesteld",
        "request": "request|aanvraag|offerteaanvraag|contactformulier|form_submit",
        "purchase": "purchase|aankoop|order|bestelling|checkout|transaction|conversion",
        "login": "login|log_in|inloggen|ingelogd|sign_in|log-in",
        "logout": "logout|uitgelogd",
        "download": "download|gedownload",
        "like": "like|likes|vind-ik-leuk|reaction",
        "comment": "comment|reactie|opmerking|reply",
        "follow": "follow|volgt|gevolgd|follower",
        "share": "share|gedeeld|delen|retweet",
        "mention": "mention|vermelding",
        "earned": "earned|gespaard|sparen|earn|bijgeschreven",
        "redeemed": "redeemed|ingewisseld|verzilverd|redeem|inwisselen",
        "expired": "expired|verlopen|vervallen",
    }
)

CASE_KINDS = spread(
    {
        "complaint": "complaint|klacht|klachten|reclamatie",
        "service": "service|servicemelding|storing|reparatie|onderhoud|garantie|melding|defect",
        "question": "question|vraag|informatie|info|informatieverzoek|verzoek",
        "return": "return|retour|retourzending",
        "compliment": "compliment",
    }
)

PERIODS = spread(
    {
        "day": "day|dag|per dag|dagelijks|daily",
        "week": "week|per week|wekelijks|weekly|w",
        "month": "month|maand|per maand|maandelijks|monthly|m|mnd|p/m|month-to-month",
        "quarter": "quarter|kwartaal|per kwartaal|quarterly|q|kw|3 maanden",
        "half_year": "half_year|halfjaar|half jaar|halfjaarlijks|6 maanden",
        "year": "year|jaar|per jaar|jaarlijks|yearly|annual|annually|j|y|12 maanden|one year"
        "|1 jaar",
        "two_years": "two_years|two year|2 jaar|24 maanden",
    }
)

CURRENCIES = spread(
    {
        "EUR": "eur|€|euro|euro's|euros",
        "USD": "usd|$|us$|dollar|us dollar",
        "GBP": "gbp|£|pond|pound",
        "CHF": "chf|frank",
        "SEK": "sek",
        "DKK": "dkk",
        "NOK": "nok",
        "PLN": "pln|zł",
        "JPY": "jpy|¥|yen",
        "NLG": "nlg|ƒ|fl|fl.|hfl|gulden",
        "CAD": "cad",
        "AUD": "aud",
        "CZK": "czk",
        "HUF": "huf",
    }
)

_UNKNOWN = {
    "onbekend",
    "unknown",
    "-",
    "--",
    "?",
    "n.v.t.",
    "nvt",
    "null",
    "none",
    "nan",
    "n/a",
    "undefined",
    "u",
    "geen keuze",
    "niet opgegeven",
    "niet bekend",
    ".",
}


def closed_choice(text: pl.Series, table: dict[str, str], unknown: frozenset[str]) -> pl.DataFrame:
    """The answer that a word stands for; issue unknown_value for words outside the table."""
    low = text.str.to_lowercase().str.strip_chars(" :;")
    low = low.str.replace(r"^([01])\.0+$", "$1")
    value = lookup(low, table)
    issue = filled(None, text)
    issue = issue.set(value.is_null(), "unknown_value")
    issue = issue.set(value.is_null() & low.is_in(list(_UNKNOWN | unknown)), "placeholder")
    return pl.DataFrame({"value": value, "issue": issue})


def open_choice(text: pl.Series, table: dict[str, str]) -> pl.DataFrame:
    """The answer that a word stands for; other words stay, in lower case."""
    frame = closed_choice(text, table, frozenset())
    own = text.str.to_lowercase()
    unknown = frame["issue"] == "unknown_value"
    return frame.with_columns(
        own.zip_with(unknown.fill_null(False), frame["value"]).alias("value"),
        frame["issue"].set(unknown.fill_null(False), None).alias("issue"),
    )
