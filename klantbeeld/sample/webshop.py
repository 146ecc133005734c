"""webshop.sqlite: customers, products, orders and lines of the webshop, which is the till too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from klantbeeld.sample import story
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, Ledger, Row, Statement, Subject
from klantbeeld.sample.mailings import CAMPAIGNS
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen
from klantbeeld.sample.people import Organisation, Person
from klantbeeld.sample.traits import NEVER

FILE = "webshop.sqlite"
SCHEMA = """
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY, email TEXT, first_name TEXT, infix TEXT, last_name TEXT,
  company TEXT, phone TEXT, street TEXT, house_number TEXT, house_addition TEXT, zipcode TEXT,
  city TEXT, country TEXT, birth_date TEXT, gender TEXT, newsletter_optin INTEGER,
  created_at TEXT, updated_at TEXT);
CREATE TABLE products (
  product_code TEXT PRIMARY KEY, product_name TEXT, category TEXT, brand TEXT, price REAL);
CREATE TABLE orders (
  order_number TEXT PRIMARY KEY, customer_id INTEGER REFERENCES customers, ordered_at TEXT,
  order_status TEXT, total_amount REAL, payment_method TEXT, discount_code TEXT, origin TEXT,
  campaign TEXT, employee TEXT, shop TEXT, customer_name TEXT, customer_email TEXT,
  customer_phone TEXT, customer_address TEXT, customer_zipcode TEXT, customer_city TEXT,
  loyalty_card TEXT, credit_of TEXT);
CREATE TABLE order_lines (
  line_id INTEGER PRIMARY KEY, order_number TEXT REFERENCES orders, line_number INTEGER,
  product_code TEXT REFERENCES products, quantity INTEGER, unit_price REAL,
  discount_amount REAL, line_amount REAL);
"""
CAMPAIGN_NAMES = {one.code: one.name for one in CAMPAIGNS}
# Orders that must end in quarantine: (moment, amount, reason).
BROKEN_ORDERS: tuple[tuple[str, float | str, str], ...] = (
    ("2025-02-31 10:12:00", 49.95, "impossible_date"),
    ("2024-13-05 09:00:00", 19.95, "impossible_date"),
    ("0000-00-00 00:00:00", 34.95, "impossible_date"),
    ("2026-04-31 16:40:00", 129.0, "impossible_date"),
    ("2025-06-12 11:30:00", "n.v.t.", "not_a_number"),
    ("2025-09-03 14:05:00", "zie factuur", "not_a_number"),
    ("2026-01-15 12:00:00", "#WAARDE!", "not_a_number"),
)
Value = str | int | float | None


class Webshop:
    """Fills the four tables; guests stand in the order itself."""

    def __init__(self, model: Model, database: sqlite3.Connection) -> None:
        self._model = model
        self._database = database
        self.customers = Ledger(FILE, "customers")
        self.orders = Ledger(FILE, "orders")
        self.lines = Ledger(FILE, "order_lines")
        self.products = Ledger(FILE, "products")
        self._pen = Pen(model.world.random("webshop"), self.customers.mess, self.customers.flaws)
        self._till = Pen(model.world.random("guests"), self.orders.mess, self.orders.flaws)
        # A second account of the same person, made with another address.
        self._second: dict[int, int] = {}

    def _insert(self, table: str, rows: list[tuple[Value, ...]]) -> None:
        marks = ",".join("?" * len(rows[0]))
        self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def add_customers(self) -> None:
        keys = self._model.keys.account
        world = self._model.world
        rows = [self._customer(party, number) for party, number in keys.items()]
        number = len(keys)
        for party in keys:
            person = world.party(party)
            if isinstance(person, Person) and person.second_email and party > story.SON:
                if not self._pen.chance(0.25, "second_account"):
                    continue
                number += 1
                self._second[party] = number
                rows.append(self._customer(party, number))
        self._insert("customers", rows)
        for row in rows:
            key = str(row[0])
            subject = self.customers.subjects[key]
            self.customers.rows.append(Row(int(key), key, key, "customer", None, subject.party))

    def _customer(self, party: int, number: int) -> tuple[Value, ...]:
        world, pen, key = self._model.world, self._pen, str(number)
        subject, person = world.party(party), world.speaker(party)
        name = pen.name(person)
        firm = isinstance(subject, Organisation)
        home = subject.address if firm else pen.home(person, 0.25)
        email = subject.email if party not in self._second else person.second_email
        phone = pen.mobile(key, "phone", person.mobile) if pen.draw.random() < 0.75 else None
        optin: bool | None = bool(self._model.traits.subscribed[party] < NEVER)
        self.customers.know(Subject(key, party, person.index if firm else NOBODY))
        if pen.draw.random() < 0.5:
            self.customers.statements.append(Statement(key, party, "email", bool(optin), None))
        else:
            optin = None
        birth = person.birth_date.isoformat() if not firm and pen.draw.random() < 0.4 else None
        joined = world.moment(max(-800, int(self._model.traits.joined[party])), 43_200)
        return (
            number, pen.email(key, "email", email), pen.case(name.first_name or name.initials),
            name.prefix or None, pen.case(name.surname),
            subject.full_name if isinstance(subject, Organisation) else None, phone,
            home.street, str(home.number), home.suffix or None,
            pen.postcode(key, "zipcode", home), home.city, "NL", birth,
            person.gender if pen.draw.random() < 0.6 else None,
            None if optin is None else int(optin), _text(joined), _text(joined),
        )  # fmt: skip

    def add_products(self) -> None:
        rows: list[tuple[Value, ...]] = [
            (one.code, one.name, one.category, one.brand, one.price_cents / 100)
            for one in self._model.world.products
        ]
        self._insert("products", rows)
        for row, one in enumerate(self._model.world.products, start=1):
            self.products.rows.append(Row(row, one.code, "", "product", None, NOBODY))

    def add_orders(self) -> None:
        rows: list[tuple[Value, ...]] = []
        for order in self._model.sales.orders.iter_rows(named=True):
            rows.append(self._order(order))
            number, party = order["number"], order["party"]
            account = rows[-1][1]
            subject = str(account) if account is not None else number if party >= 0 else ""
            note = Row(
                len(rows),
                number,
                subject,
                order["kind"],
                order["at"],
                party,
                order["amount"],
                "stored",
                "" if party >= 0 else "no_customer",
            )
            self.orders.rows.append(note)
        for position, (at, amount, reason) in enumerate(BROKEN_ORDERS):
            number = str(990_001 + position)
            account = position + 5
            rows.append((number, account, at, "afgerond", amount, "iDEAL", *[None] * 13))
            self.orders.rows.append(
                Row(len(rows), number, str(account), "order", None, NOBODY, None, QUARANTINED,
                    reason)
            )  # fmt: skip
        self._insert("orders", rows)

    def _order(self, order: dict[str, Any]) -> tuple[Value, ...]:
        party: int = order["party"]
        code = self._code(order["code"])
        account = self._account(party, order)
        guest: tuple[Value, ...] = (None,) * 7
        if account is None and party >= 0:
            guest = self._guest(party, order["number"], order["channel"])
        campaign = CAMPAIGN_NAMES.get(order["code"]) if order["origin"] == "campagne" else None
        return (
            order["number"], account, _text(order["at"]), order["status"], order["amount"] / 100,
            order["method"], code, order["origin"] or None, campaign, order["employee"] or None,
            order["shop"], *guest, order["credit_of"] or None,
        )  # fmt: skip

    def _account(self, party: int, order: dict[str, Any]) -> int | None:
        """The account ordered with; some account holders order as a guest, or with the second."""
        account = self._model.keys.account.get(party)
        if account is None or party == story.MARIJKE:
            return account
        if order["channel"] == "web" and self._till.chance(0.06, "guest_with_account"):
            return None
        if party in self._second and self._till.draw.random() < 0.5:
            return self._second[party]
        return account

    def _code(self, code: str) -> str | None:
        if code and self._till.chance(0.08, "code_notation"):
            return self._till.draw.choice((code.lower(), f"{code} ", code.capitalize()))
        return code or None

    def _guest(self, party: int, number: str, channel: str) -> tuple[Value, ...]:
        world, pen = self._model.world, self._till
        subject, person = world.party(party), world.speaker(party)
        name = pen.name(person)
        firm = isinstance(subject, Organisation)
        home = subject.address if firm else pen.home(person, 0.3)
        email = subject.email
        if isinstance(subject, Person):
            if subject.second_email and pen.draw.random() < 0.5:
                email = subject.second_email
            elif subject.family_email and pen.chance(0.3, "shared_mailbox"):
                email = subject.family_email
        at_till = channel == "shop"
        if at_till and pen.draw.random() < 0.35:
            email = ""
        self.orders.know(Subject(number, party, person.index if firm else NOBODY))
        card = self._model.keys.card.get(party) if at_till and pen.draw.random() < 0.7 else None
        phone = person.mobile if pen.draw.random() < (0.8 if not email else 0.35) else ""
        full = f"{subject.full_name} t.a.v. {name.full}" if firm else name.full
        return (
            pen.case(full), pen.email(number, "customer_email", email) or None,
            pen.mobile(number, "customer_phone", phone) or None,
            f"{home.street} {pen.house(home)}",
            pen.postcode(number, "customer_zipcode", home), home.city, card,
        )  # fmt: skip

    def add_lines(self) -> None:
        sales = self._model.sales
        codes = [one.code for one in self._model.world.products]
        numbers = sales.orders.select("order", "number", "party", "at")
        lines = sales.lines.join(numbers, on="order", how="left", maintain_order="left")
        rows: list[tuple[Value, ...]] = [
            (position, number, line, codes[product], quantity, unit / 100, discount / 100,
             amount / 100)
            for position, (number, line, product, quantity, unit, discount, amount) in enumerate(
                lines.select(
                    "number", "line", "product", "quantity", "unit", "discount", "amount"
                ).iter_rows(),
                start=1,
            )
        ]  # fmt: skip
        self._insert("order_lines", rows)
        self.lines.bulk.append(
            lines.with_row_index("row", offset=1).select(
                pl.col("row"),
                pl.col("row").cast(pl.String).alias("key"),
                pl.col("number").alias("subject"),
                pl.lit("line").alias("kind"),
                "at",
                "party",
                "amount",
                pl.lit("stored").alias("verdict"),
                pl.lit("").alias("reason"),
            )
        )


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes webshop.sqlite; returns the notes on its tables."""
    path = folder / FILE
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        shop = Webshop(model, database)
        shop.add_customers()
        shop.add_products()
        shop.add_orders()
        shop.add_lines()
        database.commit()
    return [shop.customers, shop.products, shop.orders, shop.lines]
