"""Words beside a number in a text that say what it is; the nearest one before it decides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from klantbeeld.quality.special.kinds import Kind

BEFORE = 90  # characters in which a label before a number may stand
BEHIND = 28  # and one behind it
_FEW = 3  # labels behind a number that are looked at
NEXT = 4  # the same for a label of something else

_GUARDED: tuple[tuple[Kind, str], ...] = (
    (
        Kind.BSN,
        r"bsn(?:'?s|[- ]?(?:nummers?|nr|numbers?|no))?|burger[- ]?service[- ]?(?:nummers?|nr)"
        r"|burgernummer|sofi[- ]?(?:nummer|nr)?|citizen service (?:number|no)|social security"
        r"(?: (?:number|no))?|ssn|service number of (?:my|his|her)|persoonsgebonden nummer"
        r"|(?:dutch )?(?:personal )?tax (?:id|number) of (?:my|his|her|the)"
        r"|persoonsnummer|onderwijsnummer",
    ),
    (
        Kind.NATIONAL_NUMBER,
        r"rijksregister(?:[- ]?(?:nummers?|nr))?|insz(?:[- ]?(?:nummer|nr))?|niss"
        r"|national register (?:number|no)|num[ée]ro national|steuer-?id(?:entifikationsnummer)?"
        r"|nhs(?: (?:number|no))?",
    ),
    (
        Kind.DRIVING_LICENCE,
        r"rijbewijs(?:[- ]?(?:nummers?|nr))?|driv(?:ing|er'?s) licen[cs]e(?: (?:number|no))?",
    ),
    (
        Kind.IDENTITY_DOCUMENT,
        r"paspoort(?:[- ]?(?:nummers?|nr))?|passport(?: (?:number|no))?"
        r"|(?:nederlandse )?identiteits(?:kaart|bewijs)(?:[- ]?(?:nummers?|nr))?"
        r"|id[- ]?(?:kaart|bewijs|card|document|nummer)(?:[- ]?(?:nummers?|nr|number|no))?"
        r"|document[- ]?(?:nummer|nr|number)|legitimatie(?:bewijs|nummer)?|identity card"
        r"|verblijfsdocument|verblijfsvergunning|residence permit|travel document|reisdocument",
    ),
    (
        Kind.HEALTH_INSURANCE,
        r"verzekerden?[- ]?(?:nummer|nr)|zorg(?:polis|verzekering|pas|verzekeraar)(?:[- ]?(?:nummer"
        r"|nr))?|health insurance(?: (?:card|policy))?(?: (?:number|no))?|ehic|uzovi"
        r"|insured (?:number|no|person number)|polisnummer van (?:mijn|de) zorgverzekering",
    ),
    (
        Kind.CARD,
        r"credit[- ]?card(?:[- ]?(?:nummer|nr|number|no))?|creditkaart|debit card|visa"
        r"|master[- ]?card"
        r"|maestro|amex|american express|kaartnummer|card (?:number|no)|betaalpas|pas(?:je|nummer)"
        r"|bank(?:pas|kaart|card)|kaart|card|diners(?: club)?|jcb",
    ),
)
_OTHER = (
    r"orders?|bestel(?:ling|nummer|nr|bon|code|ref)\w*|factu\w*|invoices?"
    r"|klant(?:en)?[- ]?(?:nummer|nr|code|id|kaart)|klant ?#"
    r"|customer (?:number|no|id|card)|account (?:number|no|id)|relatie[- ]?(?:nummer|nr)"
    r"|lid(?:maatschap)?s?nummer"
    r"|membership|ticket\w*|case|zaak\w*|dossier\w*|tel(?:\.|efoon\w*|ephone)?|phone"
    r"|mobiel\w*|mobile"
    r"|gsm|fax|bel(?:len|t|de)?|call(?:ed)?|whatsapp|appen|06|kvk(?:[- ]?(?:nummer|nr))?"
    r"|rsin|chamber of commerce|artikel\w*|article|product\w*|ean|barcode|serie(?:nummer|nr)?"
    r"|serial"
    r"|frame\w*|chassis\w*|imei|track\w*|pakket\w*|parcel|zending\w*|shipment|postnl|dhl|dpd"
    r"|ups|gls"
    r"|postcode|polis(?:nummer|nr)?|policy|kenteken|\w*kenmerk|ref(?:erentie|erence)?"
    r"|trans\w*|batch"
    r"|lot|coupon|voucher|cadeau\w*|gift ?card|kado\w*|loyalty|spaar\w*|sleutel\w*|key|slot\w*"
    r"|offerte\w*|quot\w*|contract\w*|aanvraag\w*|btw\w*|vat|rekening\w*|bankrekening|accu\w*"
    r"|battery"
    r"|meter\w*|teller\w*|retour\w*|return|rma|incident\w*|melding\w*|lease\w*|project\w*"
    r"|registr\w*"
    r"|totaal|total|bedrag|amount|sku|isbn|asn|leverancier\w*|supplier|vestigings\w*|gps"
    r"|co[öo]rdina\w*"
    r"|(?!burger|sofi|persoons|onderwijs|pas)[a-z]{3,}nummer|(?!burger|sofi|persoons)[a-z]{3,}nr"
    r"|pin|code|wachtwoord|password|timestamp|id"
)
_LABEL = re.compile(
    r"(?i)(?<![a-z0-9])(?:"
    + "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in _GUARDED)
    + rf"|(?P<other>{_OTHER}))(?![a-z])"
)
_OWN_NUMBER = re.compile(r"\d{4}")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
OTHER = "other"


@dataclass(frozen=True)
class Label:
    """A word that names a number. said: a kind's value or 'other'."""

    start: int
    end: int
    said: str


def labels_in(text: str) -> list[Label]:
    """All labels of a text, in order."""
    return [Label(m.start(), m.end(), m.lastgroup or OTHER) for m in _LABEL.finditer(text)]


def label_of(text: str, labels: list[Label], start: int, end: int) -> str | None:
    """What the words beside the characters start to end say they are, null when nothing does."""
    first = bisect_left(labels, start - BEFORE, key=lambda label: label.end)
    last = bisect_right(labels, start, key=lambda label: label.end)
    for label in reversed(labels[first:last]):
        between = text[label.end : start]
        # Another label's number has been told already; several BSNs may share one label.
        spent = _OWN_NUMBER.search(between) and label.said != Kind.BSN
        if spent or (_SENTENCE_END.search(between) and label.said == OTHER):
            continue
        behind = _behind(text, labels, end, 6)
        return behind if label.said == OTHER and behind not in (None, OTHER) else label.said
    return _behind(text, labels, end, BEHIND)


def _behind(text: str, labels: list[Label], end: int, reach: int) -> str | None:
    first = bisect_left(labels, end, key=lambda label: label.start)
    for label in labels[first : first + _FEW]:
        if label.start - end <= reach:
            between = text[end : label.start]
            near = label.said != OTHER or label.start - end <= NEXT
            if (
                near
                and not _SENTENCE_END.search(between)
                and not re.search(r"[\d;\n]|,\s*(?!dat|is)", between)
            ):
                return label.said
    return None
