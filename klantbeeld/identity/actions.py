"""Changing who is who: matching what arrived, judging pairs, and the partition that follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, changes
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.free_text import screened
from klantbeeld.core.models import Record
from klantbeeld.identity import (
    arriving,
    core,
    experiments,
    few,
    learning,
    leaving,
    limiting,
    matching,
    partition,
    reporting,
    waiting,
)
from klantbeeld.identity.doubts import valued
from klantbeeld.identity.experiments import TooFewJudgements
from klantbeeld.identity.holdings import held_before, noted
from klantbeeld.identity.models import (
    Compared,
    Doubt,
    Experiment,
    Judgement,
    Link,
    MatchKey,
    Membership,
    Pending,
)
from klantbeeld.identity.rehearsing import rehearsed_in
from klantbeeld.identity.rules import BLOCKABLE, Blocked, Limited, Rules, block
from klantbeeld.identity.rules import DIFFERING as DIFFERING_KEYS
from klantbeeld.identity.rules import LIMITABLE as LIMITABLE_KEYS
from klantbeeld.identity.rules import RANKED as RANKED_KEYS
from klantbeeld.identity.touching import touched_by

__all__ = [
    "BLOCKABLE",
    "DIFFERING_KEYS",
    "LIMITABLE_KEYS",
    "RANKED_KEYS",
    "Blocked",
    "Limited",
    "Rules",
    "TooFewJudgements",
    "block",
]
# From this share of pending records on, matching everything at once is cheaper.
WHOLE_SHARE = 0.05
# And in a house of so few records it always is.
SMALL = 5_000


@needs("sources.import")
def note_pending(actor: Actor, records: Sequence[int], *, rematch: bool) -> None:
    """Note records that changed; `rematch` when what they say about their subject changed."""
    if records:
        waiting.note(records, rematch=rematch)


@needs("sources.import")
@transaction.atomic
def match_pending(actor: Actor, *, everything: bool = False, rehearsed: Path | None = None) -> int:
    """Match the records that changed and bring the partition up to date; returns how many.

    Afterwards they are still pending for their profiles, as are all whose customer changed.
    `rehearsed` is the folder in which a trial run left its match of the same records (see
    `rehearsing`), which saves doing it again when it was of exactly these.
    """
    taken = _taken()
    if not taken and not everything:
        return 0
    was_held = held_before(taken)
    left_behind = _forget_missing(taken)
    total = Record.objects.filter(kind__in=matching.MATCHED_KINDS).count()
    deciding = matching.in_force()
    is_new = total >= max(matching.LEARN_FROM, matching.LEARN_AGAIN * matching.learnt_from())
    is_all = everything or is_new or len(taken) >= WHOLE_SHARE * total or total < SMALL
    # Whom a record leaves behind may fall apart without it.
    changed = left_behind.union(taken)
    if is_all or rehearsed:
        moved = _match_many((changed, was_held), deciding, (is_new, is_all), rehearsed)
    else:
        moved = _matched_live(changed, was_held, deciding)
    moved |= left_behind
    note_pending(actor, sorted(moved), rematch=False)
    changes.note("membership", moved)
    return len(taken)


def _touched(
    records: Collection[int], was_held: Collection[int], deciding: matching.InForce
) -> pl.DataFrame:
    """Changed records with all that they may join or leave; empty when none is there."""
    raw = matching.raw_frame(sorted(records), deciding.rules)
    changed = limiting.changed(raw, deciding.rules, was_held)
    near = touched_by(changed, deciding.model) if len(changed) else set()
    return limiting.among_stored(changed, sorted(near), deciding.rules)


def _match_many(
    changed: tuple[Collection[int], Collection[int]],
    deciding: matching.InForce,
    extent: tuple[bool, bool],
    rehearsed: Path | None,
) -> set[int]:
    """Match all records, or those with whom changed ones touch; returns whose customer changed.

    changed: records, and the limited values that those of them held which are gone.
    extent: whether the model is to be learnt, and whether these are all records.
    """
    is_new, is_all = extent
    if is_all:
        frame = limiting.whole_frame(deciding.rules)
    else:
        frame = _touched(*changed, deciding)
    deciding, matched = _matched(frame, deciding, extent, rehearsed)
    if is_new:
        matching.freeze(deciding, len(frame))
    matching.keep(matched, is_all=is_all)
    if is_all:
        reporting.note(deciding, matched)
    return partition.assign(matched.clusters)


def _matched(
    frame: pl.DataFrame,
    deciding: matching.InForce,
    extent: tuple[bool, bool],
    rehearsed: Path | None,
) -> tuple[matching.InForce, matching.Matched]:
    """The match of a closed set of records and what decided it.

    extent: whether the model is to be learnt, and whether these are all records.
    """
    is_new, is_all = extent
    rehearsal = rehearsed_in(rehearsed)
    known = rehearsal.of(frame, deciding, is_new=is_new) if rehearsal else None
    if rehearsal and known:
        return matching.InForce(rehearsal.model, deciding.rules), _finished(known, frame)
    values = core.match_values(frame)
    if is_new:
        learnt = learning.learnt(values, core.Model.default())
        deciding = matching.InForce(learnt, deciding.rules)
    return deciding, _finished(matching.match(frame, deciding, values, is_part=not is_all), frame)


def _finished(matched: matching.Matched, frame: pl.DataFrame) -> matching.Matched:
    """With what is not of the matching itself: which doubts matter, who holds limited values."""
    matched = replace(matched, doubts=valued(matched.doubts, matched.clusters))
    return noted(matched, frame)


def _taken() -> list[int]:
    """The records to be matched: from now on they wait for their profiles only."""
    table = Pending._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET rematch = %s WHERE rematch RETURNING record", [False])
        return sorted(row[0] for row in cursor.fetchall())


def _forget_missing(records: Sequence[int]) -> set[int]:
    """Drop keys, links and membership of pending records that are gone or no customers.

    Returns the records of others that were with them in one customer or household.
    """
    kinds = ", ".join(f"'{k}'" for k in matching.MATCHED_KINDS)
    alive = bulk.rows_where(
        f"SELECT id FROM core_record WHERE kind IN ({kinds}) AND", "id", records
    )
    gone = sorted(set(records) - {row[0] for row in alive})
    left = waiting.left_behind(gone)
    leaving.hand_over(gone)
    for model, column in (
        (MatchKey, "record_id"), (Compared, "record_id"), (Link, "left_id"), (Link, "right_id"),
        (Doubt, "left_id"), (Doubt, "right_id"),
        (Judgement, "left_id"), (Judgement, "right_id"),
    ):  # fmt: skip
        bulk.delete(model, column, gone)
    behind = partition.leave(gone)
    changes.note("membership", gone)
    return (behind | left) - set(gone)


@needs("sources.import")
@transaction.atomic(savepoint=False)
def match_records(actor: Actor, records: Sequence[int]) -> set[int]:
    """Match only these records and whom they touch; other pending records go on waiting.

    Returns the records of every customer that changed. With the frozen model, so as fast in a
    house of a million customers as in a small one.
    """
    deciding = matching.in_force()
    # Mostly all of them are there, and nothing has to be forgotten first.
    moved = arriving.match(set(records), deciding, are_there=True)
    if moved is None:
        was_held = held_before(records)
        left_behind = _forget_missing(records)
        moved = left_behind | _matched_live(left_behind.union(records), was_held, deciding)
    changes.note("membership", moved)
    bulk.delete(Pending, "record", list(records))
    return moved


def _matched_live(
    records: Collection[int], was_held: Collection[int], deciding: matching.InForce
) -> set[int]:
    """Match these records with whom they touch; returns those of every customer that changed."""
    moved = arriving.match(records, deciding)
    if moved is not None:
        return moved
    frame = _touched(records, was_held, deciding)
    if frame.is_empty():
        return set()
    matched = few.matched(frame, deciding) or matching.match(frame, deciding, is_part=True)
    matching.keep(_finished(matched, frame), is_all=False)
    return partition.assign(matched.clusters)


@needs("customers.judge")
def judge(actor: Actor, left: int, right: int, verdict: str, note: str = "") -> Judgement:
    """Record a person's word on two records, and let the partition follow.

    Raises ValueError for a pair of one record or an unknown verdict.
    """
    if left == right:
        raise ValueError("A judgement needs two different records.")
    if verdict not in {Judgement.SAME, Judgement.DIFFERENT, Judgement.UNSURE}:
        raise ValueError(f"Unknown verdict {verdict!r}: say same, different or unsure.")
    return _say(actor, Judgement.PAIR, [(left, right, verdict)], note)[0]


@needs("notes.write", "nothing")
def tie_entries(actor: Actor, pairs: Sequence[tuple[int, int]]) -> None:
    """Hang own entries on customers: pairs of an entry's record and one of the customer's."""
    said = [(entry, record, Judgement.SAME) for entry, record in pairs]
    if said:
        _say(actor, Judgement.ENTRY, said, "")


@needs("customers.judge")
@transaction.atomic
def revoke(actor: Actor, judgement: Judgement) -> None:
    """Take a judgement back, with all that were said in the same act; they stay on file."""
    same_act = Judgement.objects.filter(pk=judgement.pk)
    if judgement.act:
        same_act = Judgement.objects.filter(act=judgement.act)
    held = same_act.filter(revoked_at=0)
    ends = held.values_list("left_id", "right_id")
    records = sorted({record for pair in ends for record in pair})
    held.update(revoked_at=now_us())
    audit.record(actor, "revoke_judgement", ("record", judgement.left_id), {"act": judgement.act})
    _rematch(records)


@needs("customers.judge")
def merge_customers(actor: Actor, customers: Sequence[int], note: str = "") -> list[Judgement]:
    """Say that customers are one: a record of the first and each other record are the same.

    Not only two of their records: what is held together by scores alone could fall apart when
    it is weighed against the records of the other customer. Raises ValueError for a customer
    without records, and when there is nothing to merge.
    """
    records = [record for customer in dict.fromkeys(customers) for record in _records(customer)]
    first, *others = records
    if not others:
        raise ValueError("Choose two different customers to merge.")
    return _say(actor, Judgement.MERGE, [(first, other, Judgement.SAME) for other in others], note)


@needs("customers.judge")
def split_records(
    actor: Actor, customer: int, records: Iterable[int], note: str = ""
) -> list[Judgement]:
    """Take records out of a customer: each is different from each record that stays.

    What leaves goes on as one customer, as does what stays. Raises ValueError when nothing
    would stay or a record is not the customer's.
    """
    members = set(Membership.objects.filter(customer=customer).values_list("record_id", flat=True))
    leaving = set(records)
    if not leaving or not leaving < members:
        raise ValueError("Choose some, not all, of this customer's records to take out.")
    staying = sorted(members - leaving)
    going = sorted(leaving)
    pairs = [(left, right, Judgement.DIFFERENT) for left in going for right in staying]
    for first, *others in (staying, going):
        pairs += [(first, other, Judgement.SAME) for other in others]
    return _say(actor, Judgement.SPLIT, pairs, note)


@transaction.atomic
def _say(
    actor: Actor, kind: str, pairs: Sequence[tuple[int, int, str]], note: str
) -> list[Judgement]:
    """Record what somebody says about pairs (record, record, verdict) in one act."""
    records = sorted({record for left, right, _ in pairs for record in (left, right)})
    name = "judge" if kind == Judgement.PAIR else f"judge_{kind}"
    values = {"verdicts": sorted({verdict for *_, verdict in pairs}), "records": records}
    entry = audit.record(actor, name, ("record", records[0]), values)
    at = now_us()
    made = [
        Judgement(
            left_id=min(left, right), right_id=max(left, right), verdict=verdict,
            actor=actor.name, at=at, note=screened(note, "note"), act=entry.pk, kind=kind,
        )
        for left, right, verdict in pairs
    ]  # fmt: skip
    Judgement.objects.bulk_create(made)
    _rematch(records)
    return made


def _records(customer: int) -> list[int]:
    held = Membership.objects.filter(customer=customer).order_by("record_id")
    found = list(held.values_list("record_id", flat=True))
    if not found:
        raise ValueError("This customer has no records any more.")
    return found


def _rematch(records: Sequence[int]) -> None:
    """Note the records' whole customers for matching: a judgement may move all of them."""
    fellows = bulk.rows_where(
        "SELECT m.record_id FROM identity_membership m JOIN identity_membership o"
        " ON o.customer_id = m.customer_id WHERE", "o.record_id", records,
    )  # fmt: skip
    waiting.note({*records, *(r[0] for r in fellows)}, rematch=True)


@needs("matching.manage")
def try_out(actor: Actor, held: Experiment, tell: Callable[[str], None]) -> None:
    """See `experiments.try_out`; fills the experiment in, and saves nothing."""
    experiments.try_out(held, tell)


@needs("matching.manage")
def put_in_force(actor: Actor, held: Experiment) -> None:
    """Let an experiment decide from the next match on; fills in what it departed from."""
    experiments.put_in_force(held)


@needs("matching.manage")
def put_back(actor: Actor, held: Experiment) -> None:
    """Let decide again, from the next match on, what did before the experiment."""
    experiments.put_back(held)
