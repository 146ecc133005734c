"""Who took what along: exports are written down, so that their takers hear of an erasure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import day_to_date, local_day, now_us
from klantbeeld.core.erasing import ErasureStep, Outcome, Work
from klantbeeld.privacy.models import Disclosure

LIST, CARD = "list", "customer"


def note(actor: Actor, what: str, customers: Sequence[int]) -> None:
    """Write down that these customers were handed out, in one row however many there are."""
    keys = np.asarray(sorted(customers), dtype="<i8")
    Disclosure.objects.create(
        at=now_us(), actor=actor.name, purpose=actor.purpose, what=what, subjects=_packed(keys)
    )


def _packed(keys: npt.NDArray[np.int64]) -> bytes:
    return zlib.compress(keys.tobytes(), 6)


def _unpacked(content: bytes | memoryview) -> npt.NDArray[np.int64]:
    return np.frombuffer(zlib.decompress(bytes(content)), dtype="<i8")


def takers_of(customers: Sequence[int]) -> list[Disclosure]:
    """The exports in which one of these customers was, oldest first."""
    return [
        one for one in Disclosure.objects.order_by("pk")
        if np.isin(_unpacked(one.subjects), list(customers)).any()
    ]  # fmt: skip


def tell(work: Work) -> Outcome:
    """Take them out of what was noted; the receipt says who has to be told to erase as well."""
    told = []
    for one in takers_of(work.customers):
        keys = _unpacked(one.subjects)
        one.subjects = _packed(keys[~np.isin(keys, work.customers)])
        one.save(update_fields=["subjects"])
        told.append(one)
    if not told:
        return Outcome(note="nobody_took")
    details = {"takers": told_of(told)}
    return Outcome("told", {"privacy_disclosure": len(told)}, 0, "takers", details)


def told_of(taken: Sequence[Disclosure]) -> list[dict[str, str]]:
    """What a receipt says of these: by whom, on which day, what and for which purpose."""
    return [
        {
            "by": one.actor, "day": day_to_date(local_day(one.at)).isoformat(), "what": one.what,
            "purpose": one.purpose,
        }
        for one in taken
    ]  # fmt: skip


STEP = ErasureStep("recipients", 300, tell)
