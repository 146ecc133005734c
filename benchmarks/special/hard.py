"""Texts written before the word lists of the product were, and not changed to suit them.

One text a line, behind the topic it tells about somebody ('-': none). They are as staff and
customers of a shop write: in passing, with other words than a textbook would use.
"""

from __future__ import annotations

HARD_NL = """
health|Mevrouw zit sinds maart thuis met een zware depressie en neemt de telefoon niet op.
health|Klant kan de komende zes weken niet fietsen, hij heeft zijn heup laten vervangen.
health|Graag een lage instap, mijn man is vorig jaar door een beroerte half verlamd geraakt.
health|Levering uitgesteld: meneer ligt op de intensive care.
health|Ze vertelde dat de uitslag van de mammografie niet goed was.
health|Vraagt om een fiets met trapondersteuning vanwege zijn versleten knieën.
health|Door mijn reuma krijg ik de remhendels niet goed ingeknepen.
health|Onze zoon heeft autisme en kan slecht tegen drukte in de winkel.
health|Slikt bloedverdunners, dus wil beslist een helm.
health|Ik ben zwanger en zoek een fiets waar ik straks nog op pas.
health|Klant is slechtziend, brieven graag in grote letters.
health|Hij is net ontslagen uit de verslavingskliniek en zoekt een dagbesteding.
health|Mijn vader dementeert en heeft de bestelling dubbel geplaatst.
health|Belt niet terug, is onder behandeling bij een psychiater.
health|Mag van de cardioloog voorlopig geen inspanning leveren.
health|Heeft een pacemaker, vroeg of de motor daar storing op geeft.
health|Onze dochter heeft een spierziekte waardoor ze een driewieler nodig heeft.
health|Na mijn miskraam had ik even geen hoofd voor die factuur, sorry.
health|Meneer hoort heel slecht en draagt een gehoorapparaat, liever mailen.
health|Zij is afgekeurd en zit in de WIA.
health|Kon niet komen, moest naar de dialyse.
health|Ik heb vorige week een hersenschudding opgelopen toen de ketting brak.
union|Hij is kaderlid bij de FNV en vroeg korting voor zijn collega's.
union|Klant is aangesloten bij CNV Vakmensen, stuurt factuur daarheen.
union|Vrijdag niet bereikbaar, zij loopt mee in de staking als lid van de bond.
union|Meneer betaalt zijn contributie aan de vakbond liever dan onze rekening, zei hij.
union|Ik zit in het bestuur van onze bondsafdeling in het ziekenhuis.
union|Heeft via zijn vakbond rechtsbijstand ingeschakeld.
belief|Mevrouw is streng gereformeerd en wil op zondag geen bericht.
belief|In de vastenmaand eten we pas na zonsondergang, dus graag na negen uur bezorgen.
belief|Wij vieren sabbat, niet leveren op zaterdag.
belief|Hij is voorganger in een evangelische gemeente.
belief|Klant draagt een hoofddoek en vroeg of de helm daar overheen past.
belief|Ze is getuige van Jehova en wil geen verjaardagsmail.
belief|Ik ben moslim, dus een lening met rente wil ik niet.
belief|Meneer gaat elke vrijdagmiddag naar de moskee, dan niet bellen.
belief|De familie is katholiek en laat hun dochter in mei dopen.
belief|Is sinds kort overgestapt naar het boeddhisme.
belief|Hij is ouderling in de hervormde kerk in het dorp.
politics|Klant is raadslid voor GroenLinks en wil alleen duurzaam verpakt.
politics|Meneer stemt PVV, dat laat hij aan iedereen weten.
politics|Zij is penningmeester van de plaatselijke afdeling van de VVD.
politics|Ik ben actief lid van de SP en kom flyeren bij jullie voor de deur.
politics|Voert campagne voor Forum voor Democratie, zei hij aan de balie.
politics|Hij stond op de kieslijst van het CDA bij de laatste verkiezingen.
orientation|Zij en haar vrouw zijn lesbisch en kregen vervelende opmerkingen in de winkel.
orientation|Hij vertelde dat hij op mannen valt en dat zijn vriend de tandem koopt.
orientation|Mevrouw is biseksueel, stond in haar verhaal bij de klacht.
orientation|Klant kwam pas uit de kast en wil de tenaamstelling wijzigen.
orientation|Meneer is homo en loopt mee in de botenparade.
orientation|Is transgender, voortaan aanspreken als mevrouw.
ethnicity|Klant is van Marokkaanse afkomst.
ethnicity|Meneer is Roma en woont op het kamp aan de rand van de stad.
ethnicity|Zij is van Surinaams-Hindoestaanse komaf en vroeg naar een bakfiets.
ethnicity|Er kwam een Turkse man binnen die de fiets wilde ruilen.
ethnicity|Hij is een zwarte man van een jaar of dertig, volgens de notitie van de winkel.
ethnicity|Heeft een Indische achtergrond, kookt voor het hele team.
criminal|Hij zat drie jaar vast wegens drugshandel en is nu weer klant.
criminal|Klant is betrapt op diefstal uit de winkel.
criminal|Meneer loopt met een enkelband en mag de stad niet uit.
criminal|Zij moet in april voorkomen bij de politierechter.
criminal|Heeft een strafblad, geen achteraf betalen.
criminal|Is veroordeeld voor mishandeling van zijn ex.
criminal|De reclassering belde over zijn werkstraf.
criminal|Er loopt een strafrechtelijk onderzoek tegen deze klant wegens fraude.
criminal|Hij staat bekend als heler, de wijkagent heeft ons gewaarschuwd.
-|Gezondheid! En bedankt voor de snelle reactie.
-|Afhalen kan bij de winkel naast de kerk op het plein.
-|Bezorgen aan de Kerkstraat 12, graag na vijven.
-|De remmen zijn ziek goed, echt een topfiets.
-|Levering via de achterdeur van het ziekenhuis, bij de receptie vragen naar facilitaire zaken.
-|Mijn fiets is gestolen, kan ik de sleutelnummers nog bij jullie opvragen?
-|Wij zijn de Sint Janskerk en willen drie bakfietsen voor de koster huren.
-|De partij van twintig zadels is niet compleet geleverd.
-|De afslag naar links is afgesloten, dus graag via de andere kant aanrijden.
-|Deze tas is zwart en ik had een witte besteld.
-|Ik ben verslaafd aan fietsen, dus doe mij die tweede maar ook.
-|Het frame is besmet met roest bij de bracket.
-|De vakman heeft het netjes gedaan, complimenten.
-|De accu is overleden na twee jaar.
-|Kunt u de factuur op naam van Stichting De Regenboog zetten?
-|Fietsenmaker De Turk in Sappemeer heeft hem al nagekeken.
-|Familie de Heiden komt hem zaterdag ophalen.
-|Graag bellen met dokter Van Dijk over de leaseregeling van de praktijk.
-|Hartelijk dank voor de bloemen en de goede zorgen bij de aflevering.
-|De Zwarte Cross-actie geldt nog tot zondag.
-|Is de Turkse versie van de handleiding ook te downloaden?
-|Wij sponsoren de toertocht voor het KWF, mogen er flyers op de balie?
-|Ik stem liever een nieuwe datum met u af.
-|De liberale retourregeling van jullie is echt fijn.
-|Het Rode Kruis krijgt dit jaar onze kerstgift.
-|Het alarm gaat af alsof ik een inbreker ben, kan dat zachter?
-|De politie heeft onze straat afgezet vanwege de wielerronde.
-|Mijn man werkt bij de gemeente en mag het voorrijdtarief declareren.
-|De bond van fietsers raadt dit slot aan.
-|Welke fietsendrager is geschikt voor mensen met een kleine auto?
-|De paaseieren aan de actiefiets waren een groot succes bij de kinderen.
-|Kan de helm mee in de vaatwasser?
-|Het zadel doet pijn aan mijn zitvlak, kan ik ruilen?
-|De motor hapert bij nat weer, graag nakijken.
-|Onze winkel in Kerkrade is op maandag gesloten.
-|Er zat een scheur in de doos, de inhoud is heel.
-|Mevrouw Joodse-Bakker heeft al betaald.
-|Meneer Monnik wil een offerte voor vier stadsfietsen.
-|De heer Pastoor zegt dat de fiets nog niet klaar is.
-|De trapas maakt een ziekelijk geluid sinds de onderhoudsbeurt.
-|Met de groeten van ons hele dorp, jullie service is goddelijk.
-|Levering aan het stadhuis, ter attentie van de fractiekamer.
-|Op Goede Vrijdag zijn jullie open, zag ik op de site.
-|De dode hoek van de vrachtwagen bij jullie uitrit is gevaarlijk.
-|Ik mis het schroefje van de spiegel, verder alles gezond ontvangen.
-|Dank aan de gehandicaptensport-afdeling voor het lenen van de pomp.
-|Ons pakket is door de buren aangenomen.
-|Is de roze helm nog op voorraad?
"""

HARD_EN = """
health|She is going through chemo and asked us to hold the delivery until June.
health|Customer had a stroke last winter and can only use his left hand.
health|I have been signed off work with burnout, so please email instead of calling.
health|He mentioned he is HIV positive and worried about the shared helmets.
health|My wife broke her hip and is in a wheelchair for now.
health|The gentleman is a type 1 diabetic and needed to sit down in the shop.
health|Our boy has ADHD and lost the key again.
health|He is registered blind, read the contract out to him.
health|Customer's mother has Alzheimer's and ordered the bike twice.
health|I am recovering from knee surgery, which saddle would you suggest?
health|She takes antidepressants and said she forgot to pay because of it.
health|Sorry for the late reply, I was in rehab for drinking.
health|He gets seizures and is not allowed to cycle in traffic.
health|Pregnant with her second child, wants a cargo bike by autumn.
union|He is a shop steward and asked for a discount for all members.
union|She pays her union dues by direct debit on the same day, so please debit later.
union|Customer joined the teamsters last year and will be on strike next week.
union|I am the union rep at our plant, can we get a fleet quote?
belief|We are Jewish and keep the sabbath, so no deliveries on Saturday.
belief|He converted to Islam and no longer wants the Christmas mailing.
belief|She is a practising Catholic and sings in the choir of her parish.
belief|Customer is a Jehovah's Witness, do not send birthday cards.
belief|I fast during Ramadan, please come after sunset.
belief|As a Hindu I would rather not have the leather saddle.
belief|He said he is an atheist and was annoyed by the Easter card.
politics|She is a local councillor for the Labour Party.
politics|He told us he votes Republican and dislikes our rainbow poster.
politics|I am a paid-up member of the Green Party, so no plastic please.
politics|Customer was canvassing for the Conservatives outside the store.
orientation|He came in with his boyfriend, they are a gay couple shopping for a tandem.
orientation|She is a lesbian and complained about a remark made by staff.
orientation|They identify as bisexual, noted at their own request.
orientation|Customer is transgender and asked us to change the first name.
ethnicity|A black man in his twenties asked for a refund, says the note.
ethnicity|The customer is of Pakistani descent.
ethnicity|She is Romani and travels, so there is no fixed address.
ethnicity|He is a white South African who moved here last year.
criminal|He spent two years in prison for fraud.
criminal|Customer was arrested for shoplifting in our Utrecht store.
criminal|She has a criminal record, payment in advance only.
criminal|He is out on parole and must report weekly.
criminal|There are charges pending against him for assault.
-|Bless you and thanks for the quick answer!
-|Please deliver to 4 Church Lane, behind the bakery.
-|That is a sick paint job, love it.
-|The bike was stolen last night, can I have the frame number?
-|Deliver to the hospital loading dock, ask for the facilities desk.
-|I voted for your shop in the best service award.
-|The party of twelve arrives at nine for the rental bikes.
-|Turn right after the mosque, our yard is the second gate.
-|Black frame with white grips, please.
-|Mr Bishop would like a quote for four city bikes.
-|Mrs Church has already paid.
-|The battery died after two years.
-|We run a charity ride for cancer research, can we leave flyers?
-|Do you sell bags for people with small bikes?
-|My account was locked as if I were a criminal, please reset it.
-|Your returns policy is liberal, thank you.
-|The union nut of the hose is leaking.
-|I am addicted to cycling, so put me down for the new model.
-|The Turkish version of the manual is missing.
-|This chain is a disease, it keeps falling off.
-|Is the helmet vaccinated against scratches, haha?
-|The conservative estimate for the repair is fine.
-|Is it straight or is the wheel bent?
-|The blind spot mirror came loose.
-|Happy Easter to the whole team.
-|The police closed our street for the race, come tomorrow.
-|The lawyer's office in Prison Street ordered three bikes.
-|The screen has dead pixels.
-|We live opposite the synagogue, number 14.
-|Green frame or red frame, I cannot choose.
"""


def hard_texts() -> list[tuple[str, str | None, str]]:
    """(language, topic or None, text) of every line."""
    rows = []
    for language, lines in (("nl", HARD_NL), ("en", HARD_EN)):
        for line in lines.strip().splitlines():
            topic, text = line.split("|", 1)
            rows.append((language, None if topic == "-" else topic, text))
    return rows
