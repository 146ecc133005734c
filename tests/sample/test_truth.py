"""What the truth says about the files is what plain readers find in them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tests.sample.reading import Sample

CSV_FILES = {
    "abonnementen.csv": ("utf-8", ";"),
    "offertes.csv": ("utf-8-sig", ";"),
    "nieuwsbrief.csv": ("cp1252", ";"),
    "servicedesk.csv": ("utf-8", ";"),
    "klachten.csv": ("utf-8-sig", ","),
    "portaal.csv": ("utf-8", ","),
    "campagnekosten.csv": ("cp1252", ";"),
}


def parses(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("file", CSV_FILES)
def test_every_csv_row_is_in_the_truth(sample: Sample, file: str) -> None:
    encoding, delimiter = CSV_FILES[file]
    header, *rows = sample.csv(file, encoding, delimiter)
    noted = sample.truth.rows.filter(pl.col("file") == file).sort("row")
    assert noted["row"].to_list() == list(range(2, len(rows) + 2))
    ragged = [number for number, row in enumerate(rows, 2) if len(row) != len(header)]
    said = noted.filter(pl.col("reason") == "ragged_row")["row"].to_list()
    assert ragged == said
    total = [number for number, row in enumerate(rows, 2) if row[0] == "Totaal"]
    assert total == noted.filter(pl.col("reason") == "total_row")["row"].to_list()


def test_keys_stand_in_the_row_that_the_truth_names(sample: Sample) -> None:
    for file, table, column in (
        ("abonnementen.csv", "abonnementen", 0),
        ("servicedesk.csv", "servicedesk", 0),
        ("klachten.csv", "klachten", 0),
        ("offertes.csv", "offertes", 0),
    ):
        encoding, delimiter = CSV_FILES[file]
        rows = sample.csv(file, encoding, delimiter)
        noted = sample.truth.rows.filter((pl.col("file") == file) & (pl.col("key") != ""))
        assert noted.height >= sample.counts(file, table)["stored"]
        for row, key in noted.select("row", "key").iter_rows():
            assert rows[row - 1][column] == key


@pytest.mark.parametrize("sheet, header_row", [("Particulier", 3), ("Zakelijk", 3)])
def test_every_crm_row_is_in_the_truth(sample: Sample, sheet: str, header_row: int) -> None:
    found = sample.sheet("crm.xlsx", sheet, header_row)
    counts = sample.counts("crm.xlsx", sheet)
    assert len(found) == counts["rows"]
    numbers = [row["Klantnr"] for row in found if row["Klantnr"] not in (None, "Totaal")]
    assert len(set(numbers)) == counts["stored"] == counts["subjects"]
    assert len(numbers) - len(set(numbers)) == counts["duplicate"]
    assert sum(row["Klantnr"] is None for row in found) == counts["quarantined"]
    keys = sample.truth.subjects.filter(
        (pl.col("file") == "crm.xlsx") & (pl.col("table") == sheet)
    )["key"]
    assert set(keys) == set(numbers)


def test_webshop_rows_match(sample: Sample) -> None:
    for table in ("customers", "products", "orders", "order_lines"):
        (count,) = sample.query(f"SELECT count(*) FROM {table}")[0]
        assert count == sample.counts("webshop.sqlite", table)["rows"]
    broken = [
        number
        for number, at, amount in sample.query(
            "SELECT order_number, ordered_at, total_amount FROM orders"
        )
        if not parses(at, "%Y-%m-%d %H:%M:%S") or isinstance(amount, str)
    ]
    rows = sample.truth.rows
    quarantined = rows.filter(
        (pl.col("file") == "webshop.sqlite") & (pl.col("verdict") == "quarantined")
    )
    assert sorted(broken) == sorted(quarantined["key"])


def test_json_and_mail_counts_match(sample: Sample) -> None:
    scheme = sample.json("spaarpas.json")
    assert len(scheme["leden"]) == sample.counts("spaarpas.json", "leden")["rows"]
    moves = sum(len(one["mutaties"]) for one in scheme["leden"])
    assert moves == sample.counts("spaarpas.json", "mutaties")["rows"]
    social = sample.json("social.json")
    for name, entries in social.items():
        assert len(entries) == sample.counts("social.json", name)["rows"]
    assert len(sample.mails) == sample.counts("servicemail.mbox", "servicemail")["rows"]
    assert (
        len(list((sample.data / "brieven").iterdir()))
        == sample.counts("brieven", "documenten")["rows"]
    )


def test_web_lines_that_are_no_events_are_counted(sample: Sample) -> None:
    counts = sample.counts("webevents.jsonl", "webevents")
    bad, timeless, good = 0, 0, 0
    for line in sample.lines("webevents.jsonl"):
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            bad += 1
            continue
        if parses(event["ts"] or "", "%Y-%m-%dT%H:%M:%SZ"):
            good += 1
        else:
            timeless += 1
    assert (bad, timeless, good) == (
        counts["rejected"], counts["quarantined"], counts["stored"],
    )  # fmt: skip


def test_impossible_moments_are_exactly_the_quarantined_rows(sample: Sample) -> None:
    for file, column, pattern in (
        ("nieuwsbrief.csv", "Tijdstip", "%d-%m-%Y %H:%M:%S"),
        ("servicedesk.csv", "Aangemeld op", "%d-%m-%Y %H:%M"),
        ("klachten.csv", "Datum melding", "%d-%m-%Y"),
        ("abonnementen.csv", "Ingangsdatum", "%d-%m-%Y"),
        ("portaal.csv", "tijdstip", "%Y-%m-%dT%H:%M:%S"),
    ):
        encoding, delimiter = CSV_FILES[file]
        header, *rows = sample.csv(file, encoding, delimiter)
        place = header.index(column)
        wrong = [
            number
            for number, row in enumerate(rows, 2)
            if len(row) == len(header) and row[0] != "Totaal" and not parses(row[place], pattern)
        ]
        said = sample.truth.rows.filter(
            (pl.col("file") == file) & (pl.col("reason") == "impossible_date")
        )
        assert wrong and wrong == sorted(said["row"])


def test_orders_and_revenue_per_customer_equal_a_recount(sample: Sample) -> None:
    """By account and by guest order, from the database alone."""
    totals: dict[str, int] = defaultdict(int)
    orders: Counter[str] = Counter()
    last: dict[str, str] = {}
    for number, account, at, status, amount, name in sample.query(
        "SELECT order_number, customer_id, ordered_at, order_status, total_amount, customer_name"
        " FROM orders"
    ):
        if isinstance(amount, str) or not parses(at, "%Y-%m-%d %H:%M:%S"):
            continue
        if account is None and name is None:
            continue
        key = str(account) if account is not None else number
        if status != "geannuleerd":
            totals[key] += round(amount * 100)
            if amount > 0:
                orders[key] += 1
                last[key] = max(last.get(key, ""), at[:10])
    subjects = sample.truth.subjects.filter(pl.col("file") == "webshop.sqlite")
    either = pl.coalesce("person", "organisation")
    who = dict(subjects.select("key", either).iter_rows())
    mine: dict[str, list[Any]] = defaultdict(lambda: [0, 0, ""])
    for key, revenue in totals.items():
        entry = mine[who[key]]
        entry[0] += orders[key]
        entry[1] += revenue
        entry[2] = max(entry[2], last.get(key, ""))
    for frame, name in (
        (sample.truth.persons, "person"),
        (sample.truth.organisations, "organisation"),
    ):
        for party, count, revenue, day in frame.select(
            name, "orders", "revenue_cents", "last_purchase"
        ).iter_rows():
            assert [count, revenue, str(day or "")] == mine.get(party, [0, 0, ""]), party


def test_lines_add_up_to_the_order(sample: Sample) -> None:
    """Total = lines plus shipping; products of the truth = lines of what was not cancelled."""
    rows = sample.query(
        "SELECT o.order_number, o.total_amount, o.shop, sum(l.line_amount), min(o.order_status)"
        " FROM orders o JOIN order_lines l USING (order_number) GROUP BY o.order_number"
    )
    assert len(rows) == sample.counts("webshop.sqlite", "orders")["stored"]
    for number, total, shop, lines, status in rows:
        shipping = round((total - lines) * 100)
        web = shop == "webshop" and status != "retour"
        assert shipping == (495 if web and lines < 50 else 0), number
    amounts = dict(
        sample.query(
            "SELECT product_code, sum(line_amount) FROM order_lines JOIN orders USING"
            " (order_number) WHERE order_status <> 'geannuleerd' GROUP BY product_code"
        )
    )
    for code, amount in sample.truth.products.select("code", "amount_cents").iter_rows():
        assert round(amounts.get(code, 0) * 100) == amount


def test_open_complaints_equal_the_register(sample: Sample) -> None:
    open_now = Counter(row["Klachtnr"] for row in sample.dicts("klachten.csv", delimiter=",")
                       if row["Status"] == "open")  # fmt: skip
    rows = sample.truth.rows.filter(
        (pl.col("file") == "klachten.csv")
        & (pl.col("verdict") == "stored")
        & pl.col("key").is_in(list(open_now))
    )
    both = pl.concat(
        [
            sample.truth.persons.select("open_complaints"),
            sample.truth.organisations.select("open_complaints"),
        ]
    )
    assert both["open_complaints"].sum() == rows.height > 0
    mine = rows.filter(pl.col("person").is_not_null())["person"].value_counts(name="n")
    for person, number in mine.iter_rows():
        said = sample.truth.persons.filter(pl.col("person") == person)["open_complaints"].item()
        assert said == number


def test_consents_follow_from_the_files(sample: Sample) -> None:
    """Somebody who unsubscribed anywhere is denied; nobody is granted without a yes."""
    persons = dict(sample.truth.persons.select("person", "consent_email").iter_rows())
    crm = sample.members("Particulier")
    said_yes: set[str] = set()
    for row in sample.sheet("crm.xlsx", "Particulier", 3):
        person = crm.get(row["Klantnr"])
        if person is None:
            continue
        if (
            (row["Nieuwsbrief"] or "").lower().startswith("n")
            or row["Niet mailen"]
            or row["Afgemeld op"]
        ):
            assert persons[person] == "denied"
        if (row["Nieuwsbrief"] or "").lower().startswith("j"):
            said_yes.add(person)
    for row in sample.dicts("nieuwsbrief.csv", "cp1252"):
        if row["Actie"] == "afgemeld":
            key = row["E-mailadres"].strip().lower()
            who = sample.truth.subject_of("nieuwsbrief.csv", key)["person"]
            assert who is None or persons[who] == "denied"
    granted = {person for person, state in persons.items() if state == "granted"}
    webshop = {
        sample.truth.subject_of("webshop.sqlite", str(key))["person"]
        for (key,) in sample.query("SELECT customer_id FROM customers WHERE newsletter_optin = 1")
    }
    assert granted <= said_yes | webshop


def test_groups_of_some_customers_by_hand(sample: Sample) -> None:
    """Written out again in plain Python, from the rows of the truth."""
    truth = sample.truth
    since = truth.today - timedelta(days=365)
    running = set()
    for row in sample.dicts("abonnementen.csv", "utf-8"):
        if parses(row["Ingangsdatum"], "%d-%m-%Y") and row["Status"] in ("lopend", "opgezegd"):
            running.add(truth.subject_of("abonnementen.csv", row["Abonnementnr"])["person"])
    bought: dict[str, date] = {}
    rows = truth.rows.filter((pl.col("verdict") == "stored") & (pl.col("kind") == "order"))
    for person, at, amount in rows.select("person", "at", "amount").iter_rows():
        if person and amount > 0:
            bought[person] = max(bought.get(person, date.min), at.date())
    groups: Counter[str] = Counter()
    certain = truth.persons.filter(pl.col("is_known") & pl.col("is_group_certain"))
    for person, relation, group, subscriptions in certain.select(
        "person", "relation", "group", "subscriptions"
    ).iter_rows():
        groups[group] += 1
        if relation not in ("klant", "prospect"):
            assert group == "other"
        elif bought.get(person, date.min) > since or person in running:
            assert group == "active"
        elif person in bought or subscriptions:
            assert group == "inactive"
        else:
            assert group in ("potential", "possibly_interested", "other")
    assert set(groups) == {"active", "inactive", "potential", "possibly_interested", "other"}
    assert min(groups.values()) >= 100
    assert certain.height > 0.9 * truth.persons.filter(pl.col("is_known")).height


def test_keys_in_a_file_are_unique_and_lead_somewhere(sample: Sample) -> None:
    subjects = sample.truth.subjects
    assert subjects.select("file", "key").is_duplicated().sum() == 0
    assert subjects.filter(pl.col("person").is_null() & pl.col("organisation").is_null()).is_empty()
    rows = sample.truth.rows.filter(
        (pl.col("verdict") == "stored") & (pl.col("subject") != "") & (pl.col("kind") != "line")
    )
    lost = rows.join(subjects, left_on=["file", "subject"], right_on=["file", "key"], how="anti")
    assert lost.is_empty()


def test_flawed_values_stand_where_the_truth_says(sample: Sample) -> None:
    flaws = sample.truth.flaws.filter(
        (pl.col("file") == "crm.xlsx") & (pl.col("table") == "Particulier")
    )
    rows = {row["Klantnr"]: row for row in sample.sheet("crm.xlsx", "Particulier", 3)}
    for key, column, raw in flaws.select("key", "column", "raw").iter_rows():
        assert str(rows[key][column]) == raw


def test_histories_are_in_order_and_within_the_period(sample: Sample) -> None:
    person = sample.truth.story["person"]
    history = sample.truth.history_of(person)
    assert history["at"].drop_nulls().is_sorted()
    assert history["file"].n_unique() >= 8
    last = sample.truth.rows["at"].max()
    assert isinstance(last, datetime) and last.date() == sample.truth.today
