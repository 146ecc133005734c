"""What a table holds: by the roles of its columns, its name, and which numbers repeat."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from klantbeeld.sources.mappings import DATE_ROLES, ROLE_GROUPS, plain_name
from klantbeeld.sources.recognise.columns import Candidate
from klantbeeld.sources.recognise.headings import joined, words_of
from klantbeeld.sources.recognise.profile import Profile

# Points that a column with the role gives to a kind of table.
SIGNS: dict[str, dict[str, float]] = {
    "customers": {
        "first_name": 2, "surname": 2, "full_name": 1.5, "initials": 1, "surname_prefix": 1,
        "organisation_name": 1.5, "birth_date": 2, "age": 1, "gender": 1.5, "street": 1,
        "address": 1, "postcode": 1, "city": 1, "house_number": 1, "country": 0.3, "phone": 1,
        "mobile": 1, "email": 1, "iban": 1, "kvk": 1.5, "vat": 1, "profession": 1, "interests": 1,
        "relation_type": 1.5, "customer_since": 2, "consent_email": 1, "consent_phone": 1,
        "consent_post": 1, "consent_sms": 1, "do_not_call": 1, "do_not_email": 1, "tier": 1,
        "unsubscribed": 0.7, "salutation": 0.7, "customer_number": 0.5, "household_size": 1,
        "social_handle": 0.7,
        "loyalty_number": 0.5, "website": 0.7, "contact_name": 1, "preferred_channel": 1,
        "@customer": 0.3, "points": 0.5, "record_key": 0.3, "@name": 1,
    },
    "orders": {
        "order_number": 2.5, "ordered_at": 2, "order_amount": 2, "payment_method": 1.5,
        "order_status": 1.5, "discount_code": 1, "shop": 0.7, "origin": 0.3, "employee": 0.3,
        "@order": 1.5, "discount_amount": 0.3, "currency": 0.5, "@amount": 0.5,
    },
    "lines": {
        "quantity": 2.5, "unit_price": 2.5, "product_code": 1.5, "product_name": 1.5,
        "line_amount": 2, "line_number": 2, "discount_amount": 0.5, "brand": 0.7, "category": 0.7,
        "order_number": 0.7, "ordered_at": 0.7, "@product": 1.5, "@order": 0.5,
    },
    "subscriptions": {
        "subscription_number": 3, "subscription_name": 2.5, "started_at": 1.2, "ended_at": 1.5,
        "period": 1.2, "subscription_amount": 2, "subscription_status": 2,
    },
    "quotes": {
        "quote_number": 4, "quoted_at": 3, "quote_amount": 3, "quote_status": 2.5,
        "valid_until": 2,
    },
    "messages": {
        "sender": 2.5, "recipients": 2.5, "subject": 1.5, "body": 1.5, "message_id": 2.5,
        "in_reply_to": 2, "attachments": 1.5, "direction": 1.5, "sender_name": 1, "channel": 0.3,
        "event_at": 0.5,
    },
    "events": {
        "event_kind": 2.5, "url": 2, "session_id": 2.5, "device_id": 1.5, "event_at": 1.5,
        "event_id": 2, "search_term": 2, "topic": 1, "campaign": 0.7, "login": 0.3, "channel": 0.3,
        "social_handle": 0.3,
    },
    "cases": {
        "case_number": 3.5, "case_kind": 3, "opened_at": 2, "closed_at": 2, "cause": 2,
        "resolution": 2.5, "case_status": 2, "handled_by": 1.5, "priority": 1,
        "compensation": 1.5, "body": 0.7, "@description": 0.3, "subject": 0.3,
    },
    "surveys": {
        "nps_score": 4, "satisfaction": 2.5, "answered_at": 2.5, "survey_name": 2.5, "answer": 2,
    },
    "costs": {
        "cost_amount": 3, "cost_at": 1.5, "campaign": 1.5, "channel": 0.5,
    },
    "documents": {
        "file_name": 3, "media_type": 2, "content": 2, "document_at": 2, "text": 2,
    },
    "loyalty": {"points_delta": 4, "loyalty_number": 2, "points": 1, "event_kind": 0.3},
}  # fmt: skip
_NAMES: dict[str, str] = {
    "lines": r"orderregels?|bestelregels?|factuurregels?|orderlines?|lineitems?|orderitems?"
    r"|invoicelines?|transactieregels?|regels|lines|items|verkoopregels?|orderdetails?|salesdata"
    r"|itemssold|kassaregels?|bonregels?|retail",
    "subscriptions": r"abonnement(?:en)?|subscriptions?|contract(?:en|s)?|verzekering(?:en)?|abos?"
    r"|lidmaatschap(?:pen)?|memberships|onderhoudscontracten|polissen",
    "quotes": r"offertes?|quotes?|quotations?|proposals?|aanbiedingen|prijsopgaven",
    "cases": r"klacht(?:en)?|complaints?|cases?|tickets?|meldingen|dossiers?|zaken|servicedesk"
    r"|service|incidenten|reparaties|serviceregistratie|serviceregister|klachtenregistratie"
    r"|klachtenlijst|servicemeldingen|retouren|garantie|issues|storingen|contactregistratie",
    "surveys": r"enquetes?|surveys?|nps|feedback|tevredenheid|onderzoek|responses|antwoorden|poll"
    r"|klanttevredenheid|beoordelingen|reviews|ktc|kto",
    "costs": r"kosten|costs?|spend|adspend|budget(?:ten)?|campagnekosten|mediakosten|uitgaven"
    r"|marketingkosten|campaigncosts",
    "loyalty": r"punten(?:mutaties)?|spaarpas|spaarkaart|klantenkaart|mutaties|loyalty"
    r"|spaar(?:punten|programma|systeem)?|points|bonuspunten"
    r"|puntenboek|loyaliteit",
    "documents": r"documenten|documents|letters|brieven|bestanden|files|bijlagen",
    "messages": r"berichten|messages|mails?|mailbox|inbox|emails?|mbox|chats?|correspondentie"
    r"|servicemailbox|gesprekken|sent|verzonden|ontvangen|whatsapp",
    "events": r"events?|gebeurtenissen|clicks?|kliks|opens?|bezoeken|visits?|pageviews?|weblog"
    r"|webevents?|hits|logins?|inlog(?:gen|s)?|portaal(?:logins)?|portallogins?|nieuwsbriefresultaten"
    r"|nieuwsbrief(?:statistieken|verzendingen)?|newsletter(?:events|activity)?|mailings?|activity"
    r"|campaignactivity|social|socialmedia|interacties|interactions|activiteiten|tracking|sessies"
    r"|likes?|volgers|volgen|follows?|followers|reacties|comments|vermeldingen|mentions|shares"
    r"|portaal(?:gebruik)?|webstatistieken|analytics|webgedrag|clickstream|socialexport",
    "orders": r"orders?|bestelling(?:en)?|facturen|factuur|invoices?|transacties|transactions?"
    r"|aankopen|purchases?|verkopen|sales|verkooporders|kassabonnen|omzet|receipts|webshoporders",
    "customers": r"klant(?:en)?(?:bestand|lijst|gegevens)?|customers?|customerlist|relaties"
    r"|relatiebestand|debiteuren|leden(?:lijst|bestand|administratie)?|members|contacts?|contacten"
    r"|contactpersonen|clients?|adressen(?:bestand|lijst)?|crm|accounts?|users|gebruikers|personen"
    r"|persons?|people|bedrijven|organisaties|companies|prospects|leads|abonnees|subscribers"
    r"|deelnemers|donateurs|gasten|patienten|nawbestand|naw|particulieren|zakelijk|adresboek",
}
# Words in headings of tables that say something of each customer without naming anybody.
_MEASURES = frozenset(
    [
        "recency",
        "frequency",
        "monetary",
        "tenure",
        "churn",
        "segment",
        "newbie",
        "ltv",
        "clv",
        "lifetime",
        "cohort",
        "spend",
        "visit",
        "conversion",
        "history",
        "seniorcitizen",
        "dependents",
        "partner",
        "gezinssituatie",
        "inkomen",
        "income",
        "rfm",
        "lastpurchase",
        "lastvisit",
        "persona",
        "loyaltyscore",
        "retentie",
    ]
)
_CORE: dict[str, Sequence[Sequence[str]]] = {
    # Each line: of every '|' group a role must be there.
    "orders": ("order_number|@order", "ordered_at|order_amount|@date|@amount|created_at"),
    "lines": ("quantity|line_amount|unit_price|line_number", "product_name|product_code|@product"),
    "subscriptions": (
        "subscription_number|subscription_name",
        "started_at|subscription_amount|ended_at|period|subscription_status",
    ),
    "quotes": ("quote_number|quoted_at|quote_amount|quote_status", ""),
    "messages": ("body|subject|message_id", "sender|recipients|direction|message_id"),
    "events": ("event_kind|url|session_id|event_id|search_term", "event_at|@date|created_at"),
    "cases": (
        "case_number|case_kind|cause|resolution",
        "opened_at|closed_at|@date|case_status|created_at|resolution|@status",
    ),
    "surveys": (
        "nps_score|satisfaction|answered_at|survey_name",
        "nps_score|answer|answered_at|@date",
    ),
    "costs": ("cost_amount", "campaign|channel|cost_at|@date|event_at|started_at|@name|period"),
    "documents": ("file_name", "text|media_type|document_at|content"),
    "loyalty": ("points_delta", ""),
}
# Without one of these a list of products is a price list.
_SOLD = frozenset(
    [
        "quantity",
        "order_number",
        "@order",
        "ordered_at",
        "@date",
        "created_at",
        "event_at",
        "customer_number",
        "@customer",
        "email",
        "line_amount",
    ]
)


# Things that happen have a moment.
_DATED = frozenset(
    ["orders", "quotes", "messages", "events", "cases", "surveys", "costs", "loyalty"]
)


class Verdict(NamedTuple):
    """What the table holds, how surely, and why."""

    holds: str
    confidence: float
    reason: str


def kind_of(
    names: Sequence[str], found: Mapping[str, Sequence[Candidate]], looks: Mapping[str, Profile]
) -> Verdict:
    """The kind of a table called `names` (its own name, then its file's)."""
    roles = _surest(found)
    points = {kind: _points(kind, roles, looks) for kind in SIGNS}
    cores = {kind for kind in _CORE if _has_core(kind, roles, looks)}
    if _measures(looks) >= 4:
        cores.discard("costs")
    if cores:
        points["customers"] *= 0.4
    for kind in points:
        if kind in _CORE and kind not in cores:
            points[kind] *= 0.5
    said = _said_by_name(names)
    for kind, weight in said.items():
        points[kind] += weight
    best, second = sorted(points, key=lambda kind: -points[kind])[:2]
    if points[best] < 2.5 or not _is_usable(best, roles, said, cores):
        return Verdict("unknown", 0.6, "no columns that tell what a row is")
    margin = points[best] - points[second]
    confidence = min(0.55 + 0.05 * points[best] + 0.06 * margin, 0.98 if margin > 2 else 0.85)
    return Verdict(best, round(confidence, 2), _reason(best, roles, said))


def _surest(found: Mapping[str, Sequence[Candidate]]) -> dict[str, Candidate]:
    """Role to its surest column; each column counts for its surest role only."""
    roles: dict[str, Candidate] = {}
    for ranked in found.values():
        if ranked and (
            ranked[0].role not in roles or roles[ranked[0].role].confidence < ranked[0].confidence
        ):
            roles[ranked[0].role] = ranked[0]
    return roles


def _points(kind: str, roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> float:
    points = sum(
        weight * roles[role].confidence for role, weight in SIGNS[kind].items() if role in roles
    )
    number = roles.get("order_number") or roles.get("@order")
    if number is not None and kind in ("orders", "lines"):
        look = looks[number.column]
        repeats = look.filled > 5 and look.distinct_share < 0.9
        points += 1.5 if repeats == (kind == "lines") else -1.0
    if kind == "customers":
        points += _each_is_one(roles, looks) + min(_measures(looks), 3)
    if kind == "costs" and roles.keys() & {"customer_number", "email", "full_name"}:
        points -= 3
    return points


def _each_is_one(roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> float:
    """A point or two when a row is a customer: their numbers do not come back."""
    for role, weight in (("customer_number", 2.0), ("@customer", 1.0), ("email", 1.0)):
        if role in roles and looks[roles[role].column].is_unique:
            return weight
    return 0.0


def _measures(looks: Mapping[str, Profile]) -> float:
    return sum(
        1.0 for name in looks if joined(name) in _MEASURES or _MEASURES & set(words_of(name))
    )


def _has_core(kind: str, roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> bool:
    groups = [str(group).split("|") for group in _CORE[kind] if group]
    if kind == "lines" and not roles.keys() & _SOLD:
        return False
    if kind == "lines" and "quantity" in roles and roles.keys() & {"unit_price", "line_amount"}:
        return True
    return all(any(role in roles for role in group) for group in groups)


def _said_by_name(names: Sequence[str]) -> dict[str, float]:
    """Points by the words of the names; the table's own name says more than its file's."""
    said: dict[str, float] = {}
    for name, weight in zip(names, (4.0, 2.0), strict=False):
        plain = joined(plain_name(name))
        words = words_of(plain_name(name))
        for kind, pattern in _NAMES.items():
            if re.fullmatch(pattern, plain) or any(re.fullmatch(pattern, word) for word in words):
                said[kind] = max(said.get(kind, 0.0), weight)
        for kind in _compound(words, said):
            said[kind] = max(said.get(kind, 0.0), weight)
    # 'klanten orders' are orders: whom they are of says less than what they are.
    if len(said) > 1 and "customers" in said:
        said["customers"] *= 0.25
    if "orders" in said and "lines" in said:
        said["orders"] *= 0.5
    return said


def _compound(words: Sequence[str], said: Mapping[str, float]) -> list[str]:
    """Kinds named by the end of a Dutch compound: 'webshoporders', 'servicemeldingen'."""
    found = []
    for word in words:
        for kind, pattern in _NAMES.items():
            if kind not in said and len(word) > 8 and re.search(rf".{{3,}}(?:{pattern})$", word):
                found.append(kind)
                break
    return found


def _is_usable(
    kind: str, roles: Mapping[str, Candidate], said: Mapping[str, float], cores: set[str]
) -> bool:
    """Whether a table of this kind has a column that makes it worth reading."""
    if kind == "customers":
        return True
    if kind == "lines" and not roles.keys() & _SOLD:
        return False
    if kind in _DATED and kind not in cores and not any(r in DATE_ROLES | {"@date"} for r in roles):
        return False
    own = (set(SIGNS[kind]) | {"@date", "@text"}) & set(roles)
    return len(own) >= (1 if said.get(kind) else 2)


def _reason(kind: str, roles: Mapping[str, Candidate], said: Mapping[str, float]) -> str:
    telling = sorted(set(SIGNS[kind]) & set(roles), key=lambda role: -SIGNS[kind][role])
    columns = ", ".join(f"'{roles[role].column}'" for role in telling[:3])
    parts = [f"it has {columns}"] if columns else []
    if said.get(kind):
        parts.append("its name says so")
    return " and ".join(parts)


# Which roles a table of a kind may have.
_PEOPLE = " ".join(
    ROLE_GROUPS[group]
    for group in (
        "identifiers", "names", "address", "descriptive", "qualitative", "consent", "bookkeeping"
    )
).split()  # fmt: skip
_COMMON = ["currency", "employee", "origin", "campaign", "shop", "channel", "event_id"]
_SALES = (ROLE_GROUPS["orders"] + " " + ROLE_GROUPS["lines"]).split()
ALLOWED: dict[str, frozenset[str]] = {
    "customers": frozenset(_PEOPLE),
    "orders": frozenset([*_PEOPLE, *_COMMON, *_SALES]),
    "lines": frozenset([*_PEOPLE, *_COMMON, *_SALES]),
    "subscriptions": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["subscriptions"].split(), "payment_method",
         "discount_code", "discount_amount", "product_name", "product_code", "category", "brand",
         "order_number", "quantity"]
    ),
    "quotes": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["quotes"].split(), "product_name", "product_code",
         "category", "brand", "quantity", "unit_price", "discount_amount", "discount_code",
         "subject", "order_number", "body"]
    ),
    "messages": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["messages and events"].split(), "case_number",
         "order_number", "text", "priority", "handled_by"]
    ),
    "events": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["messages and events"].split(), "order_number",
         "product_code", "product_name", "category", "brand", "quantity", "discount_code",
         "order_amount"]
    ),
    "cases": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["cases"].split(), "subject", "body", "direction",
         "order_number", "product_name", "product_code", "category", "brand", "topic", "sender",
         "message_id", "satisfaction", "subscription_number"]
    ),
    "surveys": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["surveys"].split(), "order_number", "product_name",
         "category", "topic", "case_number"]
    ),
    "costs": frozenset(
        ["cost_at", "cost_amount", "campaign", "channel", "currency", "started_at", "ended_at",
         "note", "record_key", "keep", "ignore", "product_name", "category", "period"]
    ),
    "documents": frozenset(
        [*_PEOPLE, *_COMMON, *ROLE_GROUPS["documents"].split(), "order_number", "quote_number",
         "case_number", "subject", "sender", "direction", "subscription_number"]
    ),
    "loyalty": frozenset(
        [*_PEOPLE, *_COMMON, "points_delta", "event_at", "event_kind", "order_number", "subject",
         "order_amount", "ordered_at"]
    ),
    "unknown": frozenset(),
}  # fmt: skip
