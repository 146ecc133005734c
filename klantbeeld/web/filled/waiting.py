"""Rows that wait: the list, the form to mend one, and leaving one out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klantbeeld.core import fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.sources import actions, reads
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.reads import QuarantinedRow, UnknownRow
from klantbeeld.web.filled import places, reasons, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.roles import ROLES
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import Chip, MendField, MendView, QuarantineRow, QuarantineView

PAGE = 50


def column_label(role: str) -> str:
    """What a column means, in words."""
    if role in ROLES:
        return words.said(ROLES, role)
    field = fields.built_in().get(role)
    return _in_a_sentence(field.label(get_language() or "nl")) if field else words.said({}, role)


def _in_a_sentence(label: str) -> str:
    """A label with a small letter, unless it begins with an abbreviation: VAT number, KvK."""
    first = label.partition(" ")[0]
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]


@found
def quarantine(actor: Actor, reason: str, before: str) -> QuarantineView:
    """See `pages.Pages`."""
    last = from_public("quarantined", before) if before else 0
    page = reads.quarantined(actor, reason, last, PAGE)
    every = Chip("", _("Everything"), page.open, not reason, places.quarantine())
    return QuarantineView(
        rows=tuple(_row(row, reason) for row in page.rows),
        reasons=(
            every,
            *(
                Chip(code, reasons.reason(code), n, code == reason, places.quarantine(code))
                for code, n in page.reasons.items()
            ),
        ),
        total=page.open,
        older=places.row_id(page.older),
    )


@found
def quarantined(actor: Actor, public_id: str) -> MendView:
    """See `pages.Pages`."""
    key = from_public("quarantined", public_id)
    row = reads.quarantined_row(actor, key)
    if row.state != Quarantined.OPEN:
        raise UnknownRow("This row waits no more.")
    following = reads.next_row(actor, key)
    waiting = reads.quarantined(actor, limit=1).open
    return MendView(
        row=_row(row),
        advice=" ".join(dict.fromkeys(reasons.advice(code) for code in row.reasons.values())),
        fields=tuple(_fields(row)),
        next_id=places.row_id(following),
        left=max(0, waiting - 1),
        raw=_text(row.values.get("")),
    )


@found
def mend(actor: Actor, public_id: str, values: Mapping[str, str]) -> str:
    """See `pages.Pages`."""
    key = from_public("quarantined", public_id)
    following = reads.next_row(actor, key)
    row = _held(actor, key)
    # Against what the form showed: a cell that was mended may get its first value again.
    held = {**row.values, **row.mended}
    changed = {name: text for name, text in values.items() if text != _text(held.get(name, ""))}
    known = {*reads.quarantined_row(actor, key).roles, *row.values}
    pipeline.mend_row(actor, row, {name: changed[name] for name in changed if name in known})
    if pipeline.retry_rows(actor, [row])["quarantined"]:
        raise Invalid(_problems(actor, key))
    return places.row_id(following if following != key else 0)


@found
def discard(actor: Actor, public_id: str) -> str:
    """See `pages.Pages`."""
    key = from_public("quarantined", public_id)
    following = reads.next_row(actor, key)
    actions.set_row_state(actor, _held(actor, key), Quarantined.DROPPED)
    return places.row_id(following)


def _held(actor: Actor, key: int) -> Quarantined:
    # Of somebody who is restricted there is no row, also not for who knows its address.
    reads.quarantined_row(actor, key)
    row = Quarantined.objects.select_related("delivery__source").filter(pk=key).first()
    if row is None or row.state != Quarantined.OPEN:
        raise UnknownRow("This row waits no more.")
    return row


def _problems(actor: Actor, key: int) -> dict[str, str]:
    """What is still wrong, by column as delivered; "" stands for the row as a whole."""
    row = reads.quarantined_row(actor, key)
    known = {*row.roles, *row.values}
    return {
        name if (name := row.column_of(role)) in known else "": reasons.reason(code)
        for role, code in row.reasons.items()
    } or {"": _("The row is still not right.")}


def _row(row: QuarantinedRow, reason: str = "") -> QuarantineRow:
    column, code = next(
        ((c, r) for c, r in row.reasons.items() if r == reason),
        next(iter(row.reasons.items()), ("", "")),
    )
    name = row.column_of(column)
    return QuarantineRow(
        public_id=places.row_id(row.row),
        source=row.source_name,
        path=row.path if row.table in row.path else words.joined(row.path, row.table),
        row_number=row.number,
        column=name,
        value=_text(row.values.get(name, "")),
        reason=reasons.reason(code),
        at=row.at,
    )


def _fields(row: QuarantinedRow) -> Iterator[MendField]:
    """Every column that the mapping knows or the row holds, in the order of the mapping."""
    for name in dict.fromkeys([*row.roles, *row.values]):
        if not name:
            continue
        role, code = row.roles.get(name, ""), row.reason_for(name)
        yield MendField(
            name=name,
            value=_text(row.mended.get(name, row.values.get(name, ""))),
            meaning=column_label(role) if role else "",
            problem=reasons.reason(code) if code else "",
        )


def _text(value: object) -> str:
    return "" if value is None else str(value)
