"""What people judged as labels in learning: pairs of which it is known whether they are one.

People are asked about doubtful pairs, not about pairs taken at random. So a judgement is no sample
of what copies of one person look like, but of what becomes of pairs that look like this one: it
moves the share of 'same' among those, and what is learnt from them follows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from .cluster import Judgement
from .learning import START_PAIRS
from .model import HOUSEHOLD, SAME, UNRELATED
from .runs import among

Floats = npt.NDArray[np.float64]

# Columns beside the levels: how often a pair was judged, and how often 'same'.
TOLD, TOLD_SAME = "_told", "_told_same"
# The model's own word on a pattern weighs as much as so many judgements (a Beta prior): a single
# one that goes against it hardly moves it, five outweigh it.
_MODEL_WORDS = 4.0
# A judgement speaks for so many pairs of its pattern at most: as the starting values weigh.
SPEAKS_FOR = START_PAIRS


def labelled(
    levels: pl.DataFrame, pairs: pl.DataFrame, judgements: Sequence[Judgement], size: int
) -> pl.DataFrame:
    """The levels with how pairs were judged, of each pair the latest word; others as they are.

    judgements: by places of rows, as `pairs`, which are sorted and of `size` rows. The same frame
    where nothing was said about any of the pairs.
    """
    said: dict[int, bool] = {}
    for one in sorted(judgements, key=lambda j: (j.at, j.verdict, j.left, j.right)):
        if one.left != one.right and one.verdict in ("same", "different"):
            low, high = sorted((one.left, one.right))
            said[low * size + high] = one.verdict == "same"
    known = np.array(sorted(said), dtype=np.int64)
    left, right = (pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    place = left * size + right
    at = np.flatnonzero(among(place, known)) if len(known) else known
    if not len(at):
        return levels
    told, same = np.zeros(len(place)), np.zeros(len(place))
    told[at] = 1.0
    same[at] = [float(said[key]) for key in place[at].tolist()]
    return levels.with_columns(pl.Series(TOLD, told), pl.Series(TOLD_SAME, same))


def is_labelled(levels: pl.DataFrame) -> bool:
    """Whether these levels tell how pairs were judged."""
    return TOLD in levels.columns


def with_judged(
    at: npt.NDArray[np.intp], among_: npt.NDArray[np.intp], levels: pl.DataFrame
) -> npt.NDArray[np.intp]:
    """Places `at`, chosen from `among_`, with all those that were judged."""
    if not is_labelled(levels):
        return at
    judged: npt.NDArray[np.intp] = among_[levels[TOLD].to_numpy()[among_] > 0]
    return np.union1d(at, judged)


def spoken_for(counts: Floats, told: Floats) -> Floats:
    """The share of each pattern's pairs that the judgements about it speak for."""
    share: Floats = np.minimum(1.0, SPEAKS_FOR * told / np.maximum(counts, 1.0))
    return share


def blended(member: Floats, counts: Floats, told: Floats, same: Floats) -> Floats:
    """Probabilities of the classes per pattern (n x 3), moved towards what people said.

    counts: pairs of each pattern; told, same: how many of them were judged, and judged 'same'.
    Whether another person is of the household the model goes on deciding.
    """
    own = member[:, SAME]
    judged = (_MODEL_WORDS * own + same) / (_MODEL_WORDS + told)
    share = spoken_for(counts, told)
    moved = (1 - share) * own + share * judged
    rest = member[:, HOUSEHOLD] + member[:, UNRELATED]
    others = np.where(
        rest[:, None] > 0, member[:, HOUSEHOLD:] / np.maximum(rest, 1e-300)[:, None], 0.5
    )
    result = np.empty_like(member)
    result[:, SAME] = moved
    result[:, HOUSEHOLD:] = others * (1 - moved)[:, None]
    return result


def moved_totals(levels: pl.DataFrame, same: Floats, household: Floats) -> tuple[float, float]:
    """By how much judgements change the sums of two classes' probabilities over pairs."""
    if not is_labelled(levels):
        return 0.0, 0.0
    names = [name for name in levels.columns if name[-1] != "#" and name not in (TOLD, TOLD_SAME)]
    known = levels.select(*names, TOLD, TOLD_SAME).with_columns(
        pl.Series("same", same), pl.Series("household", household), pl.lit(1.0).alias("count")
    )
    whole = known.group_by(names).agg(
        pl.col(TOLD, TOLD_SAME, "count").sum(), pl.col("same", "household").mean()
    )
    found = whole.filter(pl.col(TOLD) > 0).sort(names)
    counts, told, said = (found[name].to_numpy() for name in ("count", TOLD, TOLD_SAME))
    one, home = found["same"].to_numpy(), found["household"].to_numpy()
    member = np.column_stack([one, home, np.maximum(1 - one - home, 0.0)])
    change = (blended(member, counts, told, said) - member) * counts[:, None]
    return float(change[:, SAME].sum()), float(change[:, HOUSEHOLD].sum())
