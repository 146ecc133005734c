"""crm.xlsx: the customer file of the company, with a sheet of people and one of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.ledger import (
    DUPLICATE,
    NOBODY,
    QUARANTINED,
    REJECTED,
    Ledger,
    Row,
    Statement,
    Subject,
)
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen, dutch_date
from klantbeeld.sample.people import Address, Organisation, Person
from klantbeeld.sample.traits import NEVER
from klantbeeld.sample.workbook import Cell, Workbook

FILE = "crm.xlsx"
PRIVATE, BUSINESS = "Particulier", "Zakelijk"
PRIVATE_GROUPS = (("Relatie", 1), ("Naam", 5), ("Persoon", 3), ("Adres", 3), ("Bereikbaar", 3),
                  ("Toestemming", 4), ("Overig", 6))  # fmt: skip
PRIVATE_COLUMNS = (
    "Klantnr", "Aanhef", "Voorl.", "Voornaam", "Tussenv.", "Achternaam", "Geb.dat.", "M/V",
    "Beroep", "Adres", "Postcode", "Plaats", "Telefoon", "Mobiel", "E-mail", "Nieuwsbrief",
    "Bellen", "Niet mailen", "Afgemeld op", "Interesses", "Relatie", "Klant sinds", "Wensen",
    "Opmerkingen", "Gewijzigd",
)  # fmt: skip
BUSINESS_GROUPS = (("Relatie", 1), ("Bedrijf", 5), ("Contactpersoon", 2), ("Adres", 3),
                   ("Bereikbaar", 4), ("Toestemming", 2), ("Overig", 4))  # fmt: skip
BUSINESS_COLUMNS = (
    "Klantnr", "Bedrijfsnaam", "Rechtsvorm", "KvK-nr", "Btw-nr", "IBAN", "Contactpersoon",
    "Functie", "Bezoekadres", "Postcode", "Plaats", "Telefoon", "Mobiel", "E-mail", "Website",
    "Nieuwsbrief", "Bellen", "Relatie", "Klant sinds", "Accountmanager", "Opmerkingen",
)  # fmt: skip
WISHES = (
    "wil graag een proefrit", "zoekt lichte fiets i.v.m. rug", "liever brochure per post",
    "belt alleen na 18 uur", "wil ophaalservice", "vaste monteur gewenst",
)  # fmt: skip
NOTES = (
    "vriendelijk, twijfelt over prijs", "lid van fietsvereniging", "heeft hond mee in winkel",
    "buurvrouw van collega", "vraagt altijd naar korting", "fietst naar het werk, 18 km",
    "moeilijk bereikbaar", "verhuisd? navragen", "dubbel met andere kaart?",
)  # fmt: skip
EXACT_DUPLICATES, WITHOUT_IDENTITY = 12, 4


class PrivateSheet:
    """Writes the people. Every row is a record of its own, also the second one of a person."""

    def __init__(self, model: Model, book: Workbook) -> None:
        self._model = model
        self._book = book
        self.ledger = Ledger(FILE, PRIVATE)
        self._pen = Pen(model.world.random("crm"), self.ledger.mess, self.ledger.flaws)
        self._row = 3
        self._spare = 900_000

    def write(self) -> None:
        book, world = self._book, self._model.world
        sheet = self._sheet = book.sheet(PRIVATE)
        title = f"Klantenbestand {catalogue.COMPANY}, particulier (stand {world.today:%d-%m-%Y})"
        book.title(sheet, title, len(PRIVATE_COLUMNS))
        book.groups(sheet, PRIVATE_GROUPS)
        book.write(sheet, 2, PRIVATE_COLUMNS)
        people = [world.people[i] for i in self._model.keys.crm if world.is_person(i)]
        people.sort(key=lambda one: self._model.keys.crm[one.index])
        for position, person in enumerate(people):
            cells = self._add(person, self._model.keys.crm[person.index])
            if position % (len(people) // EXACT_DUPLICATES) == 9:
                self._append(cells, person.index, DUPLICATE, "same_row_again")
            if person.index > story.SON and self._pen.chance(0.035, "second_crm_row"):
                self._spare += 1
                self._add(person, str(self._spare))
            if position % 900 == 450:
                self._row += 1  # an empty row, as people leave them
                self.ledger.mess["empty_row"] += 1
        for number in range(WITHOUT_IDENTITY):
            note = f"kaartje onleesbaar ({number + 1})"
            self._append([None] * 23 + [note, None], NOBODY, QUARANTINED, "no_identity")
        total: list[Cell] = ["Totaal", None, None, None, None, f"{len(people)} klanten"]
        self._append(total, NOBODY, REJECTED, "total_row")

    def _append(self, cells: Sequence[Cell], party: int, verdict: str, reason: str) -> None:
        self._book.write(self._sheet, self._row, cells)
        self._row += 1
        key = str(cells[0] or "") if verdict != REJECTED else ""
        self.ledger.rows.append(
            Row(self._row, key, key, "customer", None, party, None, verdict, reason)
        )

    def _add(self, person: Person, number: str) -> list[Cell]:
        pen = self._pen
        name = pen.name(person)
        if person.index == story.MARIJKE:
            # The story's customer is written plainly, with her husband's name in front.
            name.first_name, name.prefix = "Marijke", person.partner_prefix
            name.surname = f"{person.partner_surname}-{person.surname}"
        prefix, surname = name.prefix, name.surname
        if prefix and pen.chance(0.25, "prefix_inside_surname"):
            prefix, surname = "", f"{name.prefix} {name.surname}"
        home = pen.home(person, 0.3 if person.index > story.SON else 0.0)
        cells: list[Cell] = [
            number,
            person.salutation if pen.draw.random() < 0.8 else "",
            name.initials,
            pen.case(name.first_name),
            prefix,
            pen.case(surname),
            self._birth_date(person, number),
            {"m": "M", "f": "V"}[person.gender] if pen.draw.random() < 0.9 else "",
            self._profession(person, number),
            pen.case(f"{home.street} {pen.house(home)}"),
            pen.postcode(number, "Postcode", home),
            home.city.upper() if pen.draw.random() < 0.15 else home.city,
            *self._reach(person, home, number),
            *self._consents(person, number),
            self._interests(person),
            self._relation(person),
            self._since(person),
            pen.draw.choice(WISHES) if pen.draw.random() < 0.12 else "",
            pen.draw.choice(NOTES) if pen.draw.random() < 0.15 else "",
            self._changed(person),
        ]
        self.ledger.know(Subject(number, person.index))
        self._append(cells, person.index, "stored", "")
        return cells

    def _birth_date(self, person: Person, number: str) -> Cell:
        pen = self._pen
        point = pen.draw.random()
        if person.index > story.SON:
            if point < 0.015:
                raw = pen.draw.choice(("1-1-1900", "01-01-1900"))
                return pen.flaw(number, "Geb.dat.", raw, "placeholder_date")
            if point < 0.02:
                raw = f"31-02-{person.birth_date.year}"
                return pen.flaw(number, "Geb.dat.", raw, "impossible_date")
            if point < 0.2:
                return None
        if point < 0.5:
            pen.mess["date_as_text"] += 1
            return dutch_date(pen.draw, person.birth_date)
        pen.mess["date_as_excel_date"] += 1
        return person.birth_date

    def _profession(self, person: Person, number: str) -> str:
        point = self._pen.draw.random()
        if point < 0.03:
            return self._pen.flaw(number, "Beroep", "onbekend", "placeholder_text")
        return person.profession if point < 0.55 else ""

    def _reach(self, person: Person, home: Address, number: str) -> tuple[str, str, str]:
        pen = self._pen
        landline = person.landline if pen.draw.random() < 0.8 else ""
        mobile = person.mobile if pen.draw.random() < 0.85 else ""
        email = person.email if pen.draw.random() < 0.82 else ""
        if person.family_email and pen.chance(0.4, "shared_mailbox"):
            email = person.family_email
        if landline:
            pen.mess["shared_landline"] += 1
        if person.index == story.MARIJKE:
            return pen.landline(landline, home.area_code), "0970-00000421", person.email
        return (
            pen.landline(landline, person.address.area_code),
            pen.mobile(number, "Mobiel", mobile),
            pen.email(number, "E-mail", email),
        )

    def _consents(self, person: Person, number: str) -> tuple[str, str, str, Cell]:
        """Newsletter, phone, 'do not mail' and date of unsubscribing, with their statements."""
        draw, world, model = self._pen.draw, self._model.world, self._model
        index = person.index
        letter = phone = blocked = ""
        gone: Cell = None

        def state(channel: str, is_granted: bool, at: datetime | None = None) -> None:
            self.ledger.statements.append(Statement(number, index, channel, is_granted, at))

        if model.traits.subscribed[index] < NEVER and draw.random() < 0.75:
            letter = draw.choice(("ja", "Ja", "J", "ja"))
            state("email", is_granted=True)
        elif model.traits.subscribed[index] == NEVER and draw.random() < 0.3:
            letter = draw.choice(("nee", "Nee", "N"))
            state("email", is_granted=False)
        if draw.random() < 0.55:
            phone = draw.choice(("ja", "nee", "nee"))
            state("phone", is_granted=phone == "ja")
        left = int(model.mailings.left[index])
        if left < NEVER and draw.random() < 0.6:
            gone = world.moment(left).date()
            state("email", is_granted=False, at=world.moment(left))
        if index > story.SON and draw.random() < 0.03:
            blocked = "x"
            state("email", is_granted=False)
        return letter, phone, blocked, gone

    def _interests(self, person: Person) -> str:
        if self._pen.draw.random() < 0.5:
            return ""
        return self._pen.draw.choice((", ", "; ", "/")).join(person.interests)

    def _relation(self, person: Person) -> str:
        if person.relation != "klant":
            return person.relation
        is_buyer = bool(self._model.traits.shopper[person.index])
        return "klant" if is_buyer else "prospect"

    def _since(self, person: Person) -> Cell:
        if self._pen.draw.random() < 0.35:
            return None
        since = self._model.world.moment(int(self._model.traits.joined[person.index])).date()
        return since if self._pen.draw.random() < 0.7 else str(since.year)

    def _changed(self, person: Person) -> date:
        days = self._pen.draw.randrange(1, 1_400)
        return self._model.world.today - timedelta(days=days)


class BusinessSheet:
    """Writes the organisations; a branch is a row with its own number and the same register."""

    def __init__(self, model: Model, book: Workbook) -> None:
        self._model = model
        self._book = book
        self.ledger = Ledger(FILE, BUSINESS)
        self._pen = Pen(model.world.random("crm firms"), self.ledger.mess, self.ledger.flaws)
        self._row = 3

    def write(self) -> None:
        book, world = self._book, self._model.world
        self._sheet = book.sheet(BUSINESS)
        title = f"Klantenbestand {catalogue.COMPANY}, zakelijk (stand {world.today:%d-%m-%Y})"
        book.title(self._sheet, title, len(BUSINESS_COLUMNS))
        book.groups(self._sheet, BUSINESS_GROUPS)
        book.write(self._sheet, 2, BUSINESS_COLUMNS)
        branch = 950_000
        for firm in world.organisations:
            if firm.index not in self._model.keys.crm:
                continue
            self._add(firm, self._model.keys.crm[firm.index], firm.address)
            for address in firm.branches:
                branch += 1
                self.ledger.mess["branch"] += 1
                self._add(firm, str(branch), address)

    def _add(self, firm: Organisation, number: str, address: Address) -> None:
        pen, model = self._pen, self._model
        contact = model.world.people[firm.contact]
        name = pen.name(contact)
        letter = "ja" if model.traits.subscribed[firm.index] < NEVER else ""
        if letter:
            self.ledger.statements.append(Statement(number, firm.index, "email", True, None))
        cells: list[Cell] = [
            number,
            self._company(firm),
            firm.legal_form if pen.draw.random() < 0.7 else "",
            self._register(firm, number),
            firm.vat if pen.draw.random() < 0.6 else "",
            firm.iban if pen.draw.random() < 0.5 else "",
            name.full if pen.draw.random() < 0.85 else f"{contact.salutation} {name.surname}",
            firm.job_title,
            f"{address.street} {pen.house(address)}",
            pen.postcode(number, "Postcode", address),
            address.city,
            pen.landline(firm.phone, firm.address.area_code),
            pen.mobile(number, "Mobiel", contact.mobile if pen.draw.random() < 0.5 else ""),
            pen.email(number, "E-mail", firm.email),
            f"www.{firm.domain}" if pen.draw.random() < 0.5 else "",
            letter,
            "",
            "klant" if model.traits.shopper[firm.index] else "prospect",
            model.world.moment(int(model.traits.joined[firm.index])).date(),
            pen.draw.choice(catalogue.EMPLOYEES),
            "",
        ]
        self._book.write(self._sheet, self._row, cells)
        self._row += 1
        self.ledger.know(Subject(number, firm.index, firm.contact))
        self.ledger.rows.append(Row(self._row, number, number, "customer", None, firm.index))

    def _company(self, firm: Organisation) -> str:
        pen = self._pen
        name = firm.full_name if pen.draw.random() < 0.7 else firm.name
        if pen.chance(0.15, "legal_form_notation"):
            name = name.replace("B.V.", "bv").replace("V.O.F.", "vof")
        return pen.case(name)

    def _register(self, firm: Organisation, number: str) -> str:
        pen = self._pen
        if pen.draw.random() < 0.02:
            return pen.flaw(number, "KvK-nr", firm.kvk[3:], "invalid_kvk")
        return firm.kvk if pen.draw.random() < 0.8 else ""


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes crm.xlsx; returns the notes on its two sheets."""
    book = Workbook(folder / FILE, model.world.today)
    private, business = PrivateSheet(model, book), BusinessSheet(model, book)
    private.write()
    business.write()
    book.close()
    return [private.ledger, business.ledger]
