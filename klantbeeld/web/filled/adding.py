"""Adding data: the files, what was recognised in them, and what is asked about their people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.core.transitions import ForbiddenTransition
from klantbeeld.pipeline import actions, reads
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.reads import ShownColumn, ShownTable, WrongCell
from klantbeeld.sources import reads as sources
from klantbeeld.sources.tables import KINDS, ROLE_GROUPS
from klantbeeld.web import formats
from klantbeeld.web.filled import add_words, reasons, special_words, unread_words, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.waiting import column_label
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import adding as shapes
from klantbeeld.web.shapes.special import FoundRow

SURE, LIKELY = 0.9, 0.7
CHANNELS = ("email", "phone", "post", "sms")
STEPS = {
    Intake.READING: 1, Intake.READY: 2, Intake.TRYING: 4, Intake.TRIED: 4, Intake.LOADING: 5,
    Intake.LOADED: 5, Intake.UNDOING: 5, Intake.UNDONE: 5,
}  # fmt: skip
CELL = "cell"


def held(actor: Actor, public_id: str) -> Intake:
    """The intake behind a public id."""
    return reads.intake(actor, from_public("intake", public_id))


def head(intake: Intake, step: int = 0) -> shapes.IntakeHead:
    """Which files these are."""
    names = [str(file["name"]) for file in intake.files if isinstance(file, dict)]
    title = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
    failed = STEPS.get(intake.failed_in, 1)
    return shapes.IntakeHead(
        to_public("intake", intake.pk), title, intake.state,
        step or STEPS.get(intake.state, failed), intake.actor,
    )  # fmt: skip


@found
def add(actor: Actor) -> shapes.AddView:
    """See `pages.AddPages`."""
    return shapes.AddView(tuple(head(i) for i in reads.open_intakes(actor)))


@found
def add_files(actor: Actor, files: Iterable[tuple[str, Iterable[bytes]]]) -> str:
    """See `pages.AddPages`."""
    return to_public("intake", actions.begin_intake(actor, files).pk)


@found
def intake(actor: Actor, public_id: str) -> shapes.IntakeHead:
    """See `pages.AddPages`."""
    return head(held(actor, public_id))


@found
def intake_progress(actor: Actor, public_id: str) -> shapes.ProgressView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    told = asked.progress
    stage, done, of = told.get("stage", ""), int(told.get("done", 0)), int(told.get("of", 0))
    counts = stage in add_words.COUNTED and of > 0
    percent = min(100, round(100 * done / of)) if counts else None
    said = add_words.STAGES.get(stage) or add_words.WAITING[asked.state]
    return shapes.ProgressView(head(asked), str(said), done, of, percent)


@found
def intake_columns(actor: Actor, public_id: str) -> shapes.ColumnsView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    tables = reads.intake_tables(actor, asked)
    told = relations(actor, asked, tables)
    wrong = reads.wrong_cells(actor, asked)
    return shapes.ColumnsView(
        head=head(asked, 2),
        tables=tuple(_table(table, told.get(table.number, "")) for table in tables),
        roles=tuple(_roles()),
        kinds=tuple((kind, words.headed(words.HOLDS, kind)) for kind in KINDS),
        cells=tuple(_cell(cell, tables) for cell in wrong),
        unread=unread(asked),
        is_first_cells=len(wrong) >= reads.CELLS,
        special=special_found(tables),
    )


def special_found(tables: list[ShownTable]) -> tuple[FoundRow, ...]:
    """Special data that was taken out of the tables."""
    return tuple(
        special_words.found_row(seen, table.name, table.number)
        for table in tables for seen in table.special
    )  # fmt: skip


def unread(asked: Intake) -> tuple[shapes.Unread, ...]:
    """The files that could not be read."""
    return tuple(
        _unread(u["path"], unread_words.said(u.get("code", ""), u["message"], u["advice"]))
        for u in asked.unreadable
        if isinstance(u, dict) and "path" in u
    )


def _unread(path: str, words: unread_words.Words) -> shapes.Unread:
    return shapes.Unread(path, str(words[0]), str(words[1]))


def _table(table: ShownTable, relation: str) -> shapes.TableView:
    return shapes.TableView(
        number=table.number,
        name=table.name,
        path=table.path,
        holds=table.holds,
        rows=table.rows + table.rejected,
        recognised=table.recognised,
        columns=tuple(_column(n, column) for n, column in enumerate(table.columns)),
        relation=relation,
        notes=table.notes,
    )


def _column(number: int, column: ShownColumn) -> shapes.ColumnRow:
    sureness = _sureness(column)
    role = "" if column.role == "ignore" else column.role
    return shapes.ColumnRow(
        number, column.column, tuple(map(formats.as_written, column.samples)), role, sureness,
        str(add_words.SURENESS[sureness]), round(100 * column.confidence),
    )  # fmt: skip


def _sureness(column: ShownColumn) -> shapes.Sureness:
    if column.role == "":
        return "none"
    if column.role in {"keep", "ignore"}:
        return "chosen"
    if column.confidence >= SURE:
        return "sure"
    return "likely" if column.confidence >= LIKELY else "guess"


def _roles() -> Iterator[shapes.Options]:
    """What a column can mean, by group, in words."""
    for group, roles in ROLE_GROUPS.items():
        choices = sorted(
            ((role, _headed(column_label(role))) for role in roles.split()
             if role not in {"keep", "ignore"}),
            key=lambda choice: choice[1].casefold(),
        )  # fmt: skip
        yield shapes.Options(str(add_words.GROUPS[group]), tuple(choices))


def _headed(text: str) -> str:
    return text[:1].upper() + text[1:]


def cell_name(cell: WrongCell, tables: list[ShownTable]) -> str:
    """The name of a cell's field: table, row and the column's place."""
    columns = [c.column for c in tables[cell.table].columns]
    return f"{CELL}:{cell.table}:{cell.row}:{columns.index(cell.column)}"


def _cell(cell: WrongCell, tables: list[ShownTable]) -> shapes.CellRow:
    return shapes.CellRow(
        cell_name(cell, tables), tables[cell.table].name, cell.row, cell.column, cell.value,
        reasons.problem(cell.reason),
    )  # fmt: skip


def relations(actor: Actor, asked: Intake, tables: list[ShownTable]) -> dict[int, str]:
    """Table to a sentence on what it belongs to."""
    said: dict[int, str] = {}
    for relation in asked.result.get("relations", ()):
        number, by = int(relation["table"]), str(relation["by"])
        if number >= len(tables):
            continue
        other = relation.get("with")
        names = {"table": _called(tables[number], tables), "column": _headed(column_label(by))}
        if isinstance(other, int) and other < len(tables):
            names["other"] = _called(tables[other], tables)
        else:
            key = str(relation.get("source", ""))
            names["other"] = sources.named(actor, [key]).get(key, key)
        said[number] = _("%(table)s belongs to %(other)s by %(column)s.") % names
    people = next((t for t in tables if t.holds == "customers"), None)
    for table in tables:
        by = _shared(table, people)
        if people is not None and table is not people and table.number not in said and by:
            names = {"table": _called(table, tables), "other": _called(people, tables)}
            names["column"] = _headed(column_label(by))
            said[table.number] = _("%(table)s belongs to %(other)s by %(column)s.") % names
    return said


def _called(table: ShownTable, tables: list[ShownTable]) -> str:
    """A table's name; of several 'Sheet1' each goes by its file."""
    is_own = sum(other.name == table.name for other in tables) == 1
    return _headed(table.name if is_own else table.path)


def _shared(table: ShownTable, people: ShownTable | None) -> str:
    """What table and customers both tell, by which the same person is known again."""
    if people is None or table.holds == "customers":
        return ""
    theirs, ours = {c.role for c in people.columns}, {c.role for c in table.columns}
    known = ("customer_number", "email", "mobile", "phone", "loyalty_number", "login")
    return next((role for role in known if role in theirs and role in ours), "")


@found
def choose_columns(
    actor: Actor,
    public_id: str,
    tables: Mapping[int, tuple[str, Mapping[int, str]]],
    cells: Mapping[tuple[int, int, int], str],
) -> None:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    shown = {t.number: t for t in reads.intake_tables(actor, asked)}
    known = {role for roles in ROLE_GROUPS.values() for role in roles.split()} | {""}
    choices = [
        actions.TableChoice(
            number, holds if holds in KINDS else "",
            {shown[number].columns[n].column: role for n, role in roles.items()
             if n < len(shown[number].columns) and role in known},
        )
        for number, (holds, roles) in tables.items() if number in shown
    ]  # fmt: skip
    typed = [
        (table, row, shown[table].columns[n].column, text)
        for (table, row, n), text in cells.items()
        if table in shown and n < len(shown[table].columns)
    ]
    wrong = {(c.table, c.row, c.column): c.value for c in reads.wrong_cells(actor, asked)}
    try:
        actions.choose_columns(actor, asked, choices)
        mended = [c for c in typed if wrong.get(c[:3]) != c[3]]
        if mended:
            actions.mend_cells(actor, asked, mended)
    except reads.DoubleRole as error:
        names = {"table": shown[error.table].name, "role": _headed(column_label(error.role))}
        text = _("%(table)s: only one column can be “%(role)s”. Choose something else for the "
                 "other.") % names  # fmt: skip
        raise Invalid({"": text}) from error
    except ForbiddenTransition as error:
        raise Invalid({"": _("This is being loaded already.")}) from error
