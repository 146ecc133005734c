"""nieuwsbrief.csv: export of the newsletter tool, semicolons, Windows-1252."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from klantbeeld.sample import story
from klantbeeld.sample.csvfile import CsvFile, western
from klantbeeld.sample.ledger import (
    NOBODY,
    QUARANTINED,
    REJECTED,
    Ledger,
    Row,
    Statement,
    Subject,
)
from klantbeeld.sample.model import Model
from klantbeeld.sample.people import Person

FILE, TABLE = "nieuwsbrief.csv", "nieuwsbrief"
COLUMNS = ("Tijdstip", "Actie", "E-mailadres", "Naam", "Mailing", "Onderwerp", "Thema", "Campagne",
           "Link")  # fmt: skip
ACTIONS = {
    "sent": "verzonden", "opened": "geopend", "clicked": "geklikt", "bounced": "bounce",
    "unsubscribed": "afgemeld", "holdout": "controlegroep",
}  # fmt: skip
IMPOSSIBLE_MOMENTS = ("31-02-2025 09:15:00", "30-02-2026 10:00:00", "12-13-2025 08:00:00",
                      "00-00-0000 00:00:00", "31-11-2024 11:30:00", "geopend")  # fmt: skip


def _addressees(model: Model, ledger: Ledger) -> pl.DataFrame:
    """Per party the address and name by which the tool knows it."""
    draw = model.world.random("newsletter")
    parties, emails, names = [], [], []
    taken: set[str] = set()
    for party in model.mailings.events["party"].unique().sort().to_list():
        one, person = model.world.party(party), model.world.speaker(party)
        email = one.email
        if isinstance(one, Person) and party != story.MARIJKE:
            point = draw.random()
            if one.second_email and point < 0.4:
                email = one.second_email
            elif one.family_email and point < 0.7 and one.family_email not in taken:
                email = one.family_email
                ledger.mess["shared_mailbox"] += 1
        taken.add(email)
        name = person.full_name if draw.random() < 0.5 else ""
        if name and draw.random() < 0.3:
            name = person.nickname or person.first_name
            ledger.mess["first_name_only"] += 1
        contact = person.index if party != person.index else NOBODY
        ledger.know(Subject(email, party, contact))
        parties.append(party)
        emails.append(email)
        names.append(western(name))
    return pl.DataFrame({"party": parties, "email": emails, "name": names})


def _rows(model: Model, people: pl.DataFrame) -> pl.DataFrame:
    mailings = pl.DataFrame(
        {
            "mailing": [one.number for one in model.mailings.mailings],
            "title": [one.name for one in model.mailings.mailings],
            "subject_line": [western(one.subject) for one in model.mailings.mailings],
            "topic": [one.topic for one in model.mailings.mailings],
            "code": [one.campaign.code if one.campaign else "" for one in model.mailings.mailings],
        }
    )
    last = model.world.moment(0).replace(
        year=model.world.today.year, month=model.world.today.month, day=model.world.today.day,
        hour=23, minute=59,
    )  # fmt: skip
    return (
        model.mailings.events.filter(pl.col("at") <= last)
        .join(people, on="party", how="left", maintain_order="left")
        .join(mailings, on="mailing", how="left", maintain_order="left")
        .unique(["party", "mailing", "kind", "at", "link"], keep="first", maintain_order=True)
        .sort("at", "mailing", "party", "kind", "link")
        .with_row_index("row", offset=2)
    )


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    # Some exports of the tool shouted the addresses.
    loud = pl.col("row") % 131 == 0
    email = pl.when(loud).then(pl.col("email").str.to_uppercase()).otherwise(pl.col("email"))
    return rows.select(
        pl.col("at").dt.strftime("%d-%m-%Y %H:%M:%S"),
        pl.col("kind").replace_strict(ACTIONS),
        pl.when(pl.col("row") % 517 == 0).then(email + " ").otherwise(email).alias("email"),
        "name",
        "title",
        "subject_line",
        "topic",
        "code",
        "link",
    ).with_columns(pl.col(pl.String).replace("", None))


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes nieuwsbrief.csv; returns the notes on it."""
    ledger = Ledger(FILE, TABLE)
    people = _addressees(model, ledger)
    rows = _rows(model, people)
    file = CsvFile(";", "cp1252")
    file.add(COLUMNS)
    block = io.BytesIO()
    _cells(rows).write_csv(
        block, separator=";", include_header=False, line_terminator="\r\n", null_value=""
    )
    file.add_text(block.getvalue().decode("utf-8"), rows.height)
    ledger.bulk.append(
        rows.select(
            pl.col("row").cast(pl.Int64),
            pl.lit("").alias("key"),
            pl.col("email").alias("subject"),
            "kind",
            "at",
            "party",
            pl.lit(None, dtype=pl.Int64).alias("amount"),
            pl.lit("stored").alias("verdict"),
            pl.lit("").alias("reason"),
        )
    )
    ledger.mess["email_case_or_blanks"] += int((rows["row"] % 131 == 0).sum())
    _spoil(file, ledger, people)
    for email, party, at in (
        rows.filter(pl.col("kind") == "unsubscribed").select("email", "party", "at").iter_rows()
    ):
        ledger.statements.append(Statement(email, party, "email", is_granted=False, at=at))
    file.save(folder / FILE)
    return [ledger]


def _spoil(file: CsvFile, ledger: Ledger, people: pl.DataFrame) -> None:
    """Rows with impossible moments, without address, ragged ones, and a total."""
    emails = people["email"].head(20).to_list()
    for moment, email in zip(IMPOSSIBLE_MOMENTS, emails[4:], strict=False):
        line = file.add((moment, "geopend", email, "", "Nieuwsbrief", "De Ketting", "", "", ""))
        ledger.rows.append(
            Row(line, "", email, "opened", None, NOBODY, None, QUARANTINED, "impossible_date")
        )
    for second in range(3):
        moment = f"14-08-2025 09:00:0{second}"
        line = file.add((moment, "verzonden", "", "", "Nieuwsbrief", "De Ketting", "", "", ""))
        ledger.rows.append(Row(line, "", "", "sent", None, NOBODY, None, QUARANTINED, "no_subject"))
    for extra in range(4):
        cells = ("15-08-2025 09:00:00", "geopend", emails[extra], "", "Nieuwsbrief", "Korting; nu",
                 "", "", "", "nog een veld", "en nog een")  # fmt: skip
        line = file.add(cells)
        ledger.rows.append(Row(line, "", "", "opened", None, NOBODY, None, REJECTED, "ragged_row"))
    line = file.add(("Totaal", str(line - 1), "", "", "", "", "", "", ""))
    ledger.rows.append(Row(line, "", "", "", None, NOBODY, None, REJECTED, "total_row"))
