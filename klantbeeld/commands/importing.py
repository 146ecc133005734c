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
    from klantbeeld.pipeline.report import ImportReport
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
    undo: Annotated[
        int, typer.Option(help="Take this delivery back instead, as if it had never come.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Import customers, orders, mail and everything else that is tabular."""
    if bool(undo) == bool(paths):
        raise WrongUsage("Name the files to import, or a delivery to take back with --undo.")
    actor = open_house()
    if undo:
        _undo(actor, undo, as_json)
        return
    report = load(actor, _there(paths or []), source, _mapping(mapping), dry_run, as_json)
    if as_json:
        write_json(report.as_json())
    else:
        tell(report)
    if report.unreadable:
        raise Failed(f"{len(report.unreadable)} files could not be read; the rest is imported.")


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


def tell(report: ImportReport) -> None:
    """What an import did, for people."""
    rows: list[list[Any]] = [
        [t.path, t.name, t.holds, t.source, f"{t.rows:,}", len(t.unmapped)] for t in report.tables
    ]
    if rows:
        show_table(("file", "table", "holds", "source", "rows", "unmapped columns"), rows)
    for problem in report.unreadable:
        err().print(f"{problem.path}: {problem.message} {problem.advice}", markup=False)
    if report.is_dry_run:
        say("Nothing was stored (--dry-run).")
        return
    counts = report.counts
    parts = ", ".join(f"{counts[f'rows_{p}']:,} {p}" for p in PARTS if counts[f"rows_{p}"])
    say(f"{counts['rows_read']:,} rows read: {parts or 'nothing new'}.")
    if report.rows_without_customer:
        say(f"{report.rows_without_customer:,} rows name no customer.")
    say(
        f"Now {report.customers:,} customers from {report.records:,} records, with "
        f"{report.interactions:,} interactions ({report.seconds:.1f} s)."
    )
    if counts["rows_quarantined"]:
        say("See what is wrong with the quarantined rows: klantbeeld quarantine list")


def _undo(actor: Actor, key: int, as_json: bool) -> None:
    from klantbeeld.core.models import Delivery
    from klantbeeld.core.transitions import ForbiddenTransition
    from klantbeeld.pipeline.actions import undo_delivery

    delivery = Delivery.objects.filter(pk=key).first()
    if delivery is None:
        raise Failed(f"There is no delivery {key}.")
    try:
        with bars(quiet=as_json) as progress:
            customers = undo_delivery(actor, delivery, progress)
    except ForbiddenTransition as error:
        raise Failed(str(error)) from error
    if as_json:
        write_json({"delivery": key, "customers_changed": customers})
    else:
        say(f"Delivery {key} is taken back; {customers:,} customers changed.")
