"""What the fifty messy files hold: headings of many styles and systems, with their true roles.

A line is 'Heading=role:values'; the role '-' is none. See `messy.VALUES` for the values.
"""

from __future__ import annotations

from tests.sources.messy import (
    Spec,
    Write,
    database,
    delimited,
    gzipped,
    json_lines,
    json_list,
    parquet,
    sheet,
    web_page,
    word,
    workbook,
    zipped,
)

SPECS: list[Spec] = []


def add(file: str, write: Write, holds: str, text: str) -> None:
    """A file with one table, which is called as the file is."""
    stem = file.removesuffix(".gz").rsplit(".", 1)[0]
    SPECS.append(Spec(file, write, (sheet(stem, holds, text),)))


def add_sheets(file: str, write: Write, *sheets: tuple[str, str, str]) -> None:
    SPECS.append(Spec(file, write, tuple(sheet(*given) for given in sheets)))


# Customers, from CRM, accounts and lists kept by hand.
add(
    "klanten.csv",
    delimited(),
    "customers",
    """
    Klnr=customer_number:nr
    Voorl.=initials:initials
    Tussenv.=surname_prefix:prefix
    Achternaam=surname:last
    M/V=gender:mv
    Straat=street:street
    Hnr.=house_number:house
    Toev.=house_suffix:suffix
    PC=postcode:postcode
    Pltsnaam=city:city_upper
    Tel. vast=phone:phone
    Tel. mob.=mobile:mobile
    E-mail adres=email:email
    Geb.dat.=birth_date:born_dmy
    Nieuwsbrief=consent_email:yes
    """,
)
add(
    "Relaties export 2024-03-12.csv",
    delimited(encoding="cp1252"),
    "customers",
    """
    Relatiecode=customer_number:code
    Naam relatie=organisation_name:org
    T.a.v.=contact_name:full_initials
    Adresregel 1=address:address
    Postcode=postcode:postcode_tight
    Woonplaats=city:city
    Landcode=country:country_code
    Telefoon=phone:phone
    E-mail=email:email
    KvK-nummer=kvk:kvk
    Btw-nummer=vat:vat
    IBAN=iban:iban
    Kredietlimiet=-:amount
    Relatietype=relation_type:relation
    Gewijzigd op=updated_at:date
    """,
)
add(
    "superoffice contacts.xlsx",
    workbook("Contactenlijst vestiging Zwolle"),
    "customers",
    """
    Contact ID=customer_number:nr
    Company name=organisation_name:org
    First name=first_name:first
    Middle name=-:empty
    Last name=surname:whole_last
    Title=job_title:role
    Direct phone=phone:phone_intl
    Mobile phone=mobile:mobile_intl
    E-mail=email:email
    Category=relation_type:relation
    Registered=created_at:date_typed
    Updated=updated_at:datetime_typed
    Our contact=-:employee
    """,
)
add(
    "debiteuren_exact.csv",
    delimited(title="Debiteurenlijst\nAdministratie 001\n\n"),
    "customers",
    """
    Debiteurcode=customer_number:nr0
    Naam=organisation_name:org
    Contactpersoon=contact_name:full
    Adres=address:address
    Postcode=postcode:postcode
    Plaats=city:city
    Land=country:country
    Telefoonnummer=phone:phone
    Faxnummer=-:phone
    E-mailadres=email:email
    Website=website:website
    Bankrekening=iban:iban
    Betalingsconditie=-:period
    """,
)
add(
    "leden.xls",
    web_page,
    "customers",
    """
    Lidnr=customer_number:nr
    Roepnaam=first_name:first
    Tv=surname_prefix:prefix
    Naam=surname:last
    Geslacht=gender:gender
    Geboren=birth_date:born_dmy
    Lid sinds=customer_since:since
    Mobiel=mobile:mobile
    Mail=email:email
    Rekeningnr=iban:iban
    Functie=job_title:role
    """,
)
add(
    "mailchimp_subscribed_members_export.csv",
    delimited(","),
    "customers",
    """
    Email Address=email:email
    First Name=first_name:first
    Last Name=surname:whole_last
    MEMBER_RATING=tier:nps
    OPTIN_TIME=created_at:datetime_iso
    OPTIN_IP=-:ip
    LATITUDE=-:lat
    CC=country:country_code
    LAST_CHANGED=updated_at:datetime_iso
    LEID=-:nr
    EUID=-:cookie
    NOTES=note:text_some
    TAGS=tags:tags
    """,
)
add(
    "customers_shopify.csv",
    delimited(","),
    "customers",
    """
    Customer ID=customer_number:nr
    First Name=first_name:first
    Last Name=surname:whole_last
    Email=email:email
    Accepts Email Marketing=consent_email:yes_true
    Company=organisation_name:org_some
    Address1=address:address
    City=city:city
    Zip=postcode:postcode
    Country Code=country:country_code
    Phone=phone:phone_intl
    Accepts SMS Marketing=consent_sms:yes_true
    Total Spent=-:amount_point
    Total Orders=-:qty
    Tags=tags:tags
    Note=note:text_some
    """,
)
add(
    "adressen_kerst.csv",
    delimited("\t", "utf-16"),
    "customers",
    """
    Aanhef=salutation:salutation
    Naam=full_name:full_initials
    Straat + nr=address:address
    Postcode=postcode:postcode
    Plaats=city:city
    Opmerking=note:text_some
    """,
)
add(
    "nawbestand oud systeem.csv",
    delimited("|", "cp850"),
    "customers",
    """
    KLANTNR=customer_number:nr0
    NAAM=full_name:full_comma
    STRAAT=street:street
    HUISNR=house_number:house_suffixed
    POSTCD=postcode:postcode_tight
    WOONPL=city:city_upper
    TELNR=phone:phone
    GEBDAT=birth_date:born_tight
    STATUS=-:stock
    """,
)
add(
    "klanten zonder kop.csv",
    delimited(header=False),
    "customers",
    """
    kolom 1=customer_number:nr
    kolom 2=full_name:full
    kolom 3=address:address
    kolom 4=postcode:postcode
    kolom 5=city:city
    kolom 6=email:email
    kolom 7=mobile:mobile
    """,
)
add(
    "crm.json",
    json_list,
    "customers",
    """
    id=customer_number:nr
    name.first=first_name:first
    name.last=surname:whole_last
    contact.email=email:email
    contact.phone=phone:phone_mixed
    address.street=street:street
    address.number=house_number:house
    address.zip=postcode:postcode
    address.city=city:city
    birthday=birth_date:born_iso
    """,
)
add(
    "afas_verkooprelaties.csv",
    delimited(quoted=True),
    "customers",
    """
    Verkooprelatie (nummer)=customer_number:nr
    Organisatie/persoon=-:nr
    Roepnaam=first_name:first
    Voorvoegsel=surname_prefix:prefix
    Achternaam=surname:last
    Straat=street:street
    Huisnummer=house_number:house
    Toev. aan huisnr.=house_suffix:suffix
    Postcode=postcode:postcode
    Woonplaats=city:city
    E-mail werk=email:email
    Telefoonnr. werk=phone:phone
    Mobiel werk=mobile:mobile
    Geboortedatum=birth_date:born_dmy
    Geslacht=gender:mv
    """,
)
add(
    "patients_like.csv",
    delimited(","),
    "customers",
    """
    rec_id=record_key:guid
    given_name=first_name:first
    surname=surname:whole_last
    street_number=house_number:house
    address_1=street:street
    suburb=city:city
    postcode=postcode:postcode
    date_of_birth=birth_date:born_tight
    soc_sec_id=-:nr
    phone_home=phone:phone
    """,
)
add(
    "leads beurs.xlsx",
    workbook(),
    "customers",
    """
    Voor- en achternaam=full_name:full
    Bedrijf=organisation_name:org_some
    Functie=job_title:role
    E-mailadres=email:email_some
    Telefoon=phone:phone_mixed
    Interesse=interests:interests
    Leeftijd=age:age
    Mag mailen=consent_email:yes_x
    Notities=note:text_some
    """,
)
add(
    "contacts google.csv",
    delimited(","),
    "customers",
    """
    Given Name=first_name:first
    Family Name=surname:whole_last
    Birthday=birth_date:born_iso
    Notes=note:text_some
    E-mail 1 - Value=email:email
    Phone 1 - Value=phone:phone
    Phone 2 - Value=mobile:mobile
    Organization 1 - Name=organisation_name:org_some
    Website 1 - Value=website:website
    """,
)
add(
    "klantenbestand webshop.parquet",
    parquet,
    "customers",
    """
    customer_id=customer_number:nr
    firstname=first_name:first
    lastname=surname:whole_last
    dob=birth_date:born
    gender=gender:gender_en
    email=email:email
    telephone=phone:phone_mixed
    created_at=created_at:datetime_typed
    is_subscribed=consent_email:yes_1
    taxvat=vat:vat
    """,
)
add(
    "salesforce accounts.csv",
    delimited(",", quoted=True),
    "customers",
    """
    Account ID=customer_number:code
    Account Name=organisation_name:org
    Billing Street=address:address
    Billing City=city:city
    Billing State/Province=region:province
    Billing Zip/Postal Code=postcode:postcode
    Billing Country=country:country
    Phone=phone:phone_intl
    Website=website:website
    Industry=profession:category
    Account Owner=-:employee
    Last Modified Date=updated_at:date_mdy
    """,
)
add(
    "vaste klanten.docx",
    word,
    "customers",
    """
    Klant=full_name:full
    Adres=address:address
    Woonplaats=city:city
    Tel=phone:phone_mixed
    Wensen=wish:text
    """,
)
add(
    "bel-me-niet.csv",
    delimited(),
    "customers",
    """
    Klantnummer=customer_number:nr
    Telefoon=phone:phone
    Niet bellen=do_not_call:yes_j
    Niet mailen=do_not_email:yes_j
    Afgemeld=unsubscribed:date_some
    Voorkeurskanaal=preferred_channel:channel
    """,
)
add_sheets(
    "crm export.xlsx",
    workbook("CRM-export", {0: (1, "Klant"), 2: (5, "Adres"), 6: (8, "Toestemming")}),
    (
        "Particulieren",
        "customers",
        """
        Klantnr=customer_number:nr0
        Naam=full_name:full
        Straat=street:street
        Nr=house_number:house
        Postcode=postcode:postcode
        Plaats=city:city
        Nieuwsbrief=consent_email:yes
        Telefoon=consent_phone:yes
        Post=consent_post:yes
        """,
    ),
)

# The same person in other words: columns whose heading says nothing or says otherwise.
add(
    "export (3).csv",
    delimited(),
    "customers",
    """
    Veld A=customer_number:nr
    Wie=full_name:full
    Waar=city:city
    Bereikbaar=email:email
    Extra=-:stock
    """,
)
add(
    "telefoonlijst.csv",
    delimited(),
    "customers",
    """
    naam=full_name:full
    telefoon=email:email
    nummer mobiel=mobile:mobile
    plaats=city:city
    """,
)

# Orders and order lines.
add(
    "bestellingen.csv",
    delimited(),
    "orders",
    """
    Bestelnr=order_number:order_unique
    Klantnummer=customer_number:nr_again
    Besteldatum=ordered_at:date
    Totaal incl. btw=order_amount:amount_euro
    Betaalwijze=payment_method:payment
    Status=order_status:order_status
    Kortingscode=discount_code:coupon
    Filiaal=shop:shop
    Verkoper=employee:employee
    """,
)
add(
    "orders_export_1.csv",
    delimited(","),
    "lines",
    """
    Name=order_number:order
    Email=email:email_again
    Financial Status=order_status:paid
    Created at=ordered_at:datetime_iso
    Lineitem quantity=quantity:qty
    Lineitem name=product_name:product
    Lineitem price=unit_price:amount_point
    Lineitem sku=product_code:sku
    Discount Code=discount_code:coupon
    Billing Name=full_name:full
    Billing City=city:city
    Billing Zip=postcode:postcode
    Payment Method=payment_method:payment
    Currency=currency:currency
    """,
)
add(
    "woocommerce-order-export.csv",
    delimited(",", quoted=True),
    "orders",
    """
    Order Number=order_number:order_unique
    Order Status=order_status:order_status
    Order Date=ordered_at:datetime_iso
    Customer Note=note:text_some
    First Name (Billing)=first_name:first
    Last Name (Billing)=surname:whole_last
    Address 1&2 (Billing)=address:address
    City (Billing)=city:city
    Postcode (Billing)=postcode:postcode
    Email (Billing)=email:email
    Phone (Billing)=phone:phone_mixed
    Payment Method Title=payment_method:payment
    Order Total Amount=order_amount:amount_point
    Coupon Code=discount_code:coupon
    """,
)
add(
    "facturen 2023.xlsx",
    workbook("Verkoopfacturen 2023"),
    "orders",
    """
    Factuurnummer=order_number:invoice
    Factuurdatum=ordered_at:date_typed
    Debiteur=customer_number:nr_again
    Debiteurnaam=full_name:full
    Btw-bedrag=-:amount_typed
    Totaalbedrag=order_amount:amount_typed
    """,
)
add(
    "orderregels.csv",
    delimited(),
    "lines",
    """
    Ordernr=order_number:order
    Regel=line_number:line
    Artikelnr=product_code:sku
    Omschrijving=product_name:product
    Aantal=quantity:qty
    Prijs per stuk=unit_price:amount
    Regeltotaal=line_amount:amount
    Artikelgroep=category:category
    Merk=brand:brand
    Korting=discount_amount:discount
    """,
)
add(
    "retail.csv",
    delimited(","),
    "lines",
    """
    InvoiceNo=order_number:order
    StockCode=product_code:sku
    Description=product_name:product
    Quantity=quantity:qty
    InvoiceDate=ordered_at:date_mdy
    UnitPrice=unit_price:amount_point
    CustomerID=customer_number:nr_again
    Country=country:country
    """,
)
add(
    "kassa.csv",
    delimited("\t", "cp1252", end="Totaal\t\t\t\t9999,00\n"),
    "lines",
    """
    Bonnr=order_number:order
    Datum=ordered_at:datetime
    Artikel=product_name:product
    Aant.=quantity:qty
    Prijs=unit_price:amount
    """,
)
add_sheets(
    "webshop.sqlite",
    database,
    (
        "customers",
        "customers",
        """
        id=customer_number:nr
        email=email:email
        first_name=first_name:first
        last_name=surname:whole_last
        created_at=created_at:datetime_typed
        """,
    ),
    (
        "orders",
        "orders",
        """
        id=order_number:order_unique
        customer_id=customer_number:nr_again
        created_at=ordered_at:datetime_typed
        total=order_amount:amount_typed
        payment_method=payment_method:payment
        utm_source=origin:origin
        """,
    ),
    (
        "order_items",
        "lines",
        """
        id=record_key:seq
        order_id=order_number:order
        sku=product_code:sku
        product=product_name:product
        qty=quantity:qty
        price=unit_price:amount_typed
        """,
    ),
)
add(
    "transacties.jsonl",
    json_lines,
    "orders",
    """
    transaction_id=order_number:order_unique
    customer.email=email:email_again
    timestamp=ordered_at:datetime_iso
    total_amount=order_amount:amount_point
    currency=currency:currency
    store=shop:shop
    """,
)

# Subscriptions and quotes.
add(
    "abonnementen.csv",
    delimited(),
    "subscriptions",
    """
    Contractnr=subscription_number:contract
    Klantnr=customer_number:nr
    Soort abonnement=subscription_name:plan
    Ingangsdatum=started_at:date
    Einddatum=ended_at:date_later
    Termijn=period:period
    Bedrag per termijn=subscription_amount:fee
    Status=subscription_status:active
    """,
)
add(
    "subscriptions.csv.gz",
    gzipped(delimited(",")),
    "subscriptions",
    """
    subscription_id=subscription_number:contract
    customer_email=email:email
    plan=subscription_name:plan
    start_date=started_at:date_iso
    cancelled_at=ended_at:date_some
    interval=period:period
    amount=subscription_amount:amount_point
    """,
)
add(
    "offertes.csv",
    delimited(),
    "quotes",
    """
    Offertenummer=quote_number:quote
    Klantnummer=customer_number:nr_again
    Offertedatum=quoted_at:date
    Geldig tot=valid_until:date_later
    Bedrag=quote_amount:amount_thousands
    Uitkomst=quote_status:quote_status
    Adviseur=employee:employee
    """,
)
add(
    "quotes.xlsx",
    workbook(),
    "quotes",
    """
    Quote No=quote_number:quote
    Client=full_name:full
    Email=email:email
    Date=quoted_at:date_typed
    Total=quote_amount:amount_typed
    Status=quote_status:quote_status
    Valid until=valid_until:date_typed
    """,
)

# Complaints and service.
add(
    "klachtenregistratie.csv",
    delimited(encoding="cp1252"),
    "cases",
    """
    Klachtnr=case_number:case
    Klant=customer_number:nr_again
    Datum melding=opened_at:date
    Soort klacht=case_kind:case_kind
    Omschrijving klacht=body:text
    Oorzaak=cause:cause
    Oplossing=resolution:resolution
    Afgehandeld op=closed_at:date_some
    Behandelaar=handled_by:employee
    Vergoeding=compensation:discount
    """,
)
add(
    "servicedesk_tickets.csv",
    delimited(","),
    "cases",
    """
    Ticket ID=case_number:case
    Requester email=email:email_again
    Subject=subject:subject
    Status=case_status:case_status
    Priority=priority:priority
    Created at=opened_at:datetime_iso
    Solved at=closed_at:datetime_iso
    Assignee=handled_by:employee
    Channel=channel:channel
    """,
)
add(
    "serviceregister.xlsx",
    workbook("Serviceregister werkplaats"),
    "cases",
    """
    Meldingnr=case_number:case
    Datum=opened_at:date_typed
    Klantcode=customer_number:code
    Type melding=case_kind:case_kind
    Melding=body:text
    Monteur=handled_by:employee
    Datum gereed=closed_at:date_typed
    """,
)

# Newsletters, web, portal, social, loyalty.
add(
    "nieuwsbrief_resultaten.csv",
    delimited(encoding="cp1252"),
    "events",
    """
    E-mailadres=email:email_again
    Campagne=campaign:campaign
    Actie=event_kind:mail_event_nl
    Tijdstip=event_at:datetime
    Thema=topic:topic
    Link=url:url
    """,
)
add(
    "newsletter_events.csv",
    delimited(","),
    "events",
    """
    email=email:email_again
    campaign_name=campaign:campaign
    event=event_kind:mail_event
    timestamp=event_at:datetime_iso
    url=url:url
    """,
)
add(
    "web events.jsonl",
    json_lines,
    "events",
    """
    event_id=event_id:guid
    event_type=event_kind:web_event
    ts=event_at:datetime_iso
    session_id=session_id:session
    visitor_id=device_id:cookie
    page_url=url:url
    search_query=search_term:search
    user_id=customer_number:nr_again
    """,
)
add(
    "portaal_logins.csv",
    delimited(),
    "events",
    """
    Gebruikersnaam=login:user
    Klantnr=customer_number:nr_again
    Inlogdatum=event_at:datetime
    Pagina=url:path
    IP-adres=-:ip
    """,
)
add(
    "social_export.csv",
    delimited(","),
    "events",
    """
    platform=channel:platform
    handle=social_handle:handle
    interaction_type=event_kind:social_event
    date=event_at:date_iso
    comment_text=body:text_some
    post_url=url:url
    """,
)
add(
    "spaarpunten.json",
    json_list,
    "loyalty",
    """
    kaartnummer=loyalty_number:card
    datum=event_at:date_iso
    mutatie=points_delta:delta
    soort=event_kind:points_reason
    """,
)
add(
    "loyalty members.csv",
    delimited(","),
    "customers",
    """
    card_number=loyalty_number:card
    full_name=full_name:full
    email=email:email
    tier=tier:tier
    points_balance=points:points
    member_since=customer_since:date_iso
    """,
)

# Surveys, costs, messages.
add(
    "NPS meting Q1.xlsx",
    workbook("Resultaten NPS"),
    "surveys",
    """
    Respondent=email:email
    Ingevuld op=answered_at:datetime_typed
    Enquete=survey_name:survey
    NPS=nps_score:nps
    Toelichting=answer:text_some
    Cijfer=satisfaction:grade
    """,
)
add(
    "enquete.csv",
    delimited(),
    "surveys",
    """
    klantnr=customer_number:nr
    datum=answered_at:date
    hoe waarschijnlijk aanbevelen=nps_score:nps
    rapportcijfer=satisfaction:grade
    opmerkingen=answer:text_some
    """,
)
add(
    "campagnekosten.csv",
    delimited(),
    "costs",
    """
    Maand=cost_at:month
    Campagne=campaign:campaign
    Kanaal=channel:media
    Kosten=cost_amount:amount_thousands
    Klikken=-:clicks
    """,
)
add(
    "chatberichten.csv",
    delimited(","),
    "messages",
    """
    message_id=message_id:guid
    from=sender:email_again
    to=recipients:email
    sent_at=event_at:datetime_iso
    subject=subject:subject
    message=body:text
    direction=direction:direction
    """,
)
add(
    "contactmomenten.zip",
    zipped(delimited(), "contactmomenten.csv"),
    "messages",
    """
    Klantnr=customer_number:nr_again
    Datum=event_at:datetime
    Kanaal=channel:channel
    Richting=direction:direction
    Onderwerp=subject:subject
    Verslag=body:text
    """,
)

# Nothing of customers.
add(
    "voorraad.csv",
    delimited(),
    "unknown",
    """
    Locatiecode=-:sku
    Gewicht (kg)=-:weight
    Levertijd=-:stock
    Magazijn=-:shop
    """,
)
