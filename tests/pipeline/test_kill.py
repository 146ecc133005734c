"""An import that is killed again and again gives what an undisturbed one gives."""

from __future__ import annotations

import csv
import json
import mailbox
import random
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation
from tests.pipeline import interrupted

SCRIPT = Path(interrupted.__file__)
FIRST = ("Anouk", "Bram", "Carlijn", "Daan", "Esmee", "Floris", "Geertje", "Hidde")
LAST = ("Eekhoornstra", "Fluitsma", "Grutteman", "Haverkort", "IJzerman", "Jorritsma", "Kwakkel")
START = datetime(2025, 1, 1, tzinfo=UTC)
CUSTOMERS, ORDERS, EVENTS, MAILS = 1_500, 3_000, 4_500, 60


class Person:
    """Somebody invented, the same one every time."""

    def __init__(self, number: int) -> None:
        self.number = 10_000 + number
        self.first, self.last = FIRST[number % 8], LAST[number // 8 % 7] + "abcdefghij"[number % 10]
        self.email = f"{self.first}.{number}@example.nl".lower()
        self.mobile = f"0970-00{number:06d}"
        self.postcode, self.house = f"{1000 + number % 900} AB", number % 97 + 1


def write_shop(path: Path, chance: random.Random) -> None:
    """A database with customers, orders and their lines."""
    with sqlite3.connect(path) as shop:
        shop.execute(
            "CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, first_name TEXT,"
            " last_name TEXT, email TEXT, zipcode TEXT, house_number INTEGER)"
        )
        shop.execute(
            "CREATE TABLE orders (order_number TEXT PRIMARY KEY, customer_id INTEGER,"
            " ordered_at TEXT, payment_method TEXT)"
        )
        shop.execute(
            "CREATE TABLE order_lines (order_number TEXT, line_number INTEGER, product_code TEXT,"
            " product_name TEXT, quantity INTEGER, unit_price REAL)"
        )
        for n in range(CUSTOMERS):
            p = Person(n)
            row = (p.number, p.first, p.last, p.email, p.postcode, p.house)
            shop.execute("INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?)", row)
        for n in range(ORDERS):
            at = START + timedelta(minutes=chance.randrange(500_000))
            who = 10_000 + chance.randrange(CUSTOMERS)
            order = (f"W{n:06d}", who, at.isoformat(" ")[:19], chance.choice(["ideal", "paypal"]))
            shop.execute("INSERT INTO orders VALUES (?, ?, ?, ?)", order)
            for number in range(1, chance.randint(2, 3)):
                code = chance.randrange(50)
                line = (f"W{n:06d}", number, f"A{code}", f"Artikel {code}", number, code + 0.95)
                shop.execute("INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?)", line)
    shop.close()


def write_lists(folder: Path, chance: random.Random) -> None:
    """Customers of another system, and what they did with newsletters; some rows are wrong."""
    with (folder / "relaties.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(
            ["Relatienr", "Naam", "E-mail", "Mobiel", "Postcode", "Huisnr", "Nieuwsbrief"]
        )
        for n in range(0, CUSTOMERS, 2):
            p = Person(n)
            name = f"{p.first[0]}. {p.last}"
            answer = chance.choice(["ja", "nee", ""])
            rows.writerow([f"R{n}", name, p.email, p.mobile, p.postcode, p.house, answer])
    with (folder / "nieuwsbrief.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["Tijdstip", "Actie", "E-mailadres", "Mailing"])
        for n in range(EVENTS):
            at = START + timedelta(minutes=chance.randrange(500_000))
            written = "31-02-2025 10:00" if n % 997 == 5 else at.strftime("%d-%m-%Y %H:%M")
            action = chance.choice(["verzonden", "geopend", "geklikt"])
            who = Person(chance.randrange(CUSTOMERS)).email
            rows.writerow([written, action, who, f"Mailing {n % 9}"])


def write_mail(path: Path, chance: random.Random) -> None:
    """A mailbox; every fifth mail has an attachment."""
    box = mailbox.mbox(path)
    for n in range(MAILS):
        message = EmailMessage()
        p = Person(chance.randrange(CUSTOMERS))
        message["From"], message["To"] = f"{p.first} {p.last} <{p.email}>", "hulp@winkel.example.nl"
        message["Subject"], message["Message-ID"] = f"Vraag {n}", f"<v{n}@example.nl>"
        message["Date"] = format_datetime(START + timedelta(hours=n))
        message.set_content(f"Vraag nummer {n}")
        if n % 5 == 0:
            message.add_attachment(
                b"bon %d" % n, maintype="application", subtype="pdf", filename="bon.pdf"
            )
        box.add(message)
    box.close()


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    chance = random.Random(5)
    write_shop(folder / "winkel.sqlite", chance)
    write_lists(folder, chance)
    write_mail(folder / "hulp.mbox", chance)
    return folder


class Runs:
    """Imports and dumps of one installation, each in a process of its own (see `interrupted`)."""

    def __init__(self, place: Installation) -> None:
        self.dump = place.home.parent / "dump.json"
        self.told = place.home.parent / "stderr.txt"
        with self.told.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, str(SCRIPT), "each"], env=place.environment, cwd=place.home.parent,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told, text=True,
                encoding="utf-8",
            )  # fmt: skip

    def run(self, *words: object) -> tuple[int, dict[str, int]]:
        """How it ended, 0 for well, and what it wrote."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps([*map(str, words)]), file=self.process.stdin, flush=True)
        answer, written = json.loads(self.process.stdout.readline()), {}
        if "code" not in answer:
            written, answer = answer, json.loads(self.process.stdout.readline())
        return answer["code"], written

    def done(self, *words: object) -> dict[str, int]:
        """What a run wrote that must end well."""
        code, written = self.run(*words)
        assert code == 0, self.told.read_text(encoding="utf-8")
        return written

    def dumped(self) -> dict[str, Any]:
        """What is stored, and the accounts of the deliveries."""
        self.done("dump", self.dump)
        found: dict[str, Any] = json.loads(self.dump.read_text(encoding="utf-8"))
        return found

    def end(self) -> None:
        """No more runs."""
        self.process.communicate(timeout=30)


def moments(queries: dict[str, int], chance: random.Random) -> list[tuple[str, int]]:
    """Places to die at: in which step, and before which of its queries."""
    load = queries["load"]
    # What was written stays, so each try gets further; together they do not get to the end.
    found = [("load", chance.randint(load // 14, load // 6)) for _ in range(7)]
    later = ("match", "match", "profiles", "copy")
    # A later try may ask less than the quiet one did: what was learnt before it died stays.
    return [*found, *((step, chance.randint(1, 1 + queries[step] // 2)) for step in later)]


@pytest.mark.slow
def test_killed_again_and_again(installations: Any, tmp_path: Path, exports: Path) -> None:
    kept = len(installations.databases)
    quiet = Runs(installations.migrated(tmp_path / "quiet" / "home"))
    queries = quiet.done("import", exports)
    assert queries["load"] > 150
    wanted = quiet.dumped()
    quiet.end()

    killed = Runs(installations.migrated(tmp_path / "killed" / "home"))
    for step, count in moments(queries, random.Random(11)):
        code, _ = killed.run("import", exports, step, count)
        assert code != 0, (step, count)
        assert not killed.told.read_text(encoding="utf-8")
    killed.done("import", exports)
    found = killed.dumped()
    killed.end()
    for section, rows in wanted.items():
        assert found[section] == rows, section
    installations.drop(keep=kept)
