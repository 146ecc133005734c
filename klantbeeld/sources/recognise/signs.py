"""What tells one kind of table from another, and which roles a kind may have."""

from __future__ import annotations

from collections.abc import Sequence

from klantbeeld.sources.mappings import ROLE_GROUPS

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
        "@order": 1.5, "discount_amount": 0.3, "currency": 0.7, "@amount": 1.2, "@date": 0.4,
        "created_at": 0.3,
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
NAMES: dict[str, str] = {
    "lines": r"orderregels?|bestelregels?|factuurregels?|orderlines?|lineitems?|orderitems?"
    r"|invoicelines?|transactieregels?|regels|lines|items|verkoopregels?|orderdetails?|salesdata"
    r"|itemssold|kassaregels?|bonregels?|retail",
    "subscriptions": r"abonnement(?:en)?|subscriptions?|contract(?:en|s)?|verzekering(?:en)?|abos?"
    r"|lidmaatschap(?:pen)?|memberships|onderhoudscontracten|polissen",
    "quotes": r"offertes?|quotes?|quotations?|proposals?|aanbiedingen|prijsopgaven",
    "cases": r"zendesk|freshdesk|helpdesk"
    r"|klacht(?:en)?|complaints?|cases?|tickets?|meldingen|dossiers?|zaken|servicedesk"
    r"|service|incidenten|reparaties|serviceregistratie|serviceregister|klachtenregistratie"
    r"|klachtenlijst|servicemeldingen|retouren|garantie|issues|storingen|contactregistratie",
    "surveys": r"formulierreacties|formresponses|typeform|surveymonkey"
    r"|enquetes?|surveys?|nps|feedback|tevredenheid|onderzoek|responses|antwoorden|poll"
    r"|klanttevredenheid|beoordelingen|reviews|ktc|kto",
    "costs": r"kosten|costs?|spend|adspend|budget(?:ten)?|campagnekosten|mediakosten|uitgaven"
    r"|marketingkosten|campaigncosts",
    "loyalty": r"punten(?:mutaties)?|spaarpas|spaarkaart|klantenkaart|mutaties|loyalty"
    r"|spaar(?:punten|programma|systeem)?|points|bonuspunten"
    r"|puntenboek|loyaliteit",
    "documents": r"documenten|documents|letters|brieven|bestanden|files|bijlagen",
    "messages": r"contactmomenten|contacthistorie|gesprekken|belhistorie|calls?"
    r"|berichten|messages|mails?|mailbox|inbox|emails?|mbox|chats?|correspondentie"
    r"|servicemailbox|gesprekken|sent|verzonden|ontvangen|whatsapp",
    "events": r"afspraken|appointments|agenda|reserveringen|boekingen|bookings"
    r"|terugbelverzoeken|belverzoeken|aanvragen|formulieren|events?|gebeurtenissen|clicks?|kliks|opens?|bezoeken|visits?|pageviews?|weblog"
    r"|webevents?|hits|logins?|inlog(?:gen|s)?|portaal(?:logins)?|portallogins?|nieuwsbriefresultaten"
    r"|nieuwsbrief(?:statistieken|verzendingen)?|newsletter(?:events|activity)?|mailings?|activity"
    r"|campaignactivity|social|socialmedia|interacties|interactions|activiteiten|tracking|sessies"
    r"|likes?|volgers|volgen|follows?|followers|reacties|comments|vermeldingen|mentions|shares"
    r"|portaal(?:gebruik)?|webstatistieken|analytics|webgedrag|clickstream|socialexport",
    "orders": r"payments?|betalingen|orders?"
    r"|bestelling(?:en)?|facturen|factuur|invoices?|transacties|transactions?"
    r"|aankopen|purchases?|verkopen|sales|verkooporders|kassabonnen|omzet|receipts|webshoporders",
    "customers": r"klant(?:en)?(?:bestand|lijst|gegevens)?|customers?|customerlist|relaties"
    r"|relatiebestand|debiteuren|leden(?:lijst|bestand|administratie)?|members|contacts?|contacten"
    r"|contactpersonen|clients?|adressen(?:bestand|lijst)?|crm|accounts?|users|gebruikers|personen"
    r"|persons?|people|bedrijven|organisaties|companies|prospects|leads|abonnees|subscribers"
    r"|deelnemers|donateurs|gasten|patienten|nawbestand|naw|particulieren|zakelijk|adresboek",
}
# Words in headings of tables that say something of each customer without naming anybody.
MEASURES = frozenset(
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
CORE: dict[str, Sequence[Sequence[str]]] = {
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
        "case_number|case_kind|cause|resolution|handled_by|priority",
        "opened_at|closed_at|@date|case_status|created_at|resolution|@status|ordered_at|event_at",
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
SOLD = frozenset(
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
DATED = frozenset(
    ["orders", "quotes", "messages", "events", "cases", "surveys", "costs", "loyalty"]
)


# Columns that say whose a row is.
SOMEBODY = frozenset(
    ["customer_number", "email", "full_name", "@customer", "login", "loyalty_number", "phone"]
)


# Which roles a table of a kind may have.
_PEOPLE = " ".join(
    ROLE_GROUPS[group]
    for group in (
        "identifiers", "names", "address", "descriptive", "qualitative", "consent", "bookkeeping"
    )
).split()  # fmt: skip
_COMMON = ["currency", "employee", "origin", "campaign", "shop", "channel", "event_id"]
_SALES = (ROLE_GROUPS["orders"] + " " + ROLE_GROUPS["lines"]).split()
PRODUCT_ROLES = ["product_code", "product_name", "category", "brand", "unit_price", "currency"]
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
    # A list of products: of use to name what was bought.
    "unknown": frozenset(PRODUCT_ROLES),
}  # fmt: skip
