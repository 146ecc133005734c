"""The columns of well-known exports (see `exports`): a list that happens to be spelled in Python.

Each is key, program, what it holds, its columns, where the headings came from, and how they were
checked. A line is 'Heading = role format'; ! marks what only this export has, # the row's key.
"""

from __future__ import annotations

from typing import Final, Literal

Checked = Literal["published", "documented", "interface"]

_MAILCHIMP = """
!Email Address = email
!MEMBER_RATING = ignore
!LAST_CHANGED = updated_at ymd
!#LEID = record_key
EUID = ignore
First Name = first_name
Last Name = surname
Phone Number = phone
Address = address
OPTIN_TIME = created_at ymd
OPTIN_IP = ignore
CONFIRM_TIME = consent_email
CONFIRM_IP = ignore
UNSUB_TIME = unsubscribed
LATITUDE = ignore
LONGITUDE = ignore
GMTOFF = ignore
DSTOFF = ignore
TIMEZONE = ignore
CC = country
REGION = region
NOTES = note
TAGS = tags
"""
_SHOPIFY_ORDERS = """
!Name = order_number
!Email = email
!Financial Status = order_status
!Lineitem quantity = quantity
!Lineitem name = product_name
!Lineitem price = unit_price .
Lineitem sku = product_code
Created at = ordered_at ymd
Currency = currency
Discount Code = discount_code
Payment Method = payment_method
Billing Name = full_name
Billing Street = address
Billing Address1 = address
Billing Zip = postcode
Billing City = city
Billing Country = country
Phone = phone
Notes = note
"""
_SHOPIFY_CUSTOMERS = """
!First Name = first_name
!Last Name = surname
!Email = email
!Accepts Email Marketing = consent_email
#Customer ID = customer_number
Accepts SMS Marketing = consent_sms
Default Address Company = organisation_name
Default Address Address1 = address
Default Address Zip = postcode
Default Address City = city
Default Address Country Code = country
Default Address Phone = phone
Company = organisation_name
Address1 = address
Zip = postcode
City = city
Country Code = country
Phone = mobile
Note = note
Tags = tags
"""
_WOO = """
!Order Number = order_number
!Order Status = order_status
!Order Date = ordered_at ymd
!First Name (Billing) = first_name
!Last Name (Billing) = surname
!Email (Billing) = email
Company (Billing) = organisation_name
Address 1&2 (Billing) = address
City (Billing) = city
Postcode (Billing) = postcode
Country Code (Billing) = country
Phone (Billing) = phone
Customer Note = note
Payment Method Title = payment_method
Coupon Code = discount_code
"""
_WOO_LINES = f"""{_WOO}
!Item Name = product_name
!Item Cost = unit_price .
!Quantity = quantity
SKU = product_code
Order Line Total = line_amount .
"""
_WOO_ORDERS = f"""{_WOO}
!Order Total Amount = order_amount .
"""
_GOOGLE = """
!First Name = first_name
!Last Name = surname
!E-mail 1 - Value = email
!Labels = tags
Name Prefix = title
Organization Name = organisation_name
Organization Title = job_title
Birthday = birth_date ymd
Notes = note
Phone 1 - Value = phone
Phone 2 - Value = mobile
Address 1 - Street = address
Address 1 - City = city
Address 1 - Postal Code = postcode
Address 1 - Country = country
Website 1 - Value = website
"""
_GOOGLE_OLD = """
!Given Name = first_name
!Family Name = surname
!E-mail 1 - Value = email
!Group Membership = tags
Name Prefix = title
Birthday = birth_date ymd
Notes = note
Phone 1 - Value = phone
Phone 2 - Value = mobile
Address 1 - Street = address
Address 1 - City = city
Address 1 - Postal Code = postcode
Address 1 - Country = country
Organization 1 - Name = organisation_name
Organization 1 - Title = job_title
Website 1 - Value = website
"""
_OUTLOOK = """
!First Name = first_name
!Last Name = surname
!E-mail Address = email
!Business Street = address
Title = title
Company = organisation_name
Job Title = job_title
Business City = city
Business Postal Code = postcode
Business Country = country
Business Country/Region = country
Business Phone = phone
Mobile Phone = mobile
Web Page = website
Notes = note
Categories = tags
"""
_AFAS = """
!#Nummer debiteur = customer_number
!Naam debiteur = full_name
Adresregel 1 (straat - huisnr) = address
Adresregel 4 (land) = country
E-mail werk = email
Telefoonnr. werk = phone
IBAN-nummer = iban
KvK-nummer = kvk
Btw-nummer = vat
Aangemaakt op = created_at dmy
Gewijzigd op = updated_at dmy
Zoeknaam = ignore
Kredietlimiet = ignore
"""
_NUTSHELL = """
!Full Name = full_name
!#Legacy ID = record_key
!Owner = ignore
Email = email
Mobile = mobile
Work = phone
Company Name = organisation_name
Job Title = job_title
Address 1 = address
City = city
State = region
Zip = postcode
Country Code = country
URL = website
Note = note
Tag = tags
"""
_SILVASOFT = """
!#CustomerNumber = customer_number
!Address_Street = street
!Address_PostalCode = postcode
Name = full_name
Email = email
Phone = phone
RegistrationNumber = kvk
TaxIdentificationNumber = vat
Address_City = city
Address_Unit = house_number
Address_UnitAppendix = house_suffix
Address_CountryCode = country
RelationGUID = ignore
"""
_MONEYBIRD = """
!#customer_id = customer_number
!company_name = organisation_name
!send_invoices_to_email = email
!zipcode = postcode
firstname = first_name
lastname = surname
address1 = address
city = city
country = country
phone = phone
tax_number = vat
chamber_of_commerce = kvk
sepa_iban = iban
bank_account = ignore
"""
_EXACT = """
!#Code = customer_number
!Name = full_name
!AddressLine1 = address
!ChamberOfCommerce = kvk
Postcode = postcode
City = city
Country = country
Email = email
Phone = phone
VATNumber = vat
Website = website
Created = created_at ymd
Modified = updated_at ymd
"""
_SUPEROFFICE = """
!#personId = record_key
!firstName = first_name
!lastName = surname
!email/emailAddress = email
contact/name = organisation_name
title = job_title
personDirectPhone/formattedNumber = phone
personMobilePhone/formattedNumber = mobile
contact/postAddress/line1 = address
contact/postAddress/zip = postcode
contact/postAddress/city = city
contact/country = country
"""
_LAPOSTA = """
!email = email
!signup_date = created_at ymd
!state = ignore
#member_id = record_key
confirm_date = consent_email
ip = ignore
source_url = ignore
voornaam = first_name
achternaam = surname
naam = full_name
"""

EXPORTS: Final[tuple[tuple[str, str, str, str, str, Checked], ...]] = (
    ("mailchimp", "Mailchimp, audience", "customers", _MAILCHIMP,
     "heading lines of audience exports in public code (HoneyFormat's specification and others)",
     "published"),
    ("shopify-orders", "Shopify, orders", "lines", _SHOPIFY_ORDERS,
     "heading lines of order exports in public code, and matrixify.app/documentation/orders",
     "published"),
    ("shopify-customers", "Shopify, customers", "customers", _SHOPIFY_CUSTOMERS,
     "heading names of customer exports in public code", "published"),
    ("woocommerce-lines", "WooCommerce, Advanced Order Export, a row per product", "lines",
     _WOO_LINES, "heading lines of exports in public code", "published"),
    ("woocommerce-orders", "WooCommerce, Advanced Order Export, a row per order", "orders",
     _WOO_ORDERS, "heading lines of exports in public code", "published"),
    ("google-contacts", "Google Contacts", "customers", _GOOGLE,
     "heading lines of exports in public code", "published"),
    ("google-contacts-old", "Google Contacts, until 2024", "customers", _GOOGLE_OLD,
     "heading lines of exports in public code", "published"),
    ("outlook-contacts", "Outlook contacts, in English", "customers", _OUTLOOK,
     "heading lines of exports in public code", "published"),
    ("afas", "AFAS Profit, debtors", "customers", _AFAS,
     "labels of the connector Profit_Debtor in documentation.invantive.com", "documented"),
    ("nutshell", "Nutshell, people", "customers", _NUTSHELL,
     "the list of fields in support.nutshell.com, article 8429035", "documented"),
    ("silvasoft", "Silvasoft, relations", "customers", _SILVASOFT,
     "field names in developers.silvasoft.nl", "interface"),
    ("moneybird", "Moneybird, contacts", "customers", _MONEYBIRD,
     "field names of the interface, in public code", "interface"),
    ("exact", "Exact Online, accounts", "customers", _EXACT,
     "field names of the interface; could not be looked up", "interface"),
    ("superoffice", "SuperOffice, persons", "customers", _SUPEROFFICE,
     "column names of the archive; only partly found", "interface"),
    ("laposta", "Laposta, members", "customers", _LAPOSTA,
     "field names of the interface, as others describe it", "interface"),
)  # fmt: skip
