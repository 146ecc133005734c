"""The columns a matching table may have: their roles, and by which names they are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import polars as pl

from .text import folded

# Numbers that an authority gave out; of each kind somebody may have several over the years.
DOCUMENTS = ("passport", "driving_licence", "tax_number", "npi", "lei")
ROLES = (
    "kind",
    "source",
    "record_key",
    "updated_at",
    "full_name",
    "salutation",
    "initials",
    "first_name",
    "middle_name",
    "surname_prefix",
    "surname",
    "organisation_name",
    "birth_date",
    "gender",
    "email",
    "phone",
    "mobile",
    "address",
    "street",
    "house_number",
    "house_suffix",
    "postcode",
    "city",
    "iban",
    "kvk",
    "vat",
    "website",
    "login",
    "loyalty_number",
    "customer_number",
    "number",
    "national_id",
    "birth_place",
    "profession",
    "locality",
    "generation",
    "documents",
    *DOCUMENTS,
)

# How headers say a role: English, Dutch, German, and what well-known data sets use. The earlier
# name goes first where a table has several.
SYNONYMS: dict[str, str] = {
    "kind": "record_type entity_type party_type soort type_klant kundentyp",
    "source": "data_source source_system source_dataset source_file dataset bron bronsysteem quelle"
    " herkomst",
    "record_key": "record_id recid rec_id",
    "updated_at": "updated modified last_modified modified_at last_updated update_date"
    " gewijzigd gewijzigd_op bijgewerkt geandert geaendert aktualisiert",
    "full_name": "name fullname name_full primary_name_full person_name contact_name"
    " naam volledige_naam naam_volledig contactpersoon vollstandiger_name native_name_full",
    "salutation": "title titel aanhef anrede prefix_title name_prefix",
    "initials": "voorletters voorletter initialen initialien",
    "first_name": "given_name firstname forename givenname fname name_first voornaam voornamen"
    " roepnaam vorname first_and_surname_first christian_name prename",
    "middle_name": "middlename middle mname name_middle second_name middle_initial tweede_naam"
    " zweiter_vorname",
    "surname_prefix": "tussenvoegsel tussenvoegsels tussenv prefix voorvoegsel voorvoegsels"
    " namensvorsatz infix",
    "surname": "last_name lastname family_name familyname sur_name lname name_last achternaam"
    " familienaam nachname familienname zuname",
    "organisation_name": "organisation organization organization_name org_name name_org"
    " company company_name business_name business legal_name trading_name account_name firm"
    " firm_name bedrijf bedrijfsnaam organisatie organisatienaam handelsnaam naam_bedrijf"
    " statutaire_naam firma firmenname firmenbezeichnung unternehmen site_name primary_name_org"
    " secondary_name_org",
    "birth_date": "dob date_of_birth birthdate birthday birth_day born d_o_b geboortedatum"
    " geb_datum gebdatum geboren geboortedag gb_datum geburtsdatum geburtstag geb_dat",
    "gender": "sex geslacht geschlecht m_v",
    "email": "e_mail email_address e_mail_address mail mail_address emailadres e_mailadres"
    " e_mail_adres mailadres email_adres mailadresse e_mail_adresse emailadresse",
    "phone": "telephone phone_number telephone_number tel tel_no phone_no phone1 landline telefoon"
    " telefoonnummer telnr tel_nr vaste_telefoon telefon telefonnummer festnetz rufnummer fon",
    "mobile": "mobile_number mobile_phone mobile_no cell cellphone cell_phone mobiel"
    " mobiele_telefoon mobiel_nummer mobiele_nummer gsm handy handynummer mobil mobilnummer"
    " mobiltelefon",
    "address": "full_address address_line address_full addr_full addr_line1 addr adres"
    " volledig_adres adresregel adresregel_1 anschrift adresse complete_address",
    "street": "street_name street_address streetname address_1 address1 address_line_1"
    " address_line1 addressline1 straat straatnaam strasse strassenname stra_e str",
    "house_number": "house_no street_number street_no housenumber house_nr house_num houseno"
    " building_number huisnummer huisnr huis_nr hausnummer hausnr haus_nr hnr",
    "house_suffix": "suffix toevoeging huisnummertoevoeging huisnr_toevoeging huisnummer_toevoeging"
    " huisletter addition house_number_addition hausnummerzusatz unit apartment apt",
    "postcode": "zip zip_code postal_code zipcode postalcode post_code addr_postal_code"
    " postcode_fake pc postkode plz postleitzahl postcd",
    "city": "suburb town place municipality plaats woonplaats plaatsnaam stad gemeente"
    " addr_city ort stadt wohnort",
    "iban": "bank_account bank_account_number rekeningnummer bankrekening rekening kontonummer",
    "kvk": "kvk_number kvk_nummer kvknummer kvknr kvk_nr company_number coc_number coc"
    " chamber_of_commerce_number registration_number handelsregisternummer",
    "vat": "vat_number vat_id vat_no btw btw_nummer btwnummer btw_nr ust_id ustid ust_idnr"
    " umsatzsteuer_id",
    "lei": "lei_number lei_code legal_entity_identifier",
    "website": "url web homepage web_site website_address site webseite internet domain domein",
    "login": "username user_name login_name gebruikersnaam benutzername",
    "loyalty_number": "loyalty_card loyalty_id spaarkaart spaarkaartnummer kaartnummer"
    " klantenkaart kundenkarte card_number",
    "customer_number": "customer_id customer_no customerid customer_nr client_id client_number"
    " klantnummer klantnr klant_id klant_nr debiteurnummer debiteurnr kundennummer kundennr",
    "passport": "passport_number passport_no paspoort paspoortnummer reisepass pass_nr",
    "driving_licence": "drivers_license_number drivers_licence_number driver_license"
    " drivers_license driving_license license_number licence_number rijbewijs rijbewijsnummer"
    " fuhrerscheinnummer",
    # Dutch law leaves the BSN to who may process it by statute, so the product never reads one:
    # the role exists for registers and studies that give it to `resolve` themselves.
    "national_id": "ssn ssn_number social_security_number social_security_id soc_sec_id"
    " social_security_no soc_sec_no national_number national_insurance_number nino"
    " bsn burgerservicenummer rijksregisternummer sozialversicherungsnummer"
    " national_id_number id_card_number identity_number personal_id identiteitskaart"
    " personalausweis",
    "generation": "generation_suffix name_suffix generational_suffix",
    "birth_place": "birthplace place_of_birth birth_city geboorteplaats geburtsort",
    "profession": "occupation job job_title beroep beruf",
    "locality": "address_2 address2 address_line_2 address_line2 addr_line2 district wijk ortsteil",
    "tax_number": "tax_id tax_id_number tax_identification_number ein steuernummer steuer_id"
    " fiscaal_nummer rsin",
    "npi": "npi_number",
}
_ROLE_OF = {name: role for role, names in SYNONYMS.items() for name in names.split()}
_RANK = {
    name: rank for names in SYNONYMS.values() for rank, name in enumerate(names.split(), start=1)
}

# What may stand before or after a known header: 'home_phone', 'PRIMARY_NAME_LAST', 'billing_zip'.
# A table's addresses are not mixed: the first of these that it has one of is the address.
_QUALIFIERS = (
    "primary", "main", "home", "private", "residential", "current", "customer", "client", "person",
    "klant", "kunden", "cust", "contact", "contactpersoon", "personal", "prive", "privat",
    "billing", "invoice", "factuur", "rechnungs", "mailing", "post", "postal", "registered",
    "business", "work", "office", "zakelijk", "werk", "zaak", "company", "organisation",
    "secondary", "other", "alternative", "extra", "tweede", "shipping", "delivery", "bezorg",
    "lever", "lieferung", "native", "daytime", "evening",
)  # fmt: skip
_ADDRESS_ROLES = frozenset(
    ("address", "street", "house_number", "house_suffix", "postcode", "city", "locality"),
)
# Of these a table has one column, and a second one under a like name is something else.
_SINGLE = frozenset(("kind", "source", "record_key", "updated_at", "number", "customer_number"))


class UnreadableTable(ValueError):
    """A table given to `resolve` cannot be read; the text says what to do."""


def normal_header(name: str) -> str:
    """'Geb. datum' and 'geb_datum' are one header: lower case, words joined by underscores.

    Marks are taken off and words in camel case parted: 'Straße' is 'strasse', 'firstName'
    'first_name'.
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z]+", "_", folded(parted)).strip("_")


def role_of(name: str) -> tuple[str, int, int] | None:
    """(role, place of the qualifier, place among the role's names) of a header; None if unknown."""
    header = normal_header(name)
    for found in (header, header.replace("_", "")):
        if found in ROLES:
            return (found, 0, 0)
        if found in _ROLE_OF:
            return (_ROLE_OF[found], 0, _RANK[found])
    bare = re.sub(r"_?\d$", "", header)  # 'phone_2', 'email1'
    at = 0 if bare == header else len(_QUALIFIERS) + int(header[-1])
    for place, qualifier in enumerate(_QUALIFIERS, start=1):
        if bare.startswith(qualifier + "_") or bare.endswith("_" + qualifier):
            bare = bare.removeprefix(qualifier + "_").removesuffix("_" + qualifier)
            at += place
            break
    if bare == header:
        return None
    role = bare if bare in ROLES else _ROLE_OF.get(bare)
    return (role, at, _RANK.get(bare, 0)) if role and role not in _SINGLE else None


def role_columns(
    names: Iterable[str], columns: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """The columns that hold each role, the first to be believed first.

    `columns` ({theirs: ours}) goes before what is recognised. Raises ValueError for a role or
    column that does not exist.
    """
    names = list(names)
    given: dict[str, list[str]] = {}
    for theirs, ours in (columns or {}).items():
        if ours not in ROLES:
            raise ValueError(f"unknown role {ours!r}; known roles: {', '.join(ROLES)}")
        if theirs not in names:
            raise ValueError(f"no column {theirs!r} in the table; it has: {', '.join(names)}")
        given.setdefault(ours, []).append(theirs)
    found: dict[str, list[tuple[int, int, int, str]]] = {}
    for place, name in enumerate(names):
        known = role_of(name) if name not in (columns or {}) else None
        if known and known[0] not in given:
            found.setdefault(known[0], []).append((known[1], known[2], place, name))
    chosen = {role: tuple(theirs) for role, theirs in given.items()}
    chosen |= _recognised(found, keeps_addresses=not _ADDRESS_ROLES.isdisjoint(given))
    return {role: chosen[role] for role in ROLES if role in chosen}


def _recognised(
    found: dict[str, list[tuple[int, int, int, str]]], keeps_addresses: bool
) -> dict[str, tuple[str, ...]]:
    """Columns by role in order of belief; addresses only of the first qualifier there is."""
    places = [entry[0] for role in _ADDRESS_ROLES for entry in found.get(role, ())]
    first = 0 if keeps_addresses else min(places, default=0)
    chosen: dict[str, tuple[str, ...]] = {}
    for role, entries in found.items():
        if role in _ADDRESS_ROLES:
            entries = [entry for entry in entries if entry[0] == first]
        entries = sorted(entries)[: 1 if role in _SINGLE else None]
        if entries:
            chosen[role] = tuple(entry[3] for entry in entries)
    if "mobile" not in chosen and len(chosen.get("phone", ())) > 1:
        chosen["mobile"], chosen["phone"] = chosen["phone"][1:], chosen["phone"][:1]
    return chosen


def recognised_columns(
    names: list[str], columns: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Which column holds which role: {role: column}; of several the one believed first."""
    return {role: chosen[0] for role, chosen in role_columns(names, columns).items()}


def in_roles(frame: pl.DataFrame, columns: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The table with its recognised columns under their role names; other columns are left out.

    Where several columns hold a role, the first that is filled in speaks, row by row.
    """
    chosen = role_columns(frame.columns, columns)
    if not chosen:  # nothing to match by, but as many rows
        return pl.DataFrame({"full_name": [None] * len(frame)}, schema={"full_name": pl.String})
    return pl.DataFrame([_together(frame, role, names) for role, names in chosen.items()])


def _together(frame: pl.DataFrame, role: str, names: tuple[str, ...]) -> pl.Series:
    if len(names) == 1:
        return frame[names[0]].alias(role)
    texts = (pl.col(name).cast(pl.String).str.strip_chars() for name in names)
    filled = [pl.when(text != "").then(text) for text in texts]
    return frame.select(pl.coalesce(filled).alias(role)).to_series()
