"""Frequent names, places and other values, by which a column without a good heading is known.

Lists of the most frequent only: a column is judged by the share of its values that are here, and
a fifth is enough for names. All in lower case without accents.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.replace("\n", " ").split(",") if word.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_NAMES = _words("""
jan johannes cornelis hendrik willem pieter peter kees henk piet gerrit jacob jaap dirk klaas
martin marcel mark marco michel michael erik eric rob robert ronald richard paul frank hans
johan bart bas tom thomas tim jeroen dennis stefan stephan martijn maarten sander wouter rick
rik niels jasper joost koen lars luuk lucas luca daan sem levi noah finn milan liam jesse bram
thijs max ruben julian mees sam james noud adam benjamin gijs hugo david daniel floris jurre
ties tijn siem mats mohamed mohammed ali ahmed hassan youssef omar ibrahim mustafa mehmet fatih
arjan arjen andre anton antoon theo ton toon wim huub harry harrie leo louis gert geert gerard
ger guus herman hugo jos joris jurgen kevin leon lennart melvin menno mike nico onno patrick pim
ralph remco rene roel roland ruud sebastiaan sjoerd steven sven teun tobias vincent victor
viktor wesley wilco yannick albert alex alexander andreas arie arnold adriaan bernard bert
boudewijn casper christiaan cor edwin emiel ernst evert ferdinand freek fred frits george govert
hidde jelle jelmer job jordy julius karel kasper laurens maurits nathan olivier otto pascal
quinten raymond robin rutger simon stijn tygo ward xander maria johanna anna cornelia elisabeth
wilhelmina petra monique sandra ingrid marianne yvonne esther linda astrid karin anja annemarie
marieke marijke saskia sylvia wendy nicole mirjam miriam patricia angelique bianca brigitte
caroline carla christina claudia corrie daphne debbie diana ellen els elly emma eva evelien
femke floor fleur francisca gerda greetje hanneke heleen helena hilde ilse inge irene iris isa
jacqueline janneke jantje jenny jessica jolanda joke judith julia karen kim klaartje lara laura
lieke lies lisa lisette liesbeth loes lotte louise lucia madelon maaike maartje manon margriet
marga marit marja marjan marjolein marloes martine mieke miranda myrthe nadia naomi natasja nina
noa nora olga paula pauline petronella renate rianne ria roos rosa roosmarijn ruth sanne sara
sarah sofie sophie suzanne tamara tess tessa thea tineke trudy truus vera veerle willemien wilma
yara zoe mila julie tess saar evi lauren milou liv olivia yasmin elin fenna lynn sophia amber
aisha fatima khadija zeynep elif fenne puck bo sterre jasmijn nienke anouk annelies anneke
aaltje geertje grietje hendrika john mary william elizabeth charles margaret robert sarah joseph
jane edward alice henry ann arthur anne george catherine thomas emily frederick florence james
susan harry helen richard dorothy francis edith samuel ellen walter joan alfred barbara stephen
jennifer andrew amanda christopher matthew joshua jack ryan nicholas jacob lachlan ethan luke
jayden riley cooper isabella chloe charlotte mia olivia emma grace ruby ella hannah georgia
jessica lily amelia caitlin zachary liam harrison mitchell bailey dylan connor jordan kyle
benjamin tyler aidan jasmine holly brianna madeline tayla claire kate lisa linda patricia nancy
karen betty donna carol michelle laura kimberly deborah amy angela melissa brenda rebecca
virginia pamela martha debra steven brian kevin jason jeffrey gary timothy larry scott eric
gregory raymond dennis jerry patrick ronald kenneth anthony donald bob bobby joe mike steve dan
matt chris nick tony karl heinz klaus jurgen wolfgang uwe stefan ursula sabine monika petra
claudia renate jean pierre marie michel philippe nathalie isabelle sylvie catherine francoise
dominique luc marc wim lieve griet hilde
""")
SURNAMES = _words("""
jansen janssen janssens bakker visser smit smits meijer meyer mulder bos vos peters hendriks
dekker dijkstra smeets brouwer dijk graaf wit leeuwen vries berg berge boer linden heuvel jong
groot haan beek vliet willems jacobs verhoeven vermeulen hermans wijk kok vermeer kuipers kuiper
veenstra postma hoekstra wal post koning prins huisman schouten evers maas martens gerritsen
hofman hoffman molenaar driessen wouters timmer timmermans willemsen scholten boer kramer bosch
blom mol koster verbeek schipper veen velden meulen ven brink horst kruijf bruin bruijn lange
peeters maes mertens claes goossens wouters dubois lambert dupont martin simon laurent aerts
pauwels michiels desmet hermans smith jones williams brown taylor davies wilson evans thomas
roberts johnson lewis walker robinson wood thompson white watson jackson wright green harris
cooper king lee clarke baker harrison hughes edwards hill moore clark hall ward turner carter
phillips mitchell patel adams campbell anderson allen cook bailey parker miller davis wilson
garcia martinez rodriguez lopez muller schmidt schneider fischer weber wagner becker schulz
bernard petit durand yilmaz kaya demir celik sahin nguyen chen wang li zhang kim khan singh ali
ahmed yildiz aydin schmitz hoek laan haas bruggen dongen nijs zwart zanten ruiter keizer groen
ploeg jonge pool
""")
PREFIXES = frozenset(
    [
        "van",
        "van de",
        "van den",
        "van der",
        "van het",
        "van 't",
        "van t",
        "de",
        "den",
        "der",
        "het",
        "'t",
        "te",
        "ten",
        "ter",
        "in 't",
        "in het",
        "in de",
        "op de",
        "op den",
        "op 't",
        "op het",
        "aan de",
        "aan den",
        "aan het",
        "von",
        "von der",
        "vom",
        "zu",
        "la",
        "le",
        "les",
        "du",
        "des",
        "el",
        "al",
        "da",
        "dos",
        "di",
        "del",
        "della",
        "v",
        "v.",
        "vd",
        "v d",
        "v.d.",
        "v/d",
        "v.d",
        "vdr",
        "v der",
        "v. d.",
        "bij de",
        "bij",
        "onder de",
        "over de",
        "uit de",
        "uit den",
        "voor de",
        "ver",
        "'s",
        "d'",
        "de la",
        "de le",
        "mc",
        "mac",
        "st",
        "st.",
        "ben",
        "ibn",
    ]
)
CITIES = _set("""
amsterdam, rotterdam, den haag, 's-gravenhage, utrecht, eindhoven, groningen, tilburg, almere,
breda, nijmegen, apeldoorn, arnhem, haarlem, enschede, haarlemmermeer, amersfoort, zaanstad,
zaandam, 'den bosch', den bosch, 's-hertogenbosch, hoofddorp, zwolle, leiden, zoetermeer,
leeuwarden, maastricht, dordrecht, ede, alphen aan den rijn, alphen a/d rijn, westland, alkmaar,
emmen, delft, venlo, deventer, sittard, geleen, helmond, hilversum, hengelo, oss, heerlen,
purmerend, amstelveen, schiedam, lelystad, almelo, hoorn, gouda, vlaardingen, assen, bergen op
zoom, veenendaal, capelle aan den ijssel, zeist, nieuwegein, katwijk, roosendaal, roermond, den
helder, doetinchem, hoogeveen, terneuzen, middelburg, vlissingen, goes, heerenveen, harderwijk,
kampen, weert, barneveld, woerden, houten, zutphen, tiel, wageningen, culemborg, bussum, huizen,
heemskerk, beverwijk, velsen, ijmuiden, castricum, heerhugowaard, schagen, medemblik, enkhuizen,
volendam, edam, uithoorn, aalsmeer, diemen, weesp, naarden, laren, baarn, soest, bilthoven, de
bilt, driebergen, doorn, rhenen, ijsselstein, vianen, gorinchem, papendrecht, sliedrecht,
zwijndrecht, ridderkerk, barendrecht, spijkenisse, hellevoetsluis, maassluis, naaldwijk,
rijswijk, voorburg, leidschendam, wassenaar, voorschoten, noordwijk, lisse, hillegom,
sassenheim, bodegraven, waddinxveen, krimpen aan den ijssel, heemstede, bloemendaal, zandvoort,
drachten, sneek, franeker, harlingen, dokkum, bolsward, joure, wolvega, meppel, steenwijk,
coevorden, stadskanaal, veendam, winschoten, delfzijl, appingedam, hoogezand, haren, leek,
roden, raalte, ommen, hardenberg, nijverdal, rijssen, oldenzaal, borne, haaksbergen, losser,
winterswijk, aalten, lichtenvoorde, zevenaar, duiven, westervoort, velp, rheden, dieren, ermelo,
putten, nijkerk, nunspeet, elburg, epe, vaassen, heerde, hattem, best, veldhoven, geldrop,
valkenswaard, boxtel, vught, waalwijk, uden, veghel, boxmeer, cuijk, oosterhout, etten-leur,
rucphen, zundert, dongen, goirle, oisterwijk, hulst, zierikzee, middelharnis, venray, horst,
panningen, echt, kerkrade, brunssum, landgraaf, valkenburg, meerssen, stein, beek, gulpen,
vaals, urk, dronten, emmeloord, zeewolde, biddinghuizen, leusden, bunschoten, maarssen,
breukelen, vleuten, de meern, antwerpen, gent, brugge, leuven, brussel, bruxelles, mechelen,
hasselt, genk, kortrijk, oostende, aalst, sint-niklaas, liege, luik, charleroi, namur, turnhout,
roeselare, london, birmingham, manchester, liverpool, leeds, sheffield, bristol, glasgow,
edinburgh, cardiff, oxford, cambridge, york, bath, brighton, southampton, portsmouth, plymouth,
norwich, exeter, derby, leicester, coventry, hull, bradford, nottingham, new york, los angeles,
chicago, houston, phoenix, boston, seattle, denver, dallas, austin, miami, atlanta, san
francisco, san diego, las vegas, washington, philadelphia, portland, berlin, hamburg, munchen,
koln, frankfurt, dusseldorf, dortmund, essen, bremen, aachen, kleve, emmerich, munster, paris,
lyon, marseille, lille, sydney, melbourne, brisbane, perth, adelaide, singapore, dublin, wien,
zurich, luxembourg, madrid, barcelona, rome
""")
COUNTRIES = _set("""
nederland, netherlands, the netherlands, holland, niederlande, pays-bas, belgie, belgium,
belgique, duitsland, germany, deutschland, frankrijk, france, verenigd koninkrijk, united
kingdom, great britain, england, engeland, ierland, ireland, eire, spanje, spain, italie, italy,
portugal, oostenrijk, austria, zwitserland, switzerland, luxemburg, luxembourg, denemarken,
denmark, zweden, sweden, noorwegen, norway, finland, polen, poland, united states, usa,
verenigde staten, canada, australia, australie, singapore, turkije, turkey, marokko, morocco,
suriname, curacao, aruba, china, japan, india, brazil, south africa, zuid-afrika, greece,
griekenland, czech republic, tsjechie, hungary, hongarije, romania, roemenie, bulgaria, channel
islands, cyprus, malta, iceland, israel, lithuania, rsa, unspecified, european community, hong
kong, bahrain, lebanon, saudi arabia, united arab emirates, nl, be, de, fr, gb, uk, us, ie, es,
it, pt, at, ch, lu, dk, se, no, fi, pl, ca, au, tr, ma, sr, nld, bel, deu, fra, gbr, esp, ita
""")
LANGUAGES = _set("""
nl, en, de, fr, es, it, pt, tr, pl, ar, nl-nl, nl_nl, en-gb, en_gb, en-us, en_us, de-de, de_de,
fr-fr, fr_fr, nl-be, nl_be, fr-be, nederlands, engels, duits, frans, spaans, italiaans, turks,
pools, arabisch, dutch, english, german, french, spanish, italian, turkish, polish, ned, eng,
dui, fra, fries, vlaams
""")
CURRENCIES = _words("""
eur usd gbp chf dkk sek nok pln cad aud jpy € $ £ euro euros dollar
""")
YES_NO = _set("""
ja, nee, j, n, yes, no, y, true, false, waar, onwaar, 1, 0, x, -, aan, uit, on, off, ok, opt-in,
opt-out, akkoord, niet akkoord, t, f, onbekend, aangemeld, afgemeld, wel, niet
""")
GENDERS = _set("""
m, v, f, man, vrouw, male, female, mannelijk, vrouwelijk, dhr, dhr., mevr, mevr., mw, mw., x, o,
d, w, onbekend, unknown, anders, other, divers, non-binary, non-binair, neutraal, u, h, g, mnl,
vrl, heer, mevrouw, de heer, boy, girl, mr, mrs, ms, zeg ik liever niet
""")
SALUTATIONS = _set("""
dhr, dhr., de heer, heer, mevr, mevr., mevrouw, mw, mw., mej., mejuffrouw, mr, mr., mrs, mrs.,
ms, ms., miss, fam, fam., familie, dear, sir, madam, herr, frau, de heer/mevrouw, dhr/mevr, dhr.
en mevr., de heer en mevrouw, geachte heer, geachte mevrouw, beste, geachte heer/mevrouw, mx,
mx., dhr./mevr., de heer of mevrouw, geachte, weled. heer, monsieur, madame
""")
TITLES = _set("""
dr, dr., ir, ir., ing, ing., prof, prof., prof.dr., prof. dr., drs, drs., bsc, msc, ma, ba, mba,
phd, mr.dr., mr. dr., dr.ir., dr. ir., mr.drs., ds., ds, llm, bba, jhr., jhr, lic., b.sc.,
m.sc., bc., b.a., mr. drs.
""")
RELATION_TYPES = _set("""
klant, prospect, lead, leverancier, oud-medewerker, medewerker, particulier, zakelijk, bedrijf,
persoon, organisatie, consument, b2b, b2c, customer, supplier, partner, concurrent, suspect,
ex-klant, oud-klant, inactief, actief, person, organization, organisation, company, individual,
vendor, competitor, employee, overleden, relatie, dealer, wederverkoper, pers, overig, donateur,
lid, former customer, client, subscriber, private, business, vriend, sponsor, prive, abonnee,
subscriber, opportunity, marketingqualifiedlead, salesqualifiedlead
""")
EVENT_KINDS = _set("""
sent, send, open, opened, click, clicked, bounce, bounced, hard_bounce, soft_bounce,
unsubscribe, unsubscribed, delivered, verzonden, geopend, geklikt, gebounced, afgemeld,
uitgeschreven, page_view, pageview, view, visit, search, product_view, view_item, add_to_cart,
cart, checkout, purchase, configure, request, login, logout, logged_in, signup, register, like,
follow, share, comment, mention, unfollow, liked, followed, shared, ontvangen, received,
begin_checkout, session_start, scroll, download, form_submit, quote_request, remove_from_cart,
spam, complaint, volgen, gevolgd, reactie, gedeeld, inloggen, ingelogd, uitgelogd, vind ik leuk,
opzoeken, zoeken, bekeken, winkelwagen, gebruikt, used, gevolgd door, aangevraagd, klik,
opening, geleverd, bezorgd, verstuurd
""")
CHANNELS = _set("""
e-mail, email, mail, telefoon, phone, web, website, webshop, winkel, shop, store, online, chat,
social, post, brief, sms, whatsapp, app, balie, facebook, instagram, linkedin, x, twitter,
google ads, google, meta, bing, tv, radio, print, multichannel, portaal, portal, call, letter,
formulier, bezoek, visit, display, seo, sea, direct, organic, referral, affiliate, nieuwsbrief,
newsletter, filiaal, kantoor, callcenter, telefonisch, schriftelijk, youtube, tiktok, pinterest
""")
PAYMENTS = _set("""
ideal, pin, contant, cash, creditcard, credit card, visa, mastercard, amex, paypal, klarna,
achteraf, achteraf betalen, afterpay, riverty, overboeking, bank transfer, bancontact, incasso,
automatische incasso, direct debit, sepa, factuur, invoice, op rekening, debit card, apple pay,
google pay, cheque, mailed check, electronic check, in3, cadeaukaart, gift card, pinpas, sofort,
giropay, bankoverschrijving, card, stripe, mollie, maestro, rembours, tikkie, bank, pinnen
""")
STATUSES = _set("""
open, gesloten, closed, afgehandeld, in behandeling, nieuw, new, pending, paid, betaald,
processing, completed, complete, cancelled, canceled, geannuleerd, verzonden, shipped,
delivered, geleverd, refunded, terugbetaald, actief, active, inactive, inactief, opgezegd,
beeindigd, verlopen, expired, accepted, geaccepteerd, rejected, afgewezen, declined, verloren,
lost, won, gewonnen, concept, draft, sent, fulfilled, unfulfilled, partial, on-hold, on hold,
failed, resolved, opgelost, solved, in progress, lopend, wacht, wachtend, gereed, klaar, voided,
gepauzeerd, paused, stopgezet, loopt, afgerond, heropend, reopened, akkoord, niet akkoord,
retour, te betalen, openstaand, uitgebracht, trial, proef
""")
ORG_WORDS = _words("""
bv b.v nv n.v vof v.o.f bvba cv stichting vereniging maatschap groep group holding bedrijf
bedrijven company ltd limited inc gmbh ag sa sarl llc plc corp corporation coop cooperatie u.a &
zn zonen dochters partners associates services bouw bouwbedrijf installatie techniek transport
logistiek advies consultancy beheer vastgoed makelaars makelaardij administratie accountants
advocaten tandarts huisarts praktijk school college academie universiteit gemeente ziekenhuis
zorg kapper kapsalon restaurant hotel cafe bakkerij slagerij bloemist garage autobedrijf
tweewielers fietsen fietsenwinkel rijwiel winkel shop store webshop media design studio systems
solutions software technologies center centre learning daycare academy church ministries
foundation association club kerk kinderopvang handelsonderneming import export industries
international nederland benelux europe trading agrarisch loonbedrijf hoveniers
""")
# Ends of street names that hardly end anything else.
STREET_ENDS = (
    r"(?:straat|str\.|laan|weg|plein|kade|gracht|singel|steeg|dreef|plantsoen|boulevard|allee"
    r"|allée|gaarde|strasse|straße|gasse|platz| street| road| lane| avenue| drive| court| place"
    r"| crescent| circuit| close| terrace| parade| square| boulevard| gardens| grove| st\.?| rd\.?"
    r"| ave\.?| dr\.?| ct\.?| pl\.?| cres\.?| blvd\.?| way| tce)"
)
# Ends of street names, and of surnames: only for names of one word.
STREET_ENDS_TOO = (
    r"(?:dijk|pad|hof|park|markt|wal|haven|ring|baan|lei|akker|veld|berg|kamp|hoek|erf|poort|brink"
    r"|burg|zijde|meent|wijk|donk|oord|horst|tuin)"
)
