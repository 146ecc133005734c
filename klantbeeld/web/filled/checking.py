"""The data check-up: figures per source, the rows behind them, and what to do first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.pipeline import reads as pipeline
from klantbeeld.pipeline.reads import CheckedRow, Checkup, SourceCheck
from klantbeeld.sources import reads as sources
from klantbeeld.web import formats
from klantbeeld.web.filled import places, reasons
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import (
    CheckCell,
    CheckRow,
    CheckRowsView,
    CheckStep,
    CheckTable,
    CheckupView,
    Fact,
    Link,
    Tone,
)

Text = str | Promise
SHOWN = 200
FIELDS: Mapping[str, Text] = {
    "name": gettext_lazy("Name"), "address": gettext_lazy("Address"),
    "email": gettext_lazy("E-mail"), "phone": gettext_lazy("Phone"),
    "birth_date": gettext_lazy("Date of birth"),
}  # fmt: skip
# What a figure counts: heading of its rows, and what to do about them.
KINDS: Mapping[str, tuple[Text, Text]] = {
    "doubles": (
        gettext_lazy("There twice in their own source"),
        gettext_lazy("They are one customer here already. Join them in the source too."),
    ),
    "doubtful": (
        gettext_lazy("Doubtful: perhaps the same customer"),
        gettext_lazy("Open both cards and compare them. They stay apart until somebody decides."),
    ),
    "old": (
        gettext_lazy("An address that another source has overtaken"),
        gettext_lazy("The card shows the newer address. Change it in this source too."),
    ),
    "unreachable": (
        gettext_lazy("No address, mail address or phone number"),
        gettext_lazy("Ask for an address at the next contact; those worth most come first."),
    ),
    "wrong": (
        gettext_lazy("Cannot be right"),
        gettext_lazy("Correct it in the source and load the file again."),
    ),
    "empty": (
        gettext_lazy("Filled in with something that says nothing"),
        gettext_lazy("Empty the cell in the source, or ask the customer."),
    ),
    "missing": (
        gettext_lazy("Not filled in"),
        gettext_lazy("Add it in the source, or ask the customer at the next contact."),
    ),
}


def checkup(actor: Actor) -> CheckupView:
    """See `pages.Pages`."""
    found = pipeline.checkup(actor)
    return CheckupView(
        local(found.at), found.customers, tuple(_facts(found)), tuple(_steps(actor, found)),
        tuple(_tables(actor, found)),
    )  # fmt: skip


def checkup_rows(actor: Actor, what: str, source: int) -> CheckRowsView:
    """See `pages.Pages`."""
    kind, _dash, field = what.partition("-")
    if kind not in KINDS or (field and field not in FIELDS):
        raise NotFound("There is no such figure.")
    held = pipeline.checked_rows(actor, what, source, SHOWN + 1)
    title, advice = KINDS[kind]
    heading = f"{FIELDS[field]}: {str(title).lower()}" if field else str(title)
    name = sources.telling_sources(actor).get(source, "")
    heading = f"{heading} ({name})" if name else heading
    rows = tuple(_row(row) for row in held[:SHOWN])
    return CheckRowsView(heading, str(advice), rows, len(held) > SHOWN)


def _row(row: CheckedRow) -> CheckRow:
    nameless = _("Customer without a name")
    other = Link(row.other_name or nameless, places.card(row.other_id)) if row.other_id else None
    return CheckRow(
        Link(row.name or nameless, places.card(row.public_id)), row.source, row.record_key,
        tuple(_problem(*value) for value in row.values), other,
    )  # fmt: skip


def _problem(field: str, value: str, reason: str) -> tuple[str, str, str]:
    """What, as delivered, and why it cannot be."""
    if not field:
        return "", _("%(n)s times") % {"n": value}, ""
    known = fields.built_in().get(field)
    label = known.label(get_language() or "nl") if known else field.replace("_", " ")
    return label, value, reasons.problem(reason) if reason else ""


def _facts(found: Checkup) -> Iterator[Fact]:
    as_of = local(found.at)
    told: tuple[tuple[str, str, int, str, str, Tone | None], ...] = (
        ("doubles", _("Doubles found"), found.doubles, _("brought together"),
         _("Records of a source that turned out to be a customer who was in it already."), None),
        ("doubtful", _("Doubtful"), found.doubtful, _("pairs that may be one customer"),
         _("Pairs of customers that resemble each other, not enough to be joined unseen."),
         "warn" if found.doubtful else None),
        ("wrong", _("Wrong values"), found.wrong, _("addresses, e-mail, phone"),
         _("Addresses, mail addresses and phone numbers that cannot exist."),
         "warn" if found.wrong else None),
        ("old", _("Old addresses"), found.old, _("overtaken by another source"),
         _("Records with another postcode than the one that was chosen for the customer."), None),
        ("unreachable", _("Cannot be reached"), found.unreachable, _("of all customers"),
         _("Customers without address, mail address and phone number."), None),
        ("waiting", _("In quarantine"), found.quarantined, _("rows to mend"),
         _("Rows that could not be loaded, until somebody mends them."), None),
    )  # fmt: skip
    for key, label, n, note, definition, tone in told:
        href = places.checked(key) if key in KINDS and key != "wrong" else ""
        yield Fact(
            key, label, n, note, tone=tone, definition=definition, as_of=as_of,
            href=href if n else "",
        )  # fmt: skip


def _steps(actor: Actor, found: Checkup) -> Iterator[CheckStep]:
    """What to do first: what is lost altogether, then what is doubtful, then what is wrong."""
    if found.quarantined and may(actor, "quarantine.read"):
        yield CheckStep(
            _("Mend the rows in quarantine"), _("They are in no card until then."),
            found.quarantined, "bad", "inbox", places.quarantine(),
        )  # fmt: skip
    if found.doubtful:
        yield CheckStep(
            _("Look at the doubtful pairs"),
            _("Somebody may get two letters, and have half a history on each card."),
            found.doubtful, "warn", "user-question", places.checked("doubtful"),
        )  # fmt: skip
    for field, why in (
        ("email", _("Mail to these does not arrive.")),
        ("phone", _("These numbers cannot be called.")),
        ("address", _("Post to these does not arrive.")),
    ):
        n = sum(s.wrong.get(field, 0) for s in found.sources)
        if n:
            yield CheckStep(
                _("Correct what is wrong: %(field)s") % {"field": str(FIELDS[field]).lower()}, why,
                n, "warn", "pencil", places.checked(f"wrong-{field}"),
            )  # fmt: skip
    if found.old:
        yield CheckStep(
            _("Bring old addresses up to date"), _("Another source knows a newer one."),
            found.old, "info", "map-pin", places.checked("old"),
        )  # fmt: skip
    if found.unreachable:
        yield CheckStep(
            _("Ask for an address"), _("These customers cannot be reached in any way."),
            found.unreachable, "info", "user-plus", places.checked("unreachable"),
        )  # fmt: skip


def _tables(actor: Actor, found: Checkup) -> Iterator[CheckTable]:
    """Three tables of the sources: doubles and old addresses, wrong values, missing values."""
    may_mend = may(actor, "quarantine.read")
    rows = []
    for s in found.sources:
        waiting = CheckCell(s.quarantined, places.quarantine() if may_mend else "")
        counts = CheckCell(s.records), _cell(s, "doubles", s.doubles), _cell(s, "old", s.old)
        rows.append((s.name, (*counts, waiting)))
    labels = (_("Records"), _("Doubles"), _("Old addresses"), _("In quarantine"))
    note = _("Per source: what it says about customers, orders of guests not counted.")
    yield CheckTable("sources", _("Doubles and old addresses"), note, labels, tuple(rows))
    wrong = tuple(
        (
            s.name,
            tuple(
                _cell(s, f"{kind}-{f}", getattr(s, held).get(f, 0)) if f in s.missing
                else CheckCell(None)
                for f in ("address", "email", "phone", "birth_date")
                for kind, held in (("wrong", "wrong"), ("empty", "empty_words"))
            ),
        )
        for s in found.sources
        if s.wrong or s.empty_words
    )  # fmt: skip
    wrongs = tuple(
        label
        for f in ("address", "email", "phone", "birth_date")
        for label in (
            _("%(field)s wrong") % {"field": FIELDS[f]},
            _("%(field)s says nothing") % {"field": FIELDS[f]},
        )
    )
    note = _("Wrong: cannot exist. Says nothing: “unknown”, 0600000000, 01-01-1900 and the like.")
    yield CheckTable("wrong", _("Wrong values"), note, wrongs, wrong)
    missing = tuple(
        (s.name, tuple(_missing(s, f) for f in FIELDS)) for s in found.sources if s.missing
    )
    note = _("Records in which it is not filled in; a dash where the source never tells it.")
    yield CheckTable(
        "missing", _("Missing values"), note, tuple(str(v) for v in FIELDS.values()), missing
    )


def _missing(source: SourceCheck, field: str) -> CheckCell:
    if field not in source.missing:
        return CheckCell(None)
    return _cell(source, f"missing-{field}", source.missing[field])


def _cell(source: SourceCheck, what: str, count: int) -> CheckCell:
    return CheckCell(count, places.checked(what, source.key) if count else "")


def in_short(found: Checkup) -> str:
    """Doubles, doubts and wrong values in one sentence."""
    return _(
        "%(doubles)s doubles were brought together and %(doubtful)s pairs are doubtful;"
        " %(wrong)s addresses, mail addresses and phone numbers are wrong."
    ) % {
        "doubles": formats.number(found.doubles), "doubtful": formats.number(found.doubtful),
        "wrong": formats.number(found.wrong),
    }  # fmt: skip
