"""What a table of happenings says about its subjects: a record for each, written first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import polars as pl

from klantbeeld.pipeline import subjects
from klantbeeld.pipeline.blocks import TableWork, forgotten_in
from klantbeeld.pipeline.standard import Standardised, standardise_block
from klantbeeld.sources.tables import ROW

if TYPE_CHECKING:
    from klantbeeld.pipeline.writing import Writer

SUBJECTS_AT_ONCE = 400_000


def is_done(writer: Writer, stage: str, number: int) -> bool:
    """Whether an earlier, interrupted run wrote this block of the stage."""
    return bool(writer.delivery.position.get(stage, [0, 0])[0] > number)


def subject_records(
    work: TableWork, is_done: Callable[[int], bool] = lambda number: False
) -> Iterator[tuple[int, pl.DataFrame, pl.DataFrame]]:
    """What a table of happenings says about its subjects: (number, records, consents), in pieces.

    One record for each subject; of several rows about one the last filled value of each column
    counts. Pieces that are done are left out.
    """
    roles = work.mapping.roles()
    telling = [c for c, role in roles.items() if role in subjects.telling_roles(work.holds)]
    telling += [c for c, role in roles.items() if role in {"address", "full_name", "order_number"}]
    if not telling or work.is_bare:
        return
    telling = list(dict.fromkeys(telling))
    whole = work.subject_rows(telling)
    for number, first in enumerate(range(0, len(whole), SUBJECTS_AT_ONCE)):
        if is_done(number):
            continue
        rows, keys = _read(work, whole[first : first + SUBJECTS_AT_ONCE], telling)
        # Nothing is written down of people who were erased, but for what they did afterwards.
        gone = forgotten_in(work, rows, keys)
        made, said = _told(work, rows, keys.set(gone, None))
        if gone.any() and (act := work.own_act) is not None:
            again, spoken = _told_since(work, [*telling, act], keys.filter(gone))
            made = pl.concat([made, again])
            said = pl.concat([one for one in (said, spoken) if len(one)] or [said])
        yield number, made, said


def _read(work: TableWork, raw: pl.DataFrame, columns: list[str]) -> tuple[Standardised, pl.Series]:
    """Raw rows, one a subject, as standard values, and the key of each subject."""
    rows = standardise_block(raw, work.mapping_of(columns), work.options)
    rows = work.with_space(rows)
    return rows, work.subjects.keys(rows, _guest(work))


def _told(
    work: TableWork, rows: Standardised, keys: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records and consents of the rows that have a key."""
    made = _fullest(subjects.records(rows, keys, work.updated_at), rows)
    if work.subjects.facet:
        # A row that tells no more than a number must not overwrite the plain record.
        made = made.filter(pl.col("key").str.starts_with(work.subjects.facet + "/"))
    said = subjects.consents(rows, work.updated_at)
    if len(said):
        named = pl.DataFrame([rows.values[ROW], keys.alias("key")])
        said = said.join(named, on=ROW).drop_nulls("key")
    return made, said


def _told_since(
    work: TableWork, columns: list[str], gone: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What people who were erased tell with what they did after that: by day, not as a whole."""
    whole = work.subject_rows(columns, apart=columns[-1])
    rows, keys = _read(work, whole, columns)
    keep = keys.is_in(gone.implode()).fill_null(False) & ~forgotten_in(work, rows, keys)
    return _told(work, rows, keys.set(~keep, None))


def _fullest(made: pl.DataFrame, rows: Standardised) -> pl.DataFrame:
    """One record per key: the last one, but never one that says nothing beside the key.

    Of an order on several rows some programs name its buyer in full on the first row only.
    """
    bare = rows.values.select(ROW, subjects.says_one_thing(rows).alias("is_bare"))
    told = made.join(bare, on=ROW, how="left", maintain_order="left")
    told = told.filter(~(pl.col("is_bare") & ~pl.col("is_bare").all().over("key")))
    return told.drop("is_bare").unique("key", keep="last", maintain_order=True)


def write_subjects(work: TableWork, writer: Writer) -> None:
    """Write the records of a table of happenings (see `subject_records`)."""
    stage = f"{work.name}/subjects"
    pieces = subject_records(work, lambda number: is_done(writer, stage, number))
    for number, made, said in pieces:
        if writer.is_retry:
            made = made.filter(~pl.col("key").is_in(writer.explained(made["key"]).implode()))

        def write(
            first: int, last: int, made: pl.DataFrame = made, said: pl.DataFrame = said
        ) -> None:
            part = made[first:last]
            spoken = said.filter(pl.col("key").is_in(part["key"].implode())) if len(said) else said
            writer.records(part, spoken, counts=False)

        writer.run(stage, number, len(made), write)


def _guest(work: TableWork) -> str:
    return "order_number" if work.holds in {"orders", "lines"} else ""
