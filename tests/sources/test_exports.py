"""Exports of well-known programs, as small invented files, are read by their template."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantbeeld.sources.export_columns import EXPORTS
from klantbeeld.sources.exports import template_mapping, templates
from klantbeeld.sources.mapping_yaml import dump, load
from klantbeeld.sources.mappings import REPEATABLE, Mapping
from klantbeeld.sources.tables import Table, tables_in

# Key of the template -> a file as the program writes it, and what its columns must mean.
FILES: dict[str, tuple[str, str, dict[str, str]]] = {
    "mailchimp": (
        "subscribed_members_export_1a2b3c.csv",
        '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,'
        "CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,"
        'NOTES,TAGS\nklaartje@example.nl,Klaartje,"van den Heuvel",4,"2024-01-02 10:00:00",,'
        '"2024-01-02 10:05:00",,,,,,,NL,,"2025-03-04 11:00:00",101,ab12,,"""VIP"""\n',
        {"Email Address": "email", "CONFIRM_TIME": "consent_email", "LEID": "record_key"},
    ),
    "shopify-orders": (
        "orders_export_1.csv",
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Total,"
        "Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
        "Billing Name,Billing Zip,Billing City\n#1001,bas@example.nl,paid,2026-05-01 10:00:00 +0200,"
        "fulfilled,EUR,100.90,100.90,,2026-05-01 09:59:00 +0200,1,Fietsbel,62.95,B-1,Bas Voorbeeld,"
        "3512AB,Utrecht\n",
        {"Name": "order_number", "Lineitem name": "product_name", "Created at": "ordered_at"},
    ),
    "shopify-customers": (
        "customers_export.csv",
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Zip,"
        "Total Spent,Total Orders,Note,Tags\n7,Truus,Testers,truus@example.nl,yes,6511AA,12.50,1,,\n",
        {"Accepts Email Marketing": "consent_email", "Customer ID": "customer_number"},
    ),
    "woocommerce-lines": (
        "orders-2026-05-01.csv",
        '"Order Number","Order Status","Order Date","Customer Note","First Name (Billing)",'
        '"Last Name (Billing)","Email (Billing)","Item Name",SKU,Quantity,"Item Cost"\n'
        "501,Completed,2026-05-01 10:00,,Jan,Proef,jan@example.nl,Helm,H-1,2,49.95\n",
        {"Item Name": "product_name", "Order Date": "ordered_at", "Email (Billing)": "email"},
    ),
    "woocommerce-orders": (
        "orders.csv",
        '"Order Number","Order Status","Order Date","First Name (Billing)","Last Name (Billing)",'
        '"Email (Billing)","Order Total Amount"\n501,Completed,2026-05-01,Jan,Proef,'
        "jan@example.nl,99.90\n",
        {"Order Total Amount": "order_amount", "Order Number": "order_number"},
    ),
    "google-contacts": (
        "contacts.csv",
        "First Name,Middle Name,Last Name,File As,Organization Name,Organization Title,Birthday,"
        "Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
        "Aïcha,,Voorbeeld,,Stichting Proef,Voorzitter,,,,* myContacts,* Work,aicha@example.nl,"
        "Mobile,+31 97 0000 0001\n",
        {"E-mail 1 - Value": "email", "Organization Name": "organisation_name"},
    ),
    "google-contacts-old": (
        "google.csv",
        "Name,Given Name,Additional Name,Family Name,Birthday,Notes,Group Membership,"
        "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name\n"
        "Truus Testers,Truus,,Testers,,,* myContacts,* Home,truus@example.nl,Mobile,,\n",
        {"Given Name": "first_name", "E-mail 1 - Value": "email"},
    ),
    "outlook-contacts": (
        "contacts.CSV",
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Job Title,Business Street,"
        "Business City,Business Postal Code,Business Phone,Mobile Phone,E-mail Address,Categories\n"
        ",Øyvind,,Ænes,,Proef BV,Inkoper,Kade 3,Groningen,9711 AA,,,oyvind@example.org,\n",
        {"Company": "organisation_name", "Business Street": "address", "E-mail Address": "email"},
    ),
    "afas": (
        "Debiteuren.csv",
        "Nummer debiteur;Naam debiteur;Adresregel 1 (straat - huisnr);E-mail werk;"
        "Telefoonnr. werk;KvK-nummer;Aangemaakt op\n10001;Proef BV;Kade 3;info@example.nl;;;"
        "02-03-2024\n",
        {"Nummer debiteur": "customer_number", "E-mail werk": "email"},
    ),
    "nutshell": (
        "people.csv",
        "Full Name,Email,Mobile,Company Name,Job Title,Address 1,City,Zip,Country Code,Legacy ID,"
        "Owner,Tag\nBas Voorbeeld,bas@example.nl,,Proef BV,,Laan 1,Utrecht,3512AB,NL,55,Anna,\n",
        {"Full Name": "full_name", "Legacy ID": "record_key"},
    ),
    "silvasoft": (
        "relaties.csv",
        "CustomerNumber;Name;Email;Phone;Address_Street;Address_Unit;Address_PostalCode;"
        "Address_City\n12;Proef BV;info@example.nl;;Kade;3;9711 AA;Groningen\n",
        {"CustomerNumber": "customer_number", "Address_Unit": "house_number"},
    ),
    "moneybird": (
        "contacten.csv",
        "customer_id;company_name;firstname;lastname;address1;zipcode;city;country;"
        "send_invoices_to_email;tax_number\n7;Proef BV;Bas;Voorbeeld;Laan 1;3512AB;Utrecht;NL;"
        "bas@example.nl;\n",
        {"customer_id": "customer_number", "send_invoices_to_email": "email"},
    ),
    "exact": (
        "Accounts.csv",
        "Code;Name;AddressLine1;Postcode;City;Country;Email;Phone;ChamberOfCommerce;VATNumber\n"
        "401;Proef BV;Kade 3;9711 AA;Groningen;NL;info@example.nl;;;\n",
        {"Code": "customer_number", "Name": "full_name"},
    ),
    "superoffice": (
        "persons.csv",
        "personId;firstName;lastName;title;contact/name;email/emailAddress\n"
        "9;Truus;Testers;Inkoper;Proef BV;truus@example.nl\n",
        {"contact/name": "organisation_name", "personId": "record_key"},
    ),
    "laposta": (
        "leden.csv",
        "member_id;email;state;signup_date;confirm_date;voornaam;achternaam\n"
        "x1;truus@example.nl;active;2024-01-02 10:00:00;2024-01-02 10:01:00;Truus;Testers\n",
        {"email": "email", "confirm_date": "consent_email"},
    ),
}


def read(folder: Path, name: str, text: str) -> Table:
    """The one table of a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (table,) = tables_in(path)
    return table


@pytest.mark.parametrize("key", [entry[0] for entry in EXPORTS])
def test_an_export_is_read_by_its_template(key: str, tmp_path: Path) -> None:
    name, text, wanted = FILES[key]
    table = read(tmp_path, name, text)
    mapping = template_mapping(table)
    (template,) = [t for t in templates() if t.key == key]
    assert mapping is not None
    assert mapping == template.mapping_for(table)
    roles = mapping.roles()
    assert {column: roles.get(column) for column in wanted} == wanted
    assert mapping.holds == template.holds
    assert set(mapping.not_mapped) | {c.column for c in mapping.columns} == set(table.columns)


@pytest.mark.parametrize("key", [entry[0] for entry in EXPORTS])
def test_a_template_is_a_mapping_that_can_be_written_and_read(key: str, tmp_path: Path) -> None:
    name, text, _wanted = FILES[key]
    mapping = template_mapping(read(tmp_path, name, text))
    assert mapping is not None
    whole = Mapping("x", (mapping,))
    assert load(dump(whole)).tables[0].roles() == mapping.roles()
    single = [c.role for c in mapping.columns if c.role not in REPEATABLE]
    assert len(single) == len(set(single))


@pytest.mark.parametrize(
    "heading",
    [
        "Klantnummer;Voornaam;Achternaam;E-mail",
        "Name;Email;Phone;City",
        "First Name;Last Name;E-mail Address;Phone",
        "Code;Naam;Adres;Postcode;Plaats",
        "email;state;city",
    ],
)
def test_an_ordinary_list_is_no_export(heading: str, tmp_path: Path) -> None:
    row = ";".join("x" for _ in heading.split(";"))
    assert template_mapping(read(tmp_path, "lijst.csv", f"{heading}\n{row}\n")) is None
