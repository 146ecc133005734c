"""Texts that somebody wrote and labelled: recall and precision by topic and by language.

A file of lines `language <tab> topic or "none" <tab> text` (a first line `lang topic text` is passed
over). Several topics of one text are divided by commas. A topic is found when its text has a span of
it; what is found and not said counts against precision. Nothing of a text is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .notes import Note

NONE = ("none", "-", "geen", "")
Figures = dict[str, object]


def read_texts(path: Path) -> list[Note]:
    """The notes of a file. Raises ValueError at a line that has not three columns."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t", 2)
        if not line.strip() or (number == 1 and columns[0].lower() in ("lang", "language")):
            continue
        if len(columns) != 3:
            raise ValueError(f"{path.name}, line {number}: language, topic and text, by tabs.")
        language, topic, text = columns
        topics = {t.strip() for t in topic.lower().split(",")} - set(NONE)
        rows.append(Note(text.strip(), language.lower(), "given", topics=frozenset(topics)))
    return rows


def figures(notes: list[Note], found: set[tuple[int, str]]) -> Iterator[tuple[str, str, Figures]]:
    """(language, topic, figures), 'all' first. found: place of a text and a topic seen in it."""
    wanted = {(row, topic) for row, note in enumerate(notes) for topic in note.topics}
    languages = sorted({note.language for note in notes})
    topics = sorted({topic for _, topic in wanted | found})
    for language in ("all", *languages):
        rows = {r for r, note in enumerate(notes) if language in ("all", note.language)}
        for topic in ("all", *topics):
            mine = {p for p in wanted if p[0] in rows and topic in ("all", p[1])}
            got = {p for p in found if p[0] in rows and topic in ("all", p[1])}
            if mine or got:
                yield language, topic, _scores(mine, got)


def _scores(wanted: set[tuple[int, str]], got: set[tuple[int, str]]) -> Figures:
    hits = len(wanted & got)
    return {
        "true": len(wanted),
        "found": len(got),
        "recall": round(hits / len(wanted), 4) if wanted else None,
        "precision": round(hits / len(got), 4) if got else None,
    }
