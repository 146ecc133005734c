"""The built-in fields of a record: the standard keys of `Record.data`."""

from __future__ import annotations

from klantbeeld.core.fields import FISCAL_DAYS, YEAR, Field

# With what the key of a record of the desk begins that corrects a customer over the sources.
CORRECTED = "fix:"
# In such a record the names of fields of which somebody said by hand that there is no value.
EMPTIED = "emptied"
_CONTACT = ("service", "sales", "marketing", "administration")


def _identity(key: str, nl: str, en: str, category: str, **more: object) -> Field:
    options = {"purposes": _CONTACT, **more}
    return Field(key, nl, en, nature="identity", category=category, **options)  # type: ignore[arg-type]


def _fact(key: str, nl: str, en: str, category: str, **more: object) -> Field:
    options = {"purposes": _CONTACT, **more}
    return Field(key, nl, en, category=category, **options)  # type: ignore[arg-type]


NAMES = (
    _identity("full_name", "Naam", "Name", "user.name"),
    _identity("salutation", "Aanhef", "Salutation", "user.name"),
    _identity("title", "Titel", "Title", "user.name"),
    _identity("initials", "Voorletters", "Initials", "user.name"),
    _identity("first_name", "Voornaam", "First name", "user.name.first"),
    _identity("surname_prefix", "Tussenvoegsel", "Surname prefix", "user.name.last"),
    _identity("surname", "Achternaam", "Surname", "user.name.last"),
    _identity("organisation_name", "Organisatie", "Organisation", "user.workplace"),
    _identity("contact_name", "Contactpersoon", "Contact", "user.name"),
    _fact("job_title", "Functie", "Job title", "user.job_title"),
)
IDENTIFIERS = (
    _identity("customer_number", "Klantnummer", "Customer number", "user.unique_id"),
    _identity("email", "E-mail", "E-mail", "user.contact.email"),
    _identity("email_2", "Tweede e-mail", "Second e-mail", "user.contact.email"),
    _identity("phone", "Telefoon", "Phone", "user.contact.phone_number"),
    _identity("mobile", "Mobiel", "Mobile", "user.contact.phone_number"),
    _identity(
        "iban", "IBAN", "IBAN", "user.financial.bank_account",
        purposes=("administration",), retention_days=FISCAL_DAYS, sensitivity="delicate",
    ),
    _identity("kvk", "KvK-nummer", "Chamber of Commerce number", "user.workplace"),
    _identity(
        "vat", "Btw-nummer", "VAT number", "user.financial",
        basis="legal_obligation", retention_days=FISCAL_DAYS,
    ),
    _identity("login", "Inlognaam", "Log-in", "user.account.username"),
    _identity("loyalty_number", "Spaarkaart", "Loyalty card", "user.unique_id"),
    _identity(
        "social_handle", "Sociaal profiel", "Social profile", "user.social",
        basis="legitimate_interest",
    ),
    _identity(
        "device_id", "Apparaat", "Device", "user.device.cookie_id",
        basis="consent", retention_days=YEAR,
    ),
)  # fmt: skip
ADDRESS = (
    _identity("street", "Straat", "Street", "user.contact.address.street"),
    _identity("house_number", "Huisnummer", "House number", "user.contact.address.street"),
    _identity("house_suffix", "Toevoeging", "Suffix", "user.contact.address.street"),
    _identity("postcode", "Postcode", "Postcode", "user.contact.address.postal_code"),
    _identity("city", "Plaats", "City", "user.contact.address.city"),
    _identity("region", "Provincie", "Region", "user.contact.address.state"),
    _identity("country", "Land", "Country", "user.contact.address.country"),
)
DESCRIPTIVE = (
    _fact("birth_date", "Geboren", "Born", "user.demographic.date_of_birth", type="date"),
    _fact("age", "Leeftijd", "Age", "user.demographic.age_range", type="number"),
    _fact("gender", "Geslacht", "Gender", "user.demographic.gender", type="choice"),
    _fact("profession", "Beroep", "Profession", "user.job_title"),
    _fact("language", "Taal", "Language", "user.demographic.language", type="choice"),
    _fact("interests", "Interesses", "Interests", "user.behavior", type="list"),
    _fact("relation_type", "Relatie", "Relation", "user.unique_id", type="choice"),
    _fact("customer_since", "Klant sinds", "Customer since", "user.behavior", type="date"),
    _fact("website", "Website", "Website", "user.workplace"),
    _fact("household_size", "Huishouden", "Household size", "user.demographic", type="number"),
    _fact(
        "tier", "Spaarniveau", "Loyalty tier", "user.behavior",
        nature="behavioural", type="choice",
    ),
    _fact(
        "points", "Spaarpunten", "Loyalty points", "user.behavior",
        nature="behavioural", type="number",
    ),
    _fact("tags", "Kenmerken", "Tags", "user.behavior", type="list"),
    _fact(
        "preferred_channel", "Liefst via", "Preferred channel", "user.content",
        nature="qualitative", type="choice",
    ),
)  # fmt: skip
QUALITATIVE = (
    _fact("note", "Notitie", "Note", "user.content", nature="qualitative"),
    _fact("wish", "Wens", "Wish", "user.content", nature="qualitative"),
)


def _said(key: str, nl: str, en: str) -> Field:
    """What a source says about being contacted: proof, as long as somebody may ask for it."""
    return Field(
        key, nl, en, "yes_no", category="user.privacy_preferences", purposes=("marketing", "sales"),
        basis="legal_obligation", retention_days=5 * YEAR,
    )  # fmt: skip


CONTACT = (
    _said("consent_email", "Mag per mail", "May be mailed"),
    _said("consent_phone", "Mag gebeld worden", "May be called"),
    _said("consent_post", "Mag per post", "May be written to"),
    _said("consent_sms", "Mag per sms", "May be texted"),
    _said("unsubscribed", "Afgemeld", "Unsubscribed"),
    _said("do_not_call", "Niet bellen", "Do not call"),
    _said("do_not_email", "Niet mailen", "Do not e-mail"),
)
ADMINISTRATIVE = (
    _identity(
        "number_of", "Van welke bron het klantnummer is", "Whose customer number it is",
        "user.unique_id", purposes=("administration",),
    ),
)  # fmt: skip

RECORD_FIELDS = NAMES + IDENTIFIERS + ADDRESS + DESCRIPTIVE + QUALITATIVE + CONTACT + ADMINISTRATIVE
