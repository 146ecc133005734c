"""Records that say little more than an identifier go with whoever that identifier belongs to.

A newsletter's address, a log-in, a portal account: such records cannot be compared, and averaged
with full records they only dilute. So they are kept out of linking and attached afterwards, when
exactly one customer holds their identifier and is not called otherwise. What an organisation's own
address or number stands on, without being a private person's too, is that organisation's: a
contact writing for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.identity import core
from klantbeeld.identity.core.values import hashes

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# Identifiers in order of trust: comparison, its level when equal, key kind of persons and, as far
# as organisations have it, of organisations.
IDENTIFIERS = (
    ("number", 1, "number", "organisation_number"),
    ("login", 1, "login", ""),
    ("loyalty", 1, "loyalty", ""),
    ("email", 3, "email", "organisation_email"),
)
_KINDS = [kind.name for kind in core.KEY_KINDS]
PLACES = frozenset(
    _KINDS.index(name) for *_, person, firm in IDENTIFIERS for name in (person, firm) if name
)
# Kinds of the keys that weak records leave behind as if they were the other kind of subject.
WEAK = 100
FAMILY = r"^(?:fam|familie|family|gezin)(?:[._\-].*|.{3,})?$"
# Bits over the bar that an attached identifier counts for, as in the core's own rules.
OVER = 2.0
SURE = 0.99


@dataclass(frozen=True)
class Weak:
    """Which rows of a table are attached rather than linked.

    firms are attached first, then people. keys: row, order (of trust), hash; of these rows and of
    those they may go to.
    """

    firms: Ints
    people: Ints
    keys: pl.DataFrame

    @property
    def rows(self) -> Ints:
        """All of them."""
        return np.concatenate([self.firms, self.people])


def weak_rows(values: pl.DataFrame) -> Flags:
    """Rows with a name and identifiers at most.

    People without birth date and without a house to live in; organisations without registration
    and without a house to be at.
    """
    firm = (values["kind"] == core.ORGANISATION).to_numpy()
    is_placed, is_born = hashes(values, "house") != 0, hashes(values, "birth") != 0
    is_registered = (hashes(values, "kvk") != 0) | (hashes(values, "vat") != 0)
    weak: Flags = ~is_placed & np.where(firm, ~is_registered, ~is_born)
    return weak


def _bare_rows(values: pl.DataFrame, weak: Flags) -> Flags:
    """Weak rows that do not even tell a whole name or a telephone number.

    A single word is taken for a surname, but as often it is a first name.
    """
    says = np.zeros(len(values), dtype=bool)
    for name in ("first", "initials", "phone", "iban"):
        says |= hashes(values, name) != 0
    return weak & ~says


def identifier_keys(values: pl.DataFrame, rows: Ints, *, as_firm: bool) -> pl.DataFrame:
    """Keys of the identifiers of these rows, taken for one kind of subject: row, kind, hash."""
    side = core.ORGANISATION if as_firm else core.PERSON
    names = [firm if as_firm else person for *_, person, firm in IDENTIFIERS]
    taken = values.with_columns(pl.lit(side).alias("kind"))
    keys = core.match_keys(taken, [name for name in names if name], rows)
    return keys.with_columns(pl.Series("row", rows[keys["row"].to_numpy()], dtype=pl.Int64))


def _trust(keys: pl.DataFrame) -> pl.DataFrame:
    """Keys with their order of trust in place of their kind."""
    order = {
        _KINDS.index(name): place
        for place, entry in enumerate(IDENTIFIERS)
        for name in entry[2:]
        if name
    }
    trust = pl.col("kind").cast(pl.Int64).replace_strict(order, return_dtype=pl.Int64)
    return keys.select("row", trust.alias("order"), "hash")


def sort_out(values: pl.DataFrame, model: core.Model, judged: Collection[int]) -> Weak:
    """Decide which rows are attached. `judged` rows, of which people spoke, are always linked."""
    weak = weak_rows(values)
    weak[list(judged)] = False
    firm = (values["kind"] == core.ORGANISATION).to_numpy()
    as_firm = _open(identifier_keys(values, np.arange(len(values)), as_firm=True), model)
    firms = weak & firm
    firms &= _holding(as_firm, firms, [firm & ~weak])
    to_firm = weak & ~firm
    to_firm &= _holding(as_firm, to_firm, [firm], [~firm & ~weak])
    as_person = _open(identifier_keys(values, np.flatnonzero(~firm), as_firm=False), model)
    as_person = _without_families(as_person, values)
    as_person = _uncontradicted(as_person, values, (weak & ~firm & ~to_firm, ~weak & ~firm))
    bare = _bare_rows(values, weak & ~firm & ~to_firm)
    bare &= _holding(as_person, bare, [~firm & ~bare & ~to_firm])
    bare |= weak & ~firm & ~to_firm & _holding(as_person, weak, [~firm & ~weak])
    private = _hashes(as_firm, ~firm & ~weak)
    owned = as_firm.filter(_among(firm) | (_among(to_firm) & ~pl.col("hash").is_in(private)))
    keys = pl.concat([_trust(owned), _trust(as_person.filter(_among(~firm & ~to_firm)))])
    return Weak(np.flatnonzero(firms), np.flatnonzero(to_firm | bare), keys)


# Of a key with more holders it is not asked what they are called: it is left out.
_MOST_HOLDERS = 200


def _uncontradicted(
    keys: pl.DataFrame, values: pl.DataFrame, sides: tuple[Flags, Flags]
) -> pl.DataFrame:
    """Keys but for those that a weak row (first side) shares with a full one of another's name.

    A company's own customer number is not doubted: whatever name stands beside it.
    """
    weak, full = (keys.filter(_among(side)) for side in sides)
    number = pl.col("kind") == _KINDS.index("number")
    met = weak.filter(~number).join(full.select("hash", other="row"), on="hash")
    crowded = pl.len().over("hash") > _MOST_HOLDERS
    met = met.with_columns(crowded.alias("crowded")).sort("row", "other")
    judged = met.filter(~pl.col("crowded"))
    ends = {"left": judged["row"], "right": judged["other"]}
    pairs = pl.DataFrame({name: end.cast(pl.UInt32) for name, end in ends.items()})
    unlike = core.contradicts(core.compare(values, pairs, core.PERSON))
    wrong = pl.concat([judged.filter(pl.Series(unlike)), met.filter("crowded")])
    return keys.join(wrong.select("row", "hash").unique(), on=["row", "hash"], how="anti")


def _holding(
    keys: pl.DataFrame, asked: Flags, held: Sequence[Flags], without: Sequence[Flags] = ()
) -> Flags:
    """Which of the rows asked for have a key that rows of `held` have, and none of `without`."""
    mine = keys.filter(_among(asked))
    for flags in held:
        mine = mine.filter(pl.col("hash").is_in(_hashes(keys, flags)))
    for flags in without:
        mine = mine.filter(~pl.col("hash").is_in(_hashes(keys, flags)))
    found = np.zeros(len(asked), dtype=bool)
    found[mine["row"].to_numpy()] = True
    return found


def _hashes(keys: pl.DataFrame, flags: Flags) -> pl.Series:
    return keys.filter(_among(flags))["hash"].unique().implode()


def _without_families(keys: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Keys but for those of the mailboxes of families: they belong to nobody alone."""
    mailbox = values["mailbox"].fill_null("")
    shared = np.flatnonzero(mailbox.str.contains(FAMILY).to_numpy())
    is_mail = pl.col("kind").is_in([_KINDS.index("email"), _KINDS.index("organisation_email")])
    return keys.filter(~(is_mail & pl.col("row").is_in(pl.Series(shared).implode())))


def _open(keys: pl.DataFrame, model: core.Model) -> pl.DataFrame:
    stops = pl.Series(model.stops)
    return keys.filter(~pl.col("hash").is_in(stops.implode())) if len(stops) else keys


def _among(flags: Flags) -> pl.Expr:
    return pl.col("row").is_in(pl.Series(np.flatnonzero(flags)).implode())


def attach(rows: Ints, keys: pl.DataFrame, cluster: Ints) -> pl.DataFrame:
    """Where weak rows go: row, to (a row of its new cluster, itself for none), order.

    cluster: the cluster of every row, -1 where there is none yet. Of the identifiers in order of
    trust the first that anybody holds decides; when several customers hold it the row goes to
    nobody. Rows that go to nobody are together when they hold the same.
    """
    held = keys.with_columns(pl.Series("cluster", cluster[keys["row"].to_numpy()]))
    holders = held.filter(pl.col("cluster") >= 0).select("hash", "cluster", to="row")
    asked = keys.filter(pl.col("row").is_in(pl.Series(rows).implode()))
    found = (
        asked.join(holders, on="hash")
        .group_by("row", "order")
        .agg(pl.col("cluster").n_unique().alias("owners"), pl.col("to").min())
        .sort("row", "order")
        .unique("row", keep="first", maintain_order=True)
        .filter(pl.col("owners") == 1)
        .select("row", "to", "order")
    )
    left = asked.join(found, on="row", how="anti").sort("row", "order")
    left = left.unique("row", keep="first", maintain_order=True)
    together = left.select("row", pl.col("row").min().over("hash").alias("to"), "order")
    return pl.concat([found, together]).sort("row")


def weak_keys(values: pl.DataFrame) -> pl.DataFrame:
    """What weak rows leave behind to be found by, as either kind of subject: row, kind, hash."""
    rows = np.flatnonzero(weak_rows(values))
    keys = [identifier_keys(values, rows, as_firm=as_firm) for as_firm in (False, True)]
    shifted = [k.with_columns(pl.col("kind").cast(pl.Int64) + WEAK) for k in keys]
    return pl.concat(shifted).select("row", "kind", "hash")
