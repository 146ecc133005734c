"""portaal.csv: log-ins on the customers' portal and what was used there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from klantbeeld.sample import story
from klantbeeld.sample.csvfile import CsvFile
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.people import Organisation
from klantbeeld.sample.world import DAYS

FILE, TABLE = "portaal.csv", "portaal"
COLUMNS = ("tijdstip", "gebruiker", "klantnummer_crm", "actie", "onderdeel", "sessie")
PARTS = (
    "facturen", "mijn gegevens", "onderhoudsboekje", "bestelling volgen", "abonnement",
    "voorkeuren", "afspraak maken",
)  # fmt: skip


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes portaal.csv; returns the notes on it. The user name is the e-mail address."""
    ledger = Ledger(FILE, TABLE)
    draw = model.world.random("portal")
    visits = []
    for party in range(model.world.parties):
        if not model.traits.portal[party] or model.traits.left[party] < 0:
            continue
        first = max(0, int(model.traits.joined[party]))
        last = max(first + 1, min(DAYS, int(model.traits.left[party]) + 60))
        for _ in range(1 + int(draw.expovariate(1 / 1.3))):
            day = draw.randint(min(first, DAYS - 1), min(last, DAYS))
            at = model.world.moment(day, draw.randrange(25_000, 83_000))
            visits.append((at, party, draw.sample(PARTS, draw.randint(0, 2))))
    at = model.world.moment(DAYS - story.MOMENTS.mailed - 2, 72_000)
    visits.append((at, story.MARIJKE, ["bestelling volgen"]))
    visits.sort(key=lambda one: (one[0], one[1]))
    file = CsvFile(",", "utf-8")
    file.add(COLUMNS)
    for number, (at, party, parts) in enumerate(visits, start=1):
        one = model.world.party(party)
        contact = one.contact if isinstance(one, Organisation) else NOBODY
        ledger.know(Subject(one.email, party, contact))
        crm = model.keys.crm.get(party, "")
        for position, part in enumerate(["", *parts]):
            moment = at + timedelta(seconds=47 * position)
            action = "gebruikt" if part else "ingelogd"
            line = file.add((moment.isoformat(), one.email, crm, action, part, f"p{number:06d}"))
            kind = "portal_use" if part else "login"
            ledger.rows.append(Row(line, "", one.email, kind, moment, party))
    for position, text in enumerate(("2025-13-45T10:00:00", "2026-02-31T08:00:00", "")):
        email = f"onbekend{position}@example.nl"
        line = file.add((text, email, "", "ingelogd", "", "p999999"))
        ledger.rows.append(
            Row(line, "", email, "login", None, NOBODY, None, QUARANTINED, "impossible_date")
        )
    file.save(folder / FILE)
    return [ledger]
