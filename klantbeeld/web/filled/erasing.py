"""Erasing on screen: what would go, who agrees, how far it is, and the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.pipeline.errors import NothingToErase
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy import reads as erasures_of
from klantbeeld.privacy.errors import NeedsException, NeedsSecond, NotWaiting, OnHold
from klantbeeld.privacy.models import Erasure
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Card
from klantbeeld.web import formats
from klantbeeld.web.filled import customer_card, erasing_words, parting, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes import ErasePreview, ErasureRow, ErasureView
from klantbeeld.web.shapes.erasing import ReceiptLine

KIND = "erasure"
# Steps that have nothing to do where only a part goes.
OF_WHOLE = ("rows_", "files_", "queue", "fiscal", "read_log")


@found
def erase_preview(actor: Actor, public_id: str) -> ErasePreview:
    """See `erase_pages.ErasePages`."""
    customer = profiles.kept_customer_id_of(actor, public_id)
    try:
        held: Card | None = profiles.card_for(actor, public_id)
    except profiles.UnknownCustomer:
        held = None
    told = counted.erasure_preview(actor, customer)
    return ErasePreview(
        held.public_id if held else public_id,
        customer_card.name(held) if held else _("a restricted customer"),
        customer_card.kind(held.kind if held else ""),
        tuple(erasing_words.parts(told.counts)),
        held.sources if held else (),
        tuple((key, str(label)) for key, label in erasing_words.REASONS.items()),
        told.holds,
        told.approvers,
        to_public(KIND, told.asked) if told.asked else "",
    )


@found
def ask_erasure(actor: Actor, public_id: str, reason: str, keep_fiscal: bool) -> str:
    """See `erase_pages.ErasePages`."""
    customer = profiles.kept_customer_id_of(actor, public_id)
    known = reason if reason in erasing_words.REASONS else Erasure.REQUEST
    try:
        asked = pipeline.ask_erasure(actor, customer, known, keep_fiscal=keep_fiscal)
    except (OnHold, NothingToErase) as error:
        raise Invalid({"": erasing_words.on_hold(error)}) from error
    if may(actor, "rights.handle"):
        privacy.link_erasure(actor, identity.records_of(pipeline.MACHINE, customer), asked.number)
    return to_public(KIND, asked.pk)


def erasures(actor: Actor) -> tuple[ErasureRow, ...]:
    """See `erase_pages.ErasePages`."""
    return tuple(_row(one) for one in erasures_of.erasures(actor))


def _row(one: Erasure) -> ErasureRow:
    return ErasureRow(
        to_public(KIND, one.pk), one.number, one.state,
        words.said(erasing_words.STATES, one.state), erasing_words.TONES[one.state],
        one.asked_by, local(one.asked_at), one.decided_by,
        local(one.done_at) if one.done_at else None,
    )  # fmt: skip


def _held(actor: Actor, public_id: str) -> Erasure:
    pk = from_public(KIND, public_id)
    one = next((e for e in erasures_of.erasures(actor, 10_000) if e.pk == pk), None)
    if one is None:
        raise NotFound("There is no such erasure.")
    return one


@found
def erasure(actor: Actor, public_id: str) -> ErasureView:
    """See `erase_pages.ErasePages`."""
    one = _held(actor, public_id)
    return ErasureView(
        row=_row(one),
        reason=words.said(erasing_words.REASONS, one.reason),
        parts=tuple(erasing_words.parts(one.counts, is_part=one.is_of_part)),
        is_part=one.is_of_part,
        decided_at=local(one.decided_at) if one.decided_at else None,
        exception=one.exception,
        kept_until=local(one.kept_until) if one.kept_until else None,
        done=len(one.position),
        steps=erasures_of.steps_of(actor),
        still=tuple(erasing_words.places(erasures_of.still_in(actor, one))),
        **_waiting(actor, one),
        **_receipt(actor, one),
    )


def _waiting(actor: Actor, one: Erasure) -> dict[str, Any]:
    """While nobody agreed: who it is about, and whether this person may agree."""
    if one.state != Erasure.WAITING:
        return {}
    customer = to_public("customer", one.subject)
    return {
        "verdict": erasures_of.verdict_on(actor, one) if may(actor, "erasures.approve") else "",
        "approvers": tuple(erasures_of.others_who_may(actor, one)),
        "customer": customer,
        "name": profiles.named(actor, [one.subject]).get(one.subject, ""),
        **_part(actor, one),
    }


def _part(actor: Actor, one: Erasure) -> dict[str, Any]:
    """Of a part that waits: what it is."""
    if one.kind != Erasure.PART:
        return {}
    asked = pipeline.Part(**one.part)
    try:
        label, text, day = parting.described(actor, one.subject, asked)
    except (profiles.UnknownCustomer, LookupError):
        return {"part_text": _("This is not there any more.")}
    return {"part_label": label, "part_text": text, "part_day": day}


def _receipt(actor: Actor, one: Erasure) -> dict[str, Any]:
    if not one.receipt:
        return {}
    return {
        "lines": tuple(_lines(one.receipt["steps"], one.is_of_part)),
        "not_covered": tuple(
            words.said(erasing_words.NOT_COVERED, key) for key in one.receipt["not_covered"]
        ),
        "signature": one.signature,
        "is_genuine": erasures_of.is_genuine_receipt(actor, one.receipt, one.signature),
    }


def _lines(steps: Mapping[str, Mapping[str, Any]], is_part: bool) -> Iterator[ReceiptLine]:
    levels = erasing_words.PART_LEVELS if is_part else erasing_words.LEVELS
    for key, step in steps.items():
        count = sum(step["counts"].values())
        if not count and (key == "part" or (is_part and key.startswith(OF_WHOLE))):
            continue
        until = step["until"]
        note = words.said(erasing_words.NOTES, step["note"]) if step["note"] else ""
        yield ReceiptLine(
            words.said(erasing_words.STEPS, key), step["level"],
            words.said(levels, step["level"]),
            erasing_words.LEVEL_TONES[step["level"]], count,
            local(until) if until else None, note, tuple(_details(step["details"])),
        )  # fmt: skip


def _details(details: Mapping[str, Any]) -> Iterator[str]:
    for taker in details.get("takers", ()):
        yield _("%(who)s took it along on %(day)s (%(what)s): have it erased there too") % {
            "who": taker["by"], "day": formats.day_text(taker["day"]),
            "what": words.said(erasing_words.TAKEN, taker["what"]),
        }  # fmt: skip
    if "values" in details:
        yield _("searched for %(n)s values, each in all ways of writing it down") % {
            "n": details["values"]
        }
    if details.get("unread"):
        yield _("%(n)s files were not read: too large for the time, damaged or locked") % {
            "n": details["unread"]
        }


@found
def approve_erasure(actor: Actor, public_id: str, exception: str) -> None:
    """See `erase_pages.ErasePages`."""
    held = _held(actor, public_id)
    asked_for = erasures_of.open_requests(actor, "erasure", erasure=held.number)
    try:
        pipeline.approve_erasure(actor, held, exception)
        privacy.close_with_act(actor, asked_for, held.number)
    except NeedsException as error:
        text = _("Write down in a few words why you decide alone; it stands on the receipt.")
        raise Invalid({"exception": text}) from error
    except NeedsSecond as error:
        raise Invalid(
            {"": _("You asked for this yourself. Somebody else has to agree.")}
        ) from error
    except NotWaiting as error:
        raise Invalid({"": _("Somebody decided about this meanwhile.")}) from error
    except (OnHold, NothingToErase) as error:
        raise Invalid({"": erasing_words.on_hold(error)}) from error


@found
def refuse_erasure(actor: Actor, public_id: str) -> None:
    """See `erase_pages.ErasePages`."""
    try:
        privacy.refuse(actor, _held(actor, public_id))
    except NotWaiting as error:
        raise Invalid({"": _("Somebody decided about this meanwhile.")}) from error
