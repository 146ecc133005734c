"""Whatever was delivered and undone in whatever order: what is left is what the rest would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from klantbeeld.core.models import Delivery
from klantbeeld.pipeline import copying
from klantbeeld.pipeline.actions import import_paths, undo_delivery
from klantbeeld.sources.tables import Mapping
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR, examples

MAPPING = """
source: {source}
tables:
  - table: klanten
    holds: customers
    key: Klantnr
    columns:
      Klantnr: {{role: customer_number}}
      Voornaam: {{role: first_name}}
      Achternaam: {{role: surname}}
      Postcode: {{role: postcode}}
      Huisnummer: {{role: house_number}}
      Mail: {{role: email}}
      Nieuwsbrief: {{role: consent_email}}
      Bellen: {{role: do_not_call}}
  - table: regels
    holds: lines
    columns:
      Order: {{role: order_number}}
      Klant: {{role: customer_number}}
      Datum: {{role: ordered_at, format: ymd}}
      Code: {{role: product_code}}
      Aantal: {{role: quantity}}
      Bedrag: {{role: line_amount}}
  - table: acties
    holds: events
    key: Nr
    columns:
      Nr: {{role: event_id}}
      Mail: {{role: email}}
      Moment: {{role: event_at, format: ymd}}
      Soort: {{role: event_kind}}
"""
HEADS = {
    "klanten": "Klantnr,Voornaam,Achternaam,Postcode,Huisnummer,Mail,Nieuwsbrief,Bellen",
    "regels": "Order,Klant,Datum,Code,Aantal,Bedrag",
    "acties": "Nr,Mail,Moment,Soort",
}
FIRST = ("Anouk", "Bram", "Carlijn", "Daan")
LAST = ("Eekhoornstra", "Fluitsma", "Grutteman", "Haverkort")
ANSWERS = (("ja", ""), ("nee", "ja"), ("", ""))


class Sent(NamedTuple):
    """One delivery: of which source and table, and which rows in which variant."""

    source: str
    table: str
    rows: tuple[tuple[int, int], ...]


class Undone(NamedTuple):
    """Taking back the delivery at this place (as far as there is one)."""

    place: int


def lines(sent: Sent) -> list[str]:
    """The rows of a delivery as CSV; a variant says something else about the same subject."""
    made = []
    for key, variant in sent.rows:
        mail = f"{FIRST[key % 4].lower()}{variant // 2}@example.nl"
        if sent.table == "klanten":
            news, calls = ANSWERS[variant]
            made.append(
                f"{100 + key},{FIRST[key % 4]},{LAST[key % 4]},1234A{'BC'[variant % 2]},"
                f"{7 + key},{mail},{news},{calls}"
            )
        elif sent.table == "regels":
            for number in range(1, 2 + variant):
                made.append(
                    f"O{key},{100 + (key + variant) % 3},2026-0{1 + variant}-1{key},"
                    f"P{number + variant},{number},{5 * key + number}.50"
                )
        else:
            kind = ("page_view", "search", "login")[variant]
            made.append(f"E{key},{mail},2026-03-0{1 + key} 10:00:0{variant},{kind}")
    return made


def deliver(folder: Path, sent: Sent, number: int) -> int:
    """Import one delivery; returns its id."""
    place = folder / str(number)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{sent.table}.csv"
    path.write_text("\n".join([HEADS[sent.table], *lines(sent)]) + "\n", encoding="utf-8")
    report = import_paths(
        ACTOR, [path], source=sent.source, mapping=Mapping.load(MAPPING.format(source=sent.source))
    )
    assert not report.unreadable
    assert report.counts["rows_quarantined"] == 0
    return report.deliveries[0]


@contextmanager
def thrown_away() -> Iterator[None]:
    """Everything inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run(folder: Path, steps: Sequence[Sent | Undone]) -> dump.Dump:
    """The state after these steps, in a house that was empty."""
    with thrown_away():
        brought: list[int] = []
        for number, step in enumerate(steps):
            if isinstance(step, Sent):
                brought.append(deliver(folder, step, number))
            elif brought:
                delivery = Delivery.objects.get(pk=brought[step.place % len(brought)])
                if delivery.state == Delivery.LOADED:
                    undo_delivery(ACTOR, delivery)
        dump.assert_accounted()
        return dump.content()


def remaining(steps: Sequence[Sent | Undone]) -> list[Sent | Undone]:
    """The deliveries that none of the steps took back."""
    kept: list[Sent | None] = []
    for step in steps:
        if isinstance(step, Sent):
            kept.append(step)
        elif kept:
            kept[step.place % len(kept)] = None
    return [step for step in kept if step is not None]


rows = st.dictionaries(st.integers(0, 3), st.integers(0, 2), min_size=1, max_size=4).map(
    lambda found: tuple(found.items())
)
sent = st.builds(
    Sent,
    st.sampled_from(["winkel", "winkel", "balie"]),
    st.sampled_from(["klanten", "klanten", "regels", "acties"]),
    rows,
)
undone = st.builds(Undone, st.integers(0, 5))
histories = st.lists(st.one_of(sent, sent, undone), min_size=2, max_size=7).filter(
    lambda steps: any(isinstance(s, Undone) for s in steps)
)

A, B, C = ((0, 0), (1, 1)), ((0, 1), (1, 1)), ((0, 0),)


@pytest.mark.usefixtures("house")
@settings(
    max_examples=examples(14), deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
# A change between two equal words, undone: the later word is a sighting, with its own sightings.
@example([Sent("winkel", t, r) for t in ("klanten",) for r in (A, B, A, A)]
         + [Undone(1), Undone(0), Undone(2)])  # fmt: skip
@example([Sent("winkel", "regels", r) for r in (A, B, C, B)] + [Undone(1), Undone(0)])
@example([Sent("winkel", "regels", ((0, 0),)), Sent("winkel", "regels", ((0, 1),)),
          Sent("winkel", "regels", ((0, 2),)), Undone(0), Undone(2)])  # fmt: skip
@example([Sent("winkel", "acties", A), Sent("balie", "klanten", A), Undone(0)])
@given(histories)
@pytest.mark.slow
def test_undoing_leaves_what_the_others_brought(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Sent | Undone]
) -> None:
    folder = tmp_path_factory.mktemp("deliveries")
    dump.assert_same(run(folder / "a", steps), run(folder / "b", remaining(steps)))


@pytest.fixture(autouse=True)
def without_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The columnar copy is not looked at here, and would cost most of the time."""
    monkeypatch.setattr(copying, "refresh", lambda **_: dict[str, Any]())
