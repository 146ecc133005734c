"""Sealed originals, sealed anew with the key that seals now."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import sealing
from klantbeeld.core.actor import Actor
from klantbeeld.privacy.models import SpecialOriginal
from klantbeeld.privacy.special import place_of

PART = 200  # originals in a transaction


@needs("special.rule")
def reseal_originals(actor: Actor, progress: Callable[[int], None]) -> tuple[int, int]:
    """(how many were sealed anew, how many do not open); what is done already is passed over.

    progress: hears how many are done, after every part.
    """
    last = done = lost = 0
    while keys := _after(last):
        fresh, gone = _part(keys)
        done, lost, last = done + fresh, lost + gone, keys[-1]
        progress(done)
    return done, lost


def _after(last: int) -> list[int]:
    held = SpecialOriginal.objects.filter(pk__gt=last).order_by("pk")
    return list(held.values_list("pk", flat=True)[:PART])


@transaction.atomic
def _part(keys: list[int]) -> tuple[int, int]:
    fresh, lost = [], 0
    for held in SpecialOriginal.objects.select_for_update().filter(pk__in=keys):
        sealed = bytes(held.sealed)
        if sealing.is_current(sealed):
            continue
        place = place_of(held.pk, held.record_id)
        try:
            text = sealing.opened(sealed, place)
        except sealing.CannotOpen:
            lost += 1
            continue
        held.sealed = sealing.seal(text, place)
        held.mark = sealing.mark_of(f"{held.record_id}\x1f{held.column}\x1f{text.decode()}")
        fresh.append(held)
    SpecialOriginal.objects.bulk_update(fresh, ["sealed", "mark"])
    return len(fresh), lost
