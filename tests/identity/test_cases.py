"""Who must be one and who must stay apart: alone, and amid a base a model was learnt from."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.families import simulate

from .people import JAN, MIEKE, groups, only, without

NAME = ("first_name", "surname_prefix", "surname")
HOME = ("street", "house_number", "postcode", "city")
FREQUENT = {"first_name": "Jan", "surname_prefix": "de", "surname": "Jong"}
TWIN = {"birth_date": "1999-01-17"}
JUNIOR = JAN | {"birth_date": "2001-06-30", "email": "junior@example.com", "mobile": "097000099999"}

# name: (rows, the group of each row)
CASES: dict[str, tuple[list[dict[str, str]], list[int]]] = {
    "typed differently": (
        [JAN, JAN | {"surname": "Stenhof", "birth_date": "1971-04-32"}],
        [0, 0],
    ),
    "initials only": ([JAN, without(JAN, "first_name") | {"initials": "J."}], [0, 0]),
    "names swapped": ([JAN, JAN | {"first_name": "Steenhof", "surname": "Jan"}], [0, 0]),
    "day and month swapped": (
        [JAN | {"birth_date": "1971-04-03"}, without(JAN, "email") | {"birth_date": "1971-03-04"}],
        [0, 0],
    ),
    "nickname": ([JAN, without(JAN, "email") | {"first_name": "Johannes"}], [0, 0]),
    "moved": (
        [
            without(JAN, "phone"),
            without(JAN, "phone", "email")
            | {"street": "Kade", "house_number": "3", "postcode": "9876 ZX", "city": "Elders"},
        ],
        [0, 0],
    ),
    "other e-mail, same rest": ([JAN, JAN | {"email": "jsteen@example.com"}], [0, 0]),
    "remarried": (
        [MIEKE, MIEKE | {"surname_prefix": "", "surname": "Kwartel - Steenhof"}],
        [0, 0],
    ),
    "maiden name": ([MIEKE, MIEKE | {"surname_prefix": "", "surname": "Kwartel"}], [0, 0]),
    "couple": ([JAN, MIEKE], [0, 1]),
    "couple with one mailbox": ([JAN, MIEKE | only(JAN, "email")], [0, 1]),
    "couple with one mailbox and mobile": ([JAN, MIEKE | only(JAN, "email", "mobile")], [0, 1]),
    "couple, no birth dates": (
        [without(JAN, "birth_date"), without(MIEKE, "birth_date") | only(JAN, "email", "mobile")],
        [0, 1],
    ),
    "father and son of one name": ([JAN, JUNIOR], [0, 1]),
    "twins": (
        [
            JAN | TWIN | {"first_name": "Lotte", "email": "lotte@example.com"},
            JAN
            | TWIN
            | {"first_name": "Ruben", "email": "ruben@example.com", "mobile": "097000011111"},
        ],
        [0, 1],
    ),
    "namesakes": ([FREQUENT, FREQUENT], [0, 1]),
    "namesakes elsewhere": (
        [
            FREQUENT | only(JAN, *HOME),
            FREQUENT
            | {"street": "Kade", "house_number": "3", "postcode": "9876 ZX", "city": "Elders"},
        ],
        [0, 1],
    ),
    "guest order by e-mail alone": ([JAN, only(JAN, "email")], [0, 0]),
    "guest order from a shared mailbox": (
        [JAN, MIEKE | only(JAN, "email"), only(JAN, "email")],
        [0, 1, 2],
    ),
    "guest order with initial from a shared mailbox": (
        [JAN, MIEKE | only(JAN, "email"), only(JAN, "email", "surname") | {"initials": "M"}],
        [0, 1, 1],
    ),
    "family name at the counter": (
        [JAN, MIEKE, only(JAN, *HOME) | {"full_name": "Fam. van der Steenhof"}],
        [0, 1, 2],
    ),
    "neighbours": ([JAN, MIEKE | {"surname": "Kwartel", "house_number": "14"}], [0, 1]),
    "customer number": (
        [
            only(JAN, *NAME) | {"customer_number": "K-1044", "source": "crm"},
            {"customer_number": "k1044", "source": "crm", "email": "x.y@example.org"},
        ],
        [0, 0],
    ),
    "customer number elsewhere": (
        [
            only(JAN, *NAME) | {"customer_number": "1044", "source": "crm"},
            {"customer_number": "1044", "source": "shop", "email": "x.y@example.org"},
        ],
        [0, 1],
    ),
    "placeholders": (
        [
            only(JAN, *NAME) | {"email": "noemail@example.nl", "phone": "0000000000"},
            only(MIEKE, *NAME) | {"email": "noemail@example.nl", "phone": "0000000000"},
        ],
        [0, 1],
    ),
    "another script": (
        [
            {"first_name": "Зоя", "surname": "Корнева", "email": "zk@example.org"},
            {"first_name": "Зоя", "surname": "Корнева", "email": "zk@example.org", "city": "X"},
            {"first_name": "明", "surname": "李", "email": "ming@example.org"},
        ],
        [0, 0, 1],
    ),
    "organisation and its contact": (
        [
            {"organisation_name": "Steenhof Rijwielen B.V.", "email": "info@steenhof.example"}
            | only(JAN, *HOME, "phone"),
            JAN | {"organisation_name": "Steenhof Rijwielen", "email": "info@steenhof.example"},
        ],
        [0, 1],
    ),
    "contacts of one organisation": (
        [
            JAN | {"organisation_name": "Rijwielen BV", "email": "info@rijwielen.example"},
            MIEKE
            | {"organisation_name": "Rijwielen BV", "email": "info@rijwielen.example"}
            | {"surname": "Kwartel"},
        ],
        [0, 1],
    ),
    "one organisation, written twice": (
        [
            {
                "organisation_name": "Rijwielhandel Kwartel B.V.",
                "kvk": "69599084",
                "phone": "0850111",
            },
            {"organisation_name": "Kwartel Rijwielhandel", "kvk": "69599084"},
        ],
        [0, 0],
    ),
    "two organisations of one name": (
        [
            {"organisation_name": "De Fietsenmaker", "kvk": "69599084"} | only(JAN, *HOME),
            {"organisation_name": "De Fietsenmaker BV", "kvk": "69599085"} | only(JAN, *HOME),
        ],
        [0, 1],
    ),
}


@pytest.fixture(scope="module")
def base() -> pl.DataFrame:
    """A simulated base, large enough for a model to be learnt."""
    return simulate(6000, seed=11).frame


@pytest.mark.parametrize("name", CASES)
def test_with_the_starting_model(name: str) -> None:
    rows, expected = CASES[name]
    found, resolution = groups(rows)
    assert found == expected, resolution.explain(0, 1)


@pytest.mark.parametrize("name", CASES)
def test_amid_a_learnt_base(name: str, base: pl.DataFrame) -> None:
    rows, expected = CASES[name]
    found, resolution = groups(rows, base)
    assert resolution.model.kinds["person"].is_fitted
    assert found == expected, resolution.explain(0, 1)


def test_a_rare_name_joins_only_where_the_data_confirms_it() -> None:
    rows = [only(JAN, *NAME), only(JAN, *NAME)]
    large = simulate(20_000, seed=11).frame
    assert groups(rows)[0] == [0, 1]
    joined, found = groups(rows, large)
    told = found.report()["kinds"]["person"]
    assert joined == [0, 0]
    assert any(note.startswith("names alone: they join at four") for note in told["notes"])
    apart, found = groups(rows, large.drop("birth_date"))
    told = found.report()["kinds"]["person"]
    assert apart == [0, 1]
    assert any(note.endswith("too few to tell; they join nobody, for names recur in families")
               for note in told["notes"])  # fmt: skip
