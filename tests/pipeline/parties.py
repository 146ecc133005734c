"""Who each stored record truly is: the sample company's own notes laid beside what was imported."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from klantbeeld.core import bulk
from klantbeeld.sample.truth import Truth
from tests.pipeline import dump

PARTY = pl.coalesce("person", "organisation").alias("party")
# Sources whose rows have numbers of their own, and the file they come from.
NUMBERED = {
    "abonnementen": "abonnementen.csv", "offertes": "offertes.csv", "klachten": "klachten.csv",
    "servicedesk": "servicedesk.csv", "webevents": "webevents.jsonl", "brieven": "brieven",
    "servicemail": "servicemail.mbox",
}  # fmt: skip
# Sources that call their subjects by a key that stands in the truth as it is.
BY_KEY = {
    ("crm", ""): ("crm.xlsx", None), ("webshop", ""): ("webshop.sqlite", "customers"),
    ("webshop", "orders"): ("webshop.sqlite", "customers"),
    ("webshop", "orders/order:"): ("webshop.sqlite", "orders"),
    ("spaarpas", "card:"): ("spaarpas.json", "leden"),
    ("social", "social:"): ("social.json", "profielen"),
}  # fmt: skip
BY_MAIL = {"nieuwsbrief": "nieuwsbrief.csv", "portaal": "portaal.csv"}


def stored_records() -> pl.DataFrame:
    """Every record: record, source, key, kind, email, customer, household."""
    found = dump.rows(
        "SELECT r.id, s.key, r.key, r.kind, m.customer_id, m.household,"
        f" {bulk.json_text('r.data')} FROM core_record r JOIN core_source s ON s.id = r.source_id"
        " LEFT JOIN identity_membership m ON m.record_id = r.id"
    )
    names = ["record", "source", "key", "kind", "customer", "household", "data"]
    frame = pl.DataFrame(found, schema=names, orient="row", infer_schema_length=None)
    return frame.with_columns(pl.col("data").str.json_path_match("$.email").alias("email"))


def stored_happenings() -> pl.DataFrame:
    """Everything with a key of its own: record, source, key, kind, amount_minor, status, at."""
    found = []
    for table, kind, amount in (
        ("timeline_interaction", "kind", "amount_minor"),
        ("timeline_subscription", "'subscription'", "amount_minor"),
    ):
        found += dump.rows(
            f"SELECT i.record_id, s.key, i.key, {kind}, i.{amount}, i.status FROM {table} i"
            " JOIN core_delivery d ON d.id = i.delivery_id JOIN core_source s ON s.id = d.source_id"
        )
    names = ["record", "source", "key", "kind", "amount_minor", "status"]
    return pl.DataFrame(found, schema=names, orient="row", infer_schema_length=None)


def parties(truth: Truth, data: Path) -> pl.DataFrame:
    """Record to its party (P000001, O00001) and whether the source lets it be told: is_linkable."""
    records = stored_records()
    found = [_by_number(truth), *_by_key(truth, records), _by_mail(truth, records)]
    found.append(_surveys(truth, records, data))
    told = pl.concat(found).drop_nulls()
    # A record that several parties use (a family's mailbox) is of whom it is most often.
    counted = told.group_by("record", "party").agg(pl.len(), pl.col("is_linkable").any())
    best = counted.sort("len", "party", descending=[True, False]).unique("record", keep="first")
    return records.join(best.select("record", "party", "is_linkable"), on="record", how="inner")


def _subjects(truth: Truth) -> pl.DataFrame:
    return truth.subjects.with_columns(PARTY, pl.col("key").str.to_lowercase().alias("low"))


def _by_number(truth: Truth) -> pl.DataFrame:
    rows = truth.rows.filter(pl.col("verdict") == "stored").with_columns(PARTY)
    files = pl.DataFrame({"source": list(NUMBERED), "file": list(NUMBERED.values())})
    linkable = truth.subjects.select("file", pl.col("key").alias("subject"), "is_linkable")
    known = (
        rows.join(files, on="file")
        .join(linkable.unique(["file", "subject"]), on=["file", "subject"], how="left")
        .select("source", "key", "party", pl.col("is_linkable").fill_null(value=True))
    )
    return (
        stored_happenings()
        .join(known, on=["source", "key"])
        .select("record", "party", "is_linkable")
    )


def _by_key(truth: Truth, records: pl.DataFrame) -> list[pl.DataFrame]:
    subjects, found = _subjects(truth), []
    for (source, prefix), (file, table) in BY_KEY.items():
        mine = subjects.filter(pl.col("file") == file)
        if table is not None:
            mine = mine.filter(pl.col("table") == table)
        facet = f"{prefix}/" if prefix and not prefix.endswith(":") else prefix
        is_plain = pl.col("key").str.contains(f"^{re.escape(facet)}[^/:]+$")
        named = records.filter((pl.col("source") == source) & is_plain).with_columns(
            pl.col("key").str.strip_prefix(facet).str.to_lowercase().alias("low")
        )
        mine = mine.with_columns(pl.col("low").str.strip_prefix("@"))
        named = named.with_columns(pl.col("low").str.strip_prefix("@"))
        found.append(named.join(mine, on="low").select("record", "party", "is_linkable"))
    return found


def _by_mail(truth: Truth, records: pl.DataFrame) -> pl.DataFrame:
    files = pl.DataFrame({"source": list(BY_MAIL), "file": list(BY_MAIL.values())})
    mine = _subjects(truth).join(files, on="file").select("source", "low", "party", "is_linkable")
    return records.join(mine, left_on=["source", "email"], right_on=["source", "low"]).select(
        "record", "party", "is_linkable"
    )


def _surveys(truth: Truth, records: pl.DataFrame, data: Path) -> pl.DataFrame:
    """Answers have numbers that nothing was made of; their e-mail stands in the file."""
    sheet = CalamineWorkbook.from_path(str(data / "enquete.xlsx")).get_sheet_by_index(0)
    mails = [
        (number, cell.lower())
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)
        for cell in row
        if isinstance(cell, str) and "@" in cell
    ]
    told = pl.DataFrame(mails, schema={"row": pl.Int64, "email": pl.String}, orient="row")
    rows = truth.rows.filter(pl.col("file") == "enquete.xlsx").with_columns(PARTY)
    mine = records.filter(pl.col("source") == "enquete")
    linked = told.join(rows, on="row").join(mine, on="email")
    return linked.select("record", "party", pl.lit(value=True).alias("is_linkable"))
