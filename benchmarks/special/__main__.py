"""How well special data is recognised in columns and texts: one JSON line per figure.

    python -m benchmarks.special [--columns 10000] [--texts 5000] [--seed 1] [--words FILE]
                                 [--peers PYTHON] [--no-peers] [--misses FILE]
    python -m benchmarks.special --texts FILE.tsv [--misses FILE]

Columns and texts are generated from the seed (`tables.py`, `notes.py`, `hard.py`); all numbers are
invented (`values.py` says of which series). `--words` names a file with lines
`kind <tab> form <tab> language <tab> word` from lists that others made: texts with them are the part
'held out'. forms: condition, person, act, group.

With a file of labelled texts in place of a number (`given.py` says how it is written) only those are
read: recall and precision by topic and language.

Peers, where they are installed (`pip install --group bench`, or in the environment whose Python
`--peers` names), read the same texts, and the cells of every tenth column of numbers. Presidio runs
on blank spaCy pipelines with its recognisers of cards and IBANs (there is none for BSN), deduce as it
comes.
A number counts as found when a span of its kind overlaps it; a topic when its text has a span of it.
`--misses` writes what went wrong, for reading.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from klantbeeld.quality.special.columns import guarded_column
from klantbeeld.quality.special.texts import special_spans

from .given import figures, read_texts
from .notes import Note, held_out_notes, notes
from .peers import PEERS, interpreter_for, spans_by
from .tables import Case, guarded_cases, numeric_cases, rsin_by_names

TOPICS = ("health", "union", "belief", "politics", "orientation", "ethnicity", "criminal")
NUMBERS = ("bsn", "old_vat", "iban", "card", "identity_document", "driving_licence")
GUARDED_COLUMNS = 400
PEER_STEP = 10  # of the columns, peers get one in so many

Found = list[tuple[int, int, int, str]]  # text, start, end, kind


def report(what: str, tool: str, **figures: object) -> None:
    """One line."""
    print(json.dumps({"what": what, "tool": tool, **figures}), flush=True)


def columns_of(seed: int, count: int) -> list[Case]:
    """All columns: those that hold something, and `count` of numbers that do not."""
    rng = random.Random(seed)
    held = [*guarded_cases(rng, GUARDED_COLUMNS)]
    return [*held, *rsin_by_names(rng, 40), *numeric_cases(rng, count)]


def judge_columns(cases: list[Case], misses: list[object]) -> None:
    """Recall per kind and false alarms of ours over all columns."""
    start = time.process_time()
    found = [{f.kind.value for f in guarded_column(c.column, c.heading, c.names)} for c in cases]
    seconds = time.process_time() - start
    for kind in sorted({case.kind for case in cases if case.kind}):
        mine = [kinds for case, kinds in zip(cases, found, strict=True) if case.kind == kind]
        hits = sum(kind in kinds for kinds in mine)
        report("columns", "klantbeeld", kind=kind, columns=len(mine), recall=hits / len(mine))
    pairs = list(zip(cases, found, strict=True))
    wrong = [c for c, k in pairs if c.kind is None and k & {"bsn", "old_vat"}]
    other = [c for c, k in pairs if c.kind is None and k - {"bsn", "old_vat", "rsin"}]
    misses += [
        ("column", c.name, c.heading, sorted(k)) for c, k in pairs if c.kind and c.kind not in k
    ]
    misses += [("false alarm", c.name, c.heading) for c in (*wrong, *other)]
    numeric = sum(case.kind is None for case in cases)
    cells = sum(len(case.column) for case in cases)
    report(
        "columns",
        "klantbeeld",
        numeric_columns=numeric,
        cells=cells,
        bsn_alarms=len(wrong),
        bsn_alarms_per_10000=round(10_000 * len(wrong) / numeric, 2),
        other_alarms=len(other),
        cpu_seconds=round(seconds, 1),
    )


def judge_texts(given: list[Note], found: Found, tool: str, seconds: float | None) -> None:
    """Numbers by span, topics by text and part; kinds that a tool never names are left out."""
    named = {kind for *_, kind in found}
    for kind in NUMBERS:
        if kind in named:
            report("texts", tool, kind=kind, **_number_figures(given, found, kind))
    for kind in TOPICS:
        if kind in named:
            report("texts", tool, kind=kind, **_topic_figures(given, found, (kind,)))
    for part in sorted({note.part for note in given} - {"numbers"}):
        if named & set(TOPICS):
            figures = _topic_figures(given, found, TOPICS, part)
            report("texts", tool, kind="all topics", part=part, **figures)
    if named & set(TOPICS):
        own = [note for note in given if note.part != "held out"]
        report("texts", tool, kind="all topics", **_topic_figures(own, found, TOPICS))
    report("texts", tool, texts=len(given), cpu_seconds=seconds)


def _number_figures(given: list[Note], found: Found, kind: str) -> dict[str, object]:
    mine = {(r, s, e) for r, s, e, k in found if k == kind}
    by_text: dict[int, list[tuple[int, int]]] = {}
    for row, start, end in mine:
        by_text.setdefault(row, []).append((start, end))
    true = hits = good = 0
    for row, note in enumerate(given):
        wanted = [(s, e) for s, e, k in note.spans if k == kind]
        got = by_text.get(row, [])
        true += len(wanted)
        hits += sum(any(s < end and start < e for start, end in got) for s, e in wanted)
        good += sum(any(s < end and start < e for s, e in wanted) for start, end in got)
    return {"true": true, **_scores(hits, true, good, len(mine))}


def _topic_figures(
    given: list[Note], found: Found, kinds: Iterable[str], part: str | None = None
) -> dict[str, object]:
    wanted = {
        (row, kind)
        for row, note in enumerate(given)
        for kind in note.topics & set(kinds)
        if part in (None, note.part)
    }
    got = {
        (row, kind)
        for row, _, _, kind in found
        if kind in kinds and row < len(given) and part in (None, given[row].part)
    }
    hits = len(wanted & got)
    return {"true": len(wanted), **_scores(hits, len(wanted), hits, len(got))}


def _scores(hits: int, true: int, good: int, found: int) -> dict[str, object]:
    return {
        "found": found,
        "recall": round(hits / true, 4) if true else None,
        "precision": round(good / found, 4) if found else None,
    }


def ours(texts: list[str]) -> tuple[Found, float]:
    """Spans of ours, and the CPU seconds."""
    start = time.process_time()
    spans = special_spans(pl.Series(texts))
    seconds = round(time.process_time() - start, 1)
    return spans.select("row", "start", "end", "kind").rows(), seconds


def judge_peers(given: list[Note], cases: list[Case], python: str | None) -> None:
    """The peers on the same texts, and on the cells of a part of the columns."""
    bsn = [case for case in cases if case.kind == "bsn"]
    plain = [case for case in cases if case.kind is None]
    some = [*bsn[::PEER_STEP], *plain[:: PEER_STEP * 10]]
    cells = [[str(v) for v in case.column.drop_nulls().to_list()] for case in some]
    for peer in PEERS:
        interpreter = interpreter_for(peer, python)
        if interpreter is None:
            report("texts", peer, absent="not installed: pip install --group bench")
            continue
        found, seconds = spans_by(peer, interpreter, [(n.text, n.language) for n in given])
        judge_texts(given, found, peer, seconds)
        flat = [(cell, "nl") for column in cells for cell in column]
        spans, seconds = spans_by(peer, interpreter, flat)
        hit = {row for row, _, _, kind in spans if kind == "bsn"}
        place, alarms, hits = 0, 0, 0
        for case, column in zip(some, cells, strict=True):
            share = sum(place + n in hit for n in range(len(column))) / max(len(column), 1)
            place += len(column)
            hits += case.kind == "bsn" and share >= 0.8
            alarms += case.kind is None and share >= 0.8
        true = sum(case.kind == "bsn" for case in some)
        report(
            "columns",
            peer,
            kind="bsn",
            columns=true,
            recall=hits / true,
            numeric_columns=len(some) - true,
            bsn_alarms=alarms,
            cells=len(flat),
            cpu_seconds=seconds,
        )


def judge_given(path: Path, misses: Path | None) -> None:
    """Texts of a file, by topic and language."""
    given = read_texts(path)
    found, seconds = ours([note.text for note in given])
    seen = {(row, kind) for row, _, _, kind in found if kind in TOPICS}
    for language, topic, scores in figures(given, seen):
        report("given texts", "klantbeeld", language=language, kind=topic, **scores)
    letters = sum(len(note.text) for note in given)
    report("given texts", "klantbeeld", texts=len(given), letters=letters, cpu_seconds=seconds)
    if misses:
        wrong = _text_misses(given, found)
        misses.write_text("".join(json.dumps(m) + "\n" for m in wrong), encoding="utf-8")


def main() -> None:
    """Generate, judge, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--columns", type=int, default=10_000)
    parser.add_argument("--texts", default="5000", metavar="COUNT|FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=Path)
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--misses", type=Path)
    asked = parser.parse_args()
    if not asked.texts.isdecimal():
        judge_given(Path(asked.texts), asked.misses)
        return
    misses: list[object] = []
    count = int(asked.texts)
    given = list(notes(asked.seed, count))
    if asked.words:
        lines = asked.words.read_text(encoding="utf-8").splitlines()
        words = [tuple(line.split("\t")) for line in lines]
        given += held_out_notes(asked.seed, words, count // 5)  # type: ignore[arg-type]
    found, seconds = ours([note.text for note in given])
    judge_texts(given, found, "klantbeeld", seconds)
    misses += _text_misses(given, found)
    cases = columns_of(asked.seed, asked.columns)
    judge_columns(cases, misses)
    if not asked.no_peers:
        judge_peers(given, cases, asked.peers)
    if asked.misses:
        asked.misses.write_text("".join(json.dumps(m) + "\n" for m in misses), encoding="utf-8")


def _text_misses(given: list[Note], found: Found) -> list[object]:
    """What was missed or imagined; words of others' lists are not shown, so that they stay unseen."""
    rows: list[object] = []
    by_text: dict[int, set[str]] = {}
    for row, _, _, kind in found:
        by_text.setdefault(row, set()).add(kind)
    for row, note in enumerate(given):
        wanted = set(note.topics) | {kind for _, _, kind in note.spans}
        got = by_text.get(row, set())
        if wanted != got and note.part != "held out":
            rows.append((note.part, sorted(wanted), sorted(got), note.text))
    return rows


if __name__ == "__main__":
    main()
