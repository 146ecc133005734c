"""What can go wrong with consent, contact and erasing."""

from __future__ import annotations

from collections.abc import Mapping

from klantbeeld.privacy.links import BadLink

__all__ = ["BadLink", "BadStatement", "NotDecided"]


class BadStatement(ValueError):
    """What was said cannot stand in the ledger; `problems` maps a field to a reason code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("This statement cannot be used.")
        self.problems = dict(problems)


class NotDecided(RuntimeError):
    """Whether somebody may be contacted could not be worked out: nothing may be sent."""


class NeedsSecond(PermissionError):
    """Somebody else has to agree: the one who asked never does."""


class NeedsException(ValueError):
    """Nobody else can agree: why one person decides alone has to be written down."""


class OnHold(ValueError):
    """A legal hold keeps what should go."""

    def __init__(self, matters: list[str]) -> None:
        super().__init__(f"A legal hold keeps this: {', '.join(matters)}.")
        self.matters = matters


class NotWaiting(ValueError):
    """The erasure was decided already."""


class Incomplete(RuntimeError):
    """Steps were left out; without all of them there is no receipt."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(f"Not done: {', '.join(steps)}.")
        self.steps = steps


class StillFound(RuntimeError):
    """Something was found that should be gone; the erasure stays unfinished and is tried again."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(f"Still found in: {', '.join(places)}.")
        self.places = places


class WorkLost(RuntimeError):
    """What to look for of an erased part is gone: that it is nowhere any more cannot be shown."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Of erasure {number} the file erasures/{number}.work is gone, and with it what has to "
            "be looked for. The part itself is erased. Put that file back, or the file sealing.key "
            "of this home, and go on with: klantbeeld erase --resume"
        )
