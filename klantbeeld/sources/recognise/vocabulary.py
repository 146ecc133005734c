"""Headings as people and programs write them, Dutch and English, by role.

Written without spaces, hyphens and case, as `headings.joined` makes them. A role that begins with
'@' depends on what the table holds (`roles_by_kind`); '-' is known and means nothing here.
`{a|b}` stands for alternatives.
"""

from __future__ import annotations

HEADINGS: dict[str, str] = {
    # identifiers
    "customer_number": """
        {klant|klanten|relatie|debiteur|debiteuren|client|clienten|customer|cust|lid|leden
        |member|account|relation|afnemer|consument|koper|buyer|patient|huurder|deelnemer
        |donateur|gast|verkooprelatie|user|gebruikers|gebruiker|persoon|person|kl|deb|rel
        |crm|contactpersoon|klantrelatie|subscriber|shopper|guest}{nr|nummer|number|no|num
        |id|code|key|ref|referentie} ourcustomerid yourcustomernumber klantkenmerk idklant
        idcustomer nrklant nummerklant customeruid customerguid contactid accountnumber dbid
        bcco lidmaatschapsnummer kndnr klantnrcrm externecode externalcustomerid clientid userid
        gebruikersid kid cid klantid""",
    "email": """
        email emailadres emailaddress mail mailadres mailaddress emailadress mailadr emailadr
        emailprive emailwerk emailzakelijk emailprivate emailwork emailbusiness emailhome
        primaryemail emailprimary contactemail emailklant klantemail useremail epost elpost
        emailaddr emailaddresses emailvalue email1 internetadres mailprive mailwerk mailzakelijk
        emladres eml emailaddresswork emailofklant factuuremail emailfactuur emailbilling
        billingemail emailaddressclient subscriberemail emailcontactpersoon""",
    "phone": """
        {telefoon|tel|telefoonnummer|telefoonnr|telnr|telnummer|phone|phonenumber|phoneno
        |phonenr|telephone|telephonenumber|tele|fon|telno}{|vast|prive|werk|zakelijk|thuis
        |overdag|s|home|work|business|main|primary|office|landline|day|daytime|algemeen
        |direct|1|value|kantoor} {vast|vaste}{nummer|lijn|telefoon|telefoonnummer|tel}
        {home|work|business|main|primary|office|landline|daytime|contact|customer|company
        |bel}{phone|telephone|phonenumber|tel} landline telefoonnrwerk belnummer
        telefoongegevens bereikbaarop doorkiesnummer doorkies toestelnummer contacttelefoon
        contactnummer contactnumber tfn tlf tlfnr""",
    "mobile": """
        mobiel mobile mob gsm gsmnr gsmnummer mobieltje mobielnr mobielnummer mobielenr
        mobielenummer mobilenumber mobileno mobilephone cell cellphone cellnumber cellular handy
        telmob telmobiel telefoonmobiel telefoonmob mobieletelefoon mobtel mobieltel
        mobieltelefoonnummer mobieletelefoonnummer telefoonnummermobiel telefoonnrmobiel telgsm
        phonemobile mobilephonenumber nr06 06nummer 06nr zesnummer whatsapp whatsappnummer
        smsnummer smsnumber mobielprive mobielwerk mobielzakelijk telnrmobiel mobieltelefoon
        mobiletelephone mobtelnr mobnr mobno mobiletel telefoon06 tel06""",
    "iban": """
        iban ibannr ibannummer ibannumber rekeningnr rekeningnummer bankrekening bankrekeningnr
        bankrekeningnummer banknr banknummer bankaccount bankaccountnumber rekening reknr
        bankrek bankrekeningiban ibanrekening ibanbic tegenrekening incassorekening""",
    "kvk": """
        kvk kvknr kvknummer kvkno kamervankoophandel kamervankoophandelnummer
        handelsregisternummer handelsregister chamberofcommerce cocnumber coc cocnr
        companyregistrationnumber registrationnumber companynumber orgno orgnr
        organisationnumber organizationnumber kvkinschrijving dossiernummerkvk
        ondernemingsnummer coccode kvkcode""",
    "vat": """
        btw btwnr btwnummer btwid btwidentificatienummer vat vatnr vatno vatnumber vatid vatin
        vatregistrationnumber taxid taxnumber omzetbelastingnummer obnummer fiscaalnummer euvat
        eubtw btwcode btwidnummer ustid taxvat""",
    "login": """
        login loginnaam inlognaam gebruikersnaam username userlogin portaallogin portallogin
        accountnaam usernaam loginname portaalaccount portalaccount inlog""",
    "loyalty_number": """
        {spaar|klanten|loyalty|bonus|voordeel|punten|clubs|member|membership|leden
        |loyaliteits|klant}{kaart|pas|card}{|nr|nummer|number|no|id|code} loyaltynumber
        loyaltyid loyaltynr loyaliteitsnummer spaarnummer spaarprogrammanummer kaartnr
        kaartnummer pasnummer pasnr cardnumber cardno cardid spaarpas""",
    "social_handle": """
        socialhandle handle twitter twitterhandle instagram instagramhandle facebook facebookid
        linkedin linkedinurl socialmedia sociaalprofiel socialprofile screenname twitternaam
        instagramnaam tiktok socialmediaaccount facebooknaam socialaccount profielnaam
        accounthandle""",
    "device_id": """
        deviceid device cookieid cookie visitorid anonymousid apparaat apparaatid clientcookie
        gaclientid deviceidentifier bezoekerid visitor idfa gaid fingerprint""",
    # names
    "full_name": """
        tnv
        volledigenaam fullname naamklant klantnaam customername naamrelatie relatienaam
        debiteurnaam naamvolledig namevoluit clientname naamclient contactpersoonnaam ledennaam
        lidnaam primarynamefull namefull voorenachternaam voornaamachternaam
        voornaamenachternaam firstandlastname displayname weergavenaam persoonsnaam naampersoon
        buyername kopernaam firstandsurname naamlid personname namevolledig tenaamstelling
        tenaamvan membername naamcontact billingname accountholder naamhouder subscribername
        volledigenaamklant gebruikersvollenaam guestname naamgast afnemernaam ontvangernaam
        recipientname nameofcustomer naamvandeklant samengesteldenaam completename""",
    "salutation": """
        aanhef salutation aanspreektitel aanspreekvorm aanspreking anrede greeting prefixname
        courtesytitle mrmrs mrms dhrmevr titelaanhef briefaanhef heermevrouw aanhefkort""",
    "title": """
        titulatuur academischetitel titelvoor academictitle voortitel achtertitel titels
        titulatuurvoor titulatuurachter academictitles titelachter""",
    "initials": """
        voorletters voorl initialen initials initiaal initial vl voorletter vltrs vlett voorltrs
        voorlet vrl""",
    "first_name": """
        voornaam voornamen vnaam firstname first fname givenname forename roepnaam roepnm given
        christianname vrnaam vnm primarynamefirst namefirst eerstenaam voornm naamvoor
        customerfirstname contactfirstname billingfirstname firstnaam""",
    "surname_prefix": """
        tussenvoegsel tussenv tussenvoegsels tv tvoegsel voorvoegsel voorvoegsels tussenvgsl
        surnameprefix lastnameprefix infix prefixsurname naamvoorvoegsel tsv tussenvs
        achternaamvoorvoegsel nameinfix middlepart tussen vvgsl tussenvgs vv""",
    "surname": """
        achternaam achternamen anaam lastname last lname surname familienaam familyname
        geslachtsnaam geboortenaam family sname achtern primarynamelast namelast naamachter
        achternm fam customerlastname billinglastname achternaamklant secondname familyName anm
        eigennaam""",
    "organisation_name": """
        bedrijf bedrijfsnaam bedrijfnaam organisatie organisatienaam organisation organization
        organisationname organizationname company companyname onderneming ondernemingsnaam
        firmanaam firma naambedrijf naamorganisatie primarynameorg business businessname
        handelsnaam tradename accountname orgname instelling naaminstelling werkgever employer
        naamonderneming companyname1 nameorg statutairenaam bedr bedrnaam bedrijfsnm sitename
        agency naamvanhetbedrijf billingcompany organisatieeenheid klantbedrijf winkelnaam
        naamfirma kantoor stichting vereniging verenigingsnaam orgnaam schoolnaam
        organization1name bedrijfklant""",
    "contact_name": """
        contactpersoon contactperson contact contactname contactnaam naamcontactpersoon tav
        terattentievan attn attentionof primarycontact maincontact contactpers cp
        contactpersonname contactpersoon1 executivedirector""",
    "job_title": """
        functie functienaam functieomschrijving jobtitle functietitel position role rol
        functiebenaming titelfunctie occupationtitle jobrole functieprofiel job""",
    # address
    "address": """
        adres address adr adresregel adresregel1 adresregels adresline1 addressline1 addressline
        addr addressfull fulladdress volledigadres adresvolledig straatennummer straatnummer
        straatenhuisnummer straathuisnummer streetaddress adres1 address1 huisadres woonadres
        bezoekadres postadres factuuradres adresgegevens vestigingsadres straatnr straathuisnr
        straatnaamhuisnummer straatnaamennummer billingaddress homeaddress mailingaddress
        addrline1 addrfull adreslijn1 straatenhuisnr bezoekadresstraat correspondentieadres
        thuisadres invoiceaddress addressstreet mailingstreet homestreet billingstreet
        adresstraatennummer businessstreet billingaddress1 adrs""",
    "street": """
        straat straatnaam street streetname str strt straatnm adresstraat straatn strnaam
        addresstreet straatnaamadres roadname wegnaam openbareruimte laan""",
    "house_number": """
        huisnummer huisnr hnr housenumber housenr houseno huisno nrhuis nummerhuis streetnumber
        streetno huisnum adresnummer adresnr addressnumber streetnr huisn hsnr hsnummer
        buildingnumber hn husnr nrnummer huisnummeradres nummerhuisnummer housenum hnummer""",
    "house_suffix": """
        bus busnr busnummer box
        toevoeging huisnummertoevoeging toev huisnrtoevoeging toevhuisnr housesuffix
        housenumbersuffix huisletter huisnrtoev hnrtoevoeging hnrtoev toevoegsel huistoevoeging
        toevaanhuisnr houseaddition housenumberaddition huisnummertoev addition adrestoevoeging
        suffixhuisnummer huisnummerletter streetnumbersuffix toevnr hnrtv nrtoevoeging
        nummertoevoeging unit apartment apt""",
    "postcode": """
        postcode pc postkode postalcode postal zip zipcode postcod pcode postnr postcd
        postnummer billingpostcode billingzip adrespostcode mailingpostalcode addrpostalcode pcd
        postcodeadres postcode6 pc6 plz zippostalcode postcodebezoekadres postcodepostadres
        postcodezip zippostcode
        {postcode|pc|zip|zipcode|postalcode}{en|and|}{plaats|woonplaats|plaatsnaam|plts|city|town}
        {plaats|woonplaats|city}{en|and|}{postcode|pc|zip|zipcode}""",
    "city": """
        plaats woonplaats plaatsnaam stad city town place gemeente plts pltsnaam woonpl plaatsn
        vestigingsplaats suburb locality municipality billingcity adresplaats mailingcity
        addrcity plaatsadres residence woonpltas plaatsnm standplaats postplaats woonplaatsnaam
        cityname citytown towncity dorp bezoekplaats wnpl wpl plaatsbezoekadres location""",
    "country": """
        land landcode country countrycode countryname landnaam lnd billingcountry addrcountry
        mailingcountry nation landiso countryregion adresland iso2 landvanherkomst countryiso
        woonland isocountry""",
    "region": """
        provincie regio region province county billingprovince billingstate addrstate
        mailingstate stateprovince departement gewest rayon regionaam provincienaam kanton
        stateregion provincecode""",
    # descriptive
    "birth_date": """
        geboortedatum gebdat gebdatum geborenop birthdate dateofbirth dob birthday birth
        geboortedag gebdtm gebdd geboren birthdt born gdatum geboortedat gbdatum verjaardag bday
        datebirth gebdatumklant geboren gebd geboortedt gebdate dateofbirthclient""",
    "age": """
        leeftijd age lft leeftd leeftijdinjaren ageinyears leeftijdjaar agey lftd""",
    "gender": """
        geslacht gender sex gesl sekse mv mvx manvrouw gs malefemale geslmv geslachtcode mvo
        genderidentity vm genderidentiteit""",
    "profession": """
        beroep profession occupation beroepsgroep werkzaamheden vak beroepnaam bezigheid
        vocation beroepsnaam branche industry sector bedrijfstak""",
    "language": """
        taal language lang taalcode voorkeurstaal preferredlanguage languagecode spreektaal
        correspondentietaal locale communicatietaal taalvoorkeur talen""",
    "interests": """
        interesses interesse interests interest interessegebied interessegebieden hobbys hobbies
        belangstelling interessevoor voorkeuren productinteresse interestedin hobby themas
        interesseprofiel interessein aandachtsgebieden""",
    "relation_type": """
        relatietype typerelatie soortrelatie relatiesoort relationtype klanttype typeklant
        soortklant klantsoort customertype accounttype relatiestatus klantstatus customerstatus
        lifecyclestage relatiegroep klantcategorie typecontact contacttype hoedanigheid
        typeofrelation recordtype partytype particulierzakelijk persoonorganisatie zakelijkprive
        relatieklasse leadstatus""",
    "customer_since": """
        joined joinedon aangeslotenop
        klantsinds klantvanaf customersince clientsince lidsinds membersince relatiesinds
        inschrijfdatum datumeersteklant klantsindsdatum aanmelddatum registratiedatum
        registrationdate signupdate joindate joinedat lidvanaf datuminschrijving ingeschrevenop
        aanmeldingsdatum eersteaankoop firstpurchase datefirstorder dateadded datumlid""",
    "website": """
        website site homepage websiteurl webadres www internetsite webpagina webpage webaddress
        bedrijfswebsite domain domein domeinnaam weburl internet""",
    "household_size": """
        gezinsgrootte huishoudgrootte householdsize gezinsleden aantalpersonen familysize
        aantalgezinsleden personeninhuishouden huishoudensgrootte gezinsomvang grootte
        aantalgezinsleden""",
    "tier": """
        tier niveau klantniveau loyaltytier spaarniveau loyaltylevel memberrating klasse
        klantklasse abc abcklasse lidniveau statusniveau level membershiplevel loyaliteitsniveau
        abcindeling kaarttype""",
    "points": """
        punten puntensaldo saldo points pointsbalance spaarpunten loyaltypoints puntentotaal
        saldopunten spaarsaldo totaalpunten pointbalance bonuspunten balance""",
    "tags": """
        categories
        tags labels label tag kenmerken selectiecodes selecties groepen categorieen
        mailinglijsten segmenten trefwoorden keywords lijsten""",
    # qualitative
    "wish": "wens wensen wish wishes verwachting verwachtingen behoefte behoeften needs wensklant"
    " klantwens expectations",
    # consent
    "consent_email": """
        nieuwsbrief newsletter optin emailoptin optinemail mailing akkoordmail toestemmingemail
        toestemmingmail emailtoestemming acceptsmarketing emailmarketing mailtoestemming
        newsletteroptin nieuwsbriefjanee wilnieuwsbrief magmailen mailmag emailconsent
        consentemail nwsbrief nb nieuwsbr newslettersubscription subscribed abonneenieuwsbrief
        mailingjn nieuwsbriefjn marketingconsent nieuwsbriefoptin ontvangtnieuwsbrief
        permissionemail emailpermission toestemmingnieuwsbrief acceptsemailmarketing
        emailmarketingconsent aangemeldnieuwsbrief nieuwsbriefontvangen emailmagja
        wiltnieuwsbrief mailenja marketing optinmail digitalenieuwsbrief receivesnewsletter
        issubscribed optinnieuwsbrief""",
    "consent_phone": """
        toestemmingtelefoon toestemmingbellen magbellen bellenja telefoontoestemming
        consentphone phoneconsent phoneoptin optintelefoon belmaniet telefonischbenaderen
        telefoonoptin maggebeldworden bellentoegestaan optinphone permissionphone toestemmingtel
        toestemmingtelefonisch akkoordbellen""",
    "consent_post": """
        toestemmingpost consentpost postoptin optinpost magpost posttoestemming postmailing
        directmail consentmail toestemmingdirectmail postreclame magpostontvangen brochure
        catalogus papierenmailing akkoordpost permissionpost toestemmingbrief""",
    "consent_sms": """
        toestemmingsms consentsms smsoptin optinsms smstoestemming acceptssmsmarketing
        smsconsent magsms whatsappoptin akkoordsms permissionsms toestemmingwhatsapp
        smsmarketing""",
    "unsubscribed": """
        afgemeld uitgeschreven unsubscribed optout optedout afmelding afmelddatum
        unsubscribedate datumafmelding uitschrijving uitschrijfdatum unsubscribedat optoutdate
        unsubtime afgemeldop hasoptedoutofemail emailoptout afgemeldnieuwsbrief unsubscribe
        optoutemail optoutdatum uitgeschrevenop datumuitschrijving""",
    "do_not_call": """
        nietbellen donotcall belmenietregister bmnr nietbellenjn dontcall nobellen nocall
        belmeniet geentelefoon nietbelregister dnc telefoonblokkade nophone donotphone
        blokkadetelefoon""",
    "do_not_email": """
        nietmailen donotemail dontemail geenmail geenemail nietemailen noemail mailblokkade
        donotmail emailblokkade geenmailing geenmailings blokkademail geennieuwsbrief""",
    "preferred_channel": """
        voorkeur
        voorkeurskanaal preferredchannel voorkeurkanaal contactvoorkeur preferredcontactmethod
        kanaalvoorkeur benaderwijze voorkeurcontact contactpreference communicatievoorkeur
        preferredcontact gewenstkanaal""",
    # bookkeeping
    "record_key": """
        entityid
        recid recordid recordkey uniqueid rowid rownr regelid rijnummer volgnummer volgnr
        recordnr recordnummer uniekid uniekesleutel rijid regelkey datarecordid seqnr sequence
        lineid orderlineid orderregelid lineitemid orderitemid regelid itemregelid primarykey
        systemid systeemid interneid internalid technicalkey guid uuid""",
    "updated_at": """
        bewerktop aangepastop gewijzigdat editedat editedon
        gewijzigd gewijzigdop laatstgewijzigd laatstgewijzigdop wijzigingsdatum mutatiedatum
        updatedat updated lastmodified lastmodifieddate modifiedat modified lastupdated
        laatstemutatie datumgewijzigd bijgewerkt bijgewerktop lastchanged datummutatie
        datelastmodified lastupdate modifieddate gewijzigddatum laatstewijziging
        modifieddatetime datummutatie mutdat wijzdat datlaatstewijziging changedate
        laatstbijgewerkt""",
    "created_at": """
        gemaaktop toegevoegdop addedat addedon
        createdtime createtime timecreated datecreatedutc createdutc
        createdat created creationdate createddate aangemaakt aangemaaktop datumaangemaakt
        datecreated aanmaakdatum invoerdatum datuminvoer ingevoerdop createdon optintime
        confirmtime datumaanmaak timestampcreated aangemaaktdatum createdatetime creatiedatum
        entrydate recordcreated registered geregistreerd""",
    # orders
    "order_number": """
        {order|bestel|bestelling|bestellings|factuur|invoice|verkooporder|salesorder
        |transactie|transaction|bon|kassabon|receipt|aankoop|purchase|web|webshop|inv|fact
        |checkout|opdracht|trans|ord|verkoop|sales|pakbon}{nr|nummer|number|no|num|id|code
        |ref|kenmerk|key} ordernumber bonnr ticketkassa orderreferentie orderreference increment
        incrementid transactieid nrorder idorder idbestelling factuurid orderkey bestelnr factnr
        invnr invid weborder webordernr""",
    "ordered_at": """
        {order|bestel|bestellings|factuur|invoice|transactie|transaction|aankoop|purchase
        |verkoop|sale|sales|koop|bon|payment|betaal|fact|inv|boekings|boeking|lever
        |checkout}{datum|date|dat|dag|tijd|time|datetime|tijdstip|moment|dt|timestamp
        |datumtijd} dateordered besteldop besteld orderedat purchasedat aankoopop datumorder
        datumbestelling datumfactuur datumaankoop orderplaced gekochtop datumverkoop dateoforder
        placedat ordercreated ordercreatedat datebought soldat verkochtop dateofpurchase
        orderdatumtijd processedat datepaid""",
    "order_amount": """
        {order|bestel|factuur|invoice|transactie|transaction|aankoop|bon|verkoop|sales
        |grand|omzet|basket|purchase|bestelling|kassabon}{bedrag|totaal|total|amount|waarde
        |value|sum|totaalbedrag|totalamount|bedragincl|totaalprijs} omzet revenue
        ordertotaalincl besteding orderwaarde sales totaalincl totaalinclbtw totaalinclusief
        grandtotal bedraginclbtw teb betalen totaalbedraginclbtw totalprice totaalprijs
        amountpaid paidamount betaaldbedrag bedragtotaal totaalbedrag totalamount
        ordertotalamount totalsales brutoomzet netsales""",
    "order_status": """
        orderstatus bestelstatus statusorder factuurstatus financialstatus betaalstatus
        paymentstatus orderstate statusbestelling fulfillmentstatus invoicestatus leverstatus
        verzendstatus deliverystatus transactiestatus""",
    "payment_method": """
        betaalmethode betaalwijze betalingswijze paymentmethod betaling payment paymenttype
        betaalmiddel paymentmethodtitle wijzevanbetaling betaalvorm betaaltype paidwith
        betalingsmethode betmethode paymentmode betwijze paymentgateway betaaldmet""",
    "discount_code": """
        kortingscode kortingcode discountcode coupon couponcode vouchercode voucher actiecode
        promocode promotiecode promotioncode kortingsbon couponcodes vouchernr actiekode
        cadeaubon""",
    "origin": """
        herkomst origin leadsource bronlead referrer utmsource leadbron verwijzing referer
        acquisitiekanaal acquisitionchannel trafficsource verkeersbron source bron utmmedium
        hoegevonden referringsite bronvermelding aanleiding via""",
    "campaign": """
        campagne campaign campagnenaam campaignname actie utmcampaign campagnecode campaigncode
        campaignid campagneid mailingnaam actienaam promotie promotion nieuwsbriefnaam
        newslettername campaigntitle mailingid campagnetitel""",
    "employee": """
        medewerker employee verkoper salesrep salesperson adviseur seller accountmanager
        verkoopmedewerker vertegenwoordiger owner eigenaar associate rep cashier kassier
        medewerkernaam verkoperid verkopernaam employeename adviseurnaam staff vendeur
        verkochtdoor medewerkernr employeeid staffmember relatiebeheerder advisor""",
    "shop": """
        kassa kassanr terminal kassanummer
        winkel filiaal vestiging shop store filiaalnr filiaalnummer storename winkelnr shopid
        storeid storenumber verkooppunt branch filiaalcode winkelid locatie posname
        vestigingsnaam vestigingsnr outlet winkelvestiging kassalocatie filiaalnaam""",
    "currency": """
        valuta currency munteenheid valutacode currencycode munt muntsoort ordercurrency curr
        val""",
    # lines
    "line_number": """
        regelnr regelnummer regel line linenumber linenr lineno orderregelnr linenum pos positie
        position orderregelnummer regelvolgnr regelno detailnr""",
    "product_code": """
        {artikel|product|item|art|prod|goederen|stock|sku|materiaal}{nr|nummer|number|no
        |num|id|code|ref|key} sku ean eancode barcode gtin lineitemsku artikelsku productsku
        artnr asin plu isbn ean13 upc modelcode""",
    "product_name": """
        artikelnaam productnaam productname itemname artikelomschrijving productomschrijving
        lineitemname productdescription itemdescription prodnaam artikelbenaming productbenaming
        artomschr artomschrijving omschrijvingartikel producttitel producttitle producttype
        naamproduct naamartikel prodoms articlename itemtitle gekochtproduct omschrijvingproduct
        dienst service artoms""",
    "category": """
        categorie category productgroep productcategorie productcategory artikelgroep
        productgroup itemgroup omzetgroep artikelcategorie hoofdgroep assortimentsgroep
        productsoort itemcategory rubriek afdelingproduct productline categoryname subcategorie
        subcategory productfamilie artgroep prodgroep""",
    "brand": "merk brand merknaam brandname fabrikant manufacturer productbrand vendor ",
    "quantity": """
        aantal qty quantity hoeveelheid stuks units aant aantalbesteld aantalstuks
        lineitemquantity qtyordered orderedquantity besteldaantal aantalverkocht quantitysold
        pcs antl numberofitems itemquantity aantalstuk qtty hoev aantalgeleverd orderqty
        numberofunits""",
    "unit_price": """
        stukprijs prijs eenheidsprijs price unitprice prijsperstuk verkoopprijs itemprice
        lineitemprice prijsstuk prijseenheid unitcost itemcost listprice artikelprijs
        productprijs productprice sellingprice pricepereach priceeach prijsincl prijsexcl
        stukprijsincl nettoprijs brutoprijs catalogusprijs adviesprijs salesprice pps prijspst
        priceperunit prs""",
    "line_amount": """
        regelbedrag regeltotaal linetotal lineamount regelprijs lineprice totaalregel
        bedragregel linevalue subtotaalregel rowtotal linesubtotal itemtotal extendedprice
        regelwaarde regelomzet regelbedragincl linerevenue""",
    "discount_amount": """
        korting kortingsbedrag discount discountamount kortingbedrag rabat kortingeuro
        discountvalue kortingincl totaalkorting totaldiscount discounttotal lijnkorting
        kortingbtw regelkorting actiekorting""",
    "points_delta": """
        puntenmutatie mutatie pointschange pointsdelta puntenerbij puntenbijaf puntenverdiend
        pointsearned bijaf pointsmutation mutatiepunten delta pointsadded puntengespaard
        aantalpunten verdiendepunten gespaardepunten puntenbij""",
    # subscriptions
    "subscription_number": """
        {abonnement|abonnements|abo|contract|subscription|polis|overeenkomst|abonn
        |lidmaatschap|sub}{nr|nummer|number|no|id|code|key|kenmerk} contractnrklant policynumber
        policyno""",
    "subscription_name": """
        abonnement abonnementsvorm abonnementsoort soortabonnement abonnementnaam abonnementtype
        abonnementstype subscription subscriptionname subscriptiontype plan planname
        contractsoort contracttype typeabonnement pakket package contract dienstnaam verzekering
        polissoort typecontract lidmaatschap membership soortcontract productabonnement abosoort
        abotype contractvorm membershiptype verzekeringsvorm""",
    "started_at": """
        startdatum begindatum ingangsdatum startdate start begin ingang ingegaan ingegaanop
        startedat startat vanaf datumingang datumstart effectivedate periodstart ingangdatum
        begindat validfrom geldigvanaf contractstart abonnementstart aanvang aanvangsdatum
        subscriptionstart begindtm inggdat datumbegin """,
    "ended_at": """
        einddatum enddate eind einde beeindigd beeindigdop opzegdatum opgezegdop stopdatum
        endedat endat tot totenmet datumeinde vervaldatum expirydate expirationdate cancelledat
        cancellationdate opzegging opgezegd afloopdatum einddat contracteinde tm terminationdate
        expires datumopzegging periodend datumeind cancelledon""",
    "period": """
        termijn periode period frequentie betaaltermijn betaalfrequentie billingperiod interval
        looptijd termijnen frequency billingcycle abonnementsperiode duur billinginterval
        facturatiefrequentie betaalperiode incassotermijn recurrence""",
    "subscription_amount": """
        abonnementsprijs abonnementprijs abonnementsbedrag maandbedrag termijnbedrag premie
        subscriptionprice subscriptionamount monthlyfee jaarbedrag contractwaarde monthlyamount
        contractbedrag maandprijs recurringamount mrr monthlyprice planprice jaarprijs
        bedragpermaand prijspermaand pricepermonth bedragpertermijn annualfee contributie
        bedragperjaar premiepermaand tarief""",
    "subscription_status": """
        abonnementstatus abonnementsstatus contractstatus subscriptionstatus statusabonnement
        statuscontract planstatus abostatus
        actief active isactief isactive lopend""",
    # quotes
    "quote_number": """
        offerte quote quotation prijsopgave
        {offerte|quote|quotation|aanbieding|proposal|offer|prijsopgave|aanbiedings|off}{nr
        |nummer|number|no|id|code|kenmerk|ref|key}""",
    "quoted_at": """
        offertedatum quotedate quotedat datumofferte uitgebrachtop offertedat uitgebracht
        quotationdate proposaldate aanbiedingsdatum offerdate datumuitgebracht offertedatumtijd""",
    "quote_amount": """
        {offerte|quote|quotation|aanbieding|proposal|offer}{bedrag|waarde|amount|total
        |value|totaal|totaalbedrag|bedragincl|prijs|price}""",
    "quote_status": """
        offertestatus quotestatus statusofferte quotationstatus uitkomst proposalstatus
        resultaatofferte offertefase aanbiedingsstatus""",
    "valid_until": """
        geldigtot geldigtotenmet validuntil vervaltop geldigheid validto expiresat geldigtm
        geldigheidsdatum vervaldatumofferte geldigtotdatum valid""",
    # messages and events
    "event_id": """
        {afspraak|boeking|reservering|booking|appointment|reservation|bezoek}{nr|nummer|number|id|code}
        eventid gebeurtenisid eventuuid actionid hitid clickid activityid logid eventkey
        activiteitid interactionid""",
    "event_at": """
        tijdstempel
        eventat eventdate eventtime eventtimestamp gebeurtenisdatum tijdstip occurredat
        verzonden verzondenop sentat senddate verzenddatum datetime timestamp ts visitdate
        bezoekdatum lastlogin laatstelogin logindate logintime inlogdatum sendtime happenedat
        verstuurdop activitydate ontvangenop ontvangen received receivedat datumtijd
        datumverzending actiondate visitedat datumverzonden postedat geplaatstop loggedinat
        inlogmoment ingelogdop verzendmoment postdatum interactiondate contactdatum datumcontact
        sent contactmoment laatsteinlog mutatiedatumpunten accessedat""",
    "event_kind": """
        event eventtype eventname gebeurtenis eventkind actietype actiontype handeling action
        soortgebeurtenis activity activiteit interactie interactiontype activitytype responstype
        gebeurtenistype typegebeurtenis reaction interaction soortactie responsetype eventaction
        hittype resultaatmail statusmail engagement typereactie""",
    "channel": "kanaal channel medium contactkanaal saleskanaal saleschannel verkoopkanaal"
    " contactwijze ingangkanaal kanaalnaam channelname binnengekomenvia platform netwerk network",
    "direction": "richting direction inuit inout inbound inkomenduitgaand inboundoutbound",
    "subject": """
        klachtkort kort korteomschrijving kortomschrijving
        onderwerp subject betreft emailsubject titelbericht subjectline onderwerpregel
        berichtonderwerp mailsubject onderwerpmail mailonderwerp ticketsubject onderwerpklacht
        klachtonderwerp""",
    "body": """
        bericht body message berichttekst messagebody inhoud mailtekst emailbody messagetext
        inhoudbericht tekstbericht content klacht klachtomschrijving omschrijvingklacht
        klachttekst complaint probleem probleemomschrijving melding vraag question issue
        posttekst posttext comment meldingtekst vraagtekst complainttext problemdescription
        transcript gespreksverslag verslag commenttext commentaartekst reactie reactietekst
        gespreksnotitie contactverslag bezoekverslag""",
    "topic": """
        thema topic rubrieknieuwsbrief topics themanaam artikelonderwerp nieuwsbriefthema
        contenttopic itemonderwerp rubrieknaam onderwerpnieuwsbrief""",
    "url": """
        pageurl pagina page landingspagina landingpage pagelocation path pagepath linkurl
        clickedurl geklikteurl adrespagina paginaurl pagetitle bezochtepagina requesturl
        aangekliktelink geklikt clickedlink""",
    "search_term": "zoekterm zoekwoord term terms searchterm query searchquery zoekopdracht keyword"
    " gezochtop zoekvraag sitesearch",
    "session_id": "sessionid sessieid session sessie sessienr bezoekid visitid sessionkey"
    " gasessionid",
    "message_id": """
        {contactmoment|bericht|gesprek|message|mail|email}{id|nr|nummer|no}
        messageid berichtid mailid emailid berichtnr berichtnummer messagenumber msgid
        internetmessageid""",
    "in_reply_to": "inreplyto antwoordop replyto reactieop inresponseto parentmessageid",
    "sender": "afzender sender fromaddress fromemail senderemail afzenderemail"
    " emailafzender vanadres verzender afzendermail fromaddr",
    "sender_name": "afzendernaam sendername fromname naamafzender",
    "recipients": "ontvanger ontvangers recipient recipients geadresseerde naar"
    " toaddress toemail recipientemail ontvangeremail geadresseerden aanadres",
    "attachments": "bijlage bijlagen attachment attachments bijlagenlijst attachmentnames",
    # cases
    "case_number": """
        dossier zaak ticket case
        {klacht|dossier|zaak|case|ticket|melding|registratie|registration|meldings|service
        |incident|klachten|complaint|zaken|aanvraag|verzoek|serviceorder|rma|retour
        |klachtdossier|issue|servicemelding|reparatie|werkorder}{nr|nummer|number|no|id
        |code|kenmerk|ref|key}""",
    "case_kind": """
        waarover soortvraag typevraag
        klachtsoort soortklacht klachttype typeklacht casetype ticketttype soortmelding
        meldingtype meldingsoort klachtcategorie soortzaak zaaktype tickettype casecategory
        complainttype typemelding casekind soortcontact servicetype ticketcategory klachtrubriek
        soortservice soortaanvraag categorieklacht""",
    "opened_at": """
        ingekomen ingekomenop datumingekomen
        ontvangstdatum openedat opendatum geopendop gemeldop meldingsdatum datummelding
        klachtdatum datumklacht binnengekomen binnengekomenop datumontvangst ingediendop
        datumingediend opened dateopened casedate complaintdate reportedat aangemeldop
        datumbinnenkomst geregistreerdop registratiedatumklacht dateraised raisedat
        ticketcreated datereported meldmoment ingediend geopend datumopen datumgemeld""",
    "closed_at": """
        solved solvedon resolvedon
        afgehandeldop afgehandeld closedat closedate gesloten geslotenop datumafgehandeld
        afhandeldatum datumafhandeling afgeslotenop sluitdatum resolvedat dateclosed opgelostop
        closed afgerond afgerondop afgesloten resolved dateresolved completedat solvedat
        datumgesloten datumgereed gereedop gereeddatum datumopgelost""",
    "case_status": """
        klachtstatus casestatus ticketstatus statusklacht dossierstatus meldingstatus statuszaak
        zaakstatus statusmelding servicestatus afhandelstatus complaintstatus""",
    "cause": """
        oorzaak cause reden reason klachtreden rootcause oorzaakklacht redenklacht reasoncode
        aanleidingklacht redenvanklacht defect oorzaakcode""",
    "resolution": """
        oplossing resolution afhandeling solution resultaat oplossingklacht uitkomstklacht
        genomenactie actiongenomen afhandelwijze afdoening solutiontext wijzevanafhandeling
        besluit uitgevoerdewerkzaamheden""",
    "handled_by": """
        door agentname
        behandelaar behandelddoor handledby assignedto toegewezenaan behandelendmedewerker
        behandeldemedewerker casehandler agent monteur afgehandelddoor assignee ticketowner
        caseowner behandeldoor verantwoordelijke servicemedewerker technicus casemanager""",
    "priority": "prioriteit priority prio urgentie urgency ernst severity spoed prioriteitcode",
    "compensation": """
        vergoeding compensatie compensation tegemoetkoming schadevergoeding coulance refund
        terugbetaling schadebedrag goodwill vergoedingbedrag coulancebedrag compensatiebedrag
        restitutie""",
    # surveys
    "answered_at": """
        ingevuldop invuldatum antwoorddatum completedat responsedate datumingevuld answeredat
        submittedat surveydate enquetedatum submitdate datumenquete ingevuld invulmoment
        completiondate respondedat responsdatum beantwoordop""",
    "survey_name": "enquete enquetenaam survey surveyname onderzoek vragenlijst naamenquete poll"
    " onderzoeksnaam questionnaire surveytitle meting",
    "nps_score": """
        recommendus
        nps npsscore aanbevelingsscore netpromoterscore npscijfer recommend zouaanbevelen
        aanbevelen likelihoodtorecommend recommendationscore aanbeveling npswaarde scorenps
        hoewaarschijnlijkaanbevelen wouldrecommend""",
    "satisfaction": """
        tevredenheid satisfaction score rapportcijfer cijfer beoordeling rating csat
        tevredenheidsscore klanttevredenheid waardering satisfactionscore tevredenheidscijfer
        sterren stars cijfertevredenheid ces overallrating customersatisfaction""",
    "answer": """
        antwoord answer toelichting feedback openantwoord reactietekst verbeterpunt
        verbeterpunten suggestie suggesties opentoelichting motivatie commentaar response
        openvraag waarom verbetersuggestie remark toelichtingscore verbatim""",
    # costs
    "cost_at": "kostendatum costdate datumkosten spenddate boekmaand",
    "cost_amount": """
        kosten cost costs uitgaven spend budget adspend mediakosten kostenbedrag campagnekosten
        uitgave mediaspend costamount totalcost totalekosten campaigncost advertentiekosten
        marketingkosten besteedbudget""",
    # documents
    "file_name": "bestandsnaam bestand filename file documentnaam documentname naambestand"
    " bestandnaam docname attachmentname",
    "document_at": "documentdatum documentdate datumdocument briefdatum dagtekening datumbrief"
    " letterdate",
    "text": "tekst text documenttekst volledigetekst brieftekst inhouddocument fulltext",
    "media_type": "mediatype mimetype bestandstype filetype contenttype documenttype mime"
    " documentsoort extensie",
    "content": "bestandsinhoud binarycontent blob filecontent documentinhoud",
    "note": """
        opmerking opmerkingen notitie notities note notes memo bijzonderheden aantekening
        aantekeningen comments remarks extrainfo bijz vrijetekst toelichtingklant info
        customernote klantnotitie opm opmerk overig overige interneopmerking internenotitie
        achtergrond extrainformatie aanvullendeinformatie klantopmerking remark""",
    # depends on what the table holds
    "@customer": "verzekeringnemer opdrachtgever aanvrager besteller inschrijver requester melder"
    " klager indiener contractant huurder patient gast klant customer client relatie debiteur"
    " lid member koper afnemer gebruiker user"
    " relation deelnemer buyer consument subscriber verkooprelatie",
    "@product": "artikel product item article productid",
    "@order": "order bestelling factuur invoice bon transactie transaction kassabon receipt"
    " aankoop purchase verkooporder",
    "@from": "from van",
    "@to": "to aan",
    "@url": "url link weblink hyperlink",
    "@month": "maand month jaar year week boekjaar kwartaal quarter yearmonth jaarmaand",
    "@date": "datum date dat dag day dd dtm tijd time moment datumuur datumtijdstip when"
    " wanneer op",
    "@amount": """
        bedrag amount totaal total totaalbedrag som sum waarde value bedragincl bedragexcl
        subtotaal subtotal bedragexclbtw bedragineuro eur euro netto bruto totaalexcl
        totaalexclbtw bedrageur transactiebedrag nettobedrag amt kosteneuro""",
    "@status": "status stand stadium fase statuscode stage statusnaam toestand",
    "@number": "nummer nr number no num code kenmerk referentie reference ref volgnr refnr key"
    " kode refnummer externalid extern",
    "@id": "id ident identifier identificatie sleutel pk objectid nodeid",
    "@name": "naam name nm benaming nom namen namevalue naamregel naam1 name1",
    "@description": "omschrijving description beschrijving oms omschr desc details samenvatting"
    " summary detail uitleg",
    "@kind": "soort type kind typecode soortcode groep group klassetype typenaam subtype",
    "@title": "titel title kop",
    # known, and of no role here
    "-": """
        geboorteplaats birthplace placeofbirth geboorteland countryofbirth fax faxnr faxnummer
        faxnumber telefax faxprive faxwerk ssn socialsecuritynumber ssnnumber socsecid socsecnr bsn
        burgerservicenummer sofinummer passport passportnumber passportcountry driverslicense
        driverslicensenumber driverslicensestate nationalid nationalidnumber nationalidcountry
        partner dependents middlename tweedevoornaam nationaliteit nationality burgerlijkestaat
        maritalstatus latitude longitude lat lon lng gmtoff dstoff timezone leid euid optinip
        confirmip ipaddress ipadres ip useragent browser afdeling department paperlessbilling
        phoneservice phonetype addrtype datasource clusterid cluster testgroup churn btwbedrag
        vatamount tax taxes btwpercentage vatrate btwtarief shipping verzendkosten shippingcost
        weight gewicht voorraad stock kostprijs inkoopprijs marge margin profit secondarynameorg
        nativenamefull primarynamemiddle cohort segmentid namesuffix achtervoegsel partnernaam
        naampartner meisjesnaam jaaromzet aantalmedewerkers numberofemployees ordercount
        aantalorders totalspent numorders lastorderdate laatsteorder laatsteaankoop lastpurchase
        datumlaatsteaankoop aantalaankopen straat2 address2 addressline2 adresregel2 adres2
        addressee addrline2 billingaddress2 wachtwoord password passwordhash kredietlimiet
        creditlimit betalingsconditie paymentterms bic swift oldcustomernumber oudklantnummer
        previous""",
}

# Words that name a role, but may well mean something else: the values must say more.
VAGUE: frozenset[str] = frozenset(
    [
        "abc",
        "kort",
        "offerte",
        "prijsopgave",
        "quotation",
        "quote",
        "voorkeur",
        "aan",
        "account",
        "actie",
        "actief",
        "active",
        "action",
        "activiteit",
        "activity",
        "adres",
        "afgehandeld",
        "afgerond",
        "afzender",
        "agent",
        "antwoord",
        "answer",
        "balance",
        "base",
        "begin",
        "beoordeling",
        "bereikbaarop",
        "besteld",
        "bijlage",
        "binnengekomen",
        "bon",
        "branch",
        "branche",
        "bron",
        "budget",
        "cause",
        "cell",
        "channel",
        "cid",
        "cijfer",
        "city",
        "class",
        "closed",
        "comment",
        "comments",
        "contact",
        "content",
        "contract",
        "cost",
        "costs",
        "coupon",
        "cp",
        "cv",
        "device",
        "direct",
        "domain",
        "domein",
        "duur",
        "eigenaar",
        "eind",
        "einde",
        "end",
        "ernst",
        "event",
        "expires",
        "fam",
        "family",
        "first",
        "firma",
        "from",
        "functie",
        "geklikt",
        "geldigheid",
        "geopend",
        "geplaatst",
        "gesloten",
        "given",
        "greeting",
        "groepen",
        "grootte",
        "handle",
        "handeling",
        "info",
        "ingang",
        "ingediend",
        "inhoud",
        "interaction",
        "interval",
        "issue",
        "job",
        "kaarttype",
        "kanaal",
        "kanton",
        "kantoor",
        "kaart",
        "kl",
        "klasse",
        "klacht",
        "korting",
        "kosten",
        "label",
        "land",
        "last",
        "level",
        "link",
        "locale",
        "locatie",
        "location",
        "login",
        "lijsten",
        "make",
        "marketing",
        "medium",
        "melding",
        "member",
        "membership",
        "message",
        "mutatie",
        "nb",
        "netwerk",
        "network",
        "niveau",
        "nation",
        "notes",
        "omzet",
        "onderzoek",
        "ontvangen",
        "oorzaak",
        "opgelost",
        "opgezegd",
        "owner",
        "pagina",
        "page",
        "pas",
        "path",
        "period",
        "periode",
        "place",
        "plan",
        "platform",
        "poll",
        "position",
        "positie",
        "price",
        "prijs",
        "probleem",
        "prefixname",
        "punten",
        "query",
        "question",
        "rating",
        "reaction",
        "reactie",
        "reason",
        "registered",
        "geregistreerd",
        "reden",
        "regel",
        "regio",
        "region",
        "rep",
        "resolution",
        "response",
        "resultaat",
        "role",
        "rol",
        "sales",
        "saldo",
        "score",
        "sector",
        "segmenten",
        "sent",
        "service",
        "sessie",
        "session",
        "shop",
        "site",
        "source",
        "spend",
        "stad",
        "start",
        "state",
        "store",
        "straat",
        "employer",
        "werkgever",
        "suffix",
        "sub",
        "taal",
        "tag",
        "tekst",
        "text",
        "termijn",
        "thema",
        "tier",
        "title",
        "to",
        "topic",
        "tot",
        "totaal",
        "town",
        "tussen",
        "unit",
        "units",
        "uitkomst",
        "van",
        "vanaf",
        "vak",
        "valid",
        "val",
        "verzonden",
        "via",
        "vraag",
        "waardering",
        "website",
        "wens",
        "wensen",
        "winkel",
        "zaak",
        "zone",
        "zoekterm",
        "stuks",
        "pc",
        "nm",
        "vm",
        "mv",
        "m",
        "sex",
    ]
) - frozenset(
    [
        "adres",
        "kanaal",
        "city",
        "land",
        "straat",
        "regio",
        "taal",
        "website",
        "mv",
        "sex",
        "cell",
        "pc",
        "score",
        "winkel",
        "stad",
    ]
)
