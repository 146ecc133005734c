"""What matching gave before records were stored, kept for when they are.

Matching is a function of what records say, of judgements and of the model, whatever numbers the
records have. So a trial run's work is the loading's own when all of that is the same, which is
found by comparing a digest of it, never by trusting that nothing happened in between.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from klantbeeld.identity import core, matching
from klantbeeld.identity.matching import InForce, Matched

NAMES = ("clusters", "links", "keys", "doubts", "said")
ABOUT = "match.json"
PART_ROWS = 50_000
# No household, where records go by their places.
NOBODY = -1


@dataclass(frozen=True)
class Rehearsal:
    """A match of records by their places in the frame; `model`, as it was learnt, decided it."""

    digest: str
    model: core.Model
    matched: Matched

    def of(self, frame: pl.DataFrame, deciding: InForce, *, is_new: bool) -> Matched | None:
        """The match of these records, or null when anything but their numbers is different."""
        if digest_of(frame, deciding, is_new=is_new) != self.digest:
            return None
        numbers = pl.int_range(len(frame), eager=True)
        return _numbered(self.matched, numbers, frame["record"], (NOBODY, 0))

    def save(self, folder: Path) -> None:
        """Write it down in a folder."""
        for name in NAMES:
            getattr(self.matched, name).write_parquet(folder / f"match-{name}.parquet")
        about = {
            "digest": self.digest, "model": self.model.to_json(), "figures": self.matched.figures,
        }  # fmt: skip
        (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def rehearsed_in(folder: Path | None) -> Rehearsal | None:
    """What was written down in a folder, if anything."""
    if folder is None or not (folder / ABOUT).exists():
        return None
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    parts = {name: pl.read_parquet(folder / f"match-{name}.parquet") for name in NAMES}
    records = tuple(parts["clusters"]["record"].to_list())
    matched = Matched(records, **parts, figures=about["figures"])
    return Rehearsal(about["digest"], core.Model.from_json(about["model"]), matched)


def rehearsal(frame: pl.DataFrame, digest: str, model: core.Model, matched: Matched) -> Rehearsal:
    """A match of the records in `frame`, to keep."""
    numbers = pl.int_range(len(frame), eager=True)
    return Rehearsal(digest, model, _numbered(matched, frame["record"], numbers, (0, NOBODY)))


def digest_of(frame: pl.DataFrame, deciding: InForce, *, is_new: bool) -> str:
    """SHA-256 of everything that a match depends on; records count by their order only.

    Of the moments at which records were brought only the order matters, as texts (see
    `core.link.canonical_order`): that of a trial run is not that of the loading.
    """
    digest = hashlib.sha256()
    moment = pl.col("updated_at").cast(pl.String).rank("dense")
    said = frame.with_columns(moment).drop("record")
    for part in said.select(sorted(said.columns)).iter_slices(PART_ROWS):
        digest.update(part.write_csv(quote_style="non_numeric").encode())
    place = {record: n for n, record in enumerate(frame["record"].to_list())}
    spoken = [
        (place[left], place[right], verdict, at)
        for left, right, verdict, at in matching.judgements_of(list(place))
        if right in place
    ]
    rest = {
        "judgements": sorted(spoken), "unique": sorted(deciding.unique_sources()),
        "is_new": is_new, "rules": deciding.rules.plain(),
    }  # fmt: skip
    digest.update(json.dumps(rest, sort_keys=True).encode())
    digest.update(deciding.learnt.to_json().encode())
    return digest.hexdigest()


def _numbered(matched: Matched, old: pl.Series, new: pl.Series, nobody: tuple[int, int]) -> Matched:
    """The match with other numbers for its records; `nobody`: no household, old and new."""
    if old.is_empty():
        return matched

    def swapped(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        return frame.with_columns(pl.col(c).replace_strict(old, new) for c in columns)

    home = pl.col("household")
    known = pl.when(home == nobody[0]).then(old[0]).otherwise(home).replace_strict(old, new)
    clusters = matched.clusters.with_columns(
        pl.when(home == nobody[0]).then(nobody[1]).otherwise(known).alias("household")
    )
    clusters = swapped(clusters, "record")
    return Matched(
        tuple(clusters["record"].to_list()), clusters,
        swapped(matched.links, "left_id", "right_id"), swapped(matched.keys, "record"),
        swapped(matched.doubts, "left_id", "right_id"), swapped(matched.said, "record"),
        matched.figures,
    )  # fmt: skip
