"""From records in the database to links and clusters, with the functions of the core.

A first load matches everything at once; later arrivals match the loose components they touch.
Both call the same `link`, so the result is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.core import bulk, indexes
from klantbeeld.core.frames import json_objects
from klantbeeld.core.models import Record, Source
from klantbeeld.identity import attaching, core
from klantbeeld.identity.models import Judgement, Link, MatchKey, StoredModel
from klantbeeld.identity.sides import with_sides

MATCHED_KINDS = (Record.PERSON, Record.ORGANISATION, Record.UNKNOWN)
# Data fields that the core compares; all are texts in `Record.data`.
FIELDS = (
    "full_name", "salutation", "initials", "first_name", "surname_prefix", "surname",
    "organisation_name", "birth_date", "gender", "email", "phone", "mobile", "street",
    "house_number", "house_suffix", "postcode", "city", "iban", "kvk", "vat", "website", "login",
    "loyalty_number", "customer_number", "number_of",
)  # fmt: skip
# A model is learnt once there is something to learn from, and frozen until it is told otherwise.
KINDS = (core.PERSON, core.ORGANISATION)
LEARN_FROM = 1_000
LEARN_AGAIN = 4
# Records of one block for each that says something of its own.
SAYING_THE_SAME = 3
Ints = npt.NDArray[np.int64]
LINKS = {
    "left_id": pl.Int64, "right_id": pl.Int64, "weight": pl.Float64, "same": pl.Float64,
    "household": pl.Float64, "levels": pl.String, "model_version": pl.String,
}  # fmt: skip
SCHEMA = {
    "record": pl.Int64, "source": pl.String, "kind": pl.String, "updated_at": pl.Int64,
    "data": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Matched:
    """What matching a closed set of records gave, by record.

    clusters: record, cluster, household (smallest record of the group; household 0 for none).
    links: left, right, weight, same, household, levels (JSON), model_version; left < right.
    keys: hash, record, kind.
    """

    records: tuple[int, ...]
    clusters: pl.DataFrame
    links: pl.DataFrame
    keys: pl.DataFrame


def current_model() -> core.Model:
    """The frozen model, or the documented starting one."""
    stored = StoredModel.objects.order_by("-pk").first()
    return core.Model.from_json(stored.content) if stored else core.Model.default()


def frame_of(records: Sequence[int] | None) -> pl.DataFrame:
    """The records' comparable fields (all matched records when None), by record."""
    select = (
        "SELECT r.id, s.key, r.kind, r.updated_at, " + bulk.json_text("r.data") + " "
        "FROM core_record r JOIN core_source s ON s.id = r.source_id "
        "WHERE r.kind IN ('person', 'organisation', 'unknown')"
    )
    if records is None:
        rows = bulk.frame(select, [], SCHEMA)
    else:
        found = bulk.rows_where(select + " AND", "r.id", records)
        rows = pl.DataFrame(found, schema=SCHEMA, orient="row")
    return flat(rows)


def flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Records (`SCHEMA`) with their comparable fields in columns, by record."""
    told = rows["data"].str.json_decode(pl.Struct(dict.fromkeys(FIELDS, pl.String)))
    fields = rows.drop("data").hstack(told.struct.unnest()).sort("record")
    space = pl.coalesce("number_of", "source")
    number = pl.concat_str(space, pl.lit(":"), pl.col("customer_number"))
    return fields.with_columns(number.alias("number")).drop("number_of", "customer_number")


def match(frame: pl.DataFrame, model: core.Model, values: pl.DataFrame | None = None) -> Matched:
    """Match a closed set of records (see `frame_of`); `values` are theirs where known already."""
    values = core.match_values(frame) if values is None else values
    records = frame["record"].to_numpy()
    judgements = judgements_of(records.tolist())
    values = with_sides(values, frame, judgements)
    weak = attaching.sort_out(values, model, _judged(judgements, records))
    cluster = np.full(len(records), -1, dtype=np.int64)
    household = np.zeros(len(records), dtype=np.int64)
    links = []
    for kind in KINDS:
        is_linked = (values["kind"] == kind).to_numpy()
        is_linked[weak.rows] = False
        rows = np.flatnonzero(is_linked)
        if not len(rows):
            continue
        own = records[rows]
        found = core.link(values[rows], model, _constraints(judgements, own), kind)
        cluster[rows] = rows[found.customers]
        household[rows] = np.where(found.households < 0, 0, own[found.households])
        links.append(_links(found.pairs, own, model, model.kinds[kind].thresholds))
    links.append(_attach(weak, values, records, (cluster, household), model))
    clusters = pl.DataFrame({"record": records, "cluster": cluster, "household": household})
    return Matched(
        tuple(records.tolist()), clusters, pl.concat(links), _keyed(values, records, model)
    )


def _attach(
    weak: attaching.Weak,
    values: pl.DataFrame,
    records: Ints,
    groups: tuple[Ints, Ints],
    model: core.Model,
) -> pl.DataFrame:
    """Put the weak rows with their customers, in place; returns what holds them there as links."""
    cluster, household = groups
    unique = set(Source.objects.filter(has_unique_ids=True).values_list("key", flat=True))
    sources = values["source"].to_list()
    taken = set(zip(cluster.tolist(), sources, strict=True)) if unique else set()
    held = []
    for rows in (weak.firms, weak.people):
        for row, to, order in attaching.attach(rows, weak.keys, cluster).iter_rows():
            target = int(cluster[to]) if cluster[to] >= 0 else to
            if sources[row] in unique and (target, sources[row]) in taken:
                cluster[row] = row
                continue
            taken.add((target, sources[row]))
            cluster[row], household[row] = target, household[to]
            if row != to:
                held.append((int(records[row]), int(records[to]), order))
    return _attachments(held, model)


def _attachments(held: Sequence[tuple[int, int, int]], model: core.Model) -> pl.DataFrame:
    """Links of attached records: (record, record it goes with, which identifier)."""
    bar = max(model.kinds[kind].thresholds.same for kind in KINDS)
    levels = [json.dumps({name: level}) for name, level, *_ in attaching.IDENTIFIERS]
    return pl.DataFrame(
        {
            "left_id": [min(a, b) for a, b, _ in held],
            "right_id": [max(a, b) for a, b, _ in held],
            "weight": [bar + attaching.OVER] * len(held),
            "same": [attaching.SURE] * len(held),
            "household": [0.0] * len(held),
            "levels": [levels[order] for *_, order in held],
            "model_version": [model.version] * len(held),
        },
        schema=LINKS,
    )


def _keyed(values: pl.DataFrame, records: Ints, model: core.Model) -> pl.DataFrame:
    """Under which keys records can be found again: hash, record, kind."""
    keys = [core.match_keys(values, model.key_kinds), attaching.weak_keys(values)]
    return pl.concat(
        pl.DataFrame(
            {
                "hash": k["hash"],
                "record": records[k["row"].to_numpy()],
                "kind": k["kind"].cast(pl.Int64),
            }
        )
        for k in keys
    ).unique(maintain_order=True)


def _judged(judgements: Iterable[tuple[int, int, str, int]], records: Ints) -> list[int]:
    """The rows of which people spoke."""
    spoken = {record for left, right, *_ in judgements for record in (left, right)}
    return (
        [row for row, record in enumerate(records.tolist()) if record in spoken] if spoken else []
    )


def judgements_of(records: list[int]) -> list[tuple[int, int, str, int]]:
    """left, right, verdict and when of what people said with one of these records on the left."""
    if not Judgement.objects.filter(revoked_at=0).exists():
        return []
    rows = bulk.rows_where(
        "SELECT left_id, right_id, verdict, at FROM identity_judgement WHERE revoked_at = 0 AND",
        "left_id", records,
    )  # fmt: skip
    return [(left, right, verdict, at) for left, right, verdict, at in rows]


def _judgements_about(records: list[int]) -> list[tuple[int, int]]:
    """Pairs of which people spoke and that these records are one of."""
    return [
        (row[0], row[1])
        for side in ("left_id", "right_id")
        for row in bulk.rows_where(
            "SELECT left_id, right_id FROM identity_judgement WHERE revoked_at = 0 AND",
            side, records,
        )
    ]  # fmt: skip


def _constraints(
    judgements: Iterable[tuple[int, int, str, int]], records: np.ndarray
) -> core.Constraints:
    place = {int(record): row for row, record in enumerate(records)}
    unique = Source.objects.filter(has_unique_ids=True).values_list("key", flat=True)
    return core.Constraints(
        unique_sources=frozenset(unique),
        judgements=tuple(
            core.Judgement(place[left], place[right], verdict, at)
            for left, right, verdict, at in judgements
            if left in place and right in place
        ),
    )


def _links(
    pairs: pl.DataFrame, records: np.ndarray, model: core.Model, thresholds: core.Thresholds
) -> pl.DataFrame:
    """The pairs worth keeping: those that hold a component together, or a household."""
    known = {"left", "right", "rules", "weight", "p_same", "p_household", "p_unrelated"}
    levels = [c for c in pairs.columns if c not in known and c[-1] != "#"]
    kept = core.ties(pairs, thresholds)
    left, right = (records[kept[side].to_numpy()] for side in ("left", "right"))
    graded = kept.select(
        [pl.when(pl.col(c) >= 0).then(pl.col(c).cast(pl.Int64)).alias(c) for c in levels]
    )
    return pl.DataFrame(
        {
            "left_id": np.minimum(left, right),
            "right_id": np.maximum(left, right),
            "weight": kept["weight"].cast(pl.Float64),
            "same": kept["p_same"].cast(pl.Float64),
            "household": kept["p_household"].cast(pl.Float64),
            "levels": json_objects(graded, levels),
        },
    ).with_columns(pl.lit(model.version).alias("model_version"))


def learnt(values: pl.DataFrame, model: core.Model) -> core.Model:
    """The model with parameters learnt from the comparable values of all records."""
    for kind in KINDS:
        rows = values.filter(pl.col("kind") == kind)
        if len(rows) > 1:
            model = core.learn(core.prepare(rows, kind), model)
    return model


def touched_by(frame: pl.DataFrame, model: core.Model) -> set[int]:
    """The records whose component the given (changed) records may join or leave.

    Partners under a shared key that they have a tie with or that people spoke of together with
    them, everything linked to those, and the present fellow members; then all is closed and
    can be matched as a whole.
    """
    values = core.match_values(frame)
    records = frame["record"].to_list()
    keys = core.match_keys(values, model.key_kinds)
    open_keys = keys.filter(~pl.col("hash").is_in(list(model.stop_keys)))
    partners = _holders(open_keys["hash"].unique().to_list(), model) - set(records)
    near = set(records) | _scoring_partners(frame, sorted(partners), model)
    identifiers = _keyed(values, frame["record"].to_numpy(), model)
    near |= _identifier_fellows(identifiers.select("hash", "kind").iter_rows(), model)
    near |= {r for left, right, *_ in _judgements_about(records) for r in (left, right)}
    return _closure(near, model)


def _holders(hashes: list[int], model: core.Model) -> set[int]:
    rows = bulk.rows_where(
        "SELECT hash, kind, record_id FROM identity_matchkey WHERE", "hash", hashes
    )
    held: dict[tuple[int, int], list[int]] = {}
    for key, kind, record in rows:
        if kind < attaching.WEAK:
            held.setdefault((key, kind), []).append(record)
    # A block is cut by its distinct rows; how many those are shows only when it is looked into.
    cap = [SAYING_THE_SAME * kind.cap for kind in core.KEY_KINDS]
    return {r for (_, kind), found in held.items() if len(found) <= cap[kind] for r in found}


def _scoring_partners(frame: pl.DataFrame, partners: list[int], model: core.Model) -> set[int]:
    """The partners that one of the changed records has a tie with (see `core.ties`)."""
    if not partners:
        return set()
    both = pl.concat([frame, frame_of(partners)])
    values = core.match_values(both)
    records = both["record"].to_numpy()
    found: set[int] = set()
    for kind in KINDS:
        rows = np.flatnonzero((values["kind"] == kind).to_numpy())
        if len(rows) < 2:
            continue
        prepared = core.prepare(values[rows], kind, None, model)
        linked = core.link_prepared(values[rows], prepared, model.kinds[kind])
        near = core.ties(linked.pairs, model.kinds[kind].thresholds)
        for side in ("left", "right"):
            found |= set(records[rows][near[side].to_numpy()].tolist())
    return found & set(partners)


def _identifier_fellows(keys: Iterable[tuple[int, int]], model: core.Model) -> set[int]:
    """Records that share an identifier with records of these keys (hash, kind), one being weak."""
    stopped = set(model.stop_keys)
    of_weak, of_all = set(), set()
    for key, kind in keys:
        if key in stopped:
            continue
        if kind >= attaching.WEAK:
            of_weak.add(key)
        elif kind in attaching.PLACES:
            of_all.add(key)
    select = "SELECT record_id FROM identity_matchkey WHERE"
    rows = bulk.rows_where(select, "hash", sorted(of_weak))
    rows += bulk.rows_where(f"{select} kind >= {attaching.WEAK} AND", "hash", sorted(of_all))
    return {row[0] for row in rows}


def _closure(start: set[int], model: core.Model) -> set[int]:
    """All records reached from `start` over links, membership and identifiers of weak records."""
    reached, edge = set(start), set(start)
    loose = min(model.kinds[kind].thresholds.loose for kind in KINDS)
    home = min(model.kinds[kind].thresholds.household for kind in KINDS)
    tied = f"(weight >= {loose} OR household >= {home})"
    while edge:
        found: set[int] = set()
        members = sorted(edge)
        for one, other in (("left_id", "right_id"), ("right_id", "left_id")):
            rows = bulk.rows_where(
                f"SELECT {other} FROM identity_link WHERE {tied} AND", one, members
            )
            found |= {row[0] for row in rows}
        rows = bulk.rows_where(
            "SELECT m.record_id FROM identity_membership m JOIN identity_membership o"
            " ON o.customer_id = m.customer_id WHERE", "o.record_id", members,
        )  # fmt: skip
        found |= {row[0] for row in rows}
        keys = bulk.rows_where(
            "SELECT hash, kind FROM identity_matchkey WHERE", "record_id", members
        )
        found |= _identifier_fellows([(row[0], row[1]) for row in keys], model)
        edge = found - reached
        reached |= found
    return reached


def keep(matched: Matched, *, is_all: bool) -> None:
    """Replace keys and links of the matched records by the new ones, inside a transaction.

    `is_all` says that these are all records there are.
    """
    keys = matched.keys.rename({"record": "record_id"})
    if is_all:
        with indexes.laid_anew(MatchKey, Link):
            for model, rows in ((MatchKey, keys), (Link, matched.links)):
                bulk.empty(model)
                _insert(model, rows)
        return
    records = list(matched.records)
    bulk.delete(MatchKey, "record_id", records)
    _insert(MatchKey, keys)
    bulk.delete(Link, "left_id", records)
    bulk.delete(Link, "right_id", records)
    _insert(Link, matched.links)


def _insert(model: type[MatchKey | Link], rows: pl.DataFrame) -> None:
    if len(rows):
        first = bulk.allocate(model, len(rows))
        numbered = rows.select(pl.int_range(first, first + len(rows)).alias("id"), pl.all())
        bulk.insert_frame(model, numbered)
