"""What colleagues enter by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EnterField:
    """One field of the form for a new customer; `kind` is the input's type."""

    key: str
    label: str
    kind: str = "text"
    value: str = ""
    problem: str = ""
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True)
class EnteredView:
    """What was entered: on whose card ("" when that is gone), and the key to take it back by.

    `is_known` when a new customer turned out to be one there was already.
    """

    public_id: str
    entry_id: str
    is_known: bool = False
