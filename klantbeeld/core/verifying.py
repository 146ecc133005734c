"""Whether anybody tampered with the log: its entries, its people, its anchors, what was cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from klantbeeld.core import anchors, audit, choices, cutting, lasting, ledger
from klantbeeld.core.clock import now_us
from klantbeeld.core.cutting import Cut
from klantbeeld.core.ledger import Book
from klantbeeld.core.models import AuditAnchor
from klantbeeld.core.walking import Finding, Walk

# So many entries are verified while somebody waits for the page.
VERIFIED_AT_ONCE = 10_000
VERIFIED = "log-verified"
Anchor = tuple[int, int, str, str]


def findings(noted: Mapping[str, Any] | None = None) -> list[Finding]:
    """Everything in the log that does not fit; empty when it is whole.

    `noted` is an anchor that was noted outside (see `anchors.latest`): the log must still hold it.
    """
    held = ledger.book()
    while True:
        begun = cutting.latest(held)
        found = _findings(held, begun, noted)
        # Or a part went while it was looked at.
        if cutting.latest(held) == begun:
            return found


def _findings(held: Book, begun: Cut, noted: Mapping[str, Any] | None) -> list[Finding]:
    # Signing puts them in the database first, then into the log.
    inside = _inside(held)
    beside = list(AuditAnchor.objects.order_by("pk").values_list("seq", "at", "hash", "signature"))
    signed = {seq: hash_ for seq, _at, hash_, _signature in beside}
    walk = Walk.after(held, begun, frozenset(signed))
    found = [*walk.findings(), *_signatures(beside, walk.marks), *_cuts(held)]
    unsigned = (inside - set(beside)) | (set(beside) - inside - _inside(held))
    found += [Finding("anchor differs", seq) for seq, *_rest in sorted(unsigned)]
    reached = {begun.seq: begun.hash, **walk.hashes}
    for seq, hash_ in signed.items():
        if seq >= begun.seq and reached.get(seq) != hash_:
            found.append(Finding("anchor without its entry", seq))
    broken = audit.first_broken(begun.source, begun.source_hash)
    if broken is not None:
        found.append(Finding("change edited", broken))
    if noted and signed.get(int(noted["seq"])) != noted["hash"]:
        found.append(Finding("noted anchor missing", int(noted["seq"])))
    return found


def verified() -> tuple[int, list[str]]:
    """When the log was verified last and what was found: now where that is quick.

    A long one is verified by the worker every hour (`verify_and_keep`); 0 for never yet.
    """
    rows = ledger.book().ask('SELECT "seq" FROM {p}head WHERE "one" = 1')
    if not rows or rows[0][0] <= VERIFIED_AT_ONCE:
        return now_us(), [str(one) for one in findings()]
    kept = choices.chosen(VERIFIED, {"at": 0, "found": []})
    return int(kept["at"]), list(kept["found"])


def verify_and_keep() -> None:
    """Verify the whole log and keep what was found, to be shown."""
    found = [str(one) for one in findings()]
    choices.choose(VERIFIED, {"at": now_us(), "found": found[:20]})


def _inside(held: Book) -> set[Anchor]:
    """The anchors that stand in the log itself."""
    rows = held.ask('SELECT "seq", "at", "hash", "signature" FROM {p}anchor')
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def _signatures(beside: Sequence[Anchor], marks: Mapping[int, str]) -> Iterator[Finding]:
    """Each anchor is signed with the key of its time, and says which one was before it."""
    before, order = "", _Order()
    for seq, at, hash_, signature in beside:
        mark = anchors.signed_with(anchors.signed_text(seq, at, hash_, before), signature)
        if not order.goes_on(mark) or marks.get(seq, mark) != mark:
            yield Finding("anchor forged", seq)
        before = signature


def _cuts(held: Book) -> Iterator[Finding]:
    """What was cut off was closed by this house, one cut after the other."""
    before, order = "", _Order()
    for one in cutting.blocks(held):
        if not order.goes_on(anchors.signed_with(one.signed_text(before), one.signature)):
            yield Finding("cut forged", one.seq)
        before = one.signature


class _Order:
    """Keys follow each other: after a newer one nothing is signed with an older."""

    def __init__(self) -> None:
        self._left = lasting.marks()

    def goes_on(self, mark: str | None) -> bool:
        if mark not in self._left:
            return False
        self._left = self._left[: self._left.index(mark) + 1]
        return True
