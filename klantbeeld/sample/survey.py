"""enquete.xlsx: answers to the customer survey, with NPS and free text."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from klantbeeld.sample import catalogue, phrases
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen
from klantbeeld.sample.people import Organisation, Person
from klantbeeld.sample.workbook import Workbook

FILE, SHEET = "enquete.xlsx", "Antwoorden"
COLUMNS = (
    "Respondent", "Ingevuld op", "Enquête", "E-mail", "Bestelnummer",
    "Hoe waarschijnlijk is het dat u ons aanbeveelt? (0-10)", "Tevredenheid (1-5)", "Toelichting",
)  # fmt: skip
# The true model of the recommendation score (before rounding to 0..10).
BASE, SPREAD = 8.1, 1.4
UNRESOLVED, RESOLVED, COMPENSATED = -3.2, -1.6, 0.7
LOOK_BACK_DAYS = 200


class Survey:
    """A share of the orders is followed by an answer."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.ledger = Ledger(FILE, SHEET)
        self._pen = Pen(model.world.random("survey"), self.ledger.mess, self.ledger.flaws)
        self._complaints: dict[int, list[tuple[datetime, datetime | None, int]]] = {}
        for case in model.cases:
            if case.complaint:
                entry = (case.opened, case.closed, case.compensation_cents)
                self._complaints.setdefault(case.party, []).append(entry)

    def score(self, party: int, at: datetime) -> int:
        """Recommendation score at a moment, after the model in this module's constants."""
        value = self._pen.draw.gauss(BASE, SPREAD)
        for opened, closed, cents in self._complaints.get(party, []):
            if not opened < at < opened + timedelta(days=LOOK_BACK_DAYS):
                continue
            is_resolved = closed is not None and closed < at
            value += RESOLVED if is_resolved else UNRESOLVED
            value += COMPENSATED if is_resolved and cents else 0.0
        return max(0, min(10, round(value)))

    def answers(self) -> list[tuple[datetime, int, str]]:
        """Moments, parties and order numbers of the answers, by time."""
        draw, found = self._pen.draw, []
        last = self._model.world.moment(0) + timedelta(days=3 * 365, hours=20)
        orders = self._model.sales.orders.select("number", "party", "at", "kind", "complained")
        for number, party, at, kind, unhappy in orders.iter_rows():
            if party < 0 or kind != "order" or not self._model.world.speaker(party).email:
                continue
            moment = at + timedelta(days=draw.randint(18, 45), seconds=draw.randrange(30_000))
            if moment < last and draw.random() < (0.25 if unhappy else 0.075):
                found.append((moment, party, number))
        return sorted(found)

    def write(self, book: Workbook) -> None:
        sheet = book.sheet(SHEET)
        book.title(sheet, f"Klantenquête {catalogue.COMPANY}", len(COLUMNS))
        book.write(sheet, 1, COLUMNS)
        row = 2
        for moment, party, order in self.answers():
            row = self._answer(book, row, (moment, party, order))
        wrong: tuple[int | str, ...] = (14, -3, 99, "heel graag")
        for position, score in enumerate(wrong):
            key = f"R{90_001 + position}"
            book.write(
                sheet,
                row,
                (key, self._model.world.moment(500, 43_200), "NPS", "", "", score, 3, ""),
            )
            row += 1
            reason = "not_a_number" if isinstance(score, str) else "out_of_range"
            self.ledger.rows.append(
                Row(row, key, key, "survey", None, NOBODY, None, QUARANTINED, reason)
            )

    def _answer(self, book: Workbook, row: int, about: tuple[datetime, int, str]) -> int:
        moment, party, order = about
        pen, world = self._pen, self._model.world
        key = f"R{10_000 + row - 1}"
        score = self.score(party, moment)
        words = phrases.PRAISE if score >= 9 else phrases.NEUTRAL if score >= 7 else phrases.BLAME
        one = world.party(party)
        email = one.email if isinstance(one, Organisation) else world.people[party].email
        is_anonymous = pen.chance(0.1, "anonymous_answer")
        with_order = not is_anonymous and pen.draw.random() < 0.5
        if isinstance(one, Person) and one.second_email and pen.draw.random() < 0.2:
            email = one.second_email
        sheet = book.sheets[SHEET]
        book.write(
            sheet,
            row,
            (
                key, moment, "NPS", "" if is_anonymous else email, order if with_order else "",
                score, max(1, min(5, round(score / 2))),
                pen.draw.choice(words) if pen.draw.random() < 0.6 else "",
            ),
        )  # fmt: skip
        contact = one.contact if isinstance(one, Organisation) else NOBODY
        self.ledger.know(Subject(key, party, contact, not is_anonymous))
        self.ledger.rows.append(Row(row + 1, key, key, "survey", moment, party, score))
        return row + 1


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes enquete.xlsx; returns the notes on it (`amount` is the score)."""
    book = Workbook(folder / FILE, model.world.today)
    survey = Survey(model)
    survey.write(book)
    book.close()
    return [survey.ledger]
