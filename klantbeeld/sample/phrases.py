"""Dutch sentences for mails, letters, surveys and social media."""

from __future__ import annotations

SUBJECTS = {
    "levering te laat": ("Bestelling nog niet ontvangen", "Waar blijft mijn bestelling?"),
    "artikel beschadigd": ("Beschadigd binnengekomen", "Kapot bij aankomst – foto bijgevoegd"),
    "verkeerd artikel geleverd": ("Verkeerd artikel gekregen", "Dit heb ik niet besteld"),
    "reparatie duurt te lang": ("Reparatie: wanneer klaar?", "Al drie weken zonder fiets"),
    "factuur klopt niet": ("Factuur klopt niet", "Bezwaar tegen factuur (€)"),
    "onvriendelijk geholpen": ("Teleurgesteld over bezoek aan de winkel",),
    "defect kort na aankoop": ("Nu al defect…", "Garantie: defect na één week"),
    "afspraak onderhoud": ("Afspraak voor onderhoud", "Kleine beurt inplannen"),
    "vraag over levertijd": ("Levertijd van een fiets", "Wanneer weer op voorraad?"),
    "garantie accu": ("Garantie op mijn accu", "Accu loopt snel leeg"),
    "sleutel kwijt": ("Sleutel kwijt van mijn slot",),
    "retour aanmelden": ("Retour aanmelden", "Ik wil iets terugsturen"),
    "vraag over factuur": ("Vraag over mijn factuur", "Kopie factuur graag"),
    "storing e-bike": ("Storing op het display (foutcode)", "E-bike geeft geen ondersteuning"),
    "adreswijziging": ("Ik ben verhuisd", "Adreswijziging doorgeven"),
    "onderdeel nabestellen": ("Onderdeel nabestellen", "Past dit op mijn fiets?"),
}

OPENERS = {
    "levering te laat": "mijn bestelling zou er vorige week al zijn en ik heb nog niets gezien.",
    "artikel beschadigd": "het pakket kwam beschadigd aan; de hoek is ingedeukt en het spatbord "
    "gebroken.",
    "verkeerd artikel geleverd": "ik heb een ander artikel gekregen dan ik besteld had.",
    "reparatie duurt te lang": "mijn fiets staat al weken bij jullie en niemand belt terug.",
    "factuur klopt niet": "op de factuur staat een bedrag dat niet is afgesproken.",
    "onvriendelijk geholpen": "ik ben zaterdag in de winkel niet netjes te woord gestaan.",
    "defect kort na aankoop": "na een week doet het artikel het al niet meer.",
    "afspraak onderhoud": "graag zou ik een onderhoudsbeurt willen plannen, liefst in de ochtend.",
    "vraag over levertijd": "hoe lang duurt het voordat dit model weer leverbaar is?",
    "garantie accu": "de accu haalt nog maar 20 kilometer. Valt dat onder de garantie?",
    "sleutel kwijt": "ik ben de sleutel van mijn slot kwijt. Kunnen jullie een nieuwe maken?",
    "retour aanmelden": "ik wil graag een artikel terugsturen, de maat is niet goed.",
    "vraag over factuur": "kunt u mij een kopie van de factuur sturen voor de administratie?",
    "storing e-bike": "het display geeft een foutcode en de ondersteuning valt weg.",
    "adreswijziging": "per de eerste van de maand zijn wij verhuisd. Past u het adres aan?",
    "onderdeel nabestellen": "ik zoek een onderdeel voor mijn fiets, zie de foto.",
}

CLOSERS = (
    "Ik hoor het graag.", "Alvast bedankt!", "Graag vóór het weekend een reactie.",
    "Ik kijk uit naar uw antwoord.", "Zo ga ik toch twijfelen of ik hier terugkom.",
)  # fmt: skip
ANSWERS = (
    "Dank voor uw bericht. Wij hebben het uitgezocht en nemen dit direct op.",
    "Wat vervelend! We gaan er meteen mee aan de slag en houden u op de hoogte.",
    "Dank u wel. Uw verzoek is verwerkt; u ontvangt vandaag nog een bevestiging.",
    "Excuses voor het ongemak. Een collega belt u morgen tussen 9 en 12 uur.",
)
THANKS = (
    "Hartelijk dank, zo is het opgelost.", "Prima, dat tijdstip komt uit.",
    "Dank voor de snelle reactie!", "Toch jammer dat het zo moest, maar bedankt.",
)  # fmt: skip

PRAISE = (
    "Vriendelijk geholpen en goed advies.", "Snelle levering, fiets rijdt heerlijk.",
    "Monteur nam de tijd. Top!", "Eerlijk over wat wel en niet nodig was.", "Fijne winkel.",
)  # fmt: skip
NEUTRAL = (
    "Prima, maar wachttijd kan korter.", "Goed product, website is wat druk.",
    "Gaat wel. Prijs is aan de hoge kant.", "Niets op aan te merken.", "",
)  # fmt: skip
BLAME = (
    "Klacht is slecht opgevolgd.", "Levering kwam veel te laat en niemand belde.",
    "Ik moest drie keer bellen voor een antwoord.", "Na reparatie was het probleem terug.",
    "Teleurgesteld, verwacht meer voor dit geld.",
)  # fmt: skip
COMMENTS = (
    "Wat een mooie e-bike!", "Zijn jullie zondag open?", "Net opgehaald, blij mee 🚲",
    "Beste fietsenmaker van de stad", "Duurt wel lang voor antwoord…", "Leuke actie!",
    "Kan die ook in het groen?", "Zo'n bakfiets wil ik ook",
)  # fmt: skip
