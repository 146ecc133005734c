"""Measure the readers and the recogniser; prints one JSON line per figure.

    python -m benchmarks.readers [--rows 1000000] [--only csv]

Files are written to a temporary folder and read whole, once to the end, as an import does. Every
figure comes with the rows, the seconds, the CPU seconds (a busy machine stretches the former)
and the peak resident memory of a process of its own that only reads.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import psutil
import xlsxwriter

from klantbeeld.sources.tables import recognise, tables_in

COLUMNS = ("klantnr", "naam", "email", "datum", "postcode", "plaats", "bedrag", "code")


def _row(n: int) -> tuple[str, ...]:
    return (
        f"{n:08d}", "Jan de Vries", f"klant{n}@example.nl", "02-01-2024", "1234 AB", "Utrecht",
        f"{n % 900},50", f"A{n:07d}",
    )  # fmt: skip


def _lines(rows: int, line: Callable[[tuple[str, ...]], str]) -> Iterator[str]:
    yield ";".join(COLUMNS) + "\n"
    for n in range(rows):
        yield line(_row(n))


def _delimited(line: Callable[[tuple[str, ...]], str], encoding: str = "utf-8") -> Writer:
    def write(path: Path, rows: int) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            file.writelines(_lines(rows, line))

    return write


def _bare(row: tuple[str, ...]) -> str:
    return ";".join(row) + "\n"


def _quoted(row: tuple[str, ...]) -> str:
    return ";".join(f'"{cell}"' for cell in row) + "\n"


def _stray(row: tuple[str, ...]) -> str:
    return ";".join((row[0], 'Velg 28" zwart', f'"{row[2]}"', *row[3:])) + "\n"


def _accented(row: tuple[str, ...]) -> str:
    return ";".join((row[0], "Zoë Daniëls", *row[2:])) + "\n"


def _gzipped(path: Path, rows: int) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.writelines(_lines(rows, _bare))


def _json_lines(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n in range(rows):
            file.write(json.dumps(dict(zip(COLUMNS, _row(n), strict=True))) + "\n")


def _nested_lines(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n in range(rows):
            item = {"id": n, "klant": {"email": f"k{n}@example.nl", "plaats": "Ede"}, "tags": ["a"]}
            file.write(json.dumps(item) + "\n")


def _json_list(path: Path, rows: int) -> None:
    items = (json.dumps(dict(zip(COLUMNS, _row(n), strict=True))) for n in range(rows))
    path.write_text("[" + ",\n".join(items) + "]", encoding="utf-8")


def _parquet(path: Path, rows: int) -> None:
    cells = zip(*(_row(n) for n in range(rows)), strict=True)
    pl.DataFrame(dict(zip(COLUMNS, map(list, cells), strict=True))).write_parquet(path)


def _sqlite(path: Path, rows: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"create table klanten ({', '.join(COLUMNS)})")
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(f"insert into klanten values ({marks})", map(_row, range(rows)))
    connection.commit()
    connection.close()


def _workbook(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("Klanten")
    page.write_row(0, 0, COLUMNS)
    for n in range(rows):
        for at, cell in enumerate(_row(n)):
            page.write_string(n + 1, at, cell)
    book.close()


def _mailbox(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n in range(rows):
            file.write(
                "From k@example.nl Mon Jan  1 10:00:00 2024\n"
                f"From: Klant {n} <klant{n}@example.nl>\nTo: service@example.org\n"
                f"Subject: =?utf-8?q?Vraag_{n}_caf=C3=A9?=\nMessage-ID: <{n}@example.nl>\n"
                "Date: Mon, 1 Jan 2024 10:00:00 +0100\nContent-Type: text/html; charset=utf-8\n\n"
                "<p>Beste mensen,</p><p>Waar blijft mijn bestelling?</p>\n\n"
            )


Writer = Callable[[Path, int], None]
# Name, file, writer, and the share of the rows asked for: slow kinds get fewer.
CASES: tuple[tuple[str, str, Writer, float], ...] = (
    ("csv", "k.csv", _delimited(_bare), 1),
    ("csv_quoted", "k.csv", _delimited(_quoted), 1),
    ("csv_stray_marks", "k.csv", _delimited(_stray), 1),
    ("csv_windows_1252", "k.csv", _delimited(_accented, "cp1252"), 1),
    ("csv_utf_16", "k.csv", _delimited(_accented, "utf-16"), 1),
    ("csv_gzip", "k.csv.gz", _gzipped, 1),
    ("jsonl", "k.jsonl", _json_lines, 1),
    ("jsonl_nested", "k.jsonl", _nested_lines, 0.3),
    ("json", "k.json", _json_list, 0.3),
    ("parquet", "k.parquet", _parquet, 1),
    ("sqlite", "k.sqlite", _sqlite, 1),
    ("xlsx", "k.xlsx", _workbook, 0.1),
    ("mbox", "k.mbox", _mailbox, 0.01),
)


def _read(path: Path, answers: multiprocessing.Queue[dict[str, float]]) -> None:
    process = psutil.Process()
    base = process.memory_info().rss
    start, used = time.perf_counter(), time.process_time()
    rows = sum(frame.height for table in tables_in(path) for frame in table.frames())
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    peak = max(base, _peak(process))
    start = time.perf_counter()
    for table in tables_in(path):
        recognise(table)
    recognised = time.perf_counter() - start
    answers.put(
        {
            "rows": rows, "seconds": round(seconds, 3), "cpu_seconds": round(cpu, 3),
            "rows_per_second": round(rows / seconds), "rows_per_cpu_second": round(rows / cpu),
            "peak_mb": round(peak / 2**20), "base_mb": round(base / 2**20),
            "open_and_recognise_seconds": round(recognised, 3),
        }
    )  # fmt: skip


def _peak(process: psutil.Process) -> int:
    try:
        import resource
    except ImportError:  # Windows tells its own peak
        return int(process.memory_info().peak_wset)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _write(name: str, path: Path, rows: int) -> None:
    write = next(write for known, _, write, _ in CASES if known == name)
    write(path, rows)


def measure(name: str, file: str, rows: int) -> None:
    """Write one file, read it in a new process, and print the figure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        # Written by a process of its own too: a reader would inherit the peak of this one.
        context = multiprocessing.get_context("spawn")
        writer = context.Process(target=_write, args=(name, path, rows))
        writer.start()
        writer.join()
        answers: multiprocessing.Queue[dict[str, float]] = context.Queue()
        reader = context.Process(target=_read, args=(path, answers))
        reader.start()
        answer = answers.get()
        reader.join()
        size = round(path.stat().st_size / 2**20, 1)
    machine = {"machine": platform.machine(), "cores": psutil.cpu_count()}
    print(json.dumps({"figure": f"read_{name}", **answer, "file_mb": size, **machine}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    for name, file, _, share in CASES:
        if asked.only in name:
            measure(name, file, max(int(asked.rows * share), 10))


if __name__ == "__main__":
    main()
