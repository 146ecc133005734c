"""What an ordered sequence of events looks like; see `primitives.sequence`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pattern:
    """`first`, then within `days` days `then`, with nothing of `without` in between.

    Each is a tuple of event kinds, any of which will do. The two events themselves are not
    "in between", so a kind may stand in more than one of them: two orders within 30 days
    is `Pattern(("order",), ("order",), days=30)`.
    """

    first: tuple[str, ...]
    then: tuple[str, ...]
    days: int
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.first or not self.then:
            raise ValueError("A pattern needs a first and a then")
        if self.days < 0:
            raise ValueError("A pattern's days cannot be negative")

    @property
    def kinds(self) -> list[str]:
        """Every kind that matters to the pattern, sorted."""
        return sorted({*self.first, *self.then, *self.without})
