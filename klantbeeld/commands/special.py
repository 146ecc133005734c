"""`klantbeeld special`: special data that imports took out, grounds for keeping it, judgements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from klantbeeld.commands.frame import Failed, Json, open_house, say, show_table, write_json

if TYPE_CHECKING:
    from klantbeeld.pipeline.reads import Sighting
    from klantbeeld.privacy.reads import FindingLine

app = typer.Typer(no_args_is_help=True, help="Special data: what was found, grounds, judgements.")
KINDS = {
    "bsn": "citizen service numbers (BSN)", "old_vat": "VAT numbers that hold a BSN",
    "national_number": "national numbers", "card": "payment card numbers",
    "identity_document": "numbers of identity documents", "driving_licence": "driving licences",
    "health_insurance": "health insurance numbers", "rsin": "RSINs", "iban": "IBANs",
    "health": "health", "union": "trade union", "belief": "belief", "politics": "politics",
    "orientation": "sexual orientation", "ethnicity": "ethnicity", "criminal": "criminal matters",
}  # fmt: skip
DONE = {
    "block": "Not stored.", "mask": "Masked; the original waits sealed, for a while.",
    "apart": "Kept apart, sealed.", "allow": "Stored.",
}  # fmt: skip
# Where it stood, when that is no row.
NAMES = {
    "in_file_name": "the name of the file", "in_table_name": "the name of the table",
    "in_heading": "its heading",
}  # fmt: skip
SHOWN_RUNS = 8


def rows_said(rows: Sequence[tuple[int, int]]) -> str:
    """'2-48, 51 and further'."""
    said = [str(first) if first == last else f"{first}-{last}" for first, last in rows]
    return ", ".join(said[:SHOWN_RUNS]) + (" and further" if len(said) > SHOWN_RUNS else "")


def sentence(where: str, found: Sighting | FindingLine) -> str:
    """'crm.csv, table crm, column BSN, rows 2-48: citizen service numbers (46 of 47). …'"""
    column = f", column {found.column}" if found.column else ""
    if found.reason in NAMES:
        row = f", row {rows_said(found.rows)}" if found.rows else ""
        kind = KINDS.get(found.kind, found.kind)
        return f"{where}{column}{row}, in {NAMES[found.reason]}: {kind}. {DONE['block']}"
    return (
        f"{where}{column}, rows {rows_said(found.rows)}: {KINDS.get(found.kind, found.kind)} "
        f"({found.count:,} of {found.filled:,}). {DONE.get(found.treatment, '')}"
    )


@app.command("list")
def list_findings(
    delivery: Annotated[int, typer.Option(help="Of this delivery only.")] = 0,
    as_json: Json = False,
) -> None:
    """What was found in deliveries: file, column, rows and kind; never a value."""
    actor = open_house()
    from klantbeeld.privacy.reads import special_findings

    found = special_findings(actor, [delivery] if delivery else None)
    if as_json:
        write_json({"findings": [_as_json(f) for f in found]})
        return
    for line in found:
        say(f"{line.finding}. " + sentence(f"{line.file}, table {line.table}", line))
    if not found:
        say("No special data was found in what is loaded.")


def _as_json(line: FindingLine) -> dict[str, object]:
    return {
        "finding": line.finding, "delivery": line.delivery, "source": line.source,
        "file": line.file, "table": line.table, "column": line.column, "kind": line.kind,
        "treatment": line.treatment, "reason": line.reason, "count": line.count,
        "filled": line.filled,
        "rows": [list(run) for run in line.rows],
    }  # fmt: skip


@app.command("ground")
def ground(
    kind: Annotated[str, typer.Argument(help="A kind, such as bsn or health.")],
    law: Annotated[str, typer.Option(help="The article that requires or allows it.")],
    purpose: Annotated[str, typer.Option(help="What it is for.")],
    source: Annotated[str, typer.Option(help="Of this source only.")] = "",
    until: Annotated[str, typer.Option(help="Last day (YYYY-MM-DD).")] = "",
) -> None:
    """Record the law by which a kind may be kept, sealed and apart."""
    actor = open_house()
    from klantbeeld.privacy.actions import BadGround, record_ground

    try:
        made = record_ground(actor, kind, law, purpose, source, until)
    except BadGround as error:
        raise Failed(f"That is no ground: look at its {error.field}.") from error
    say(f"Ground {made.pk} is recorded. It holds for what is loaded from now on.")


@app.command("not")
def not_special(
    source: Annotated[str, typer.Argument(help="Key of the source.")],
    column: Annotated[str, typer.Argument(help="The column, as the file heads it.")],
    kind: Annotated[str, typer.Argument(help="What it is not, such as bsn.")],
    why: Annotated[str, typer.Option(help="How you know.")],
) -> None:
    """Judge that a column does not hold a kind; the next file of the source is read by it."""
    actor = open_house()
    from klantbeeld.privacy.actions import BadGround, judge_column

    try:
        judge_column(actor, source, column, kind, why)
    except BadGround as error:
        raise Failed(f"That cannot be judged: look at the {error.field}.") from error
    say("That is noted. Load the file again to have what was left out.")


@app.command("off")
def off(
    source: Annotated[str, typer.Argument(help="Key of the source.")],
    kind: Annotated[str, typer.Argument(help="A topic, such as health.")],
    law: Annotated[str, typer.Option(help="The article that allows it.")],
    why: Annotated[str, typer.Option(help="Why, such as: we sell medical aids.")],
) -> None:
    """A topic is not looked for in what one source tells, until that judgement is forgotten."""
    actor = open_house()
    from klantbeeld.privacy.actions import BadGround, except_source

    try:
        except_source(actor, source, kind, law, why)
    except BadGround as error:
        raise Failed(f"That is no exception: look at its {error.field}.") from error
    say(f"From now on {KINDS[kind]} is not looked for in {source}.")


@app.command("new-key")
def new_key() -> None:
    """A new key seals from now on; the old ones still open until `reseal --forget-old`."""
    open_house()
    from klantbeeld.core.sealing import add_key

    try:
        add_key()
    except ValueError as error:
        raise Failed(str(error)) from error
    say("A new key seals. Now run: klantbeeld special reseal")


@app.command("reseal")
def reseal(
    forget_old: Annotated[
        bool, typer.Option("--forget-old", help="Take the old keys away.")
    ] = False,
) -> None:
    """Seal all that lies sealed with the newest key; killed half-way, run it again."""
    actor = open_house()
    from klantbeeld.core.sealing import drop_old_keys
    from klantbeeld.pipeline.actions import reseal as seal_again

    done = seal_again(actor, lambda count: say(f"{count:,} originals …") if count else None)
    say(f"Sealed anew: {done.originals:,} originals, {done.files:,} files.")
    if done.lost:
        raise Failed(
            f"{done.lost:,} do not open with any key of this house; they stay as they are."
        )
    if not forget_old:
        return
    try:
        gone = drop_old_keys()
    except ValueError as error:
        raise Failed(str(error)) from error
    say(f"Old keys gone: {gone}. Backups of before need them: keep them apart.")


@app.command("grounds")
def grounds() -> None:
    """The grounds that were recorded and the columns that were judged."""
    actor = open_house()
    from klantbeeld.privacy.reads import judged_columns, special_grounds

    rows = [
        (g.pk, g.kind, g.source or "all", g.law, g.purpose, g.by, g.until or "open",
         "withdrawn" if g.withdrawn_at else "holds")
        for g in special_grounds(actor)
    ]  # fmt: skip
    show_table(("ground", "kind", "source", "law", "purpose", "by", "until", ""), rows)
    judged = [
        (c.source, c.column, c.kind, "is" if c.is_special else "is not", c.by, c.why)
        for c in judged_columns(actor)
    ]
    show_table(("source", "column", "kind", "", "by", "why"), judged)
