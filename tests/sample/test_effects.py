"""The true effects can be found again in the files, and behaviour is that of people."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from tests.sample.reading import Sample

Orders = dict[str, list[date]]


def orders_by_party(sample: Sample) -> Orders:
    rows = sample.truth.rows.filter(
        pl.col("kind").is_in(["order", "cancelled"]) & (pl.col("verdict") == "stored")
    )
    found: Orders = defaultdict(list)
    for person, organisation, at in rows.select("person", "organisation", "at").iter_rows():
        if person or organisation:
            found[person or organisation].append(at.date())
    return found


def orders_in_window(
    sample: Sample, effect: dict[str, Any], orders: Orders
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Orders per treated and per held-out party within the window."""
    first = date.fromisoformat(effect["sent"])
    last = first + timedelta(days=effect["window_days"])
    lots = sample.truth.lots.filter(pl.col("cause") == effect["cause"])
    groups: dict[bool, list[int]] = {True: [], False: []}
    for person, organisation, treated in lots.select(
        "person", "organisation", "treated"
    ).iter_rows():
        days = orders.get(person or organisation, [])
        groups[treated].append(sum(first < day <= last for day in days))
    return np.array(groups[True]), np.array(groups[False])


def test_holdouts_show_the_true_effect(sample: Sample) -> None:
    """Difference of the means within four standard errors of the truth, for each of them."""
    orders = orders_by_party(sample)
    seen = 0
    for effect in sample.truth.effects:
        treated, held = orders_in_window(sample, effect, orders)
        assert len(treated) == effect["treated"] and len(held) == effect["held_out"]
        error = math.sqrt(treated.var() / len(treated) + held.var() / len(held))
        difference = treated.mean() - held.mean()
        assert abs(difference - effect["extra_orders_per_treated"]) < 4 * error, effect["cause"]
        seen += difference > 2 * error and effect["extra_orders_per_treated"] > 0
    assert seen >= 3
    none = [e for e in sample.truth.effects if e["extra_orders_per_treated"] == 0]
    assert len(none) == 2


def test_holdouts_are_in_the_newsletter_file(sample: Sample) -> None:
    held: Counter[str] = Counter()
    for row in sample.dicts("nieuwsbrief.csv", "cp1252"):
        if row["Actie"] == "controlegroep":
            held[row["Campagne"]] += 1
    for effect in sample.truth.effects:
        kind, code = effect["cause"].split(":")
        if kind == "campaign":
            assert held[code] == effect["held_out"] > 0


def test_bargain_hunters_react_more(sample: Sample) -> None:
    for effect in sample.truth.effects:
        if effect["cause"].startswith("campaign") and effect["extra_orders_per_treated"]:
            hunter, other = (
                effect["extra_orders_per_bargain_hunter"],
                effect["extra_orders_per_other"],
            )
            assert hunter > 1.5 * other


def test_recommendation_drops_after_a_complaint(sample: Sample) -> None:
    """Mean score with a complaint in the two hundred days before, against without."""
    rows = sample.truth.rows.filter(pl.col("verdict") == "stored")
    complaints: dict[str, list[datetime]] = defaultdict(list)
    for person, at in rows.filter(pl.col("kind") == "complaint").select("person", "at").iter_rows():
        complaints[person].append(at)
    scores: dict[bool, list[int]] = {True: [], False: []}
    for person, at, score in (
        rows.filter((pl.col("kind") == "survey") & pl.col("person").is_not_null())
        .select("person", "at", "amount")
        .iter_rows()
    ):
        upset = any(one < at < one + timedelta(days=200) for one in complaints.get(person, []))
        scores[upset].append(score)
    assert len(scores[True]) >= 20
    assert np.mean(scores[False]) - np.mean(scores[True]) > 1.0


def test_demand_has_seasons_and_people_differ(sample: Sample) -> None:
    orders = orders_by_party(sample)
    months = Counter(day.month for days in orders.values() for day in days)
    assert months[4] + months[5] > 1.5 * (months[1] + months[2])
    numbers = np.array([len(days) for days in orders.values()])
    # A Poisson of one common rate would have its variance equal to its mean.
    assert numbers.var() > 2 * numbers.mean()


def test_complaints_make_people_leave(sample: Sample) -> None:
    """After a complaint fewer buy again within half a year than after an order of the others."""
    last = sample.truth.today - timedelta(days=190)
    rows = sample.truth.rows.filter(
        (pl.col("verdict") == "stored") & pl.col("person").is_not_null()
    )
    upset: dict[str, date] = {}
    complaints = rows.filter(pl.col("kind") == "complaint").sort("at")
    for person, at in complaints.select("person", "at").iter_rows():
        upset.setdefault(person, at.date())
    orders = orders_by_party(sample)

    def again(days: list[date], since: date) -> bool:
        return any(since + timedelta(days=10) < day <= since + timedelta(180) for day in days)

    after = [again(orders[one], since) for one, since in upset.items() if since < last]
    others = [
        again(days, since)
        for one, days in orders.items()
        if one not in upset and one.startswith("P")
        for since in days
        if since < last
    ]
    assert len(after) > 100
    assert np.mean(after) < np.mean(others) - 0.05
