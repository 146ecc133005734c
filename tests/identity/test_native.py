"""The compiled part gives the answers of the Python beside it, to the last bit."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.customers import simulate
from klantbeeld.identity.core import metrics, native, resolve, shapes
from klantbeeld.identity.core.coded import Coded
from klantbeeld.identity.core.compare import COMPARISONS
from klantbeeld.identity.core.components import few_components
from klantbeeld.identity.core.linkage import Sums, linked
from klantbeeld.identity.core.model import Model
from klantbeeld.identity.core.sets import LOWEST, SetEvidence, Told

pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(native.library() is None, reason="nothing was compiled here"),
]

METRICS = {
    "jaro_winkler 0.80": metrics.jaro_winkler(0.80),
    "jaro_winkler 0.88": metrics.jaro_winkler(0.88),
    "jaro_winkler 0.92": metrics.jaro_winkler(0.92),
    "slip": metrics.slip,
    "long_slip": metrics.long_slip,
    "begins": metrics.begins,
    "ends": metrics.ends,
    "holds": metrics.holds,
    "parts": metrics.parts,
}


def test_distinct_texts_and_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short ones and long, alike but for their end or length, missing and empty, in any slice."""
    draw = np.random.default_rng(9)
    kinds = [None, "", "a", "a\0", "Jánsen", "twaalf tekens", "x" * 12, "x" * 13, "x" * 300 + "y"]
    many = [f"{'straatnaam ' * (at % 3)}{at}" for at in range(9_000)]
    texts = [*kinds, *many, "x" * 300 + "z"]
    for column in (
        pl.Series([texts[at] for at in draw.integers(0, len(texts), 40_000)]),
        pl.Series(texts)[3:8_001],
        pl.concat([pl.Series(kinds), pl.Series(kinds).reverse()], rechunk=False),
        pl.Series([None, None], dtype=pl.String), pl.Series(["only"]),
    ):  # fmt: skip
        compiled = Coded.of(column)
        with monkeypatch.context() as patched:
            patched.setattr(native, "library", lambda: None)
            known = Coded.of(column)
            hashed = known.hashes()
        assert compiled.hashes().tolist() == hashed.tolist()
        assert compiled.texts.equals(known.texts, null_equal=True)
        assert compiled.codes.tolist() == known.codes.tolist()
        assert compiled.rows(pl.String).equals(column, null_equal=True)


MAIL = (
    "jan@example.nl", "Jan@example.nl ", "a.b_c-1@mail.example.co", "x@example.nl", "noreply@a.nl",
    "jan@gmail.com", "j.a.n@googlemail.com", "@example.nl", "jan@", "jan@nl", "jan@.nl", "jan@a..nl",
    "jan@a.n", "jan@a.n1", "jan@-.nl", "jan@a_b.nl", "jan@a.nl.", "jan@@a.nl", "jan+tag@a.nl", "é@a.nl",
    "j" * 64 + "@a.nl", "j" * 65 + "@a.nl", "jan@" + "a" * 247 + ".nl", "jan@" + "a" * 248 + ".nl",
    "jan@a.nl\0", "", None,
)  # fmt: skip
PHONES = (
    "06-97001234", "+31 (0)6 97001234", "0031697001234", "(020) 000 12 34", "0697.00.12.34", "069700",
    "0970012", "1111111", "0612345678", "06 9700 1234 x2", "+31/697001234", "31697001234567890",
    "123456789012345", "+", "- - - - - - -", "06-97001234\0", "٠٦٩٧٠٠١٢٣٤", "", None,
)  # fmt: skip


@pytest.mark.parametrize("values", [MAIL, PHONES])
def test_plain_shapes(values: Sequence[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Told as without it, in whatever part of a column, also where a text was taken away."""
    shape = shapes.email if values is MAIL else shapes.phone
    column = pl.Series(values, dtype=pl.String)
    hidden = pl.select(pl.when(pl.Series([True, False] * 20)[: len(column)]).then(column))
    columns = [column, column[2:-3], pl.concat([column, column], rechunk=False), hidden.to_series()]
    compiled = [shape(one).to_list() for one in columns]
    monkeypatch.setattr(native, "library", lambda: None)
    assert compiled == [shape(one).to_list() for one in columns]
    assert sum(answer is not None for answer in compiled[0]) > 3


def test_it_is_compiled_where_there_is_a_compiler() -> None:
    assert native.FILE.exists()


def answers(metric: metrics.Metric, left: Sequence[str], right: Sequence[str]) -> list[float]:
    """What the compiled metric says; texts that are too long for it by the other."""
    assert metric.compiled
    columns = native.Column(pl.Series(left)), native.Column(pl.Series(right))
    places = np.arange(len(left))
    said, longer = native.likeness(
        metric.compiled, columns, (places, places), np.ones(len(left), dtype=bool)
    )
    some = [left[at] for at in longer], [right[at] for at in longer]
    said[longer] = metric(list(some[0]), list(some[1])) if len(longer) else 0
    return said.tolist()


def slipped(text: str, draw: np.random.Generator) -> str:
    """A text with a few letters changed, left out, put in or swapped."""
    letters = list(text)
    for _ in range(draw.integers(0, 4)):
        at = int(draw.integers(0, len(letters) + 1))
        letters[at : at + int(draw.integers(0, 3))] = draw.choice(
            list("abeijé1"), draw.integers(0, 3)
        )
    if len(letters) > 1 and draw.random() < 0.3:
        at = int(draw.integers(0, len(letters) - 1))
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


@pytest.fixture(scope="module")
def texts() -> tuple[list[str], list[str]]:
    """Pairs of texts that are mostly near each other, of all lengths, plain and not."""
    draw = np.random.default_rng(5)
    left = [
        "".join(
            draw.choice(list("aabeeijnrs019é王🚲"[: draw.integers(9, 18)]), draw.integers(0, 80))
        )
        for _ in range(1_500)
    ]
    left += ["".join(draw.choice(list("aeinrst"), draw.integers(1, 12))) for _ in range(6_000)]
    left += [f"+3197{draw.integers(10**6, 10**8)}" for _ in range(2_000)]
    right = [slipped(text, draw) for text in left]
    strangers = draw.permutation(len(left))
    return left + left, right + [left[at] for at in strangers]


@pytest.mark.parametrize("name", METRICS)
def test_metrics_agree(name: str, texts: tuple[list[str], list[str]]) -> None:
    left, right = texts
    assert answers(METRICS[name], left, right) == METRICS[name](left, right).tolist()


@given(st.lists(st.tuples(st.text(max_size=70), st.text(max_size=70)), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_metrics_agree_on_any_text(pairs: list[tuple[str, str]]) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    for metric in METRICS.values():
        assert answers(metric, left, right) == metric(left, right).tolist()


def test_it_is_asked_only_where_wanted_and_of_rows_by_their_codes() -> None:
    names = pl.Series(["anna", None, "bernard", "annak"])
    coded = native.Column(names, np.array([0, 0, 3, 1, 2], dtype=np.uint32))
    own = native.Column(pl.Series(["anna", "bernhard", "x"]))
    left, right = np.array([0, 2, 3, 4, 1]), np.array([0, 0, 0, 1, 2])
    where = np.array([True, True, True, True, False])
    said, longer = native.likeness((native.SLIP, 0), (coded, own), (left, right), where)
    assert said.tolist() == [1, 1, 0, 1, 0]
    assert not len(longer)


def test_a_column_that_holds_no_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="Int64"):
        native.Column(pl.Series([1, 2, 3]))


def test_agreement_of_hashes() -> None:
    draw = np.random.default_rng(1)
    one, other = draw.integers(0, 4, (2, 5_000))
    left, right = draw.integers(0, 5_000, (2, 3_000))
    both, equal = native.agreement((one, other), (left, right))
    a, b = one[left], other[right]
    assert (both == ((a != 0) & (b != 0))).all()
    assert (equal == ((a == b) & (a != 0))).all()


@pytest.mark.parametrize("links", [0, 1, 400, 3_000])
def test_components(links: int) -> None:
    left, right = np.random.default_rng(links).integers(0, 1_000, (2, links))
    ends = zip(left.tolist(), right.tolist(), strict=True)
    assert native.components(1_000, left, right).tolist() == few_components(1_000, ends)


def random_components(draw: np.random.Generator, count: int) -> tuple[np.ndarray, ...]:
    """Sizes, pairs per component, left, right and weight of components with most of their pairs."""
    sizes = draw.integers(2, 12, count)
    left, right, pairs = [], [], []
    for size in sizes:
        one, other = np.triu_indices(size, 1)
        kept = draw.random(len(one)) < 0.9
        left.append(one[kept])
        right.append(other[kept])
        pairs.append(kept.sum())
    return sizes, np.array(pairs), np.concatenate(left), np.concatenate(right)


@pytest.mark.parametrize("is_rounded", [False, True])
def test_linkage_by_the_average(is_rounded: bool) -> None:
    """Also where many weights are equal, of which the first pair merges."""
    draw = np.random.default_rng(3)
    sizes, pairs, left, right = random_components(draw, 400)
    weight = draw.normal(2, 4, len(left)).clip(LOWEST, 10)
    weight = weight.round() if is_rounded else weight
    weight[draw.random(len(weight)) < 0.03] = -np.inf
    found = native.linked((sizes, pairs), (left, right, weight), (LOWEST, 0.5))
    start = begin = 0
    for size, many in zip(sizes, pairs, strict=True):
        matrix = np.full((1, size, size), LOWEST)
        own = slice(begin, begin + many)
        matrix[0, left[own], right[own]] = matrix[0, right[own], left[own]] = weight[own]
        assert found[start : start + size].tolist() == linked(matrix, 0.5)[0].tolist()
        start, begin = start + size, begin + many


def test_linkage_by_what_sets_say_together() -> None:
    draw = np.random.default_rng(4)
    sizes, pairs, left, right = random_components(draw, 300)
    size = len(left)
    columns = {
        one.name: draw.integers(-1, len(one.levels), size).astype(np.int8)
        for one in COMPARISONS["person"]
    }
    columns["weight"] = draw.normal(1, 5, size).astype(np.float32)
    parameters = Model.default().kinds["person"]
    said = columns["weight"].astype(np.float64).clip(LOWEST, 10)
    whole = SetEvidence(Told(columns, np.arange(size)), np.arange(size), said, parameters)
    found = native.linked((sizes, pairs), (left, right, said), (LOWEST, 0.5), whole.compiled())
    start = begin = 0
    for count, many in zip(sizes, pairs, strict=True):
        own = np.arange(begin, begin + many)
        sets = SetEvidence(Told(columns, np.arange(size)), own, said[own], parameters)
        matrix = np.full((1, count, count), LOWEST)
        i, j, stack = left[own], right[own], np.zeros(many, dtype=np.intp)
        matrix[stack, i, j] = matrix[stack, j, i] = said[own]
        merged = Sums(sets, (stack, i, j), matrix.shape).merged
        expected = linked(matrix, 0.5, merged)[0]
        assert found[start : start + count].tolist() == expected.tolist()
        start, begin = start + count, begin + many


def test_a_table_is_resolved_alike_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = simulate(6_000, 7).frame
    known = resolve(frame)
    monkeypatch.setattr(native, "library", lambda: None)
    without = resolve(frame)
    assert known.clusters.equals(without.clusters)
    assert known.pairs.equals(without.pairs)
    assert known.model == without.model


def test_without_the_file_there_is_none(tmp_path_factory: pytest.TempPathFactory) -> None:
    """And importing the rest goes on."""
    ask = (
        "from klantbeeld.identity.core import native; from pathlib import Path;"
        "native.FILE = Path('nothing.so'); print(native.library())"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "None"


def test_the_hook_that_compiles_it_does_without_a_compiler(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = importlib.import_module("hatch_build")
    source = tmp_path_factory.mktemp("native") / "native.c"
    source.write_text("int nothing(void) { return 0; }\n", encoding="utf-8")
    monkeypatch.setattr(
        hook, "compilers", lambda: [["no-such-compiler"], [sys.executable, "-c", "1"]]
    )
    assert hook.compiled(source) is None
    monkeypatch.undo()
    if hook.compilers():
        made = hook.compiled(source)
        assert made is not None
        assert made.exists()
