"""What the company sells, and who works there. Brands are invented."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY = "De Dertien Spaken"
DOMAIN = "dertienspaken.example.nl"
SERVICE_ADDRESS = f"service@{DOMAIN}"

EMPLOYEES = (
    "Bo Vermaat", "Ilse Kuijer", "Ruud Pronkveld", "Hanne Osinga", "Joost Bredevoort",
    "Samira Tahiri", "Wessel Dubbeldam", "Linde Roosjen", "Kwame Pengel", "Tessa Grevink",
    "Arne Holwerda", "Fenna Wieringa",
)  # fmt: skip

# category: (share of order lines, weight as first line, models with list price in euro)
_RANGE: dict[str, tuple[float, str]] = {
    "Stadsfietsen": (3, "Gracht 3:649 Gracht 7:829 Singel N8:999 Oma Klassiek:549 Plein Sport:749"),
    "E-bikes": (
        5,
        "Polder 400:1899 Polder 500:2299 Horizon 625:2899 Horizon XT:3499 Buiten Step:2099 "
        "Wadden 750:3999 Kwiek Low:1799",
    ),
    "Racefietsen": (1.2, "Kassei 105:1699 Kassei SL:2599 Col Carbon:3299 Gravel 40:1899"),
    "Mountainbikes": (1, "Heuvel 29:799 Heuvel Pro:1299 Bosrand:999"),
    "Kinderfietsen": (2.5, "Kikker 12:179 Kikker 16:219 Specht 20:269 Specht 24:329 Loopje:89"),
    "Bakfietsen": (0.6, "Ruimte 2:2199 Ruimte E:4799 Lang Laden:5299"),
    "Accu's": (3, "Accu 400 Wh:449 Accu 500 Wh:549 Accu 625 Wh:699 Acculader:119"),
    "Onderdelen": (
        18,
        "Buitenband 28 inch:24.95 Binnenband 28:6.95 Ketting 8-speed:19.95 Remblokken set:12.5 "
        "Zadel comfort:39.95 Handvatten ergo:22.5 Pedalen:27.95 Bandenset:54.95 Cassette:34.95",
    ),
    "Verlichting": (9, "Koplamp Lux 40:34.95 Achterlicht:14.95 Lampjesset USB:19.95 Dynamo:49.95"),
    "Sloten": (8, "Kettingslot ART-2:49.95 Beugelslot:39.95 Insteekketting:29.95 Vouwslot:79.95"),
    "Helmen": (6, "Helm Stad:59.95 Helm Kind:34.95 Helm Race:119.95 Helm Speed:149.95"),
    "Kleding": (
        8,
        "Regenpak:79.95 Regenbroek:39.95 Fietsjack wind:69.95 Handschoenen winter:29.95 "
        "Koersbroek:89.95 Koersshirt:59.95",
    ),
    "Tassen": (7, "Dubbele tas canvas:59.95 Zijtas waterdicht:64.95 Mand voor:34.95 Krat:29.95"),
    "Kinderzitjes": (3, "Zitje voor:89.95 Zitje achter:119.95 Windscherm:44.95"),
    "Gereedschap": (5, "Vloerpomp:34.95 Multitool:24.95 Kettingolie:8.95 Reparatieset:7.5"),
    "Onderhoud": (10, "Kleine beurt:49.95 Grote beurt:99.95 Band plakken:17.5 Wiel richten:25"),
    "Cadeaubonnen": (1.5, "Cadeaubon 25:25 Cadeaubon 50:50 Cadeaubon 100:100"),
}

BRANDS: dict[str, tuple[str, ...]] = {
    "fiets": ("Vlietland", "Kastanje", "Noordkaap", "Lentevos"),
    "deel": ("Pedaleur", "Spaak&Co", "Rondom", "Duinrand"),
    "dienst": (COMPANY,),
}

BIKES = (
    "Stadsfietsen", "E-bikes", "Racefietsen", "Mountainbikes", "Kinderfietsen", "Bakfietsen",
)  # fmt: skip
SERVICES = ("Onderhoud", "Cadeaubonnen")
INTERESTS = (
    "e-bikes", "onderhoud", "kinderfietsen", "racefietsen", "bakfietsen", "accessoires",
    "fietsvakantie", "kleding",
)  # fmt: skip
# Which categories an interest makes likelier.
INTEREST_CATEGORY = {
    "e-bikes": "E-bikes", "onderhoud": "Onderhoud", "kinderfietsen": "Kinderfietsen",
    "racefietsen": "Racefietsen", "bakfietsen": "Bakfietsen", "accessoires": "Tassen",
    "fietsvakantie": "Tassen", "kleding": "Kleding",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Product:
    code: str
    name: str
    category: str
    brand: str
    price_cents: int
    weight: float


def _kind(category: str) -> str:
    if category in BIKES:
        return "fiets"
    return "dienst" if category in SERVICES else "deel"


def products() -> list[Product]:
    """The whole range; `weight` is the chance of being an order line (not normalised)."""
    result: list[Product] = []
    for number, (category, (weight, models)) in enumerate(_RANGE.items(), start=10):
        entries = _models(models)
        brands = BRANDS[_kind(category)]
        for index, (model, price) in enumerate(entries):
            for version in range(2 if len(brands) > 1 else 1):
                brand = brands[(index + version) % len(brands)]
                # Within a category cheap articles sell more often than dear ones.
                share = weight / len(entries) / (1.6 if version else 1.0) * (40 / price) ** 0.2
                result.append(
                    Product(
                        code=f"{number}{index:02d}-{version + 1}",
                        name=f"{brand} {model}" if brand != COMPANY else model,
                        category=category,
                        brand=brand,
                        price_cents=round(price * 100) + version * 500,
                        weight=share,
                    )
                )
    return result


def _models(text: str) -> list[tuple[str, float]]:
    models: list[tuple[str, float]] = []
    words: list[str] = []
    for word in text.split():
        if ":" in word:
            last, price = word.rsplit(":", 1)
            models.append((" ".join([*words, last]), float(price)))
            words = []
        else:
            words.append(word)
    return models
