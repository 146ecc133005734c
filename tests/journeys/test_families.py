"""On the sample company: families stay apart as households; moved and remarried people are one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.core.actor import system_actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.sample import generate
from klantbeeld.sample.truth import Truth
from tests.journeys.test_people import is_fine
from tests.pipeline.parties import parties
from tests.sample.shared import make_fewer

# What matching decides, other tests hold equal on both databases.
pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Any]


@pytest.fixture
def truth(
    transactional_db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Truth:
    """A part of the sample company, loaded."""
    from klantbeeld.pipeline.actions import import_paths

    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    make_fewer(monkeypatch, 0.3)
    truth = generate(tmp_path / "sample", "small")
    import_paths(system_actor(), [tmp_path / "sample" / "data"])
    return truth


@pytest.fixture
def company(truth: Truth) -> None:
    """The company that `visit` shows."""


def people(truth: Truth, data: Path) -> pl.DataFrame:
    """Per person that sources let be told: party, customer (of most records), customers (number),
    and the different surnames and postcodes of the records."""
    records = parties(truth, data).filter(
        pl.col("party").str.starts_with("P") & pl.col("is_linkable") & (pl.col("kind") == "person")
    )
    said = [
        pl.col("data").str.json_path_match(f"$.{name}").alias(name)
        for name in ("surname", "postcode")
    ]
    return (
        records.with_columns(said)
        .group_by("party")
        .agg(
            pl.col("customer").mode().sort().first(),
            pl.col("customer").n_unique().alias("customers"),
            pl.col("surname", "postcode").drop_nulls().unique().sort(),
        )
        .sort("party")
    )


def different(surnames: list[str]) -> bool:
    """Whether these are names of different families: no letter slipped, no name written longer."""
    short, long = sorted((surnames[0].casefold(), surnames[-1].casefold()), key=len)
    return not set(short.split("-")) & set(long.split("-")) and short[:2] != long[:2]


def test_families_stay_apart_and_who_moved_or_remarried_is_one(
    truth: Truth, visit: Visit, tmp_path: Path
) -> None:
    found = people(truth, tmp_path / "sample" / "data")
    several = {name: pl.col(name).list.len() > 1 for name in ("surname", "postcode")}
    moved = found.filter(several["postcode"])
    named = found.filter(several["surname"])
    remarried = named.filter(pl.Series([different(names) for names in named["surname"]]))
    mistyped = named.filter(
        pl.Series([not different(names) and len(names) == 2 for names in named["surname"]])
    )
    for kind in (moved, remarried, mistyped):
        assert kind.height >= 10
        assert (kind["customers"] == 1).mean() >= 0.8
    page = visit("service")
    for kind, name in ((moved, "postcode"), (remarried, "surname"), (mistyped, "surname")):
        one = kind.filter(pl.col("customers") == 1).row(0, named=True)
        page.goto(f"/customers/{to_public('customer', one['customer'])}/")
        page.click("button[data-open=records]")
        told = page.inner_text("#records")
        assert all(value in told for value in one[name]), name
        is_fine(page)
    family_apart(truth, found, page)


def family_apart(truth: Truth, found: pl.DataFrame, page: Any) -> None:
    """Members of a household are customers of their own, each on the card of the other."""
    members = found.join(
        truth.persons.select("person", "household", "first_name"),
        left_on="party",
        right_on="person",
    )
    homes = members.join(members, on="household").filter(
        (pl.col("party") < pl.col("party_right"))
        & (pl.col("first_name") != pl.col("first_name_right"))
    )
    assert homes.height >= 30
    assert (homes["customer"] == homes["customer_right"]).mean() <= 0.02
    traps = truth.traps.join(found, left_on="first", right_on="party").join(
        found, left_on="second", right_on="party"
    )
    assert traps.height >= 10
    # Twins, one initial in one family, namesakes: hardest of all, in a small part of the company.
    assert (traps["customer"] == traps["customer_right"]).mean() <= 0.2
    for home in homes.iter_rows(named=True):
        page.goto(f"/customers/{to_public('customer', home['customer'])}/")
        other = f"#household a[href*='{to_public('customer', home['customer_right'])}']"
        if page.locator(other).count():
            page.click(f"{other}:has-text('waarom?')")
            assert "huishouden" in page.inner_text("main .callout")
            is_fine(page)
            return
    raise AssertionError("no household is shown")
