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
# The columns of values that are read here, those that a table has of them.
READ = (
    "kind", "updated",
    *(name + "#" for name in ("postcode", "house", "street", "suffix", "region")),
    "part#", "other_part#",
)  # fmt: skip


def households(
    values: pl.DataFrame, customers: Ints, pairs: pl.DataFrame, thresholds: Thresholds
) -> Ints:
    """The household label of every row (smallest row of it), -1 where nobody is known to share.

    A customer lives at one address, that of the row updated last (see `_lives`). Two customers
    live together when those addresses are equal and so is a part of their surnames, or when the
    model says so of two rows that tell of where they live now (see `tells_home`).
    """
    size = len(values)
    if not size or values["kind"][0] != PERSON:
        return np.full(size, -1, dtype=np.int64)
    home = _address(values)
    lives = _lives(values, customers, home)
    left, right = _neighbours(values, customers, home, home == lives)
    by_model = np.flatnonzero(pairs["p_household"].to_numpy() >= thresholds.household)
    one, other = (pairs[name].to_numpy()[by_model] for name in ("left", "right"))
    told = tells_home(home, lives, one, other)
    one, other = customers[one[told]], customers[other[told]]
    # A customer is known by its smallest row, and so is a household.
    label = components(size, np.concatenate([left, one]), np.concatenate([right, other]))
    return _shared_only(label[customers], customers)


def _address(values: pl.DataFrame) -> Ints:
    """A hash of the full address, 0 where it is not known in full."""
    postcode, house = hashes(values, "postcode"), hashes(values, "house")
    street = hashes(values, "street")
    # Dutch and British postcodes hold one street; elsewhere the street has to say which.
    is_fine = hashes(values, "region") != 0
    place = np.where(is_fine, postcode, mixed(postcode, street))
    known = (postcode != 0) & (house != 0) & (is_fine | (street != 0))
    return np.where(known, mixed(place, house, hashes(values, "suffix")), 0)


def _lives(values: pl.DataFrame, customers: Ints, home: Ints) -> Ints:
    """Per row where its customer lives now (a hash as of `_address`), 0 where that is not known.

    Everybody lives at one address: that of the latest update, of several the one that most rows
    tell.
    """
    chosen = np.zeros(len(values), dtype=np.int64)
    rows = np.flatnonzero(home)
    chosen[customers[rows]] = home[rows]
    has_several = np.zeros(len(values), dtype=bool)
    has_several[customers[rows[chosen[customers[rows]] != home[rows]]]] = True
    lives = _latest(values, customers, home, rows[has_several[customers[rows]]])
    chosen[lives["customer"].to_numpy()] = lives["home"].to_numpy()
    result: Ints = chosen[customers]
    return result


def _latest(values: pl.DataFrame, customers: Ints, home: Ints, rows: Ints) -> pl.DataFrame:
    """Per customer of some rows the home that they tell, as of `_lives`: customer, home."""
    updated = values["updated"].gather(rows)
    known = pl.DataFrame({"customer": customers[rows], "home": home[rows], "updated": updated})
    latest = pl.col("updated").max().over("customer")
    is_latest = latest.is_null() | (pl.col("updated") == latest).fill_null(False)
    told = known.filter(is_latest).group_by("customer", "home").len()
    # Of homes told as often the hash decides, which depends on nothing but the address.
    return told.sort("customer", "len", "home").unique("customer", keep="last")


def tells_home(home: Ints, lives: Ints, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Pairs of rows that tell of where their customers live now.

    A row at a former address does not; nor does one without an address, of a customer whose
    address is known, unless the other customer lives there too: it is what joins two households
    when it is of somebody else.
    """
    is_there = home == lives
    both = is_there[left] & is_there[right]
    may = is_there | (home == 0)
    told: npt.NDArray[np.bool_] = both | (may[left] & may[right] & (lives[left] == lives[right]))
    return told


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
