"""`klantbeeld quarantine`: rows that could not be used: look, mend, retry, drop."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from klantbeeld.commands.frame import (
    Failed,
    Json,
    WrongUsage,
    open_house,
    say,
    show_table,
    write_json,
)

if TYPE_CHECKING:
    from klantbeeld.sources.models import Quarantined
    from klantbeeld.sources.reads import QuarantinedRow

app = typer.Typer(help="Rows that could not be used: look, mend, retry.", no_args_is_help=True)

Row = Annotated[int, typer.Argument(help="The row's number, as `quarantine list` shows it.")]
LIMIT = 50


@app.command("list")
def list_rows(
    reason: Annotated[str, typer.Option(help="Only rows with this reason.")] = "",
    limit: Annotated[int, typer.Option(help="At most this many.", min=1)] = LIMIT,
    as_json: Json = False,
) -> None:
    """List the rows that wait, newest first."""
    actor = open_house()
    from klantbeeld.sources.reads import quarantined

    page = quarantined(actor, reason, limit=limit)
    if as_json:
        write_json(
            {
                "open": page.open,
                "reasons": dict(page.reasons),
                "rows": [asdict(r) for r in page.rows],
            }
        )
        return
    if not page.open:
        say("Nothing waits in quarantine.")
        return
    show_table(
        ("row", "file", "table", "line", "what is wrong"),
        [
            (
                r.row,
                r.path,
                r.table,
                r.number,
                ", ".join(f"{r.column_of(c) or 'row'}: {w}" for c, w in r.reasons.items()),
            )
            for r in page.rows
        ],
    )
    say(f"{page.open:,} rows wait. Show one with: klantbeeld quarantine show ROW")


@app.command("show")
def show(row: Row, as_json: Json = False) -> None:
    """Show one row: its cells as delivered, and in words what is wrong with each."""
    actor = open_house()
    from klantbeeld.sources.reads import UnknownRow, quarantined_row

    try:
        held = quarantined_row(actor, row)
    except UnknownRow as error:
        raise Failed(str(error)) from error
    if as_json:
        write_json(asdict(held))
        return
    _tell(held)


@app.command("mend")
def mend(
    row: Row,
    values: Annotated[list[str], typer.Argument(help="New values, as COLUMN=VALUE.")],
    as_json: Json = False,
) -> None:
    """Give a row other values and bring it through the import again."""
    actor = open_house()
    from klantbeeld.pipeline.actions import mend_row

    changed = dict(_split(value) for value in values)
    held = _row(row)
    if unknown := set(changed) - set(held.values):
        raise WrongUsage(
            f"The row has no column {', '.join(sorted(unknown))}; it has: {', '.join(held.values)}."
        )
    mend_row(actor, held, changed)
    _retry([held], as_json)


@app.command("retry")
def retry(as_json: Json = False) -> None:
    """Bring every waiting row through the import once more.

    Each goes by the mapping its delivery came with, with the values that were mended in it. What
    can be used now is stored and leaves quarantine: useful after mending what rows refer to, such
    as the orders of order lines, or after a new version of Klantbeeld. To read the file by another
    mapping, take the delivery back (klantbeeld import --undo) and import it again.
    """
    open_house()
    from klantbeeld.sources.models import Quarantined

    _retry(list(Quarantined.objects.filter(state=Quarantined.OPEN).order_by("pk")), as_json)


@app.command("drop")
def drop(row: Row, as_json: Json = False) -> None:
    """Set a row aside for good; it stays counted."""
    actor = open_house()
    from klantbeeld.sources.actions import set_row_state
    from klantbeeld.sources.models import Quarantined

    held = _row(row)
    set_row_state(actor, held, Quarantined.DROPPED)
    if as_json:
        write_json({"row": row, "state": Quarantined.DROPPED})
    else:
        say(f"Row {row} is dropped.")


def _tell(held: QuarantinedRow) -> None:
    """A row in quarantine for people; what is wrong stands behind the column it is about."""
    from klantbeeld.pipeline.tables import REASONS

    say(f"{held.path}, table {held.table}, line {held.number} ({held.state})")
    wrong = {c: held.reason_for(c) for c in dict.fromkeys([*held.roles, *held.values]) if c}
    show_table(
        ("column", "value", "mended", "what is wrong"),
        [
            (c, _text(held.values.get(c)), _text(held.mended.get(c)), REASONS.get(code, code))
            for c, code in wrong.items()
            if code or c in held.values
        ],
    )
    if code := held.reasons.get(""):
        say(f"The row as a whole: {REASONS.get(code, code)}")
    if text := _text(held.values.get("")):
        say(f"As it was delivered: {text}")


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _split(text: str) -> tuple[str, str]:
    column, sign, value = text.partition("=")
    if not sign:
        raise WrongUsage(f"Write new values as COLUMN=VALUE, not {column!r}.")
    return column, value


def _row(key: int) -> Quarantined:
    from klantbeeld.core.actor import system_actor
    from klantbeeld.sources.models import Quarantined
    from klantbeeld.sources.reads import UnknownRow, quarantined_row

    held = Quarantined.objects.filter(pk=key).first()
    try:
        quarantined_row(system_actor(), key)
    except UnknownRow:
        held = None
    if held is None:
        raise Failed(f"There is no row {key} in quarantine.")
    return held


def _retry(rows: list[Quarantined], as_json: bool) -> None:
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline.actions import retry_rows

    counts = retry_rows(system_actor(), rows)
    if as_json:
        write_json(counts)
    else:
        say(f"{counts['stored']:,} stored, {counts['quarantined']:,} still in quarantine.")
    if rows and not counts["stored"]:
        raise Failed("None of it could be stored; `klantbeeld quarantine show ROW` says why.")
