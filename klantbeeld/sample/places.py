"""Towns with postcode ranges and area codes, and streets.

Towns, four-digit postcodes and area codes exist; streets, letters and numbers are drawn, so an
address that happens to exist is coincidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantbeeld.sample.names import words


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    weight: float
    postcode_from: int
    postcode_to: int
    area_code: str
    province: str


# name | weight | first and last four digits | area code | province
_TOWNS = """
Utrecht|30|3511|3584|030|Utrecht
Amersfoort|24|3811|3829|033|Utrecht
Zwolle|20|8011|8045|038|Overijssel
Nijmegen|20|6511|6546|024|Gelderland
Leiden|18|2311|2334|071|Zuid-Holland
Zeist|8|3701|3708|030|Utrecht
Nieuwegein|7|3431|3439|030|Utrecht
Houten|6|3991|3995|030|Utrecht
Bilthoven|3|3721|3723|030|Utrecht
Soest|4|3761|3769|035|Utrecht
Leusden|4|3831|3834|033|Utrecht
Nijkerk|3|3861|3863|033|Gelderland
Hilversum|5|1211|1223|035|Noord-Holland
Ede|5|6711|6718|0318|Gelderland
Veenendaal|4|3901|3907|0318|Utrecht
Apeldoorn|6|7311|7339|055|Gelderland
Deventer|5|7411|7425|0570|Overijssel
Kampen|3|8261|8267|038|Overijssel
Hattem|2|8051|8052|038|Gelderland
Meppel|2|7941|7944|0522|Drenthe
Arnhem|7|6811|6846|026|Gelderland
Wijchen|3|6601|6605|024|Gelderland
Elst|2|6661|6662|0481|Gelderland
Oss|3|5341|5349|0412|Noord-Brabant
's-Hertogenbosch|4|5211|5237|073|Noord-Brabant
Leiderdorp|3|2351|2353|071|Zuid-Holland
Katwijk|3|2221|2225|071|Zuid-Holland
Alphen aan den Rijn|4|2401|2409|0172|Zuid-Holland
Den Haag|6|2511|2597|070|Zuid-Holland
Rotterdam|6|3011|3086|010|Zuid-Holland
Amsterdam|9|1011|1098|020|Noord-Holland
Haarlem|3|2011|2037|023|Noord-Holland
Groningen|3|9711|9747|050|Groningen
Leeuwarden|2|8911|8941|058|Friesland
Eindhoven|3|5611|5658|040|Noord-Brabant
Tilburg|2|5011|5049|013|Noord-Brabant
Breda|2|4811|4839|076|Noord-Brabant
Enschede|2|7511|7548|053|Overijssel
Maastricht|1|6211|6229|043|Limburg
Middelburg|1|4331|4341|0118|Zeeland
"""


def _towns() -> tuple[Town, ...]:
    towns = []
    for row in _TOWNS.strip().splitlines():
        name, weight, low, high, area, province = row.split("|")
        towns.append(Town(name, float(weight), int(low), int(high), area, province))
    return tuple(towns)


TOWNS = _towns()

# The first five towns have a shop each.
SHOPS = tuple(town.name for town in TOWNS[:5])

# PostNL never issued these pairs of letters.
POSTCODE_LETTERS = tuple(
    a + b
    for a in "ABCDEGHJKLMNPRSTVWXZ"
    for b in "ABCDEGHJKLMNPRSTVWXZ"
    if a + b not in {"SA", "SD", "SS"}
)

STREETS: tuple[str, ...] = (
    *words(
        "Dorpsstraat Kerkstraat Molenweg Schoolstraat Stationsweg Hoofdstraat Nieuwstraat "
        "Julianastraat Wilhelminastraat Beatrixlaan Prinsenhof Kastanjelaan Lindelaan Eikenlaan "
        "Beukenlaan Berkenweg Wilgenstraat Esdoornstraat Meidoornlaan Populierenweg Rozenstraat "
        "Tulpstraat Irisstraat Anjerstraat Vijverlaan Parkweg Sportlaan Havenstraat Kanaalweg "
        "Singel Oudegracht Nieuwegracht Marktstraat Torenstraat Vondelstraat Rembrandtlaan "
        "Mozartlaan Beethovenlaan Merelstraat Lijsterlaan Vinkenweg Zwaluwstraat Reigerhof "
        "Leeuweriklaan Akkerweg Weidestraat Korenbloemstraat Klaprooslaan Heideweg Duinweg "
        "Zandpad Tolweg Zeeweg Rijnstraat Maasstraat IJssellaan Vechtstraat Amstelstraat "
        "Plantsoen Hofstede Boomgaard Ambachtsweg Industrieweg Nijverheidsstraat"
    ),
    "Burgemeester de Haanlaan", "Dr. Schaepmanstraat", "Prof. Lorentzlaan", "Lange Nieuwstraat",
    "Laan van Vollenhove", "'t Hof", "Sint Janstraat", "Oude Dijk", "Plein 1944",
    "Korte Kerkstraat", "Jan Steenlaan", "Van Goghstraat", "Graaf Adolfstraat", "Achter de Hoven",
)  # fmt: skip
