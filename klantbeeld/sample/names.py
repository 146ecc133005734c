"""Stock of first names, surnames and professions; every combination of them is invented.

Surname weights are thousands of bearers in the Netherlands (rounded, from the public frequency
lists); the long tail is composed from usual name parts, because a third of the population bears
a name that fewer than a thousand people share.
"""

from __future__ import annotations

import itertools


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is easier to read as text."""
    return tuple(text.split())


# Per (gender, cohort); cohorts: 0 = born before 1960, 1 = 1960 to 1984, 2 = 1985 and later.
FIRST_NAMES: dict[tuple[str, int], tuple[str, ...]] = {
    ("m", 0): words(
        "Johannes Jan Cornelis Hendrik Willem Pieter Gerrit Jacobus Adrianus Petrus Antonius "
        "Theodorus Gerardus Franciscus Nicolaas Wilhelmus Klaas Dirk Arie Evert Harm Sjoerd "
        "Albert Bernardus Frederik Jacob Hermanus Leendert Martinus Simon Teunis Reinder"
    ),
    ("m", 1): words(
        "Peter Marcel Erik Robert Mark Ronald Michel Richard Frank Jeroen Martijn Sander Edwin "
        "Patrick Paul Arjan Dennis Wouter Marco Remco Alexander Thomas Ruud Hans Vincent Bart "
        "Maarten Harold Raymond Erwin Rogier Jan-Willem Stefan Johan Geert Hendrik"
    ),
    ("m", 2): words(
        "Daan Sem Lucas Levi Finn Noah Milan Luuk Jesse Thijs Bram Tim Lars Stijn Ruben Thomas "
        "Max Julian Sven Niels Kevin Rick Jordy Mees Teun Gijs Jelle Joris Koen Floris Pepijn "
        "Casper Hidde Olivier Tijmen Mick Benjamin Siem"
    ),
    ("f", 0): words(
        "Maria Johanna Anna Elisabeth Cornelia Wilhelmina Catharina Hendrika Margaretha "
        "Petronella Adriana Jacoba Grietje Trijntje Aaltje Geertje Neeltje Helena Theodora "
        "Antonia Alida Everdina Hermina Jannetje Klaasje Gerarda Tineke Riet Dirkje"
    ),
    ("f", 1): words(
        "Monique Sandra Petra Ingrid Marjan Esther Astrid Karin Saskia Linda Mirjam Marieke "
        "Annemarie Yvonne Jolanda Bianca Wendy Anita Ellen Miranda Christina Simone Nicole "
        "Daniëlle Judith Barbara Renate Francisca Anneke Caroline Mariëlle Hanneke José"
    ),
    ("f", 2): words(
        "Emma Julia Sophie Lisa Anna Sanne Eva Lotte Fleur Noa Tess Sara Anouk Femke Iris Roos "
        "Maud Lieke Isa Britt Kim Laura Naomi Zoë Eline Renée Floor Merel Jasmijn Nienke Puck "
        "Veerle Loïs Elisabeth Charlotte Amber Vera Marit"
    ),
}

# Families with roots elsewhere: (share of households, first names, surnames). Ranks weigh.
ORIGINS: dict[str, tuple[float, dict[str, tuple[str, ...]], tuple[str, ...]]] = {
    "tr": (
        0.030,
        {
            "m": words("Mehmet Mustafa Ahmet Ali Emre Murat Yusuf Can Hasan Kemal Serkan"),
            "f": words("Fatma Ayşe Elif Zeynep Emine Merve Esra Hatice Gül Selin Özlem"),
        },
        words(
            "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Arslan Doğan Koç Kılıç Aslan "
            "Çetin Kara Özdemir Polat Güneş"
        ),
    ),
    "ma": (
        0.030,
        {
            "m": words("Mohamed Ahmed Youssef Hassan Rachid Karim Said Omar Bilal Ilias"),
            "f": words("Fatima Khadija Naima Samira Amina Yasmina Nora Salma Hafida Ikram"),
        },
        (
            "El Amrani",
            "El Idrissi",
            "Bakkali",
            "Azzouzi",
            "Benali",
            "El Khattabi",
            "Haddou",
            "Ouali",
            "Chaouch",
            "Bouzid",
            "Amrani",
            "El Mourabit",
            "Yahyaoui",
            "Ait Oufkir",
        ),
    ),
    "su": (
        0.025,
        {
            "m": words("Ricardo Glenn Winston Jerrel Clyde Radjesh Sanjay Anil Marlon"),
            "f": words("Cheryl Sharda Chantal Joyce Sunita Anjali Rosita Muriel Lilian"),
        },
        words(
            "Pinas Ramdin Kartosen Jagernath Mohan Wijngaarde Baldewsingh Soekhoe Tjong Biharie "
            "Landveld Sewnarain Doelwijt Kromosoeto"
        ),
    ),
    "pl": (
        0.020,
        {
            "m": words("Piotr Krzysztof Andrzej Tomasz Paweł Marcin Łukasz Jakub"),
            "f": words("Katarzyna Agnieszka Małgorzata Joanna Ewa Magdalena Monika Anna"),
        },
        words("Nowak Wójcik Kowalczyk Mazur Krawczyk Woźniak Zając Król Wieczorek Dudek"),
    ),
}

NICKNAMES: dict[str, tuple[str, ...]] = {
    "Johannes": ("Jan", "Hans", "Joop"),
    "Cornelis": ("Kees", "Cor"),
    "Hendrik": ("Henk",),
    "Willem": ("Wim",),
    "Wilhelmus": ("Wim",),
    "Pieter": ("Piet",),
    "Petrus": ("Piet", "Peter"),
    "Gerrit": ("Ger",),
    "Jacobus": ("Jaap", "Koos"),
    "Jacob": ("Jaap",),
    "Adrianus": ("Ad", "Arie"),
    "Antonius": ("Ton", "Toon"),
    "Theodorus": ("Theo",),
    "Gerardus": ("Gerard",),
    "Franciscus": ("Frans",),
    "Nicolaas": ("Nico", "Klaas"),
    "Bernardus": ("Ben",),
    "Frederik": ("Frits",),
    "Hermanus": ("Herman",),
    "Leendert": ("Leen",),
    "Martinus": ("Tinus",),
    "Robert": ("Rob",),
    "Richard": ("Ries",),
    "Alexander": ("Alex", "Sander"),
    "Thomas": ("Tom",),
    "Ronald": ("Ron",),
    "Johan": ("Joop",),
    "Benjamin": ("Ben",),
    "Mohamed": ("Mo",),
    "Katarzyna": ("Kasia",),
    "Maria": ("Marie", "Ria", "Mieke"),
    "Johanna": ("Joke", "Jo", "Hanneke"),
    "Anna": ("Ans", "Annie"),
    "Elisabeth": ("Els", "Betty", "Liesbeth"),
    "Cornelia": ("Corrie", "Nel"),
    "Wilhelmina": ("Mien", "Willy"),
    "Catharina": ("Toos", "Trees", "Rina"),
    "Hendrika": ("Rika", "Henny"),
    "Margaretha": ("Greet", "Marga"),
    "Petronella": ("Nel", "Pietje"),
    "Adriana": ("Sjaan", "Jeanne"),
    "Jacoba": ("Coby",),
    "Helena": ("Leni",),
    "Christina": ("Tineke", "Stien"),
    "Daniëlle": ("Daan",),
    "Charlotte": ("Lotte",),
    "Agnieszka": ("Aga",),
    "Małgorzata": ("Gosia",),
    "Jolanda": ("Jo",),
    "Marieke": ("Riek",),
}

# "prefix|surname": thousands of bearers.
_COMMON = """
de|Jong:84 |Jansen:74 de|Vries:71 van den|Berg:59 van|Dijk:57 |Bakker:55 |Janssen:54 |Visser:50
|Smit:42 |Meijer:40 de|Boer:38 |Mulder:36 de|Groot:36 |Bos:35 |Vos:30 |Peters:30 |Hendriks:30
van|Leeuwen:29 |Dekker:28 |Brouwer:25 de|Wit:25 |Dijkstra:24 |Smits:24 de|Graaf:22
van der|Meer:21 van der|Linden:21 |Kok:21 |Jacobs:21 de|Haan:21 |Vermeulen:20
van den|Heuvel:20 van der|Veen:19 van den|Broek:19 de|Bruijn:18 de|Bruin:18 van der|Heijden:18
|Schouten:17 van|Beek:17 |Willems:17 van|Vliet:17 van de|Ven:17 |Hoekstra:16 |Maas:16
|Verhoeven:16 |Koster:16 van|Dam:15 van der|Wal:15 |Prins:15 |Blom:15 |Huisman:15 |Peeters:15
de|Jonge:14 |Kuipers:14 van|Veen:14 |Post:14 |Kuiper:14 |Veenstra:14 |Kramer:13 van den|Brink:13
|Scholten:13 van|Wijk:13 |Postma:13 |Martens:13 |Vink:13 de|Ruiter:13 |Timmermans:12 |Groen:12
|Gerritsen:12 |Jonker:12 van|Loon:12 |Boer:12 van der|Velde:12 |Willemsen:12 |Smeets:12
de|Lange:11 de|Vos:11 van|Dongen:11 |Schipper:11 de|Koning:11 van der|Laan:11 |Koning:11
van der|Velden:10 |Driessen:10 van|Doorn:10 |Hermans:10 |Evers:10 van den|Bosch:10
van der|Meulen:10 |Hofman:10 |Bosman:9 |Wolters:9 |Sanders:9 van der|Horst:9 |Mol:9 |Kuijpers:9
|Molenaar:9 van de|Pol:8 de|Leeuw:8 |Verbeek:8 |Kroon:8 ter|Horst:5 ten|Brinke:4 van 't|Hof:5
in 't|Veld:5 den|Hartog:5 den|Boer:5 op den|Kamp:3 van|Essen:6 van der|Zee:8 |Hoogland:4
|Wiersma:6 |Bouma:6 |Sikkema:2 |Terpstra:5 |Zijlstra:7 |Haverkamp:3 |Wesseling:3 |Nijhuis:4
te|Riele:2 |Nijland:3 |Lammers:6 |Huizinga:4 |Bosma:4 |Boersma:5 |Elzinga:3 |Hoeksema:3
"""

_HEADS = words(
    "Hoog Groot Klein Nieuw Oud Groen Wit Zwart Steen Water Linden Berken Eiken Olden Wester "
    "Ooster Noorder Zuider Brink Mole Kerk Hof Veld Berg Dael Rooden Schoon Lange Korte Breed"
)
_TAILS = words(
    "enboom veld kamp huis dijk steen broek man enberg hof horst laar wijk mans brink donk "
    "stra voort haven meijer"
)

PROFESSIONS = (
    "leraar basisonderwijs", "verpleegkundige", "accountmanager", "timmerman", "kapper",
    "administratief medewerker", "ICT-beheerder", "vrachtwagenchauffeur", "student",
    "gepensioneerd", "huisarts", "architect", "boekhouder", "kok", "verkoopmedewerker",
    "fysiotherapeut", "elektricien", "beleidsmedewerker", "ondernemer", "hovenier",
    "pedagogisch medewerker", "maatschappelijk werker", "monteur", "journalist", "jurist",
    "schilder", "apothekersassistent", "projectleider", "ambtenaar", "muziekdocent",
)  # fmt: skip

# Mother tongue or language asked for, besides Dutch.
LANGUAGES = {"tr": "Turks", "ma": "Arabisch", "su": "Nederlands", "pl": "Pools", "nl": "Nederlands"}


def surnames() -> tuple[list[tuple[str, str]], list[float]]:
    """All Dutch surnames as (prefix, surname) with their weights in thousands of bearers."""
    names: list[tuple[str, str]] = []
    weights: list[float] = []
    # A prefix may hold blanks, so entries are cut at the weight's colon.
    for entry in _COMMON.replace("\n", " ").strip().split(":"):
        digits = entry[: len(entry) - len(entry.lstrip("0123456789"))]
        if digits:
            weights.append(float(digits))
        text = entry[len(digits) :].strip()
        if text:
            prefix, _, surname = text.partition("|")
            names.append((prefix.strip(), surname))
    for head, tail in itertools.product(_HEADS, _TAILS):
        if head.lower() == tail:
            continue
        names.append(("", head + tail if head[-1] != tail[0] else head + tail[1:]))
        weights.append(1.8)
    return names, weights
