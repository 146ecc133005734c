"""brieven/: letters, quotes and cancellations on paper, as PDF and DOCX."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from klantbeeld.sample import catalogue, papers
from klantbeeld.sample.csvfile import euros
from klantbeeld.sample.ledger import NOBODY, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import MONTHS
from klantbeeld.sample.people import Organisation

FOLDER = "brieven"


class Drawer:
    """Writes the papers one by one; the scanner's names tell nothing, the others the number."""

    def __init__(self, model: Model, folder: Path) -> None:
        self._model = model
        self._folder = folder / FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        self.ledger = Ledger(FOLDER, "documenten")
        self._draw = model.world.random("letters")

    def file(self, party: int, day: date, kind: str, text: list[str]) -> None:
        draw, world = self._draw, self._model.world
        one, person = world.party(party), world.speaker(party)
        number = self._model.keys.crm.get(party, "")
        lines = [one.full_name]
        if isinstance(one, Organisation):
            lines.append(f"t.a.v. {person.salutation} {person.family_name}")
        lines += [one.address.line, f"{one.address.postcode}  {one.address.city}", ""]
        if number and draw.random() < 0.8:
            lines.append(f"Klantnummer: {number}")
        lines.append(f"Datum: {day.day} {MONTHS[day.month - 1]} {day.year}")
        lines += ["", f"Betreft: {kind}", "", *text, "", "Met vriendelijke groet,"]
        lines.append(catalogue.COMPANY if kind != "opzegging" else person.full_name)
        is_pdf = draw.random() < 0.6
        place = len(self.ledger.rows) + 1
        stem = f"scan{place:04d}" if draw.random() < 0.25 else f"{day:%Y-%m-%d}_{kind}_{place:04d}"
        name = f"{stem}.{'pdf' if is_pdf else 'docx'}"
        data = papers.pdf(lines) if is_pdf else papers.docx(lines)
        (self._folder / name).write_bytes(data)
        contact = person.index if isinstance(one, Organisation) else NOBODY
        self.ledger.know(Subject(name, party, contact))
        at = datetime.combine(day, time())
        self.ledger.rows.append(Row(place, name, name, "document", at, party))


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes the folder; a third quotes, a third cancellations, a third other letters."""
    drawer = Drawer(model, folder)
    draw = model.world.random("which letters")
    third = model.world.scale.letters // 3
    for quote in draw.sample(model.quotes, min(third, len(model.quotes))):
        text = [
            f"Hierbij onze offerte {quote.number} voor {quote.subject}.",
            f"Totaal inclusief btw: EUR {euros(quote.amount_cents)}.",
            f"Deze offerte is geldig tot {quote.valid_until:%d-%m-%Y}.",
        ]
        drawer.file(quote.party, quote.quoted, "offerte", text)
    ended = [one for one in model.subscriptions if one.ended and one.ended < model.world.today]
    for one in draw.sample(ended, min(third, len(ended))):
        text = [f"Hierbij zeg ik mijn abonnement {one.plan} ({one.number}) op.",
                "Graag ontvang ik een bevestiging."]  # fmt: skip
        drawer.file(one.party, one.ended or one.started, "opzegging", text)
    closed = [case for case in model.cases if case.closed and case.in_complaints]
    for case in draw.sample(closed, min(third, len(closed))):
        text = [f"Naar aanleiding van uw klacht over {case.cause} schrijven wij u.",
                f"Onze oplossing: {case.resolution}. Onze excuses voor het ongemak."]  # fmt: skip
        day = case.closed.date() if case.closed else case.opened.date()
        drawer.file(case.party, day, "brief", text)
    return [drawer.ledger]
