"""Many are erased while eight writers bring files and the eraser is killed; afterwards nothing.

Minutes of work, so not among the tests that are always run: ask for it by its path. KLANTBEELD_PAIRS
says how many pairs of look-alikes.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.installation import ROOT, Installation

PAIRS = int(os.environ.get("KLANTBEELD_PAIRS", "1000"))
KILLS, WRITERS = 3, 8
NOTHING: dict[str, Any] = {"tables": {}, "files": {}}


def surname(number: int) -> str:
    """A name of letters alone, of no two numbers alike."""
    syllables = [c + v for c in "bdfghjklmnprstvwz" for v in "aeiou"]
    chosen = random.Random(number)
    return "".join(chosen.choice(syllables) for _ in range(5)).capitalize()


def person(number: int, who: str) -> str:
    """One of a pair of look-alikes: same surname, street and year; one digit or letter apart."""
    letter = "V" if who == "vertrekker" else "B"
    phone = f"06-97{number:05d}{'1' if letter == 'V' else '2'}"
    first = f"{'Vera' if letter == 'V' else 'Bart'}"
    return (
        f"{letter}{number:06d};{first};{surname(number)};Straat;{number % 90 + 1};"
        f"{1000 + number % 8000} AB;Utrecht;{who}{number}@example.com;{phone};"
        f"{number % 28 + 1:02d}-02-{1950 + number % 50}"
    )


HEAD = "Klantnr;Voornaam;Achternaam;Straat;Huisnummer;Postcode;Plaats;E-mail;Mobiel;Geb.dat."


def write(folder: Path, pairs: int = PAIRS) -> Path:
    """Customers, orders and complaints of pairs of look-alikes, some rows unusable."""
    folder.mkdir()
    both = [(n, who) for n in range(pairs) for who in ("vertrekker", "blijver")]
    people = [HEAD, *(person(n, who) for n, who in both)]
    (folder / "klanten.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    orders = ["Bestelnummer;E-mailadres;Besteldatum;Artikel;Bedrag"]
    orders += [f"X{n};vertrekker{n}@example.com;31-02-2026;Fietsbel;12,50" for n in (0, 1)]
    orders += [f"{who[0]}{n};{who}{n}@example.com;03-05-2026;Fietsbel;12,50" for n, who in both]
    (folder / "orders.csv").write_text("\n".join(orders) + "\n", encoding="utf-8")
    cases = ["Klachtnr;E-mail;Datum melding;Onderwerp;Omschrijving"]
    cases += [
        f"K{who[0]}{n};{who}{n}@example.com;04-05-2026;Bel stuk;Mail mij op {who}{n}@example.com"
        for n, who in both[:200]
    ]
    (folder / "klachten.csv").write_text("\n".join(cases) + "\n", encoding="utf-8")
    return folder


def ask(house: Installation, what: str) -> Any:
    """What the driver answers, on this installation."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.erasing_driver", what], env=house.environment,
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_many_are_erased_among_writers_and_kills(
    installation: Installation, tmp_path: Path
) -> None:
    originals = write(tmp_path / "files")
    installation.run("import", str(originals), timeout=600)
    backups = [installation.json("backup", "--to", str(tmp_path / "b1.tar.gz"))["path"]]
    assert ask(installation, "plant") == 2 * PAIRS
    before = ask(installation, "found")
    assert {"core_record.data", "sources_quarantined.values"} <= set(before["tables"])
    assert any("staging" in name for name in before["files"])
    assert any(name.endswith(".parquet") for name in before["files"]) or before["files"]
    kept = ask(installation, "sums")
    assert kept["people"] == PAIRS
    backups.append(installation.json("backup", "--to", str(tmp_path / "b2.tar.gz"))["path"])

    begun = ask(installation, "begin")
    assert begun["begun"] == PAIRS and begun["left"] == 0
    backups.append(installation.json("backup", "--to", str(tmp_path / "b3.tar.gz"))["path"])
    _erase_among_writers(installation, tmp_path)
    assert ask(installation, "found") == NOTHING
    assert ask(installation, "sums") == kept
    installation.run("check")

    installation.run("import", str(originals), timeout=600)
    assert ask(installation, "found") == NOTHING
    assert ask(installation, "sums")["people"] == PAIRS
    for path in backups:
        installation.run("backup", "--restore", path, "--force", timeout=600)
        assert ask(installation, "found") == NOTHING, path
        assert ask(installation, "sums")["people"] == PAIRS, path
    installation.run("import", str(originals), timeout=600)
    assert ask(installation, "found") == NOTHING


def _erase_among_writers(house: Installation, folder: Path) -> None:
    """Eight imports at once, of new people and of those who go; the eraser is killed meanwhile."""
    writers = []
    for number in range(WRITERS):
        path = folder / f"nieuw{number}.csv"
        rows = [person(900_000 + number * 100 + n, "blijver").replace("blijver", "nieuw")
                for n in range(20)]  # fmt: skip
        rows += [person(n, "vertrekker") for n in range(number * 10, number * 10 + 10)]
        path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        writers.append(house.start("import", str(path), "--source", "klanten"))
    for kill in range(KILLS):
        eraser = house.start("erase", "--resume")
        time.sleep(1.5 + 1.5 * kill)
        eraser.kill()
        eraser.wait()
    for number, writer in enumerate(writers):
        _, told = writer.communicate(timeout=600)
        if "locked" in told:
            # Nine at once on a slow machine: whoever waited in vain says so, and is called again.
            again = str(folder / f"nieuw{number}.csv")
            house.run("import", again, "--source", "klanten", timeout=600)
        else:
            assert writer.returncode == 0, told[-2000:]
    house.run("erase", "--resume", timeout=600)
