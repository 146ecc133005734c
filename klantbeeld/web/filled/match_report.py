"""The report of a match in figures and plots: how sure, by which keys, what each level says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.core.clock import local
from klantbeeld.identity.reads import (
    BIN_BITS,
    COMPARISON_WORDS,
    FIRST_BIN,
    KEY_WORDS,
    LARGEST_SIZE,
    finding,
    level_names,
)
from klantbeeld.web import formats
from klantbeeld.web.filled import beside, words
from klantbeeld.web.shapes.matching import BarRow, Column, KindReport, Plot, ReportView

MOST_KEYS = 24
# A bar beyond it is never reached.
MOST_NAMES_BITS = 60


def report(told: Mapping[str, Any] | None) -> ReportView | None:
    """See `ReportView`."""
    if not told:
        return None
    doubts = sum(told["doubts"].values())
    facts = (
        (_("Records"), told["records"]), (_("Customers"), told["customers"]),
        (_("Households"), told["households"]), (_("Doubtful pairs"), doubts),
        (_("Pairs compared"), sum(kind["pairs"] for kind in told["kinds"].values())),
    )  # fmt: skip
    titles = {"person": _("Persons"), "organisation": _("Organisations")}
    kinds = tuple(
        _kind(titles.get(kind, kind), told["kinds"].get(kind), model, kind == "organisation")
        for kind, model in told["model"].items()
    )
    return ReportView(
        local(told["at"]), told["version"], facts, tuple(_sizes(told["sizes"])), kinds
    )


def _sizes(sizes: Mapping[str, int]) -> Iterator[BarRow]:
    most = max(sizes.values(), default=1)
    for size, count in sorted(sizes.items(), key=lambda item: int(item[0])):
        more = "+" if int(size) >= LARGEST_SIZE else ""
        label = _("%(n)s records") % {"n": f"{size}{more}"} if size != "1" else _("1 record")
        yield BarRow(label, "", formats.number(count), "0", f"{_share(count, most):.1f}")


def _share(count: int, most: int) -> float:
    """The length of a bar on a logarithmic scale: one is short, a million fits."""
    return 100 * log10(1 + count) / log10(1 + max(most, 1))


def _kind(
    title: str, figures: Mapping[str, Any] | None, model: Mapping[str, Any], is_firm: bool
) -> KindReport:
    bits = formats.number
    why = (
        _("learnt from your own records: from even odds on they are one")
        if model["learnt"]
        else _("not learnt yet, so four to one is asked for")
    )
    facts = (
        (_("Bar for one customer"), beside.signed(model["join_bits"]), why),
        *_names(model),
        (_("Bar for asking a person"), beside.signed(model["review_bits"]),
         _("from here to the bar a pair is asked about: nine in ten that are one stand there")
         if model["learnt"] else _("between the two bars a pair becomes a doubtful pair")),
        *(() if is_firm else [_household(model)]),
        (_("Expected pairs of one customer"), bits(model["same_pairs"]),
         _("estimated from the pairs themselves")),
        (_("Expected pairs of related organisations") if is_firm
         else _("Expected pairs of one household"), bits(model["household_pairs"]), ""),
    )  # fmt: skip
    return KindReport(
        title, facts, _weights(figures, model) if figures else None,
        tuple(_keys(figures["keys"])) if figures else (), tuple(_levels(model["bits"])),
        tuple(model["notes"]),
    )  # fmt: skip


def _household(model: Mapping[str, Any]) -> tuple[str, str, str]:
    bar = formats.percent(round(100 * model["household"], 1))
    return _("Bar for a household"), bar, _("as likely they must be members of one household")


def _names(model: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """From where names alone join; reports of before it was learnt do not tell."""
    bar = model.get("names_bits")
    if bar is not None and model["learnt"] and bar < MOST_NAMES_BITS:
        why = _("birth dates confirm that such rare names are of one person")
        yield _("Bar where only names agree"), beside.signed(bar), why


def _weights(figures: Mapping[str, Any], model: Mapping[str, Any]) -> Plot | None:
    counts = figures["weights"]
    if not sum(counts):
        return None
    most, width = max(counts), 100 / len(counts)
    columns = []
    for place, count in enumerate(counts):
        low = FIRST_BIN + BIN_BITS * place
        height = _share(count, most) if count else 0.0
        label = _("from %(low)s to %(high)s") % {"low": low, "high": low + BIN_BITS}
        columns.append(
            Column(f"{place * width + width * 0.08:.2f}", f"{100 - height:.2f}",
                   f"{width * 0.84:.2f}", f"{height:.2f}", label, count)
        )  # fmt: skip
    span = BIN_BITS * len(counts)

    def at(value: float) -> str:
        return f"{100 * (value - FIRST_BIN) / span:.2f}"

    marks = (
        (at(model["review_bits"]), "asks", _("from here a person is asked")),
        (at(model["join_bits"]), "joins", _("from here they are joined")),
    )
    ticks = tuple(
        (at(value), formats.number(value)) for value in range(FIRST_BIN, FIRST_BIN + span + 1, 10)
    )
    return Plot(tuple(columns), marks, ticks)


def _keys(keys: Mapping[str, list[int]]) -> Iterator[BarRow]:
    most = max((brought for brought, _alone in keys.values()), default=1)
    ordered = sorted(keys.items(), key=lambda item: (-item[1][1], -item[1][0]))
    for name, (brought, alone) in ordered[:MOST_KEYS]:
        label = words.said(KEY_WORDS, name) if name in KEY_WORDS else name.replace("_", " ")
        yield BarRow(
            label, "", formats.number(brought), "0", f"{_share(brought, most):.1f}", "total",
            formats.number(alone),
        )  # fmt: skip


def _levels(bits: Mapping[str, list[float]]) -> Iterator[BarRow]:
    reach = max((abs(value) for levels in bits.values() for value in levels), default=1.0) or 1.0
    for comparison, levels in bits.items():
        names = level_names(comparison)
        for place, value in reversed(list(enumerate(levels))):
            low, high = sorted((0.0, value))
            start, end = (50 + 48 * edge / reach for edge in (low, high))
            name = names[place] if place < len(names) else str(place)
            yield BarRow(
                words.said(COMPARISON_WORDS, comparison), finding(f"{comparison}.{name}"),
                beside.signed(value), f"{start:.2f}", f"{max(0.5, end - start):.2f}",
                "up" if value > 0 else "down",
            )  # fmt: skip
