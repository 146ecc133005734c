"""Draws the business customers: names, numbers, branches and the people who speak for them."""

from __future__ import annotations

import random

from klantbeeld.sample.contact import Phones
from klantbeeld.sample.people import Organisation, Person, iban_of, vat_of
from klantbeeld.sample.population import Neighbourhoods, Trap, plain

_TRADES = (
    "Installatietechniek", "Bouwbedrijf", "Administratiekantoor", "Kinderopvang", "Hoveniers",
    "Schildersbedrijf", "Zorggroep", "Transport", "Makelaardij", "Bakkerij", "Fysiotherapie",
    "Architecten", "Advies", "Uitzendbureau", "Cateraars", "Verhuur", "Koeriers", "Techniek",
    "Accountants", "Bloemen", "Drukkerij", "Campings", "Vastgoed", "Recreatie",
)  # fmt: skip
_BODIES = (
    "Gemeente", "Stichting Welzijn", "Basisschool De", "Hotel", "Restaurant", "Zorgcentrum",
    "Fietskoeriers", "Camping", "Vereniging", "Bibliotheek",
)  # fmt: skip
_WORDS = (
    "Merel", "Horizon", "Linde", "Klaver", "Zonnewijzer", "Watertoren", "Brug", "Kompas",
    "Regenboog", "Vuurvogel", "Eendracht", "Vooruitgang", "Molen", "Sleutel", "Valk", "Eik",
)  # fmt: skip
_FORMS = {"B.V.": 50, "V.O.F.": 16, "": 14, "N.V.": 3, "U.A.": 2}
_JOBS = (
    "directeur", "inkoper", "facilitair manager", "office manager", "eigenaar", "hr-adviseur",
    "wagenparkbeheerder", "administrateur", "secretaris",
)  # fmt: skip


def _company_name(draw: random.Random, owner: Person) -> str:
    point = draw.random()
    if point < 0.45:
        return f"{owner.birth_name[0].upper()}{owner.birth_name[1:]} {draw.choice(_TRADES)}"
    if point < 0.75:
        return f"{draw.choice(_TRADES)} {draw.choice(_WORDS)} {owner.address.city}"
    return f"{draw.choice(_BODIES)} {draw.choice(_WORDS)} {owner.address.city}"


def _domain(name: str, taken: set[str]) -> str:
    slug = "-".join(part for part in (plain(word) for word in name.split()) if part)
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    taken.add(candidate)
    return f"{candidate}.example.nl"


def draw_companies(
    first_index: int,
    contacts: list[Person],
    count: int,
    draw: random.Random,
    places: tuple[Neighbourhoods, Phones],
) -> tuple[list[Organisation], list[Trap]]:
    """`count` organisations, numbered on from `first_index`; some contacts speak for two firms.

    The company register numbers start with 000 and the VAT numbers with 0000: not issued.
    """
    homes, phones = places
    contacts = draw.sample(contacts, len(contacts))
    organisations: list[Organisation] = []
    traps, taken = list[Trap](), set[str]()
    for number in range(count):
        contact = contacts[number % max(1, int(count * 0.96))]
        name = _company_name(draw, contact)
        address = homes.address(contact.address.city)
        branches = tuple(homes.address() for _ in range(draw.randint(1, 3)))
        organisation = Organisation(
            index=first_index + number,
            number=number,
            name=name,
            legal_form=draw.choices(list(_FORMS), list(_FORMS.values()))[0],
            address=address,
            domain=_domain(name, taken),
            phone=phones.landline(address.area_code),
            kvk=f"000{number * 7 + 10_000:05d}",
            vat=vat_of(number * 13 + 10_000),
            iban=iban_of(9_000_000 + number * 37),
            contact=contact.index,
            job_title=draw.choice(_JOBS),
            branches=branches if draw.random() < 0.12 else (),
        )
        if number % 40 == 7:  # sister companies: one name, two register numbers
            organisation.name = organisations[-1].name
            traps.append(Trap("sister_companies", organisations[-1].index, organisation.index))
        organisations.append(organisation)
    return organisations, traps
