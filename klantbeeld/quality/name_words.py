"""Words that stand around names: salutations, titles, tussenvoegsels, legal forms."""

from __future__ import annotations

from klantbeeld.quality.words import spread, words

# Written forms (without dots, lower case) to the form shown.
SALUTATIONS = spread(
    {
        "Dhr.": "dhr|hr|heer|de heer|meneer|mijnheer|den heer|dhr|d heer",
        "Mevr.": "mevr|mevrouw|mw|mvr|mej|mejuffrouw|mevrouwe|mewr|mevr",
        "Fam.": "fam|familie|de familie",
        "Dhr./Mevr.": "dhr/mevr|dhr/mw|de heer/mevrouw|de heer / mevrouw|heer/mevrouw|dhr / mevr"
        "|mevr/dhr|dhr en mevr|de heer en mevrouw|dhr & mevr|dhr en mw|de heer of mevrouw"
        "|dhr/mevrouw",
        "Mrs": "mrs",
        "Ms": "ms",
        "Miss": "miss",
        "Herr": "herr",
        "Frau": "frau",
        "Mme": "mme|madame",
        "M.": "monsieur",
        "Mx": "mx",
        "Sir": "sir",
        "Lady": "lady",
    }
)
ENGLISH_SALUTATIONS = {"mr": "Mr", "mister": "Mr"}
# Words that by themselves show that a column is English.
ENGLISH_SIGNS = r"(?i)^(?:mrs|ms|miss|mister)\b"

SALUTATION_GENDER = {
    "Dhr.": "male",
    "Mevr.": "female",
    "Mr": "male",
    "Mrs": "female",
    "Ms": "female",
    "Miss": "female",
    "Herr": "male",
    "Frau": "female",
    "Mme": "female",
    "M.": "male",
    "Sir": "male",
    "Lady": "female",
}

TITLES = spread(
    {
        "drs.": "drs",
        "dr.": "dr|doctor|dr med",
        "mr.": "mr",
        "ir.": "ir",
        "ing.": "ing",
        "prof.": "prof|professor|hoogleraar",
        "ds.": "ds|dominee",
        "bc.": "bc",
        "jhr.": "jhr|jonkheer",
        "jkvr.": "jkvr|jonkvrouw",
        "em.": "emeritus",
        "dra.": "dra",
        "lic.": "lic",
        "rev.": "rev",
        "pastoor": "pastoor",
    }
)
# Titles behind a name; also before a comma-less end.
LATE_TITLES = spread(
    {
        "BSc": "bsc",
        "MSc": "msc",
        "MBA": "mba",
        "BBA": "bba",
        "PhD": "phd",
        "LLM": "llm",
        "LLB": "llb",
        "MA": "ma",
        "BA": "ba",
        "BEd": "bed",
        "MEd": "med",
        "RA": "ra",
        "AA": "aa",
        "RC": "rc",
        "EMBA": "emba",
        "MBI": "mbi",
        "ing.": "ing",
        "ir.": "ir",
        "BEng": "beng",
        "MPhil": "mphil",
        "RI": "ri",
        "CPA": "cpa",
        "MD": "md",
        "AAG": "aag",
        "MMC": "mmc",
    }
)
GENERATIONS = {"jr": "jr.", "sr": "sr.", "junior": "jr.", "senior": "sr.", "ii": "II", "iii": "III"}

PREFIX_WORDS = words(
    "van von vom v. v.d. v.d v/d vd v/h vande vanden vander van't de den der des ten ter te "
    "tot op in aan bij uit onder over voor het 't ’t 's la le les du d' l' zu zum zur af di da "
    "do dos das del della dalla degli dei el al bin ben ibn abu"
)
# Prefix words that no first name is: only these may open a name.
OPENING_PREFIXES = words(
    "van von vom v. v.d. v.d v/d vd vande vanden vander van't de den der des ten ter te op in "
    "aan uit onder over voor het 't ’t 's la le du zu zum zur del della"
)
SHORT_PREFIXES = {
    "v": "v.",
    "v.d": "v.d.",
    "v/d": "v.d.",
    "vd": "v.d.",
    "vd.": "v.d.",
    "’t": "'t",
    "van't": "van 't",
    "v.d.": "v.d.",
}

LEGAL_FORMS = spread(
    {
        "B.V.": "bv|b.v|b.v.|bv.|besloten vennootschap",
        "N.V.": "nv|n.v|n.v.|nv.",
        "V.O.F.": "vof|v.o.f|v.o.f.|vof.",
        "C.V.": "cv|c.v|c.v.",
        "U.A.": "ua|u.a|u.a.|b.a.|w.a.",
        "Stichting": "stichting|sticht.",
        "Vereniging": "vereniging",
        "Coöperatie": "coöperatie|cooperatie|coöp.|coop.|coöperatieve",
        "Maatschap": "maatschap",
        "Eenmanszaak": "eenmanszaak",
        "Holding": "holding",
        "GmbH": "gmbh|g.m.b.h.",
        "AG": "ag",
        "KG": "kg",
        "e.V.": "e.v.",
        "UG": "ug",
        "OHG": "ohg",
        "e.K.": "e.k.",
        "Ltd": "ltd|ltd.|limited",
        "LLC": "llc|l.l.c.",
        "Inc.": "inc|inc.|incorporated",
        "PLC": "plc|p.l.c.",
        "LLP": "llp",
        "Corp.": "corp|corp.|corporation",
        "S.A.": "s.a.|sa",
        "SARL": "sarl|s.a.r.l.",
        "SAS": "sas",
        "BVBA": "bvba|b.v.b.a.",
        "SRL": "srl|s.r.l.",
        "SPRL": "sprl",
        "VZW": "vzw|v.z.w.",
        "ASBL": "asbl",
        "S.p.A.": "spa|s.p.a.",
        "ApS": "aps",
        "A/S": "a/s",
        "AB": "aktiebolag",
        "Oy": "oy",
        "Co.": "& co|& co.|co.",
        "Groep": "groep",
        "Group": "group",
    }
)
# Forms that are so only in capitals or with dots: 'Ag', 'Sa', 'Cv', 'Kg' may be part of a name.
CAPITAL_FORMS = words("ag kg ug sa cv ua sas spa co aps nv")

# A name with one of these words belongs to an organisation, legal form or not.
ORGANISATION_WORDS = words(
    "stichting vereniging gemeente provincie ministerie waterschap bakkerij slagerij garage "
    "hotel restaurant café cafe school basisschool college universiteit university hogeschool "
    "ziekenhuis apotheek praktijk fysiotherapie tandartspraktijk huisartsenpraktijk "
    "makelaardij makelaars advocaten notarissen notariskantoor accountants "
    "administratiekantoor adviesbureau bureau bouwbedrijf schildersbedrijf installatiebedrijf "
    "loodgietersbedrijf transportbedrijf transport aannemersbedrijf hoveniersbedrijf "
    "schoonmaakbedrijf autobedrijf rijschool kapsalon winkel supermarkt boekhandel drukkerij "
    "uitgeverij kwekerij camping museum theater bibliotheek kerk parochie sportvereniging "
    "voetbalvereniging tennisvereniging fietsenwinkel rijwielhandel tweewielers fietsen "
    "cycling bikes handelsonderneming groothandel detailhandel consultancy consulting services "
    "solutions technologies international company gmbh zorggroep woningcorporatie "
    "woonstichting verzekeringen verzekering assurantiën bank vof holding b.v. bv hoveniers "
    "koeriers cateraars catering verhuur autoverhuur advies recreatie installatietechniek "
    "installaties elektrotechniek techniek loodgieters stukadoors glazenwassers schoonmaak "
    "schoonmaakdiensten beveiliging logistiek logistics projecten vastgoed beheer interieurs "
    "keukens media design studio kliniek dierenkliniek dierenartsen kinderopvang thuiszorg "
    "welzijn uitzendbureau evenementen events tuincentrum drogisterij metaalbewerking "
    "timmerbedrijf aannemers architecten ingenieurs administraties belastingadviseurs "
    "recruitment productions producties trading vereniging vve coöperatie cooperatie"
)
# Of those the words that people are called as well: 'Jan van der Kerk', 'P. Bank'.
SURNAMES_TOO = words("kerk bank school winkel garage college parochie transport")
