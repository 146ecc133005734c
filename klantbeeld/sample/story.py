"""The newsletter story: one customer whose complaint runs through four systems.

Marijke gets a newsletter about e-bikes, opens it and clicks, orders with its code, mails that the
delivery is late, is registered at the service desk and is compensated by complaint handling. Her
partner and son live at the same address and must stay other people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.sample.people import Address, Person

HOME = Address("Merelstraat", 24, "B", "3815 KV", "Amersfoort", "033")
FORMER_HOME = Address("Kerkstraat", 7, "", "3581 RC", "Utrecht", "030")
LANDLINE = "+31330000024"

# Index of her party, and of those she lives with.
MARIJKE, PARTNER, SON = 0, 1, 2

CAMPAIGN = "EBIKE26"
# Keys by which the sources call her.
CRM_NUMBER = "004217"
DESK_NUMBER = "2603"
COMPLAINTS_NUMBER = "4219"
CARD_NUMBER = "2600004217008"


@dataclass(frozen=True, slots=True)
class Moments:
    """Days before the last day, and local times, of what happened."""

    sent: int = 45
    ordered: int = 44
    mailed: int = 30
    registered: int = 30
    complaint: int = 29
    resolved: int = 22


MOMENTS = Moments()
COMPENSATION_CENTS = 5_000
ORDER_PRODUCTS = ("1601-1", "2500-1")
SUBJECT = "Klacht: accu nog steeds niet bezorgd"
BODY = (
    "Beste mensen,\n\nOp de nieuwsbrief over e-bikes heb ik twee weken geleden een accu besteld "
    "met de code {code} (bestelling {order}). De levering zou drie dagen duren, maar ik heb nog "
    "steeds niets ontvangen en niemand belt terug. Ik ben hier behoorlijk ontevreden over. "
    "Kunnen jullie laten weten wanneer de accu komt?\n\nMet vriendelijke groet,\n"
    "Marijke van der Zwaluw-Terpstra\n0970-00 00 04 21"
)
REPLY = (
    "Beste mevrouw Van der Zwaluw,\n\nWat vervelend dat uw accu te laat is. Ik heb uw melding "
    "geregistreerd onder nummer {case} en doorgezet naar onze klachtenafdeling. U hoort binnen "
    "een week van ons.\n\nMet vriendelijke groet,\nIlse Kuijer\nDe Dertien Spaken, klantenservice"
)


def members(today: date) -> list[Person]:
    """Marijke, her partner and her son: the first household."""
    year = today.year
    marijke = Person(
        index=MARIJKE, household=0, gender="f", origin="nl", first_name="Marijke", nickname="",
        middle_initial="A.", prefix="", surname="Terpstra", birth_date=date(year - 42, 5, 14),
        address=HOME, partner_prefix="van der", partner_surname="Zwaluw",
        old_address=FORMER_HOME, profession="verpleegkundige",
        email="marijke.terpstra@mail.example.nl", second_email="m.vanderzwaluw@example.nl",
        mobile="+3197000000421", landline=LANDLINE, interests=("e-bikes", "onderhoud"),
    )  # fmt: skip
    partner = Person(
        index=PARTNER, household=0, gender="m", origin="nl", first_name="Ruben", nickname="",
        middle_initial="", prefix="van der", surname="Zwaluw", birth_date=date(year - 44, 9, 2),
        address=HOME, old_address=FORMER_HOME, profession="projectleider",
        email="ruben.vanderzwaluw@example.com", mobile="+3197000000422", landline=LANDLINE,
        interests=("racefietsen",),
    )  # fmt: skip
    son = Person(
        index=SON, household=0, gender="m", origin="nl", first_name="Mats", nickname="",
        middle_initial="", prefix="van der", surname="Zwaluw", birth_date=date(year - 16, 2, 27),
        address=HOME, old_address=FORMER_HOME, profession="scholier",
        email="mats.vanderzwaluw@example.org", mobile="+3197000000423", landline=LANDLINE,
        interests=("accessoires",),
    )  # fmt: skip
    return [marijke, partner, son]
