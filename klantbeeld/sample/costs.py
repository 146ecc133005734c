"""campagnekosten.csv: what the campaigns cost, with a total row at the end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from klantbeeld.sample.csvfile import CsvFile, euros
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, REJECTED, Ledger, Row
from klantbeeld.sample.mailings import CAMPAIGNS
from klantbeeld.sample.model import Model
from klantbeeld.sample.world import DAYS

FILE, TABLE = "campagnekosten.csv", "campagnekosten"
COLUMNS = ("Datum", "Campagne", "Code", "Kanaal", "Omschrijving", "Bedrag")
# Channel: (description, lowest and highest amount in euro).
CHANNELS = {
    "e-mail": ("Verzending en opmaak", 120, 300),
    "social": ("Advertenties", 200, 900),
    "drukwerk": ("Folders in de winkel", 150, 600),
}


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes campagnekosten.csv; returns the notes on it."""
    ledger = Ledger(FILE, TABLE)
    draw = model.world.random("costs")
    file = CsvFile(";", "cp1252")
    file.add(COLUMNS)
    total = 0
    for campaign in CAMPAIGNS:
        for channel, (description, low, high) in CHANNELS.items():
            if channel != "e-mail" and draw.random() < 0.35:
                continue
            at: datetime = model.world.moment(DAYS - campaign.days_ago - draw.randint(1, 9))
            cents = draw.randrange(low * 100, high * 100, 25)
            total += cents
            line = file.add(
                (f"{at:%d-%m-%Y}", campaign.name, campaign.code, channel, description,
                 f"€ {euros(cents)}")
            )  # fmt: skip
            ledger.rows.append(Row(line, "", "", "cost", at, NOBODY, cents))
    for amount in ("n.t.b.", "volgt"):
        line = file.add(("01-11-2026", "Winter", "WINTER26", "e-mail", "Offerte", amount))
        ledger.rows.append(
            Row(line, "", "", "cost", None, NOBODY, None, QUARANTINED, "not_a_number")
        )
    line = file.add(("Totaal", "", "", "", "", f"€ {euros(total)}"))
    ledger.rows.append(Row(line, "", "", "", None, NOBODY, None, REJECTED, "total_row"))
    file.save(folder / FILE)
    return [ledger]
