"""What the heading of a column, or a label in a text, says a number is (Dutch and English)."""

from __future__ import annotations

import re
from functools import lru_cache

from klantbeeld.quality.special.kinds import Kind

# Headings folded: lower case, everything but letters and digits as one space.
_HEADINGS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.NATIONAL_NUMBER,
        r"rijksregister|registre national|national register|\binsz\b|\bniss\b|\bnrn\b|steuer ?id"
        r"|steueridentifikation|\bidnr\b|\bnhs\b|nhs ?(?:nr|number|no)\b",
    ),
    (
        Kind.BSN,
        r"\bbsn|burger ?service|\bsofi|citizen service|social security|\bssn\b|\bpgn\b"
        r"|persoonsgebonden n|national insurance|nationa(?:l|al) ?id|onderwijsnummer",
    ),
    (
        Kind.RSIN,
        r"\brsin|\bfi ?(?:nr|nummer)\b|rechtspersonen|(?:fiscaal|belasting)\w* ?(?:nr|nummer)?"
        r" (?:bedrijf|organisatie|rechtspersoon|bv)",
    ),
    (Kind.OLD_VAT, r"\bbtw|\bvat\b|omzetbelasting|\bob ?nummer|loonheffing|aangifte ?n"),
    (
        Kind.DRIVING_LICENCE,
        r"rijbewijs|driv(?:ing|er s|ers?) ?licen[cs]e|\brbw",
    ),
    (
        Kind.IDENTITY_DOCUMENT,
        r"paspoort|passport|identiteits(?:kaart|bewijs|document)|legitimatie|\bid ?(?:kaart|bewijs"
        r"|card|document)|identity (?:card|document)|verblijfs(?:document|vergunning)|reisdocument"
        r"|travel document|residence permit|\bnik\b",
    ),
    (
        Kind.HEALTH_INSURANCE,
        r"zorg ?(?:verzeker|polis|pas\b|pasnummer)|verzekerden ?n|\buzovi|\behic|health insurance"
        r"|ziektekosten|medical insurance|insured ?(?:number|no|id)|ziekenfonds",
    ),
    (
        Kind.CARD,
        r"credit ?c?card|creditkaart|\bcc ?(?:nr|num|no)|card ?(?:number|num|no)\b|kaartnummer"
        r"|\bpan\b|betaalpas|pasnummer|debit ?card|bankkaart|payment card",
    ),
    (Kind.IBAN, r"\biban|rekening|bank ?account|account ?number|bankrek"),
)
_DOCUMENT = re.compile(r"document ?(?:nr|nummer|number|no)")

_TOPIC_HEADINGS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.HEALTH,
        r"gezondheid|medisch|diagnos|ziekte|ziektebeeld|aandoening|allergie|allerg(?:y|ies)"
        r"|medicatie"
        r"|medicijn|medication|handicap|disabilit|beperking|\bhealth\b|medical|bloedgroep"
        r"|blood type"
        r"|zwanger|pregnan|indicatie zorg|verzuim",
    ),
    (Kind.UNION, r"vakbond|\bbond\b|bondslid|trade union|union member|lidmaatschap bond"),
    (
        Kind.BELIEF,
        r"geloof|religie|religion|kerk|levensovertuiging|belief|faith|denominat|gezindte",
    ),
    (Kind.POLITICS, r"politiek|politic|partij(?:lid|voorkeur)|stemgedrag|party member|voting"),
    (
        Kind.ORIENTATION,
        r"geaardheid|seksuele|sexual|orientation|orientatie|gender ?identi|lhbt|lgbt",
    ),
    (
        Kind.ETHNICITY,
        r"etnic|ethnic|\bras\b|\brace\b|afkomst|herkomst persoon|huidskleur|skin colou?r",
    ),
    (
        Kind.CRIMINAL,
        r"strafblad|strafrecht|justiti|veroordeling|criminal|conviction|\bvog\b|antecedent",
    ),
)


@lru_cache(maxsize=20_000)
def kind_of_heading(heading: str) -> Kind | None:
    """The number that a heading announces, null when it announces none of them."""
    plain = folded(heading)
    for kind, pattern in _HEADINGS:
        if re.search(pattern, plain):
            return kind
    return None


@lru_cache(maxsize=20_000)
def may_be_document(heading: str) -> bool:
    """'Documentnummer' may be an identity document's or an invoice's: values decide."""
    return bool(_DOCUMENT.search(folded(heading)))


@lru_cache(maxsize=20_000)
def topic_of_heading(heading: str) -> Kind | None:
    """The special topic that a heading announces, null when it announces none."""
    plain = folded(heading)
    for kind, pattern in _TOPIC_HEADINGS:
        if re.search(pattern, plain):
            return kind
    return None


def folded(heading: str) -> str:
    """'BurgerServiceNr.' as 'burger service nr'."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.findall(r"[a-z0-9]+", apart.lower()))
