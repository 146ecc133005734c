"""An invented company whose customers look alike: who goes, and the neighbours who stay.

Whoever goes has ten neighbours, each alike in another way: of the same household, a namesake, a
letter or a digit apart. The word `GOES` stands in everything that is told of those who go, and
nowhere else.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

GOES, NEARLY = "vertrekker", "vertrokker"
NEIGHBOURS = 10
# So many write, complain and have an order that cannot be read.
TELLING = 200
HEAD = "Klantnr;Voornaam;Achternaam;Straat;Huisnummer;Postcode;Plaats;E-mail;Telefoon;Geb.dat."
FIRST = ("Bart", "Karin", "Joost", "Wim", "Femke", "Gijs", "Trees", "Olaf", "Rik", "Nel")
CITIES = ("Utrecht", "Zwolle", "Tilburg", "Breda", "Leiden", "Hoorn", "Venlo", "Gouda")
SYLLABLES = tuple(c + v for c in "bdfghjklmnprstvwz" for v in "aeiou")


@dataclass(frozen=True)
class Size:
    """How many customers, and how many of these go."""

    customers: int
    leaving: int

    @property
    def pairs(self) -> int:
        """Pairs of one who goes and one who looks alike and stays."""
        return self.leaving * NEIGHBOURS


@dataclass(frozen=True)
class Person:
    """What the list of customers says of somebody."""

    number: str
    first: str
    surname: str
    house: str
    postcode: str
    email: str
    phone: str
    born: str
    street: str
    city: str

    @property
    def row(self) -> str:
        """The line of the list."""
        return (
            f"{self.number};{self.first};{self.surname};{self.street};{self.house};{self.postcode};"
            f"{self.city};{self.email};{self.phone};{self.born}"
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(5)).capitalize()


def _telephone(number: int) -> str:
    # Far from the next one's, as a digit apart would say that two may be one.
    return f"085-0{100_000 + number * 48_271 % 899_981:06d}"


def leaver(number: int) -> Person:
    """Somebody who goes."""
    chance = random.Random(f"leaver {number}")
    return Person(
        f"K{number:06d}00", _word(chance), _word(chance), str(number % 90 + 1),
        f"{1000 + chance.randrange(4000)} AB", f"{GOES}.{_word(chance).lower()}@example.com",
        _telephone(number * 11), f"{chance.randrange(1, 29):02d}-02-{chance.randrange(1976, 1982)}",
        f"{_word(chance)}straat", CITIES[number % len(CITIES)],
    )  # fmt: skip


def neighbour(number: int, nth: int) -> Person:
    """Who looks like leaver `number` in way `nth` (0 to 9), and stays."""
    like, chance = leaver(number), random.Random(f"neighbour {number} {nth}")
    born = f"{chance.randrange(1, 29):02d}-{chance.randrange(3, 13):02d}-{1940 + 7 * nth}"
    own = replace(
        like, number=f"K{number:06d}{nth + 1:02d}",
        email=f"blijver.{_word(chance).lower()}@example.com",
        phone=_telephone(number * 11 + nth + 1), born=born, first=FIRST[nth],
    )  # fmt: skip
    elsewhere = replace(
        own, street=f"{_word(chance)}weg", city="Assen", house=str(number % 90 + 101),
        postcode=f"{5000 + nth * 90} ZE",
    )  # fmt: skip
    stranger = replace(elsewhere, surname=_word(chance))
    mail = like.email.replace(GOES, NEARLY)
    ways = (
        own,  # of the household
        replace(own, first=f"{like.first[0]}ictor"),
        replace(elsewhere, first=like.first),  # a namesake
        replace(stranger, email=mail),  # a letter apart
        replace(stranger, email=mail.replace(".com", ".org")),
        replace(own, surname=f"{like.surname}s"),
        replace(own, house=f"{like.house}a"),
        replace(elsewhere, first=f"{like.first[0]}."),
        replace(stranger, born=like.born),
        # A couple shares its telephone.
        replace(own, phone=like.phone if number % 2 else own.phone),
    )
    return ways[nth]


def other(number: int) -> Person:
    """Any other customer."""
    chance = random.Random(f"other {number}")
    return Person(
        f"A{number:07d}", _word(chance), _word(chance), str(number % 300 + 1),
        f"{1000 + chance.randrange(8000)} CD", f"ander{number}@example.com",
        _telephone(200_000 + number), f"{number % 28 + 1:02d}-07-{1940 + number % 60}",
        f"{_word(chance)}laan", "Zwolle",
    )  # fmt: skip


def newcomer(number: int) -> Person:
    """Somebody whom a writer brings."""
    return replace(other(500_000 + number), email=f"nieuw{number}@example.com")


def people(size: Size) -> Iterator[Person]:
    """All customers of the list."""
    for number in range(size.leaving):
        yield leaver(number)
        for nth in range(NEIGHBOURS):
            yield neighbour(number, nth)
    for number in range(size.customers - size.leaving * (NEIGHBOURS + 1)):
        yield other(number)


def told_of_leavers(size: Size) -> list[str]:
    """What those who go are found by: the word, and each one's number and telephone."""
    found = [GOES]
    for number in range(size.leaving):
        person = leaver(number)
        found.append(person.number)
        if number % 2 == 0:
            found += [person.phone, "+31" + person.phone.replace("-", "")[1:]]
    return found


def write(folder: Path, size: Size) -> Path:
    """The company's files: customers, orders, complaints (UTF-16) and a mailbox."""
    folder.mkdir(parents=True)
    everybody = list(people(size))
    rows = [HEAD, *(person.row for person in everybody)]
    (folder / "klanten.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    telling = [p for p in everybody if not p.email.startswith("ander")][: TELLING * 2]
    orders = ["Bestelnummer;E-mailadres;Besteldatum;Artikel;Bedrag;Kortingscode"]
    orders += [f"X{n};{leaver(n).email};31-02-2026;Fietsbel;12,50;" for n in (0, 1)]
    orders += [
        f"B{p.number};{p.email};03-05-2026;Fietsbel;12,50;{p.email.split('@')[0]}"
        for p in everybody
    ]
    (folder / "orders.csv").write_text("\n".join(orders) + "\n", encoding="utf-8")
    cases = ["Klachtnr;E-mail;Datum melding;Onderwerp;Omschrijving"]
    cases += [f"C{p.number};{p.email};04-05-2026;Bel stuk;Mail mij op {p.email}" for p in telling]
    (folder / "klachten.csv").write_text("\n".join(cases) + "\n", encoding="utf-16")
    with (folder / "winkel.mbox").open("wb") as box:
        for person in telling[:TELLING]:
            box.write(b"From winkel Mon May  4 12:00:00 2026\n" + _letter(person) + b"\n\n")
    return folder


def _letter(person: Person) -> bytes:
    """A letter with two attachments, one of them in another encoding."""
    letter = EmailMessage()
    letter["From"] = f"{person.first} {person.surname} <{person.email}>"
    letter["To"] = "winkel@example.nl"
    letter["Subject"] = f"Vraag van {person.surname}"
    letter["Message-ID"] = f"<{person.number}@mail.example.com>"
    letter["Date"] = "Mon, 04 May 2026 12:00:00 +0200"
    letter.set_content(f"Bel of mail mij: {person.phone}, {person.email}\n", cte="quoted-printable")
    letter.add_attachment(f"Bon van {person.email}\n", filename="bon.txt", cte="base64")
    packed = base64.b64encode(person.email.encode("utf-16-le"))
    letter.add_attachment(packed, maintype="application", subtype="octet-stream",
                          filename="bon.dat")  # fmt: skip
    return letter.as_bytes()
