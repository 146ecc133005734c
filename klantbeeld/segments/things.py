"""What a company sells, found by the word that people use for it: 'fiets', 'onderhoud'.

A word means a category when it is the last part of one of the category's words (a `stadsfiets` is a
`fiets`, a `fietsjack` is not), in the singular or plural; else a brand; else a product that has
all the words in its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from rapidfuzz.distance import OSA

from klantbeeld.quality.tables import fold
from klantbeeld.timeline.models import Product, Subscription

CATEGORY, BRAND, PRODUCT = "c", "b", "p"
# The same things in the two languages that questions come in.
_PAIRS = (
    "fiets bike bicycle", "onderhoud maintenance servicing", "kleding clothing clothes",
    "helm helmet", "slot lock", "tas bag", "verlichting lighting lights", "accu battery",
    "onderdeel part", "gereedschap tool", "kinderzitje childseat", "cadeaubon voucher giftcard",
    "boek book", "schoen shoe", "reis trip travel", "verzekering insurance",
    "abonnement subscription", "meubel furniture", "speelgoed toy", "cursus course",
)  # fmt: skip
_SHORTEST_END, _SHORTEST_NEAR = 4, 5
_MOST_PRODUCTS, _MOST_OFFERED = 40, 200


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is sold: `key` is c:, b: or p: with the category, brand or product's name."""

    key: str
    name: str


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[str]:
    """A word without the endings of a plural: fietsen, fiets; helmen, helm; tassen, tas."""
    found = {word}
    for ending in ("en", "s", "n", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            found.add(stem)
            if ending == "en" and len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


@lru_cache(maxsize=1_000)
def _meanings(word: str, is_near: bool) -> list[frozenset[str]]:
    """The word, and what it is called in the other language."""
    forms = _forms(word)
    found = [forms]
    for pair in _PAIRS:
        known = _all_forms(pair.split())
        if forms & known or (is_near and _near(forms, known)):
            found += [_forms(w) for w in pair.split()]
    return found


def _all_forms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(f for w in words for f in _forms(w))


def _is_called(name: Sequence[str], word: str, *, is_near: bool = False) -> bool:
    """Whether a word names something of which the folded name has these words."""
    for forms in _meanings(word, is_near):
        for part in name:
            held = _forms(part)
            if forms & held:
                return True
            ends = (f for f in forms if len(f) >= _SHORTEST_END)
            if any(h.endswith(end) for end in ends for h in held):
                return True
            if is_near and _near(forms, held):
                return True
    return False


def _near(forms: Iterable[str], held: Iterable[str]) -> bool:
    return any(
        OSA.distance(f, part, score_cutoff=1) <= 1
        for f in forms for h in held for part in (h, h[-len(f):])
        if min(len(f), len(h)) >= _SHORTEST_NEAR
    )  # fmt: skip


def _folded(names: Sequence[str]) -> list[list[str]]:
    texts = fold(pl.Series(list(names), dtype=pl.String)).fill_null("").to_list()
    return [text.split() for text in texts]


def _fitting(names: Sequence[str], words: Sequence[str], *, is_near: bool) -> list[str]:
    return [
        name
        for name, parts in zip(names, _folded(names), strict=True)
        if parts and all(_is_called(parts, word, is_near=is_near) for word in words)
    ]


def _names(column: str) -> list[str]:
    held = Product.objects.exclude(**{column: ""}).order_by(column)
    return list(held.values_list(column, flat=True).distinct())


def categories() -> list[Thing]:
    """Every category; of a company without any its first products by name."""
    found = [Thing(f"{CATEGORY}:{name}", name) for name in _names("category")]
    return found or [Thing(f"{PRODUCT}:{name}", name) for name in _names("name")[:_MOST_OFFERED]]


def things_called(text: str) -> list[Thing]:
    """What is meant by these (folded) words, none when nothing that is sold is called so."""
    words = text.split()
    if not words:
        return []
    kinds = ((CATEGORY, "category"), (BRAND, "brand"), (PRODUCT, "name"))
    for is_near in (False, True):
        for kind, column in kinds:
            found = _fitting(_names(column), words, is_near=is_near)
            if found:
                return [Thing(f"{kind}:{name}", name) for name in found[:_MOST_PRODUCTS]]
    return []


def thing(key: str) -> Thing | None:
    """The thing of a key, None when it is none or nothing of the kind is sold any more."""
    kind, _colon, name = key.partition(":")
    column = {CATEGORY: "category", BRAND: "brand", PRODUCT: "name"}.get(kind)
    if not column or not name or not Product.objects.filter(**{column: name}).exists():
        return None
    return Thing(key, name)


def products_of(things: Iterable[Thing]) -> list[int]:
    """The keys of all products of these things, of every source."""
    found: set[int] = set()
    columns = {CATEGORY: "category__in", BRAND: "brand__in", PRODUCT: "name__in"}
    names: dict[str, list[str]] = {}
    for one in things:
        names.setdefault(one.key.partition(":")[0], []).append(one.name)
    for kind, of_kind in names.items():
        held = Product.objects.filter(**{columns[kind]: of_kind})
        found.update(held.values_list("pk", flat=True))
    return sorted(found)


def subscriptions_of(things: Iterable[Thing]) -> list[str]:
    """The names of subscriptions that are called what these things are: 'Onderhoud Basis'."""
    held = Subscription.objects.exclude(name="").order_by("name")
    names = list(held.values_list("name", flat=True).distinct())
    words = _folded([one.name for one in things])
    return sorted({name for said in words if said for name in _fitting(names, said, is_near=False)})
