"""The standing run: customers and interactions from files to cards, and the server's answers.

    python -m benchmarks.standing --home DIR [--customers 1000000] [--interactions 10000000]

Makes two CSV files of invented customers (seeded) beside DIR, imports them as any user would,
and starts the server on what came of it. One JSON line per figure: rows, clock and CPU seconds
of every stage, highest memory, and p50 and p95 in milliseconds of card, search and list over
HTTP. A DIR that is filled already is only asked.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import polars as pl

from klantbeeld.sample.names import FIRST_NAMES, surnames

ROOT = Path(__file__).resolve().parent.parent
SHARE_AT_HOME = 0.45  # of customers, with somebody else of the list in one house
SHARE_TWICE = 0.03  # of customers, in the list a second time under another number
STREETS = [
    "Dorpsstraat",
    "Kerkweg",
    "Molenlaan",
    "Lindelaan",
    "Havenkade",
    "Schoolstraat",
    "Beukenhof",
]
LETTERS = [a + b for a in "ABCDEGHJKL" for b in "BCEGHKLN"]
CITIES = ["Utrecht", "Amersfoort", "Zwolle", "Arnhem", "Breda", "Leiden", "Haarlem", "Deventer"]
KINDS = ["sent", "opened", "clicked", "page_view", "product_view", "search", "login"]


def make_files(folder: Path, customers: int, interactions: int, seed: int = 1) -> tuple[Path, Path]:
    """klanten.csv and gebeurtenissen.csv in `folder`, made once."""
    folder.mkdir(parents=True, exist_ok=True)
    people, events = folder / "klanten.csv", folder / "gebeurtenissen.csv"
    if not people.exists():
        _customers(customers, seed).write_csv(people, separator=";")
    if not events.exists():
        with events.open("wb") as file:
            for n, start in enumerate(range(0, interactions, 1_000_000)):
                rows = min(1_000_000, interactions - start)
                part = _events(customers, rows, start, seed + n)
                part.write_csv(file, separator=";", include_header=start == 0)
    return people, events


def _pick(random: np.random.Generator, words: list[str], count: int) -> list[str]:
    return np.array(words, dtype=object)[random.integers(0, len(words), count)].tolist()


def _customers(count: int, seed: int) -> pl.DataFrame:
    """A list as companies have it: usual names, families in one house, some people twice."""
    random = np.random.default_rng(seed)
    house = random.integers(0, round(count * (1 - SHARE_AT_HOME / 2)), count)
    places = np.arange(house.max() + 1)
    words = _surnames(random, len(places))
    first = _pick(random, sorted({n for stock in FIRST_NAMES.values() for n in stock}), count)
    born = random.integers(-14_000, 13_000, count).astype(np.int32)
    made = pl.DataFrame(
        {
            "Klantnummer": [f"K{n:08d}" for n in range(count)],
            "Voornaam": first,
            "Achternaam": [words[h] for h in house],
            "Straat": [f"{STREETS[h * 7919 % len(STREETS)]}{h * 31 % 60 or ''}" for h in house],
            "Huisnummer": [h * 13 % 250 + 1 for h in house],
            "Postcode": [f"{1000 + h * 17 % 8999} {LETTERS[h * 29 % len(LETTERS)]}" for h in house],
            "Woonplaats": [CITIES[h * 17 % 8999 * len(CITIES) // 8999] for h in house],
            "Telefoon": [f"0970{n:08d}" for n in range(count)],
            "E-mail": [
                f"{name.lower().encode('ascii', 'ignore').decode()}{n}@example.nl"
                for n, name in enumerate(first)
            ],
            "Geboortedatum": pl.Series(born).cast(pl.Date).dt.strftime("%d-%m-%Y"),
            "Nieuwsbrief": _pick(random, ["ja", "nee", ""], count),
        }
    )
    again = random.choice(_once(count), count - _once(count), replace=False)
    numbers = [f"K{count + n:08d}" for n in range(len(again))]
    doubles = made[again].with_columns(
        pl.Series("Klantnummer", numbers), pl.lit("").alias("E-mail")
    )
    return pl.concat([made[: _once(count)], doubles])


def _once(count: int) -> int:
    """How many of so many customers stand first in the list, under the numbers from 0."""
    return count - round(count * SHARE_TWICE)


def _surnames(random: np.random.Generator, count: int) -> list[str]:
    names, weights = surnames()
    shares = np.array(weights) / sum(weights)
    drawn = random.choice(len(names), count, p=shares)
    return [" ".join(names[n]).strip() for n in drawn]


def _events(customers: int, count: int, start: int, seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    at = np.sort(random.integers(1_600_000_000, 1_760_000_000, count))
    return pl.DataFrame(
        {
            "Gebeurtenisnummer": [f"E{start + n:09d}" for n in range(count)],
            "Klantnummer": [f"K{n:08d}" for n in random.integers(0, _once(customers), count)],
            "Tijdstip": pl.Series(at * 1_000_000)
            .cast(pl.Datetime("us"))
            .dt.strftime("%Y-%m-%d %H:%M:%S"),
            "Soort": _pick(random, KINDS, count),
            "Onderwerp": _pick(random, ["e-bikes", "onderhoud", "aanbieding", "nieuws"], count),
        }
    )


def say(figure: str, **figures: Any) -> None:
    """One line of JSON."""
    print(json.dumps({"figure": figure, **figures}), flush=True)


class Stopwatch:
    """Rows, clock and CPU seconds per stage of an import, from its progress."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = {}
        self.last = (time.perf_counter(), time.process_time())

    def __call__(self, stage: str, rows: int) -> None:
        now = (time.perf_counter(), time.process_time())
        spent = self.stages.setdefault(stage, [0, 0.0, 0.0])
        spent[0] += rows
        spent[1] += now[0] - self.last[0]
        spent[2] += now[1] - self.last[1]
        self.last = now

    def show(self, file: str) -> None:
        """One line a stage."""
        for stage, (rows, clock, cpu) in self.stages.items():
            say(stage, file=file, rows=int(rows), seconds=round(clock, 1), cpu=round(cpu, 1),
                rows_per_second=round(rows / clock) if clock else 0)  # fmt: skip


def load(files: tuple[Path, Path]) -> None:
    """Import both files, with a line for every stage."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline.actions import import_paths

    for path in files:
        watch = Stopwatch()
        report = import_paths(system_actor(), [path], source="standing", progress=watch)
        watch.show(path.name)
        said = report.as_json()
        say("import", file=path.name, **{k: said[k] for k in ("rows_read", "rows_stored",
            "customers", "interactions", "seconds")})  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    say("memory", highest_gb=round(peak, 2))


@contextmanager
def serving(port: int) -> Iterator[int]:
    """The server's process id, once it answers."""
    command = [sys.executable, "-m", "klantbeeld", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for _ in range(120):
            time.sleep(0.5)
            try:
                connection = http.client.HTTPConnection("localhost", port, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse()
                break
            except OSError:
                continue
        yield server.pid
    finally:
        server.terminate()
        server.wait(60)


def log_in(role: str = "service") -> str:
    """The cookies of somebody with this role who is logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from klantbeeld.accounts.models import User

    user, _ = User.objects.get_or_create(email="bench@example.com", defaults={"role": role})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Browser:
    """Asks the server over one kept connection."""

    def __init__(self, port: int, cookies: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.cookies = cookies
        page = self.get("/")
        secret = page.headers.get("Set-Cookie", "")
        self.token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        self.cookies += "; " + secret.split(";")[0]

    def get(self, path: str) -> Any:
        """A page; raises when it is none."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, **fields: str) -> Any:
        """The answer to a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        fields["csrfmiddlewaretoken"] = self.token
        return self._ask("POST", path, urlencode(fields), kind)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Any:
        self.connection.request(method, path, body, {"Cookie": self.cookies, **headers})
        response: Any = self.connection.getresponse()
        response.text = response.read().decode()
        if response.status != 200:
            raise RuntimeError(f"{method} {path}: {response.status}")
        return response


def timed(figure: str, calls: list[Callable[[], Any]]) -> None:
    """p50 and p95 of these calls, in milliseconds."""
    taken = []
    for call in calls:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1_000)
    p50, p95 = np.percentile(taken, [50, 95])
    say(figure, calls=len(taken), p50_ms=round(float(p50), 1), p95_ms=round(float(p95), 1),
        max_ms=round(max(taken), 1))  # fmt: skip


def ask(port: int) -> None:
    """What people ask of a filled house, in an order of its own each."""
    from klantbeeld.core.public_ids import to_public
    from klantbeeld.profiles.models import Profile

    draw = random.Random(5)
    count = Profile.objects.count()
    customers = [
        to_public("customer", customer)
        for place in (draw.randrange(count) for _ in range(300))
        for customer in Profile.objects.order_by("pk").values_list("pk", flat=True)[place:place + 1]
    ]  # fmt: skip
    words = [
        "jan", "de vries", "anna jansen", "emma de boer", "visser", "m", "van den berg utrecht",
        f"K{draw.randrange(count):08d}", f"emma{draw.randrange(count)}@example.nl",
        f"0970{draw.randrange(count):08d}", "bakkers", "noor smit zwolle", "xyzzy",
    ]  # fmt: skip
    lists = [
        f"/customers/?sort={sort}{more}"
        for sort in ("name", "-revenue", "-last_contact", "city")
        for more in ("", "&group=possibly_interested", "&group=other", "&f_city=utrecht")
    ]
    with serving(port):
        browser = Browser(port, log_in())
        for _ in range(20):
            browser.get(f"/customers/{customers[0]}/")
        timed("card", [lambda c=c: browser.get(f"/customers/{c}/") for c in customers])
        texts = [words[n % len(words)] for n in range(200)]
        timed("search", [lambda t=t: browser.post("/search", q=t) for t in texts])
        addresses = [lists[n % len(lists)] for n in range(160)]
        timed("list", [lambda a=a: browser.get(a) for a in addresses])


def main() -> None:
    """Run everything; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8765)
    given = parser.parse_args()
    os.environ["KLANTBEELD_HOME"] = str(given.home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    import django

    django.setup()
    from klantbeeld.core import startup
    from klantbeeld.profiles.models import Profile

    startup.prepare_database(None)
    beside = given.home.with_name(given.home.name + "-files")
    if not Profile.objects.exists():
        load(make_files(beside, given.customers, given.interactions))
    ask(given.port)


if __name__ == "__main__":
    main()
