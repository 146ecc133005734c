"""What two sets of records say of each other, and whom that keeps apart or joins."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl

from klantbeeld.identity.core import Model, compare, in_roles, match_values, score
from klantbeeld.identity.core.cluster import cluster, evidence
from klantbeeld.identity.core.model import Parameters
from klantbeeld.identity.core.score import prior_bits
from klantbeeld.identity.core.sets import LOWEST, SATURATION, SetEvidence, Told
from tests.identity.people import JAN, MIEKE, groups, only, table, without

PERSONS = Model.default().kinds["person"]

NEIGHBOUR = JAN | {
    "birth_date": "1958-11-02",
    "house_number": "18",
    "email": "j.steenhof@example.org",
    "mobile": "0970-00054321",
}
PLACED = ("first_name", "surname_prefix", "surname", "street", "house_number", "postcode", "city")


def scored(rows: list[dict[str, str]], parameters: Parameters = PERSONS) -> pl.DataFrame:
    """All pairs of the rows with levels, scores and evidence."""
    ends = list(itertools.combinations(range(len(rows)), 2))
    schema = {"left": pl.UInt32, "right": pl.UInt32}
    pairs = pl.DataFrame(ends, schema=schema, orient="row")
    levels = compare(match_values(in_roles(table(rows))), pairs)
    whole = pl.concat([pairs, levels, score(levels, parameters)], how="horizontal")
    return whole.with_columns(pl.Series("evidence", evidence(whole, prior_bits(parameters))))


def customers(rows: list[dict[str, str]], *, by_sets: bool) -> list[int]:
    """Labels by what sets say together, or by the average of their pairs."""
    pairs = scored(rows)
    by = PERSONS if by_sets else PERSONS.thresholds
    weight = pairs["weight"].to_numpy().astype(np.float64)
    return cluster(len(rows), pairs, weight, by).labels.tolist()


def between(pairs: pl.DataFrame, ends: list[tuple[int, int]]) -> float:
    """Bits for one person, of two sets between which these pairs are."""
    place = {pair: at for at, pair in enumerate(pairs.select("left", "right").iter_rows())}
    at = np.array([place[pair] for pair in ends])
    said = np.clip(pairs["evidence"].to_numpy()[at], LOWEST, SATURATION)
    sets = SetEvidence(Told(pairs, at), np.arange(len(at)), said, PERSONS)
    return float(sets.weigh(sets.sums.sum(axis=0)[:, None])[0])


def test_one_pair_says_as_a_set_what_it_says_alone() -> None:
    rows = [JAN, without(JAN, "email"), MIEKE, NEIGHBOUR, only(JAN, "first_name", "surname")]
    pairs = scored(rows)
    for left, right, weight, said in pairs.select(
        "left", "right", "weight", "evidence"
    ).iter_rows():
        whole, own = (float(np.clip(bits, LOWEST, SATURATION)) for bits in (weight, said))
        expected = (whole + min(whole, own)) / 2
        assert abs(between(pairs, [(left, right)]) - expected) < 1e-3


def test_what_pairs_do_not_know_takes_nothing_away() -> None:
    """A copy that lacks the birth date does not soften two that contradict."""
    rows = [JAN, only(JAN, *PLACED, "email"), only(NEIGHBOUR, *PLACED, "birth_date")]
    pairs = scored(rows)
    bar = PERSONS.thresholds.same
    assert between(pairs, [(0, 2)]) < bar
    assert between(pairs, [(0, 2), (1, 2)]) < bar
    of_each = dict(zip(pairs.select("left", "right").rows(), pairs["evidence"], strict=True))
    assert (of_each[0, 2] + of_each[1, 2]) / 2 > bar  # what the pairs say on average


def test_namesakes_next_door_of_whom_few_records_know_the_birth_date() -> None:
    one, other = JAN, NEIGHBOUR
    rows = [
        one,
        only(one, *PLACED, "email", "mobile"),
        only(one, *PLACED, "email", "birth_date"),
        other,
        only(other, *PLACED, "email", "mobile"),
        only(other, *PLACED, "mobile"),
    ]
    assert customers(rows, by_sets=True) == [0, 0, 0, 3, 3, 3]


def test_twins_of_one_initial_of_whom_one_name_is_known_elsewhere() -> None:
    """'J.' with Joost's mailbox is no Jan, though the initial fits."""
    joost = JAN | {"first_name": "Joost", "email": "joost.steenhof@example.org"}
    rows = [
        without(JAN, "email"),
        without(joost, "first_name", "mobile", "birth_date") | {"initials": "J."},
        only(joost, "first_name", "surname_prefix", "surname", "email", "mobile"),
    ]
    found = customers(rows, by_sets=True)
    assert found[1] == found[2] != found[0]


def test_who_moved_and_has_two_mailboxes_is_one() -> None:
    there = {"street": "Kerkplein", "house_number": "3", "postcode": "4321 XY", "city": "Verweg"}
    later = JAN | there | {"email": "steenhof71@example.org"}
    rows = [
        JAN,
        without(JAN, "birth_date"),
        only(JAN, *PLACED, "email"),
        later,
        without(later, "birth_date", "phone"),
        only(later, *PLACED, "email"),
    ]
    assert set(customers(rows, by_sets=True)) == {0}


def test_a_poor_copy_is_held_by_what_it_shares_with_one_record() -> None:
    """Beside kin that know other things of the same person it would be outvoted."""
    mailbox = only(JAN, "first_name", "surname", "email")
    poor = only(JAN, "surname", "email", "mobile") | {"first_name": "Jqn"}
    rows = [JAN, without(JAN, "email"), without(JAN, "email", "phone"), mailbox, poor]
    assert set(customers(rows, by_sets=True)) == {0}


def test_order_of_rows_does_not_matter() -> None:
    rows = [
        JAN | {"source": "crm"},
        only(JAN, *PLACED, "email") | {"source": "shop"},
        NEIGHBOUR | {"source": "crm"},
        only(NEIGHBOUR, *PLACED, "mobile") | {"source": "shop"},
        MIEKE | {"source": "crm"},
    ]
    found = set()
    for order in itertools.permutations(range(len(rows))):
        labels, _ = groups([rows[at] for at in order])
        label = dict(zip(order, labels, strict=True))
        found.add(frozenset(frozenset(at for at in label if label[at] == one) for one in labels))
    assert len(found) == 1
