"""The trial run, the loading, and what it came to."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.core.transitions import ForbiddenTransition
from klantbeeld.pipeline import actions, reads
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.reads import ShownTable, TriedRow, UnusableRow
from klantbeeld.profiles import reads as profiles
from klantbeeld.sources import reads as sources
from klantbeeld.web import formats
from klantbeeld.web.filled import add_words, columns, places, reasons, special_words, words
from klantbeeld.web.filled.adding import CELL, head, held, relations, special_found, unread
from klantbeeld.web.filled.customer_list import as_workbook
from klantbeeld.web.filled.finding import found
from klantbeeld.web.looks import GROUPS
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import Chip, Fact
from klantbeeld.web.shapes import adding as shapes

PAGE = 50
SHOWN_UNUSABLE = 25


@found
def intake_trial(actor: Actor, public_id: str, verdict: str, first: int) -> shapes.TrialView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    tables = reads.intake_tables(actor, asked)
    verdict = verdict if verdict in add_words.VERDICTS else ""
    rows, total = reads.tried_rows(actor, asked, verdict, first)
    told = relations(actor, asked, tables)
    return shapes.TrialView(
        head=head(asked, 4),
        facts=tuple(_facts(asked)),
        reasons=tuple(_reasons(asked)),
        unusable=tuple(_unusable(reads.unusable_rows(actor, asked)[:SHOWN_UNUSABLE], tables)),
        chips=tuple(_chips(actor, asked, verdict)),
        rows=tuple(_rows(actor, rows, tables)),
        relations=tuple(told.values()),
        total=total,
        first=first,
        next=first + PAGE if first + PAGE < total else 0,
        previous=max(0, first - PAGE),
        verdict=verdict,
        is_partial=bool(asked.trial.get("is_partial")),
        may_load=asked.state == Intake.TRIED,
        special=special_found(tables),
    )


def _facts(asked: Intake) -> Iterator[Fact]:
    """1.240 rows, 1.187 customers, 41 double, 9 in doubt, 12 unusable."""
    told = asked.trial
    n = {key: int(value) for key, value in told.items() if isinstance(value, int)}
    doubles = n["doubles"] + n["joins"]
    yield Fact("rows", _("Rows"), n["rows"], _rejected(n["rejected"]))
    new = ngettext("%(n)s of them new", "%(n)s of them new", n["new_customers"])
    yield Fact(
        "customers", _("Customers"), n["customers"],
        new % {"n": formats.number(n["new_customers"])},
        definition=_("How many different people and organisations the files tell of."),
    )  # fmt: skip
    joins = ngettext("%(n)s with a customer you have", "%(n)s with customers you have", n["joins"])
    yield Fact(
        "doubles", _("Double"), doubles,
        joins % {"n": formats.number(n["joins"])} if n["joins"] else "",
        definition=_("Rows about somebody who stands in another row too, or whom you know from "
                     "another source. They become one customer; you can take them apart later."),
    )  # fmt: skip
    yield Fact(
        "doubts", _("In doubt"), n["doubts"],
        _("kept apart, for you to look at") if n["doubts"] else "",
        definition=_("Pairs that look alike, but not enough to be called one customer."),
        tone="warn" if n["doubts"] else None,
    )  # fmt: skip
    yield Fact(
        "unusable", _("Unusable"), n["unusable"],
        _("kept, with the reason") if n["unusable"] else "",
        definition=_("Rows that cannot be stored as they are. They wait in quarantine, "
                     "where you can mend them."),
        tone="warn" if n["unusable"] else None, href="#unusable" if n["unusable"] else "",
    )  # fmt: skip


def _rejected(rejected: int) -> str:
    text = ngettext("%(n)s without data", "%(n)s without data", rejected)
    return text % {"n": formats.number(rejected)} if rejected else ""


def _reasons(asked: Intake) -> Iterator[shapes.Reason]:
    for code, count in asked.trial.get("reasons", {}).items():
        yield shapes.Reason(reasons.reason(code), reasons.advice(code), int(count))


def _unusable(
    rows: Sequence[UnusableRow], tables: Sequence[ShownTable]
) -> Iterator[shapes.UnusableView]:
    for row in rows:
        table = tables[row.table]
        by_role = {c.role: n for n, c in enumerate(table.columns)}
        cells = tuple(
            shapes.CellRow(
                f"{CELL}:{row.table}:{row.row}:{by_role[role]}", table.name, row.row,
                table.columns[by_role[role]].column,
                str(row.values.get(table.columns[by_role[role]].column, "")),
                reasons.reason(code),
            )
            for role, code in row.reasons.items() if role in by_role
        )  # fmt: skip
        said = ", ".join(dict.fromkeys(reasons.reason(code) for code in row.reasons.values()))
        filled = (value for value in row.values.values() if value not in (None, ""))
        whole = " · ".join(map(formats.as_written, filled))
        yield shapes.UnusableView(table.name, row.row, said, cells, whole[:200])


def _chips(actor: Actor, asked: Intake, verdict: str) -> Iterator[Chip]:
    counted = reads.verdicts(actor, asked)
    here = reverse("web:intake_trial", args=[to_public("intake", asked.pk)])
    yield Chip("", _("Everything"), sum(counted.values()), not verdict, here)
    for key, text in add_words.VERDICTS.items():
        if key in counted:
            yield Chip(key, str(text), counted[key], key == verdict, f"{here}?verdict={key}")


def _rows(
    actor: Actor, rows: Sequence[TriedRow], tables: Sequence[ShownTable]
) -> Iterator[shapes.TrialRow]:
    customers = [row.customer for row in rows if row.customer]
    names = profiles.named(actor, customers)
    for row in rows:
        said = str(add_words.VERDICTS[row.verdict])
        if row.verdict == "double":
            said = _("Double of row %(n)s") % {"n": formats.number(row.with_row)}
            if row.with_table != row.table:
                said = f"{said} ({tables[row.with_table].name})"
        is_known = bool(row.customer)
        yield shapes.TrialRow(
            table=tables[row.table].name,
            row=row.row,
            name=row.name,
            place=row.place,
            verdict=row.verdict,
            said=said,
            customer=names.get(row.customer, "") if is_known else row.with_name,
            href=places.card(to_public("customer", row.customer)) if is_known else "",
        )


@found
def go_on(
    actor: Actor, public_id: str, step: str, cells: Mapping[tuple[int, int, int], str]
) -> None:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    try:
        if step == "undo":
            actions.undo_intake(actor, asked)
        elif step == "drop":
            actions.drop_intake(actor, asked)
        elif step == "again":
            actions.go_on(actor, asked, asked.failed_in)
        elif step == "load":
            actions.go_on(actor, asked, Intake.LOADING)
        else:
            _mend(actor, asked, cells)
            actions.go_on(actor, asked, Intake.TRYING)
    except ForbiddenTransition as error:
        raise Invalid({"": _("That was done already.")}) from error


def _mend(actor: Actor, asked: Intake, cells: Mapping[tuple[int, int, int], str]) -> None:
    tables = reads.intake_tables(actor, asked)
    was = {(r.table, r.row): r.values for r in reads.unusable_rows(actor, asked)}
    typed = [
        (table, row, tables[table].columns[n].column, text)
        for (table, row, n), text in cells.items()
        if table < len(tables) and n < len(tables[table].columns)
    ]
    changed = [c for c in typed if str(was.get(c[:2], {}).get(c[2], "")) != c[3]]
    if changed:
        actions.mend_cells(actor, asked, changed)


@found
def intake_result(actor: Actor, public_id: str) -> shapes.ResultView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    told = asked.result
    groups = {key: int(n) for key, n in told.get("groups", {}).items()}
    shown = [key for key in GROUPS if groups.get(key)]
    parts = [
        f"{formats.number(groups[key])} {words.said(words.GROUPS, key).lower()}" for key in shown
    ]
    best = int(told.get("best", 0))
    is_loaded = asked.state == Intake.LOADED
    return shapes.ResultView(
        head=head(asked),
        sentence=", ".join(parts),
        groups=tuple(
            Chip(key, words.said(words.GROUPS, key), groups[key], False,
                 places.customers(group=key))
            for key in shown
        ),
        customers=int(told.get("customers", 0)),
        doubles=int(told.get("doubles", 0)),
        quarantined=int(told.get("rows", {}).get("rows_quarantined", 0)),
        past_term=int(told.get("rows", {}).get("past_term", 0)),
        documents_unread=int(told.get("rows", {}).get("documents_unread", 0)),
        best_href=places.card(to_public("customer", best)) if best and is_loaded else "",
        has_buyers=bool(told.get("has_buyers", True)),
        doubts=int(asked.trial.get("doubts", 0)),
        doubts_href=places.checked("doubtful"),
        deliveries=tuple(
            (places.delivery(d), sources.delivery(actor, d).line.name) for d in asked.deliveries
        ),
        may_undo=is_loaded and may(actor, "sources.undo"),
        may_download=is_loaded and may(actor, "customers.list"),
        special=special_words.of_deliveries(actor, asked.deliveries),
    )  # fmt: skip


@found
def intake_doubles(actor: Actor, public_id: str) -> shapes.DoublesView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    customers = list(asked.result.get("double_customers", ()))
    rows = {row.customer: row for row in profiles.rows_of(actor, customers)}
    return shapes.DoublesView(
        head=head(asked),
        rows=tuple(
            shapes.BroughtRow(
                places.card(row.public_id), row.name or _("Customer without a name"),
                int(row.values.get("sources") or 0), int(row.values.get("records") or 0),
            )
            for row in (rows[c] for c in customers if c in rows)
        ),
        total=int(asked.result.get("doubles", 0)),
    )  # fmt: skip


@found
def intake_export(actor: Actor, public_id: str) -> Generator[bytes]:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    customers = reads.customers_brought(actor, asked.deliveries)
    every = columns.columns((), reads.holdings(actor))
    shown = tuple(column for column in every if column.is_shown)
    return as_workbook(profiles.export_rows_of(actor, customers, columns.GOLDEN), shown)


@found
def intake_failed(actor: Actor, public_id: str) -> shapes.FailedView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    message, advice = add_words.FAILURES.get(asked.problem, add_words.FAILURES["unexpected"])
    return shapes.FailedView(
        head(asked), str(message), str(advice), bool(asked.failed_in), unread(asked)
    )
