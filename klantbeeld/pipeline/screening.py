"""What somebody types, or a program says of one thing, without special data: masked or kept apart.

The same recognisers as for files (see `guarding`), on single texts. Asked in the actions, so that
no way in goes round it; the screens ask beforehand, to say so before anything is saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from klantbeeld.accounts.reads import may, needs
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Delivery, Source
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.tables import WHOLE_CELLS, Original, SpecialPlan
from klantbeeld.quality.tables import Certainty, Span, kind_of_heading, masked, spans_in

MACHINE = system_actor("job")
MASK, APART = "mask", "apart"


@dataclass(frozen=True)
class Screened:
    """A text as it may be stored, with the kinds that were taken out of it.

    `original` is what may lie sealed ("" for nothing): the text without what may never be kept.
    """

    text: str
    kinds: tuple[str, ...] = ()
    original: str = ""
    may_keep: bool = False


@dataclass
class Screen:
    """Special data of one source's entries; `is_asked_apart`: somebody chose to keep it apart."""

    plan: SpecialPlan
    is_asked_apart: bool = False
    # What was taken out so far, by where it stood.
    taken: dict[str, Screened] = field(default_factory=dict)

    def text(self, text: str, heading: str = "", *, is_free: bool = True) -> str:
        """A text without special data. `heading`: what stands above the field; not `is_free`:
        a field for a name or an address, where only numbers count."""
        found = self.look(text, heading, is_free=is_free)
        if found.kinds:
            self.taken[heading] = found
        return found.text

    def look(self, text: str, heading: str = "", *, is_free: bool = True) -> Screened:
        """The same, and nothing is noted."""
        spans = [s for s in _spans(text, heading) if self._counts(s, heading, is_free)]
        if not spans:
            return Screened(text)
        treatment = {s.kind.value: self.plan.treatments[s.kind.value] for s in spans}
        kinds = tuple(sorted(treatment))
        kept = [k for k, t in treatment.items() if t != "block"]
        never = [s for s in spans if s.kind.value not in kept]
        original = _without(text, never) if kept else ""
        may_keep = bool(kept) and all(treatment[k] == APART for k in kept)
        return Screened(_without(text, spans), kinds, original, may_keep)

    def _counts(self, span: Span, heading: str, is_free: bool) -> bool:
        kind = span.kind.value
        if self.plan.treatments[kind] == "allow" or (heading, kind) in self.plan.cleared:
            return False
        if is_free:
            return True
        # Under 'phone' or 'name' a number counts only when it is called by its name.
        return kind in WHOLE_CELLS and span.certainty == Certainty.CERTAIN

    def originals(self, record: int) -> list[Original]:
        """What may be kept of this, sealed, for the record that it became."""
        return [
            Original(
                record, "", heading, 0, found.kinds,
                APART if self.is_asked_apart and found.may_keep else MASK, found.original,
            )
            for heading, found in self.taken.items() if found.original
        ]  # fmt: skip


def _spans(text: str, heading: str) -> list[Span]:
    """Spans of a text; a heading that names a number speaks as a word before it."""
    if not heading or kind_of_heading(heading) is None:
        return spans_in(text)
    shift = len(heading) + 2
    return [
        Span(s.start - shift, s.end - shift, s.kind, s.certainty, s.reason)
        for s in spans_in(f"{heading}: {text}")
        if s.start >= shift
    ]


def _without(text: str, spans: Sequence[Span]) -> str:
    told = [(0, s.start, s.end, s.kind.value) for s in spans]
    schema = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "kind": pl.String}
    frame = pl.DataFrame(told, schema=schema, orient="row")
    return str(masked(pl.Series([text]), frame, keep=())[0])


def screen_of(actor: Actor, source: str = Source.DESK, keep: str = MASK) -> Screen:
    """A screen for the entries of a source; `keep` apart counts only for who may do that."""
    is_apart = keep == APART and may(actor, "special.keep")
    return Screen(privacy.special_plan(MACHINE, source), is_apart)


def free_text(text: str, heading: str = "") -> str:
    """What rooms below store of a text that was typed beside a fact: see `core.free_text`.

    There is no record that an original could be kept with: what is masked here is gone.
    """
    return screen_of(MACHINE).text(text, heading)


def keep(delivery: Delivery, record: int, screen: Screen) -> None:
    """Keep what a screen took out, sealed, with the record; inside a transaction."""
    privacy.keep_originals(MACHINE, delivery, screen.originals(record))


@needs("notes.write", "nothing")
def special_in(
    actor: Actor, values: Mapping[str, str], source: str = Source.DESK
) -> list[Screened]:
    """What of these texts (heading to text) would be masked when they are saved."""
    screen = screen_of(actor, source)
    found = [screen.look(text, heading) for heading, text in values.items() if text.strip()]
    return [one for one in found if one.kinds]
