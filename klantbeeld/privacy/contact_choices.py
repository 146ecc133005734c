"""What the company says of itself, once, for every verdict about contact."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, cast

from klantbeeld.core import choices, clock
from klantbeeld.privacy.contact_law.facts import SenderKind
from klantbeeld.privacy.rules import CONFIRMATION_DAYS

KEY = "contact"
SENDERS: tuple[SenderKind, ...] = (
    "ordinary", "charity", "charity_lottery", "press", "covered_entity",
)  # fmt: skip
WEIGHED_PURPOSES = ("marketing", "fundraising", "survey")
MOST_DAYS = 60
MOST_NAMES, MOST_LETTERS = 100, 80


@dataclass(frozen=True, slots=True)
class ContactChoices:
    """The company as a sender.

    `country` is where people are of whom no country is known. `interest_weighed` maps a purpose
    to (day since 1970, who) on which the company's interest was weighed against theirs.
    `offers_way_out` says that every message and call offers one. `reply_to` and `name` are what
    confirmations are sent under. `sells_alike`: whether all that the company offers is of the
    same kind as what its customers bought, as somebody answered for the whole assortment.
    `brands` and `topics` are what it writes under and about, offered where they are typed.
    """

    sender: SenderKind = "ordinary"
    country: str = "NL"
    confirmation_days: int = CONFIRMATION_DAYS
    offers_way_out: bool | None = None
    interest_weighed: dict[str, tuple[int, str]] = field(default_factory=dict)
    name: str = ""
    sells_alike: bool | None = None
    brands: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def weighed_on(self, purpose: str, day: date) -> bool | None:
        """Whether the interest for this purpose was weighed by that day; None when nobody did."""
        told = self.interest_weighed.get(purpose)
        return None if told is None or clock.day_to_date(told[0]) > day else True


def current() -> ContactChoices:
    """What was chosen, defaults where nothing was."""
    held: dict[str, Any] = dict(choices.chosen(KEY, {}))
    known = {name: held[name] for name in ContactChoices.__slots__ if name in held}
    weighed = {
        str(purpose): (int(day), str(who))
        for purpose, (day, who) in dict(known.pop("interest_weighed", {})).items()
    }
    said = ContactChoices(**known)
    return replace(
        said, interest_weighed=weighed, brands=tuple(said.brands), topics=tuple(said.topics)
    )


def listed(text: str) -> tuple[str, ...]:
    """Names as typed, one a line: each once, none too long, not too many."""
    lines = (" ".join(line.split())[:MOST_LETTERS] for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_NAMES]


def confirmation_days() -> int:
    """How long a confirmation is waited for."""
    return current().confirmation_days


def keep(chosen: ContactChoices) -> None:
    """Put it in the place of what was chosen before; raises ValueError for what cannot be."""
    if chosen.sender not in SENDERS:
        raise ValueError("sender")
    if not (len(chosen.country) == 2 and chosen.country.isalpha() and chosen.country.isupper()):
        raise ValueError("country")
    if not 1 <= chosen.confirmation_days <= MOST_DAYS:
        raise ValueError("confirmation_days")
    choices.choose(KEY, cast(Any, asdict(chosen)))
