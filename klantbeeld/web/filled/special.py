"""Special data: found, judged, grounded, and read by who may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.models import Source
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.core.transitions import ForbiddenTransition
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy import reads as held
from klantbeeld.privacy.models import SpecialColumn, SpecialGround
from klantbeeld.privacy.tables import hidden_records
from klantbeeld.profiles import reads as profiles
from klantbeeld.timeline import reads as timeline
from klantbeeld.web.filled import places, words
from klantbeeld.web.filled.adding import held as intake_held
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.special_words import (
    DONE,
    KINDS,
    OFF_PROBLEMS,
    PROBLEMS,
    UNREAD,
    of_deliveries,
)
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes import special as shapes


@found
def not_special(actor: Actor, public_id: str, table: int, column: str, kind: str, why: str) -> None:
    """See `special_pages`."""
    asked = intake_held(actor, public_id)
    try:
        pipeline.judge_not_special(actor, asked, table, column, kind, why)
    except privacy.BadGround as error:
        raise Invalid({"": words.said(PROBLEMS, error.field)}) from error
    except (ForbiddenTransition, IndexError) as error:
        raise Invalid({"": _("This is being loaded already.")}) from error


@found
def warned(actor: Actor, values: Mapping[str, str]) -> shapes.Warned | None:
    """See `special_pages`."""
    seen = pipeline.special_in(actor, values)
    if not seen:
        return None
    kinds = dict.fromkeys(kind for one in seen for kind in one.kinds)
    may_keep = may(actor, "special.keep") and any(one.may_keep for one in seen)
    return shapes.Warned(
        tuple(words.said(KINDS, kind) for kind in kinds), "\n".join(one.text for one in seen),
        may_keep,
    )  # fmt: skip


@found
def special(actor: Actor) -> shapes.SpecialView:
    """See `special_pages`."""
    originals, total = held.special_originals(actor) if may(actor, "special.read") else ([], None)
    sources = Source.objects.exclude(key=Source.DESK).order_by("name").values_list("key", "name")
    unread, unread_total = _unread(actor)
    return shapes.SpecialView(
        found=of_deliveries(actor, None),
        rules=tuple(_rules()),
        grounds=tuple(map(_ground, held.special_grounds(actor))),
        judged=tuple(map(_judged, held.judged_columns(actor))),
        sources=tuple(sources),
        originals=tuple(map(_original, originals)),
        total=total,
        may_rule=may(actor, "special.rule"),
        checked=held.CHECKED,
        unread=unread,
        unread_total=unread_total,
        topics=tuple(
            sorted(
                ((kind, words.said(KINDS, kind)) for kind in held.TOPICS), key=lambda one: one[1]
            )
        ),
    )


def _unread(actor: Actor) -> tuple[tuple[shapes.UnreadRow, ...], int]:
    """Documents into which nobody could look, the newest, and how many; of nobody restricted."""
    papers, total = timeline.unread_documents(actor, hidden_records())
    owners = identity.customers_of(actor, [record for record, _paper in papers])
    names = profiles.named(actor, sorted(set(owners.values())))
    rows = []
    for record, paper in papers:
        if record in owners:
            public = to_public("customer", owners[record])
            name = names.get(owners[record], "") or _("Customer without a name")
            rows.append(
                shapes.UnreadRow(
                    paper.name, words.said(UNREAD, paper.unread), paper.at,
                    places.document(public, paper.document), name, places.card(public),
                )
            )  # fmt: skip
    return tuple(rows), total


def _rules() -> Iterator[shapes.RuleRow]:
    for rule in held.TREATMENTS.values():
        yield shapes.RuleRow(
            rule.kind, words.said(KINDS, rule.kind), words.said(DONE, rule.default), rule.default,
            held.cited(rule.law), rule.since, rule.ground != rule.default,
        )  # fmt: skip


def _ground(ground: SpecialGround) -> shapes.GroundRow:
    ended = bool(ground.until) and ground.until < held.iso_today()
    return shapes.GroundRow(
        to_public("ground", ground.pk), words.said(KINDS, ground.kind), ground.source, ground.law,
        ground.purpose, ground.by, local(ground.at), ground.until,
        "withdrawn" if ground.withdrawn_at else "ended" if ended else "holds",
    )  # fmt: skip


def _judged(column: SpecialColumn) -> shapes.JudgedRow:
    return shapes.JudgedRow(
        to_public("judged", column.pk), column.source, column.column,
        words.said(KINDS, column.kind), column.is_special, column.by, column.why, local(column.at),
    )  # fmt: skip


def _original(line: held.OriginalLine) -> shapes.OriginalRow:
    return shapes.OriginalRow(
        to_public("original", line.original),
        ", ".join(words.said(KINDS, kind) for kind in line.kinds), line.source_name, line.column,
        line.row, line.at, line.until,
    )  # fmt: skip


@found
def record_ground(actor: Actor, kind: str, law: str, purpose: str, source: str, until: str) -> None:
    """See `special_pages`."""
    try:
        privacy.record_ground(actor, kind, law, purpose, source, until)
    except privacy.BadGround as error:
        raise Invalid({error.field: words.said(PROBLEMS, error.field)}) from error


@found
def except_source(actor: Actor, source: str, kind: str, law: str, why: str) -> None:
    """See `special_pages`."""
    try:
        privacy.except_source(actor, source, kind, law, why)
    except privacy.BadGround as error:
        said = words.said({**PROBLEMS, **OFF_PROBLEMS}, error.field)
        raise Invalid({error.field: said}) from error


@found
def withdraw_ground(actor: Actor, public_id: str) -> None:
    """See `special_pages`."""
    try:
        privacy.withdraw_ground(actor, from_public("ground", public_id))
    except SpecialGround.DoesNotExist as error:
        raise NotFound("There is no such ground.") from error


@found
def forget_judgement(actor: Actor, public_id: str) -> None:
    """See `special_pages`."""
    try:
        privacy.forget_judgement(actor, from_public("judged", public_id))
    except SpecialColumn.DoesNotExist as error:
        raise NotFound("There is no such judgement.") from error


@found
def read_original(actor: Actor, public_id: str, reason: str) -> str:
    """See `special_pages`."""
    try:
        return privacy.read_original(actor, from_public("original", public_id), reason)
    except privacy.BadGround as error:
        raise Invalid({"reason": words.said(PROBLEMS, error.field)}) from error
    except privacy.CannotOpen as error:
        raise Invalid({"reason": _("Its key is not here any more: nobody can read it.")}) from error
    except LookupError as error:
        raise NotFound(str(error)) from error


@found
def drop_original(actor: Actor, public_id: str) -> None:
    """See `special_pages`."""
    privacy.drop_original(actor, from_public("original", public_id))
