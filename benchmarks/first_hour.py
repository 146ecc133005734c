"""The first hour: a workbook dropped on the screen, from the drop to the cards.

    python -m benchmarks.first_hour --home DIR [--customers 100000] [--orders 0] [--port 8766]

Makes a workbook of invented customers (seeded, 16 columns, families in one house, 3 % twice; with
`--orders` a second sheet of theirs), starts `klantbeeld serve` on the empty house DIR and walks the
screens as a browser would: drop, columns, contact, trial run, load. Meanwhile a light page is asked
for four times a second. One JSON line per figure: clock and CPU seconds of every step, highest
memory of each process, and p50 and p95 of the light page in milliseconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import psutil
import xlsxwriter

from benchmarks.standing import CITIES, LETTERS, STREETS, log_in, say, serving
from klantbeeld.sample.names import FIRST_NAMES, surnames

SHARE_TWICE = 0.03
SHARE_AT_HOME = 0.25
HEADINGS = (
    "Klantnr", "Aanhef", "Voorletters", "Voornaam", "Tussenv.", "Achternaam", "Straat", "Huisnr",
    "Toev.", "Postcode", "Plaats", "Telefoon", "E-mailadres", "Geb.datum", "Klant sinds",
    "Nieuwsbrief",
)  # fmt: skip
ORDER_HEADINGS = ("Ordernr", "Klantnr", "Orderdatum", "Totaalbedrag", "Betaalwijze", "Status")
EVERY_SECONDS = 0.25


def make_workbook(path: Path, customers: int, orders: int, seed: int = 1) -> None:
    """Customers, and on a second sheet their orders if there are any."""
    options = {"constant_memory": True, "default_date_format": "dd-mm-yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        _write(book, "Klanten", HEADINGS, _people(customers, seed))
        if orders:
            _write(book, "Bestellingen", ORDER_HEADINGS, _orders(customers, orders, seed))


def _write(
    book: xlsxwriter.Workbook, name: str, headings: Sequence[str], rows: Iterator[Sequence[Any]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, place, cell)
            elif cell != "":
                sheet.write(number, place, cell)


def _people(count: int, seed: int) -> Iterator[list[Any]]:
    """One row a customer; the last ones are earlier ones again, as somebody else typed them."""
    draw = np.random.default_rng(seed)
    once = count - round(count * SHARE_TWICE)
    homes = draw.integers(0, round(once * (1 - SHARE_AT_HOME)), once).tolist()
    stock, weights = surnames()
    drawn = draw.choice(len(stock), once, p=np.array(weights) / sum(weights)).tolist()
    first = sorted({name for names in FIRST_NAMES.values() for name in names})
    given = draw.integers(0, len(first), once).tolist()
    born = draw.integers(0, 22_000, once).tolist()
    since = draw.integers(0, 5_400, once).tolist()
    places = list(range(once)) + draw.choice(once, count - once, replace=False).tolist()
    for number, n in enumerate(places):
        home, name, again = homes[n], first[given[n]], number >= once
        prefix, surname = stock[drawn[home % once]]
        plain = name.lower().encode("ascii", "ignore").decode()
        yield [
            100_001 + number, ("Dhr.", "Mevr.", "")[n % 3], f"{name[0]}.", "" if again else name,
            prefix, surname, f"{STREETS[home * 7919 % len(STREETS)]}", home * 13 % 250 + 1,
            ("", "", "", "A", "2")[home % 5],
            f"{1000 + home * 17 % 8999} {LETTERS[home * 29 % len(LETTERS)]}",
            CITIES[home * 17 % 8999 * len(CITIES) // 8999],
            f"0970-{n:08d}" if n % 4 else "", "" if again else f"{plain}{n}@example.nl",
            dt.date(1940, 1, 1) + dt.timedelta(born[n]) if n % 7 else "",
            dt.date(2012, 1, 1) + dt.timedelta(since[n]), ("ja", "nee", "")[n % 3],
        ]  # fmt: skip


def _orders(customers: int, count: int, seed: int) -> Iterator[list[Any]]:
    draw = np.random.default_rng(seed + 1)
    buyers = (customers * draw.beta(0.6, 2, count)).astype(int).tolist()
    days = np.sort(draw.integers(0, 1_800, count)).tolist()
    amounts = np.round(draw.lognormal(4, 0.8, count), 2).tolist()
    for n, (buyer, day, amount) in enumerate(zip(buyers, days, amounts, strict=True)):
        yield [
            f"O{n:07d}", 100_001 + buyer, dt.date(2021, 1, 1) + dt.timedelta(day), amount,
            ("iDEAL", "pin", "factuur")[n % 3], ("betaald", "betaald", "geretourneerd")[n % 41 % 3],
        ]  # fmt: skip


class Screens:
    """What a browser does with the screens of adding data, over one kept connection."""

    def __init__(self, port: int, cookies: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=120)
        self.cookies, self.token = cookies, ""

    def get(self, path: str) -> tuple[str, str]:
        """The page at an address and the address that it led to."""
        status, headers, text = self._ask("GET", path, b"", {})
        if status == 302:
            return self.get(headers["Location"])
        if "Set-Cookie" in headers and not self.token:
            self.cookies += "; " + headers["Set-Cookie"].split(";")[0]
        if 'name="csrfmiddlewaretoken" value="' in text:
            self.token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        return text, path

    def post(self, path: str, body: bytes, kind: str) -> str:
        """Where a form that was sent leads to."""
        status, headers, text = self._ask("POST", path, body, {"Content-Type": kind})
        if status != 302:
            raise RuntimeError(f"POST {path}: {status} {text[:2000]}")
        return str(headers["Location"])

    def send(self, path: str, **fields: str) -> str:
        """Where these fields lead to."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        return self.post(path, body, "application/x-www-form-urlencoded")

    def drop(self, file: Path) -> str:
        """Where a dropped file leads to."""
        edge = "first-hour-edge"
        head = (
            f"--{edge}\r\nContent-Disposition: form-data; name=\"csrfmiddlewaretoken\"\r\n\r\n"
            f"{self.token}\r\n--{edge}\r\nContent-Disposition: form-data; name=\"files\";"
            f" filename=\"{file.name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )  # fmt: skip
        body = head.encode() + file.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return self.post("/add/", body, f"multipart/form-data; boundary={edge}")

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, Any, str]:
        self.connection.request(method, path, body, {"Cookie": self.cookies, **headers})
        response = self.connection.getresponse()
        return response.status, response.headers, response.read().decode()


class Watch(threading.Thread):
    """Asks for a light page again and again, and notes the memory of every process."""

    def __init__(self, port: int, cookies: str, server: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.screens, self.server = Screens(port, cookies), server
        self.step, self.is_over = "", False
        self.taken: dict[str, list[float]] = {}
        self.highest: dict[int, float] = {}

    def run(self) -> None:
        """Until it is over."""
        while not self.is_over:
            started = time.perf_counter()
            self.screens.get("/add/")
            self.taken.setdefault(self.step, []).append((time.perf_counter() - started) * 1_000)
            for process in self.processes():
                peak = process.memory_info().rss / 1e9
                self.highest[process.pid] = max(peak, self.highest.get(process.pid, 0))
            time.sleep(max(0.0, EVERY_SECONDS - (time.perf_counter() - started)))

    def processes(self) -> list[psutil.Process]:
        """Everything that the server runs."""
        return [self.server, *self.server.children(recursive=True)]

    def cpu(self) -> float:
        """CPU seconds of all of it so far."""
        times = [process.cpu_times() for process in self.processes()]
        return sum(t.user + t.system for t in times)


class Steps:
    """Waits for each step of an intake and says what it took."""

    def __init__(self, screens: Screens, watch: Watch) -> None:
        self.screens, self.watch = screens, watch
        self.first = self.last = time.perf_counter(), watch.cpu()

    def wait(self, step: str, path: str) -> str:
        """Until nothing works on it any more; returns the address that it leads to."""
        self.watch.step = step
        text, path = self.screens.get(path)
        while 'id="how-far"' in text:
            time.sleep(0.2)
            text, path = self.screens.get(path)
        self.last = self._say(step, self.last)
        self.watch.step = ""
        return path

    def finish(self) -> None:
        """Say what all of it took."""
        self._say("drop to cards", self.first)

    def _say(self, step: str, since: tuple[float, float]) -> tuple[float, float]:
        now = time.perf_counter(), self.watch.cpu()
        say(step, seconds=round(now[0] - since[0], 1), cpu=round(now[1] - since[1], 1))
        return now


def walk(screens: Screens, watch: Watch, file: Path) -> None:
    """Every screen from the drop to the result."""
    screens.get("/add/")
    steps = Steps(screens, watch)
    watch.step = "read"
    columns = steps.wait("read", screens.drop(file))
    intake = columns.rsplit("/", 1)[0]
    contact = screens.get(f"{intake}/contact")[0]
    later = dict.fromkeys(re.findall(r'name="(contact:\d+)"', contact), "later")
    trial = steps.wait("trial run", screens.send(f"{intake}/contact", **later))
    if not trial.endswith("/trial"):
        raise RuntimeError(f"The trial run led to {trial}.")
    steps.wait("load", screens.send(f"{intake}/load"))
    steps.finish()
    if f"{intake}/undo" not in screens.get(f"{intake}/")[0]:
        raise RuntimeError("The files are not loaded.")


def show(watch: Watch) -> None:
    """How long the light page took in each step, and the highest memory of the processes."""
    for step, taken in watch.taken.items():
        p50, p95 = np.percentile(taken, [50, 95])
        say("light page", during=step or "choosing", calls=len(taken), p50_ms=round(float(p50), 1),
            p95_ms=round(float(p95), 1), max_ms=round(max(taken), 1))  # fmt: skip
    highest = sorted(watch.highest.values(), reverse=True)
    say("memory", highest_gb=[round(peak, 2) for peak in highest])


def main() -> None:
    """Run everything; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=0)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8766)
    given = parser.parse_args()
    os.environ["KLANTBEELD_HOME"] = str(given.home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    import django

    django.setup()
    from klantbeeld.core import startup
    from klantbeeld.core.models import Record

    startup.prepare_database(None)
    if Record.objects.exists():
        raise SystemExit(f"{given.home} is not empty: name a folder that is not there yet.")
    file = given.home.with_name(f"{given.home.name}.xlsx")
    make_workbook(file, given.customers, given.orders)
    say("workbook", customers=given.customers, orders=given.orders,
        megabytes=round(file.stat().st_size / 1e6, 1))  # fmt: skip
    cookies = log_in("administrator")
    with serving(given.port) as server:
        watch = Watch(given.port, cookies, psutil.Process(server))
        watch.start()
        walk(Screens(given.port, cookies), watch, file)
        watch.is_over = True
        watch.join(30)
    show(watch)


if __name__ == "__main__":
    main()
