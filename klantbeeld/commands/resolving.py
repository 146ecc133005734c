"""`klantbeeld resolve`: which rows of a file are one customer; or all that is loaded, anew."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantbeeld.commands.frame import Failed, Json, WrongUsage, err, open_house, say, write_json
from klantbeeld.commands.progress import bars

if TYPE_CHECKING:
    import polars as pl

    from klantbeeld.identity.core import Explanation, Resolution

OUTPUTS = (".parquet", ".csv", ".jsonl")
KINDS = ("person", "organisation")


File = Annotated[
    Path | None,
    typer.Argument(help="A table of people or organisations; without it, all that is loaded."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="Write row, customer and household to this .parquet, .csv or .jsonl; of organisations"
        " also branches, parents, neighbours and contacts, beside it as NAME.relations."
    ),
]
To = Annotated[Path | None, typer.Option(help="Write the table with customer and household added.")]
Columns = Annotated[str, typer.Option(help="What unknown columns are: 'nom=surname,tel2=mobile'.")]
Truth = Annotated[
    str, typer.Option(help="Column that says who is who: judged by, never matched by.")
]
Kind = Annotated[str, typer.Option(help="'person' or 'organisation', for all rows.")]
UsedModel = Annotated[
    Path | None, typer.Option(help="Match by this saved model instead of a fresh one.")
]
SavedModel = Annotated[
    Path | None, typer.Option(help="Save the model that decided, for a later --model.")
]
Explain = Annotated[
    tuple[int, int] | None,
    typer.Option(metavar="A B", help="Say why rows A and B (from 0) are one, or not."),
]


def resolve(
    file: File = None,
    out: Out = None,
    to: To = None,
    columns: Columns = "",
    truth: Truth = "",
    kind: Kind = "",
    model: UsedModel = None,
    save_model: SavedModel = None,
    explain: Explain = None,
    as_json: Json = False,
) -> None:
    """Tell which rows of a file are one customer, or match everything that is loaded anew."""
    if file is None:
        if any((out, to, columns, truth, kind, model, save_model, explain)):
            raise WrongUsage("These options belong to a file: klantbeeld resolve FILE ...")
        _match_anew(as_json)
        return
    beside = out and _beside(out)
    targets = [path for path in (out, beside, to, save_model) if path is not None]
    _check(file, out, to, kind)
    _check_targets(file, targets)
    wall, cpu = time.perf_counter(), time.process_time()
    _settle_memory(file)
    handed, labels = _read(file, truth)
    table = handed[0] if to is not None else None
    chosen = _renaming(columns, handed[0].columns)
    found = _resolved(handed, chosen, kind or None, model, explain is not None)
    answer = _figures(found, time.perf_counter() - wall, time.process_time() - cpu)
    answer |= _related(found, out)
    if out is not None:
        _write(out, found.clusters)
    if to is not None and table is not None:
        _write(to, table.with_columns(found.clusters.select("customer", "household")))
    if save_model is not None:
        _replacing(save_model, lambda path: found.model.save(path))
    if labels is not None:
        answer |= _judged(found, labels)
    if explain is not None:
        answer["explanation"] = _explained(found, explain)
    write_json(answer)


def _match_anew(as_json: bool) -> None:
    actor = open_house()
    from klantbeeld.pipeline.actions import settle

    with bars(quiet=as_json) as progress:
        changed = settle(actor, progress, everything=True)
    if as_json:
        write_json({"customers_changed": changed})
    else:
        say(f"Everything is matched anew; {changed:,} customers changed.")


def _check(file: Path, out: Path | None, to: Path | None, kind: str) -> None:
    """Refuse before the work what would fail after it."""
    if not file.is_file():
        raise WrongUsage(f"{file} is a folder." if file.is_dir() else f"There is no file {file}.")
    if kind and kind not in KINDS:
        raise WrongUsage(f"--kind {kind} is not known: use {' or '.join(KINDS)}.")
    for target in (out, to):
        if target is not None and target.suffix.lower() not in OUTPUTS:
            raise WrongUsage(f"{target}: the name must end in {', '.join(OUTPUTS)}.")


def _check_targets(file: Path, targets: list[Path]) -> None:
    for target in targets:
        if not target.parent.is_dir():
            raise WrongUsage(f"There is no folder {target.parent} to write to.")
        if target.is_dir():
            raise WrongUsage(f"{target} is a folder; give the name of a file.")
        if target.exists() and target.samefile(file):
            raise WrongUsage(f"{target} is what is read; choose another name.")
    if len({target.absolute() for target in targets}) < len(targets):
        raise WrongUsage("Two results cannot go to one file.")


def _renaming(columns: str, names: list[str]) -> dict[str, str]:
    """{theirs: ours} of 'theirs=ours,theirs=ours'; a header may itself hold '=' or spaces."""
    from klantbeeld.identity.core import ROLES

    chosen: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in columns.split(","))):
        theirs, is_split, ours = part.rpartition("=")
        if not is_split:
            raise WrongUsage(f"--columns {part!r}: write theirs=ours, such as nom=surname.")
        if theirs.strip() not in names:
            raise WrongUsage(f"There is no column {theirs.strip()!r}; there are {_listed(names)}.")
        if ours.strip() not in ROLES:
            raise WrongUsage(f"{ours.strip()!r} is no role; there are {_listed(ROLES)}.")
        chosen[theirs.strip()] = ours.strip()
    return chosen


def _listed(names: Any) -> str:
    return ", ".join(list(names)[:60]) or "none"


def _read(file: Path, truth: str) -> tuple[list[pl.DataFrame], pl.Series | None]:
    """The table without its column of truth, in a list for who takes it out; and that column."""
    from klantbeeld.identity.core import UnreadableTable, read_table

    _tell(f"Reading {file.name} ...")
    try:
        table = read_table(file)
    except UnreadableTable as error:
        raise Failed(str(error)) from error
    if not truth:
        return [table], None
    if truth not in table.columns:
        raise WrongUsage(f"There is no column {truth!r}; there are {_listed(table.columns)}.")
    return [table.drop(truth)], table[truth]


def _settle_memory(file: Path) -> None:
    """Use memory again, which saves a tenth of the CPU seconds.

    Arrays of tens of MB come and go by the hundred. glibc would hand each back to the system; NumPy
    would ask for huge pages, which cost a small table more memory and save a large one time; and
    of several heaps each of Polars' would keep its own. Elsewhere nothing changes.
    """
    is_large = file.is_file() and file.stat().st_size > _LARGE
    # Read when NumPy and Polars are imported.
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "1" if is_large else "0")
    os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1")
    _keep_memory(_A_MILLION)


def _keep_memory(rows: int) -> None:
    """Have glibc keep what is let go, as far as it fits with tables of so many rows."""
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        if hasattr(system, "mallopt"):
            rows = min(max(rows, _A_MILLION), _MOST_KEPT)
            system.mallopt(_MMAP_THRESHOLD, rows * 16 * _COLUMN)
            system.mallopt(_TRIM_THRESHOLD, rows * 8 * _COLUMN)


_LARGE = 64 << 20  # bytes
_A_MILLION, _MOST_KEPT, _COLUMN = 1_000_000, 10_000_000, 8  # rows, rows, bytes of a number
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h


def _tell(text: str) -> None:
    """A line for who looks on: results go to stdout."""
    if sys.stderr.isatty():
        err().print(text, markup=False)


def _resolved(
    handed: list[pl.DataFrame],
    columns: dict[str, str],
    kind: str | None,
    model: Path | None,
    explained: bool,
) -> Resolution:
    """Of the table that is handed over: only its values are held while they are matched."""
    from klantbeeld.identity.core import (
        UnreadableTable,
        recognised_columns,
        resolve_values,
        values_of,
    )

    names, size = handed[0].columns, len(handed[0])
    _keep_memory(size)
    known = recognised_columns(names, columns)
    if not known and size:
        raise Failed(
            f"No column is known, such as name, email, postcode or phone; there are "
            f"{_listed(names)}. Say what they are: --columns theirs=ours."
        )
    if model is not None and not model.is_file():
        raise WrongUsage(f"There is no model {model}.")
    told = ", ".join(f"{theirs} ({ours})" for ours, theirs in known.items())
    _tell(f"Matching {size:,} records by {told} ...")
    try:
        return resolve_values(values_of(handed, kind, columns), model, explained=explained)
    except UnreadableTable as error:
        raise Failed(str(error)) from error
    except ValueError as error:
        if model is None:
            raise
        raise Failed(f"{model} is not a model of this version: save it anew.") from error
    except MemoryError as error:
        raise Failed("There is not enough memory for this table: offer it in parts.") from error


def _figures(found: Resolution, seconds: float, cpu_seconds: float) -> dict[str, Any]:
    thresholds = {kind: asdict(found.model.kinds[kind].thresholds) for kind in found.kinds()}
    return {
        **found.counts(),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu_seconds, 3),
        "peak_mb": peak_mb(),
        "thresholds": thresholds,
    }


def _related(found: Resolution, out: Path | None) -> dict[str, int]:
    """How many relations there are, which are written beside `out`; of people there are none."""
    if not (found.values["kind"] == "organisation").any():
        return {}
    relations = found.relations()
    if out is not None:
        _write(_beside(out), relations)
    return {"relations": len(relations)}


def _beside(out: Path) -> Path:
    """Where relations go: 'clusters.parquet' has 'clusters.relations.parquet' beside it."""
    return out.with_name(f"{out.stem}.relations{out.suffix}")


def peak_mb() -> int | None:
    """The most memory that this process held so far, in MiB; None where the system does not say."""
    told = Path("/proc/self/status")
    if told.exists():  # What Linux counts as used for a process holds its parent's memory too.
        peak = next(line for line in told.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(peak.split()[1]) / 1024)
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def _judged(found: Resolution, truth: pl.Series) -> dict[str, float]:
    import polars as pl

    from klantbeeld.identity.core import judge

    if truth.dtype == pl.String:  # an empty cell knows nothing
        truth = truth.str.strip_chars().replace("", None)
    figures = judge(found.clusters["customer"], truth)
    return {name: round(figure, 6) for name, figure in figures.items()}


def _explained(found: Resolution, rows: tuple[int, int]) -> dict[str, Any]:
    """The explanation for machines; for people it goes to stderr."""
    try:
        explanation: Explanation = found.explain(*rows)
    except (IndexError, ValueError) as error:
        raise Failed(f"--explain: {error}.") from error
    err().print(str(explanation), markup=False)
    customers = found.clusters["customer"]
    return {**asdict(explanation), "is_one": customers[rows[0]] == customers[rows[1]]}


def _write(target: Path, frame: pl.DataFrame) -> None:
    write = {".parquet": frame.write_parquet, ".csv": frame.write_csv}
    _replacing(target, write.get(target.suffix.lower(), frame.write_ndjson))


def _replacing(target: Path, write: Any) -> None:
    """Write beside the target and put it in its place: who looks never sees half a file.

    Only its owner may read it: it can hold people.
    """
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(number)
    try:
        write(Path(name))
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
