"""Adds the notes on all files up to the truth."""

from __future__ import annotations

from collections import Counter

import polars as pl

from klantbeeld.sample.facts import facts_of, lots_of
from klantbeeld.sample.groups import OTHER_READINGS, PLAIN, customer_groups
from klantbeeld.sample.ledger import NOBODY, Ledger
from klantbeeld.sample.model import Model
from klantbeeld.sample.people import Organisation, Person, household_id
from klantbeeld.sample.truth import Truth
from klantbeeld.sample.world import Size

# Rows that are no event in anybody's history.
NO_INTERACTION = ("customer", "product", "line", "cost", "holdout", "")


def reckon(model: Model, ledgers: list[Ledger], size: Size) -> Truth:
    """The truth of one generated sample."""
    ids = _ids(model)
    subjects = _subjects(ledgers)
    rows = pl.concat([ledger.frame() for ledger in ledgers])
    # Prior to naming the parties everything is keyed by party number.
    statements = _statements(ledgers)
    totals = _totals(model, rows, subjects, statements)
    named = _named(rows, ids).select(
        "file", "table", "row", "key", "subject", "kind", "at", "person", "organisation",
        "amount", "verdict", "reason",
    )  # fmt: skip
    return Truth(
        persons=_persons(model, totals),
        organisations=_organisations(model, totals),
        subjects=_name_subjects(subjects, ids),
        rows=named,
        files=_files(rows, subjects),
        flaws=_flaws(ledgers),
        statements=_named(statements, ids).drop("party"),
        products=_products(model),
        traps=_traps(model, ids),
        lots=_named(lots_of(model), ids).drop("party"),
        facts=facts_of(model, ledgers, size),
    )


def _ids(model: Model) -> pl.DataFrame:
    world = model.world
    parties = [world.party(index) for index in range(world.parties)]
    return pl.DataFrame(
        {
            "party": [one.index for one in parties],
            "person": [one.id if isinstance(one, Person) else None for one in parties],
            "organisation": [one.id if isinstance(one, Organisation) else None for one in parties],
            "household": [
                household_id(one.household) if isinstance(one, Person) else None for one in parties
            ],
        },
        schema={
            "party": pl.Int64(),
            "person": pl.String(),
            "organisation": pl.String(),
            "household": pl.String(),
        },
    )


def _named(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    names = ids.select("party", "person", "organisation")
    return frame.join(names, on="party", how="left", maintain_order="left")


def _subjects(ledgers: list[Ledger]) -> pl.DataFrame:
    rows = [
        (ledger.file, ledger.table, one.key, one.party, one.contact, one.is_linkable, one.is_shared)
        for ledger in ledgers
        for one in ledger.subjects.values()
    ]
    schema: dict[str, pl.DataType] = {
        "file": pl.String(), "table": pl.String(), "key": pl.String(), "party": pl.Int64(),
        "contact": pl.Int64(), "is_linkable": pl.Boolean(), "is_shared": pl.Boolean(),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _name_subjects(subjects: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    contacts = ids.select(
        pl.col("party").alias("contact"), pl.col("person").alias("contact_person")
    )
    return (
        subjects.join(ids, on="party", how="left", maintain_order="left")
        .join(contacts, on="contact", how="left", maintain_order="left")
        .select(
            "file", "table", "key", "person", "household", "organisation", "contact_person",
            "is_linkable", "is_shared",
        )
    )  # fmt: skip


def _statements(ledgers: list[Ledger]) -> pl.DataFrame:
    rows = [
        (ledger.file, ledger.table, one.subject, one.party, one.channel, one.is_granted, one.at)
        for ledger in ledgers
        for one in ledger.statements
    ]
    schema: dict[str, pl.DataType] = {
        "file": pl.String(), "table": pl.String(), "subject": pl.String(), "party": pl.Int64(),
        "channel": pl.String(), "is_granted": pl.Boolean(), "at": pl.Datetime("us"),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _flaws(ledgers: list[Ledger]) -> pl.DataFrame:
    rows = [
        (ledger.file, ledger.table, *flaw)
        for ledger in ledgers
        for flaw in ledger.flaws
        if flaw.key
    ]
    names = ("file", "table", "key", "column", "raw", "problem")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _totals(
    model: Model, rows: pl.DataFrame, subjects: pl.DataFrame, statements: pl.DataFrame
) -> pl.DataFrame:
    """One row per party with everything that is counted."""
    links = subjects.group_by("file", pl.col("key").alias("subject")).agg(
        pl.col("is_linkable").any()
    )
    stored = (
        rows.filter((pl.col("verdict") == "stored") & (pl.col("party") != NOBODY))
        .join(links, on=["file", "subject"], how="left")
        .with_columns(pl.col("is_linkable").fill_null(value=True))
    )
    kind, amount = pl.col("kind"), pl.col("amount")
    is_order = (kind == "order") & (amount > 0)
    sums = stored.group_by("party").agg(
        is_order.sum().cast(pl.Int64).alias("orders"),
        amount.filter(kind.is_in(["order", "credit"])).sum().alias("revenue_cents"),
        amount.filter(kind.is_in(["order", "credit", "cancelled"])).sum().alias("gross_cents"),
        (kind == "cancelled").sum().cast(pl.Int64).alias("cancelled_orders"),
        (kind == "credit").sum().cast(pl.Int64).alias("credits"),
        pl.col("at").filter(is_order).max().dt.date().alias("last_purchase"),
        (kind == "complaint").sum().cast(pl.Int64).alias("complaints"),
        (kind == "service").sum().cast(pl.Int64).alias("service_cases"),
        (kind == "quote").sum().cast(pl.Int64).alias("quotes"),
        (~kind.is_in(NO_INTERACTION)).sum().cast(pl.Int64).alias("interactions"),
        pl.col("file").n_unique().cast(pl.Int64).alias("sources"),
    )
    base = _contracts(model).join(sums, on="party", how="left", maintain_order="left")
    base = base.with_columns(
        (pl.col("sources").fill_null(0) > 0).alias("is_known"),
        pl.col(pl.Int64).fill_null(0),
    )
    base = base.join(_consents(statements), on="party", how="left", maintain_order="left")
    base = base.with_columns(pl.col("consent_email", "consent_phone").fill_null("unknown"))
    return _grouped(model, base, stored)


def _contracts(model: Model) -> pl.DataFrame:
    world = model.world
    running: Counter[int] = Counter()
    ever: Counter[int] = Counter()
    for one in model.subscriptions:
        ever[one.party] += 1
        running[one.party] += one.is_running(world.today)
    opened = Counter(
        case.party for case in model.cases if case.in_complaints and case.closed is None
    )
    desk = Counter(case.party for case in model.cases if case.in_desk and case.closed is None)
    parties = range(world.parties)
    return pl.DataFrame(
        {
            "party": list(parties),
            "relation": [world.party(index).relation for index in parties],
            "subscriptions": [ever[index] for index in parties],
            "running_subscriptions": [running[index] for index in parties],
            "open_complaints": [opened[index] for index in parties],
            "open_service_cases": [desk[index] for index in parties],
        }
    ).with_columns(
        (pl.col("subscriptions") > 0).alias("has_subscription"),
        (pl.col("running_subscriptions") > 0).alias("is_running"),
    )


def _consents(statements: pl.DataFrame) -> pl.DataFrame:
    """Per party and channel: a denial anywhere wins."""
    states = statements.group_by("party", "channel").agg(
        pl.when(pl.col("is_granted").all())
        .then(pl.lit("granted"))
        .otherwise(pl.lit("denied"))
        .alias("state")
    )

    def of(channel: str) -> pl.DataFrame:
        mine = states.filter(pl.col("channel") == channel)
        return mine.select("party", pl.col("state").alias(f"consent_{channel}"))

    return of("email").join(of("phone"), on="party", how="full", coalesce=True)


def _grouped(model: Model, base: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    today = model.world.today
    groups = customer_groups(stored, base, today, PLAIN)
    certain = pl.lit(value=True)
    for number, reading in enumerate(OTHER_READINGS):
        other = customer_groups(stored, base, today, reading)
        groups = groups.join(
            other.rename({"group": f"group_{number}"}),
            on="party",
            how="left",
            maintain_order="left",
        )
        certain = certain & (pl.col("group") == pl.col(f"group_{number}"))
    groups = groups.select("party", "group", certain.alias("is_group_certain"))
    return base.join(groups, on="party", how="left", maintain_order="left").drop(
        "has_subscription", "is_running"
    )


def _persons(model: Model, totals: pl.DataFrame) -> pl.DataFrame:
    identities = pl.DataFrame(
        [
            {
                "party": one.index, "person": one.id, "household": household_id(one.household),
                "gender": one.gender, "first_name": one.first_name, "nickname": one.nickname,
                "initials": one.initials, "prefix": one.prefix, "surname": one.surname,
                "partner_prefix": one.partner_prefix, "partner_surname": one.partner_surname,
                "birth_date": one.birth_date, "street": one.address.street,
                "house_number": one.address.number, "house_suffix": one.address.suffix,
                "postcode": one.address.postcode, "city": one.address.city,
                "old_postcode": one.old_address.postcode if one.old_address else "",
                "email": one.email, "second_email": one.second_email,
                "family_email": one.family_email, "mobile": one.mobile,
                "landline": one.landline,
            }
            for one in model.world.people
        ],
        infer_schema_length=None,
    )  # fmt: skip
    bargain = pl.Series("is_bargain_hunter", model.traits.bargain[: len(model.world.people)])
    return (
        identities.with_columns(bargain)
        .join(totals, on="party", how="left", maintain_order="left")
        .drop("party")
    )


def _organisations(model: Model, totals: pl.DataFrame) -> pl.DataFrame:
    identities = pl.DataFrame(
        [
            {
                "party": one.index, "organisation": one.id, "name": one.full_name, "kvk": one.kvk,
                "vat": one.vat, "iban": one.iban, "domain": one.domain, "phone": one.phone,
                "postcode": one.address.postcode, "city": one.address.city,
                "contact_person": model.world.people[one.contact].id,
                "job_title": one.job_title, "branches": len(one.branches),
            }
            for one in model.world.organisations
        ]
    )  # fmt: skip
    return identities.join(totals, on="party", how="left", maintain_order="left").drop("party")


def _files(rows: pl.DataFrame, subjects: pl.DataFrame) -> pl.DataFrame:
    verdict = pl.col("verdict")
    is_event = (verdict == "stored") & ~pl.col("kind").is_in(NO_INTERACTION)
    counted = rows.group_by("file", "table", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("rows"),
        *[
            (verdict == one).sum().cast(pl.Int64).alias(one)
            for one in ("stored", "duplicate", "quarantined", "rejected")
        ],
        is_event.sum().cast(pl.Int64).alias("interactions"),
    )
    known = subjects.group_by("file", "table").agg(pl.len().cast(pl.Int64).alias("subjects"))
    return counted.join(
        known, on=["file", "table"], how="left", maintain_order="left"
    ).with_columns(pl.col("subjects").fill_null(0))


def _products(model: Model) -> pl.DataFrame:
    kept = model.sales.orders.filter(pl.col("kind") != "cancelled").select("order")
    sums = (
        model.sales.lines.join(kept, on="order", how="semi")
        .group_by("product")
        .agg(
            pl.col("order").n_unique().cast(pl.Int64).alias("orders"),
            pl.col("quantity").sum(),
            pl.col("amount").sum().alias("amount_cents"),
        )
    )
    products = pl.DataFrame(
        {
            "product": list(range(len(model.world.products))),
            "code": [one.code for one in model.world.products],
            "name": [one.name for one in model.world.products],
            "category": [one.category for one in model.world.products],
            "brand": [one.brand for one in model.world.products],
        }
    )
    return (
        products.join(sums, on="product", how="left", maintain_order="left")
        .with_columns(pl.col("orders", "quantity", "amount_cents").fill_null(0))
        .drop("product")
    )


def _traps(model: Model, ids: pl.DataFrame) -> pl.DataFrame:
    names = ids.select("party", pl.coalesce("person", "organisation").alias("name"))[
        "name"
    ].to_list()
    traps = model.world.traps
    return pl.DataFrame(
        {
            "kind": [one.kind for one in traps],
            "first": [names[one.first] for one in traps],
            "second": [names[one.second] for one in traps],
        }
    )
