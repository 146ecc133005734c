"""What people said of records that are gone, kept for those that stay.

Somebody who merges two customers, or writes a note about one, speaks of the customer and not of
the record that happens to stand for it. When the delivery of that record is taken back the word
must go on holding for the others, as if it had been said of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from klantbeeld.core import bulk
from klantbeeld.core.models import Record, Source
from klantbeeld.identity.models import Judgement

Act = list[Judgement]


def hand_over(gone: Sequence[int]) -> None:
    """Say anew of the records that stay what was said through those that are gone.

    Inside a transaction, while `gone` are still members of their customers and their judgements
    still stand. Single pairs are left alone: they were about just those two records.
    """
    if not gone or not Judgement.objects.exists():
        return
    left = set(gone)
    said: list[Judgement] = []
    for act in _acts_with(gone):
        if act[0].kind == Judgement.ENTRY:
            said += _tied_again(act, left)
        elif act[0].kind == Judgement.SPLIT and not _still_apart(act, left):
            Judgement.objects.filter(act=act[0].act).delete()
        else:
            said += _together_again(act, left)
    Judgement.objects.bulk_create(said)


def _acts_with(gone: Sequence[int]) -> list[Act]:
    """Whole acts of merging, splitting and entering in which one of these was spoken of."""
    keys = {
        row[0]
        for side in ("left_id", "right_id")
        for row in bulk.rows_where(
            "SELECT act FROM identity_judgement WHERE act <> 0 AND kind <> 'pair' AND", side, gone
        )
    }
    acts: dict[int, Act] = defaultdict(list)
    for one in Judgement.objects.filter(act__in=sorted(keys)).order_by("pk"):
        acts[one.act].append(one)
    return list(acts.values())


def _still_apart(act: Act, gone: set[int]) -> bool:
    """Whether two records are left that were taken apart."""
    return any(j.verdict == Judgement.DIFFERENT and not gone & {j.left_id, j.right_id} for j in act)


def _together_again(act: Act, gone: set[int]) -> list[Judgement]:
    """The pairs that hold together what is left of each group of the same."""
    same = [j for j in act if j.verdict == Judgement.SAME]
    known = {(j.left_id, j.right_id) for j in same}
    made = []
    for group in _groups((j.left_id, j.right_id) for j in same):
        staying = sorted(group - gone)
        if len(staying) < len(group):
            first, *others = staying or [0]
            made += [
                _again(act[0], first, other) for other in others if (first, other) not in known
            ]
    return made


def _groups(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    groups: list[set[int]] = []
    for pair in pairs:
        joined = set(pair).union(*(g for g in groups if g & set(pair)))
        groups = [g for g in groups if not g & joined] + [joined]
    return groups


def _tied_again(act: Act, gone: set[int]) -> list[Judgement]:
    """An entry's tie to another record of the customer that it is about."""
    made = []
    for tie in act:
        ends = {tie.left_id, tie.right_id}
        entry = ends - gone
        if len(entry) != 1 or not _are_entries(entry):
            continue
        fellows = bulk.rows_where(
            "SELECT m.record_id FROM identity_membership m JOIN identity_membership o"
            " ON o.customer_id = m.customer_id JOIN core_record r ON r.id = m.record_id"
            " JOIN core_source s ON s.id = r.source_id WHERE s.key <> %s AND",
            "o.record_id", sorted(entry), params=[Source.DESK],
        )  # fmt: skip
        others = sorted({row[0] for row in fellows} - gone - entry)
        made += [_again(tie, min(entry), other) for other in others[:1]]
    return made


def _are_entries(records: set[int]) -> bool:
    return Record.objects.filter(pk__in=records, source__key=Source.DESK).exists()


def _again(said: Judgement, one: int, other: int) -> Judgement:
    return Judgement(
        left_id=min(one, other), right_id=max(one, other), verdict=Judgement.SAME,
        actor=said.actor, at=said.at, note=said.note, revoked_at=said.revoked_at, act=said.act,
        kind=said.kind,
    )  # fmt: skip
