"""`klantbeeld import`: files, folders and archives into the house, and taking a delivery back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantbeeld.commands.frame import (
    Failed,
    Json,
    WrongUsage,
    err,
    open_house,
    say,
    show_table,
    write_json,
)
from klantbeeld.commands.progress import bars

if TYPE_CHECKING:
    from klantbeeld.core.actor import Actor
    from klantbeeld.pipeline.report import ColumnReport, ImportReport
    from klantbeeld.sources.tables import Mapping

PARTS = ("stored", "unchanged", "quarantined", "suppressed", "rejected")


def import_files(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files, folders, patterns or archives.")
    ] = None,
    source: Annotated[
        str, typer.Option(help="Name of the source; by default each file's own name.")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="A mapping (YAML) to read the files by.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Recognise and report, store nothing.")
    ] = False,
    mapping_out: Annotated[
        Path | None,
        typer.Option(help="With --dry-run: write the mapping found (YAML), for --mapping."),
    ] = None,
    undo: Annotated[
        int, typer.Option(help="Take this delivery back instead, as if it had never come.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Import customers, orders, mail and everything else that is tabular."""
    if bool(undo) == bool(paths):
        raise WrongUsage("Name the files to import, or a delivery to take back with --undo.")
    _require_free(mapping_out, dry_run)
    actor = open_house()
    if undo:
        _undo(actor, undo, as_json)
        return
    report = load(actor, _there(paths or []), source, _mapping(mapping), dry_run, as_json)
    if mapping_out is not None:
        _write_mapping(report, mapping_out)
    if as_json:
        write_json(report.as_json())
    else:
        tell(report)
    if report.unreadable:
        raise Failed(_could_not_be_read(report))


def load(
    actor: Actor,
    paths: list[Path],
    source: str = "",
    mapping: Mapping | None = None,
    dry_run: bool = False,
    quiet: bool = False,
) -> ImportReport:
    """Import with progress bars."""
    from klantbeeld.pipeline.actions import import_paths

    with bars(quiet=quiet) as progress:
        return import_paths(
            actor, paths, source=source or None, mapping=mapping, dry_run=dry_run,
            progress=progress,
        )  # fmt: skip


def _could_not_be_read(report: ImportReport) -> str:
    count = len(report.unreadable)
    said = "1 file" if count == 1 else f"{count} files"
    if not report.tables:
        return f"{said} could not be read; nothing is imported."
    return f"{said} could not be read; the rest {'could' if report.is_dry_run else 'is imported'}."


def _there(paths: list[Path]) -> list[Path]:
    """The paths as they are; refuses one that does not exist (a pattern may still match)."""
    for path in paths:
        if not path.exists() and not any(c in str(path) for c in "*?["):
            raise WrongUsage(f"There is no file or folder {path}.")
    return paths


def _mapping(path: Path | None) -> Mapping | None:
    if path is None:
        return None
    from klantbeeld.sources.tables import Mapping

    try:
        return Mapping.load(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise WrongUsage(f"The mapping {path} cannot be read as text.") from error


def _require_free(target: Path | None, dry_run: bool) -> None:
    """Refuse to write a mapping where it would not be asked for or would replace something."""
    if target is None:
        return
    if not dry_run:
        raise WrongUsage("--mapping-out goes with --dry-run; an import keeps its mapping itself.")
    if target.exists():
        raise WrongUsage(f"{target} exists already; name another file, or remove it first.")


def _write_mapping(report: ImportReport, target: Path) -> None:
    """The one mapping of these files, for people to mend and for `--mapping`."""
    if len(report.mappings) != 1:
        sources = ", ".join(sorted(report.mappings)) or "none"
        raise WrongUsage(
            f"A mapping is of one source, and these files are of {len(report.mappings)} "
            f"({sources}): give --source, or one file at a time."
        )
    (mapping,) = report.mappings.values()
    target.write_text(mapping.dump(), encoding="utf-8")
    # On stderr: the last line of stdout is the outcome.
    err().print(f"The mapping is written to {target}.", markup=False)


def tell(report: ImportReport) -> None:
    """What an import did, for people."""
    if report.is_dry_run:
        _preview(report)
        return
    rows: list[list[Any]] = [
        [t.path, t.name, t.holds, t.source, f"{t.rows:,}", len(t.unmapped)] for t in report.tables
    ]
    if rows:
        show_table(("file", "table", "holds", "source", "rows", "unmapped columns"), rows)
    _tell_special(report)
    _tell_unreadable(report)
    counts = report.counts
    parts = ", ".join(f"{counts[f'rows_{p}']:,} {p}" for p in PARTS if counts[f"rows_{p}"])
    say(f"{counts['rows_read']:,} rows read: {parts or 'nothing new'}.")
    if report.rows_without_customer:
        say(f"{report.rows_without_customer:,} rows name no customer.")
    if report.documents_unread:
        say(
            f"{report.documents_unread:,} documents are kept without having been looked into for "
            "special data: pictures, and files that are locked, damaged, too large or of another "
            "kind."
        )
    if report.rows_past_term:
        say(f"{report.rows_past_term:,} rows are visits, clicks and newsletters past their term.")
    say(
        f"Now {report.customers:,} customers from {report.records:,} records, with "
        f"{report.interactions:,} interactions ({report.seconds:.1f} s)."
    )
    for table in report.tables:
        if table.holds == "unknown" and table.rows:
            say(
                f"{table.path}, table {table.name}: what it holds was not recognised, so nothing "
                "of it is stored. Write a mapping with --dry-run --mapping-out FILE, fill in what "
                "it holds and its roles, and import it again with --mapping FILE."
            )
    if counts["rows_quarantined"]:
        say("See what is wrong with the quarantined rows: klantbeeld quarantine list")
    _tell_deliveries(report)


def _tell_special(report: ImportReport) -> None:
    """Special data that was taken out: column, rows and kind, never the value."""
    from klantbeeld.commands.special import sentence

    for table in report.tables:
        for sighting in table.special:
            say(sentence(f"{table.path}, table {table.name}", sighting))
    if any(table.special for table in report.tables):
        say("The files themselves still hold it: see what was found with klantbeeld special list.")


def _tell_unreadable(report: ImportReport) -> None:
    for problem in report.unreadable:
        err().print(f"{problem.path}: {problem.message} {problem.advice}", markup=False)


def _tell_deliveries(report: ImportReport) -> None:
    """The numbers by which what was brought can be taken back."""
    if not report.deliveries:
        return
    show_table(("delivery", "file"), [(key, report.files[key]) for key in report.deliveries])
    say(f"Take one back: klantbeeld import --undo {report.deliveries[-1]}")


def _preview(report: ImportReport) -> None:
    """What was recognised, column by column."""
    for table in report.tables:
        say(
            f"{table.path}, table {table.name}: {table.holds} "
            f"({table.confidence:.0%} sure), source {table.source}, {table.rows:,} rows"
        )
        rows = [
            (c.column, _meaning(c), f"{c.confidence:.0%}" if c.role else "", " | ".join(c.samples))
            for c in table.columns
        ]
        show_table(("column", "role", "sure", "values"), rows)
        if table.unmapped:
            say(f"Without a known meaning: {', '.join(table.unmapped)}")
        for note in table.notes:
            say(f"Note: {note}")
        say("")
    _tell_special(report)
    _tell_unreadable(report)
    say("Nothing was stored (--dry-run).")


def _meaning(column: ColumnReport) -> str:
    """Role with the format that dates or decimals are read by."""
    read_by = column.format or column.decimal
    return f"{column.role} ({read_by})" if read_by else column.role or "?"


def _undo(actor: Actor, key: int, as_json: bool) -> None:
    from klantbeeld.core.models import Delivery
    from klantbeeld.pipeline.actions import undo_delivery

    delivery = Delivery.objects.filter(pk=key).first()
    if delivery is None:
        raise Failed(f"There is no delivery {key}.")
    if delivery.state == Delivery.UNDONE:
        raise Failed(f"Delivery {key} was already taken back; there is nothing left to undo.")
    with bars(quiet=as_json) as progress:
        customers = undo_delivery(actor, delivery, progress)
    if as_json:
        write_json({"delivery": key, "customers_changed": customers})
    else:
        say(f"Delivery {key} is taken back; {customers:,} customers changed.")
