"""How customers hang together without being one: branches, parents, neighbours, contacts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from .firm_words import NOTHING, Names
from .model import Frequencies
from .runs import pairs_within, runs
from .values import ORGANISATION, hashes, mixed

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PARENT, BRANCH, SAME_ADDRESS, CONTACT = "parent", "branch", "same_address", "contact"
RELATIONS = {
    "customer": pl.Int64, "other": pl.Int64, "relation": pl.String, "because": pl.String,
}  # fmt: skip
# What the places of one organisation have in common, and the members of one group.
_SHARED = ("kvk", "vat", "iban", "domain")
# More customers that share a value are no group; at one address they are a business centre.
LARGEST_GROUP, MOST_AT_ADDRESS = 100, 12


def relations(
    values: pl.DataFrame,
    customers: Ints,
    pairs: pl.DataFrame,
    probability: float = 0.8,
    words: Frequencies | None = None,
) -> pl.DataFrame:
    """One line per pair of related customers: customer, other, relation, because.

    parent: the customer's name holds the other's and says more, and they share a registration, an
    account, a domain, or the model says that they belong together. branch: they share as much, and
    neither name holds the other. same_address: they share no more than where they are. contact:
    the customer is a person who named the other as employer, or writes from its domain and no
    other's. `because` names what is shared. Of branches and neighbours the first customer has the
    lower number. `pairs` as in `resolution.Resolution`; `probability` is the least one of the
    related class; `words` what the model knows of words of names.
    """
    is_firm = (values["kind"] == ORGANISATION).to_numpy()
    if not is_firm.any():
        return pl.DataFrame(schema=RELATIONS)
    firms = np.flatnonzero(is_firm)
    found = [_sharing(name, hashes(values, name)[firms], customers[firms]) for name in _SHARED]
    found.append(_by_model(values, customers, pairs, is_firm, probability))
    near = _sharing(SAME_ADDRESS, _addresses(values)[firms], customers[firms], MOST_AT_ADDRESS)
    groups = _gathered(found)
    lone = near.join(groups, on=["customer", "other"], how="anti")
    lone = lone.with_columns(relation=pl.lit(SAME_ADDRESS), because=pl.lit("address"))
    named = _told(groups, _named(values, customers, firms), words)
    told = [named, lone, _contacts(values, customers, is_firm)]
    columns = [pl.col(name).cast(dtype) for name, dtype in RELATIONS.items()]
    ordered = pl.concat([part.select(columns) for part in told])
    return ordered.sort("customer", "other", "relation")


def _addresses(values: pl.DataFrame) -> Ints:
    """A hash of postcode (or street and place) and house number; 0 where not known in full."""
    postcode, house, street, city = (
        hashes(values, name) for name in ("postcode", "house", "street", "city")
    )
    place = np.where(postcode != 0, postcode, mixed(street, city))
    known = (house != 0) & ((postcode != 0) | ((street != 0) & (city != 0)))
    return np.where(known, mixed(place, house, hashes(values, "suffix")), 0)


def _sharing(
    name: str, hashed: Ints, customers: Ints, largest: int = LARGEST_GROUP
) -> pl.DataFrame:
    """Pairs of customers that share a value: customer < other, because."""
    known = hashed != 0
    held = pl.DataFrame({"value": hashed[known], "customer": customers[known]}).unique()
    held = held.sort("value", "customer")
    starts, sizes = runs(held["value"].to_numpy())
    kept = (sizes > 1) & (sizes <= largest)
    one, other = pairs_within(starts[kept], sizes[kept])
    customer = held["customer"].to_numpy()
    return _pairs(customer[one], customer[other], name)


def _pairs(one: Ints, other: Ints, because: str) -> pl.DataFrame:
    ends = {"customer": np.minimum(one, other), "other": np.maximum(one, other)}
    return pl.DataFrame(ends).unique().with_columns(because=pl.lit(because))


def _by_model(
    values: pl.DataFrame, customers: Ints, pairs: pl.DataFrame, is_firm: Flags, probability: float
) -> pl.DataFrame:
    """Pairs of customers of which a pair of rows is of the related class, by one name."""
    if "p_household" not in pairs.columns:
        return _pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), "organisation")
    likely = pairs.filter((pl.col("p_household") >= probability) & (pl.col("organisation") >= 3))
    left, right = (likely[name].to_numpy().astype(np.int64) for name in ("left", "right"))
    is_other = is_firm[left] & is_firm[right] & (customers[left] != customers[right])
    return _pairs(customers[left[is_other]], customers[right[is_other]], "organisation")


def _gathered(found: list[pl.DataFrame]) -> pl.DataFrame:
    """Each pair once, with all that it shares."""
    whole = pl.concat(found).group_by("customer", "other").agg(pl.col("because").unique())
    return whole.with_columns(pl.col("because").list.sort().list.join(","))


def _named(values: pl.DataFrame, customers: Ints, firms: Ints) -> pl.DataFrame:
    """The shortest name of every organisation that has one: customer, name."""
    names = pl.DataFrame(
        {"customer": customers[firms], "name": values["organisation"].gather(firms)}
    )
    names = names.with_columns(pl.col("name").cast(pl.String)).drop_nulls()
    length = pl.col("name").str.len_chars()
    return names.sort("customer", length, "name").unique("customer", keep="first")


def _told(groups: pl.DataFrame, names: pl.DataFrame, words: Frequencies | None) -> pl.DataFrame:
    """Which of the pairs are a parent and its own, by their names, and which are branches.

    A domain alone is an accountant's as well: then the names must share a word that tells.
    """
    there = names.rename({"customer": "other", "name": "name_there"})
    both = groups.join(names, on="customer", how="left").join(there, on="other", how="left")
    known = Names(both["name"].append(both["name_there"]), words)
    codes = known.codes[: len(both)], known.codes[len(both) :]
    shares = pl.Series(known.shared(*codes) > NOTHING) | (both["name"] == both["name_there"])
    both = both.filter((pl.col("because") != "domain") | shares.fill_null(False))
    here, there_ = (pl.col(name).str.split(" ").list for name in ("name", "name_there"))
    common = here.set_intersection(pl.col("name_there").str.split(" ")).list.len()
    is_child = (common == there_.n_unique()) & (here.n_unique() > common)
    is_parent = (common == here.n_unique()) & (there_.n_unique() > common)
    is_turned = is_parent.fill_null(False)
    told = pl.when(is_child | is_parent).then(pl.lit(PARENT)).otherwise(pl.lit(BRANCH))
    low, high = pl.col("customer"), pl.col("other")
    return both.with_columns(
        relation=told,
        customer=pl.when(is_turned).then(high).otherwise(low),
        other=pl.when(is_turned).then(low).otherwise(high),
    )


def _contacts(values: pl.DataFrame, customers: Ints, is_firm: Flags) -> pl.DataFrame:
    """Persons and the organisations they work for."""
    firms, people = np.flatnonzero(is_firm), np.flatnonzero(~is_firm)
    told = [
        _working(name, hashes(values, name), customers, firms, people)
        for name in ("organisation", "domain")
    ]
    whole = pl.concat(told)
    # Of several organisations that fit by name, those that fit by domain too are meant.
    named = whole.group_by("customer", "other").agg(pl.col("because").sort().str.join(","))
    most = pl.col("because").str.count_matches(",")
    best = named.filter(most == most.max().over("customer"))
    alone = best.filter(pl.len().over("customer") == 1)
    return alone.with_columns(relation=pl.lit(CONTACT))


def _working(name: str, hashed: Ints, customers: Ints, firms: Ints, people: Ints) -> pl.DataFrame:
    """Customers that are people and those that are organisations with the same value."""
    sides = []
    for rows, end in ((people, "customer"), (firms, "other")):
        held = rows[hashed[rows] != 0]
        sides.append(pl.DataFrame({"value": hashed[held], end: customers[held]}).unique())
    sides[1] = sides[1].filter(pl.len().over("value") <= LARGEST_GROUP)
    met = sides[0].join(sides[1], on="value").select("customer", "other").unique()
    return met.with_columns(because=pl.lit(name))
