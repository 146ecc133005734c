"""Which customers live together: the same current address and name, or a household by the model."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from .components import components
from .model import Thresholds
from .runs import pairs_within, runs
from .values import PERSON, hashes, mixed

Ints = npt.NDArray[np.int64]

# More people of one name at one address are a care home or a namesake's flat without a suffix.
LARGEST_HOUSEHOLD = 12


def households(
    values: pl.DataFrame, customers: Ints, pairs: pl.DataFrame, thresholds: Thresholds
) -> Ints:
    """The household label of every row (smallest row of it), -1 where nobody is known to share.

    A customer lives at the address of the row updated last. Two customers live together when
    those addresses are equal and so is a part of their surnames, or when the model says so of two
    rows that are not at a former address of either.
    """
    size = len(values)
    if not size or values["kind"][0] != PERSON:
        return np.full(size, -1, dtype=np.int64)
    home = _address(values)
    is_current = _is_current(values, customers, home)
    left, right = _neighbours(values, customers, home, is_current)
    by_model = np.flatnonzero(pairs["p_household"].to_numpy() >= thresholds.household)
    one, other = (pairs[name].to_numpy()[by_model] for name in ("left", "right"))
    lives_there = is_current[one] & is_current[other]
    one, other = customers[one[lives_there]], customers[other[lives_there]]
    rows = np.arange(size)
    label = components(
        size, np.concatenate([customers, left, one]), np.concatenate([rows, right, other])
    )
    return _shared_only(label, customers)


def _address(values: pl.DataFrame) -> Ints:
    """A hash of the full address, 0 where it is not known in full."""
    postcode, house = hashes(values, "postcode"), hashes(values, "house")
    street = hashes(values, "street")
    # Dutch and British postcodes hold one street; elsewhere the street has to say which.
    is_fine = hashes(values, "region") != 0
    place = np.where(is_fine, postcode, mixed(postcode, street))
    known = (postcode != 0) & (house != 0) & (is_fine | (street != 0))
    return np.where(known, mixed(place, house, hashes(values, "suffix")), 0)


def _is_current(values: pl.DataFrame, customers: Ints, home: Ints) -> npt.NDArray[np.bool_]:
    """Whether each row's address is its customer's current one: that of the latest update.

    Where no update times are known every address may be current.
    """
    updated = values["updated"]
    if updated.null_count() == len(updated):
        return np.ones(len(values), dtype=bool)
    frame = pl.DataFrame({"customer": customers, "updated": updated, "home": home})
    known = pl.col("updated").filter(pl.col("home") != 0)
    latest = frame.select(known.max().over("customer").alias("latest"), "updated", "home")
    is_latest = pl.col("latest").is_null() | (pl.col("updated") == pl.col("latest"))
    is_current = (pl.col("home") == 0) | is_latest.fill_null(False)
    return latest.select(is_current).to_series().to_numpy()


def _neighbours(
    values: pl.DataFrame, customers: Ints, home: Ints, is_current: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Customers whose current address and a part of whose surname are equal."""
    is_home = (home != 0) & is_current
    rows, keys = [], []
    for part in ("part", "other_part"):
        name = hashes(values, part)
        known = np.flatnonzero(is_home & (name != 0))
        rows.append(known)
        keys.append(mixed(home[known], name[known]))
    key, customer = np.concatenate(keys), customers[np.concatenate(rows)]
    # Key, as far as it fits, and customer in one number, which sorts many times faster.
    bits = np.uint64(len(values).bit_length())
    low = (np.uint64(1) << bits) - np.uint64(1)
    found = np.sort((key.view(np.uint64) & ~low) | customer.astype(np.uint64))
    found = found[runs(found)[0]]
    starts, sizes = runs(found >> bits)
    kept = (sizes > 1) & (sizes <= LARGEST_HOUSEHOLD)
    one, other = pairs_within(starts[kept], sizes[kept])
    held = (found & low).astype(np.int64)
    return held[one], held[other]


def _shared_only(label: Ints, customers: Ints) -> Ints:
    """-1 for households of one customer."""
    size = len(label)
    both = np.sort(label * size + customers)
    heads = both[runs(both)[0]] // size
    return np.where(np.bincount(heads, minlength=size)[label] > 1, label, -1)
