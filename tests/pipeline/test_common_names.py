"""A list in which many people have one name and live in one place: they stay apart."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

from klantbeeld.core.models import Customer
from klantbeeld.pipeline.report import ImportReport

FIRST = [
    "Anna",
    "Bas",
    "Carla",
    "Daan",
    "Els",
    "Fien",
    "Gijs",
    "Hanna",
    "Ilse",
    "Joris",
    "Karin",
    "Lars",
    "Mieke",
    "Niels",
    "Olga",
    "Piet",
]
LAST = [
    "Vries",
    "Berg",
    "Jansen",
    "Bakker",
    "Meer",
    "Smit",
    "Boer",
    "Mulder",
    "Bos",
    "Dijk",
    "Hendriks",
    "Horst",
]
PLACES = {"3511": "Utrecht", "1012": "Amsterdam", "9711": "Groningen", "6511": "Nijmegen"}
PEOPLE, AGAIN = 1_100, 40


def test_people_of_one_name_stay_apart(bring: Callable[..., ImportReport], tmp_path: Path) -> None:
    """How common a name is in the list itself decides what it says; only true doubles are one."""
    draw = random.Random(8)
    rows = []
    for n in range(PEOPLE):
        code, place = draw.choice(list(PLACES.items()))
        first, last = draw.choice(FIRST), draw.choice(LAST)
        address = f"{draw.choice(['Dorpsstraat', 'Kerkweg', 'Molenlaan'])} {draw.randint(1, 240)}"
        postcode = f"{code} {draw.choice('ABCDE')}{draw.choice('ABCDE')}"
        phone = draw.choice(["", f"0970{draw.randint(10_000_000, 99_999_999)}"])
        mail = draw.choice(["", f"{first}.{last}{n}@example.nl".lower()])
        born = draw.choice(
            ["", f"{draw.randint(1, 28):02}-{draw.randint(1, 12):02}-1{n % 60 + 940}"]
        )
        rows.append([10_000 + n, first, last, address, postcode, place, phone, mail, born])
    for n, one in enumerate(draw.sample(rows, AGAIN)):
        rows.append([20_000 + n, *one[1:6], "", *one[7:]])
    path = tmp_path / "klanten.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Klantnr", "Voornaam", "Achternaam", "Adres", "Postcode", "Plaats",
                         "Telefoon", "E-mail", "Geboortedatum"])  # fmt: skip
        writer.writerows(rows)
    bring(path)
    assert abs(Customer.objects.count() - PEOPLE) <= 10
