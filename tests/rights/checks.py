"""Every check of permission, reach, consent, restriction and erasure: found by its name.

A function of these modules whose name says that it decides (may, is, has, require …) is a check. It
can be watched (was it asked?) and broken, wherever it was imported to.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from types import FunctionType
from typing import Any

PERMISSION = ("accounts.rules", "accounts.reach", "accounts.guarding")
CONSENT = (
    "privacy.contact", "privacy.restriction", "privacy.refused", "privacy.rules",
    "privacy.tombstones", "privacy.part_tombstones", "privacy.erasing_rules", "privacy.deciding",
    "profiles.contacting", "profiles.colleagues", "pipeline.contacting",
)  # fmt: skip
NAME = re.compile(
    r"(may|is|has|must)_\w+|may|require\w*|hidden_\w+|within|(records_)?reached|scope_of|reach_of"
    r"|purpose_of|visible|standings?(_for)?|suppressed|erased_at|held_among|permissions|decided"
    r"|judged|facts_for"
)  # fmt: skip


def checks(modules: tuple[str, ...]) -> dict[str, FunctionType]:
    """The checks of these modules, by module and name."""
    found = {}
    for short in modules:
        module = import_module(f"klantbeeld.{short}")
        for name, one in vars(module).items():
            own = inspect.isfunction(one) and one.__module__ == module.__name__
            if own and NAME.fullmatch(name):
                found[f"{short}.{name}"] = one
    return found


@contextmanager
def put(instead: dict[FunctionType, Callable[..., Any]]) -> Iterator[None]:
    """Other functions in the place of these, in every module of the house that holds them."""
    changed = []
    for module in [m for n, m in sys.modules.items() if n.startswith("klantbeeld")]:
        for name, held in list(vars(module).items()):
            if inspect.isfunction(held) and held in instead:
                changed.append((module, name, held))
                setattr(module, name, instead[held])
    try:
        yield
    finally:
        for module, name, held in changed:
            setattr(module, name, held)


@contextmanager
def watched(held: dict[str, FunctionType]) -> Iterator[set[str]]:
    """The checks that are asked while it lasts, by name."""
    asked: set[str] = set()

    def watching(name: str, check: FunctionType) -> Callable[..., Any]:
        @wraps(check)
        def watch(*args: Any, **named: Any) -> Any:
            asked.add(name)
            return check(*args, **named)

        return watch

    with put({check: watching(name, check) for name, check in held.items()}):
        yield asked


@contextmanager
def broken(check: FunctionType) -> Iterator[None]:
    """The check raises whenever it is asked."""

    @wraps(check)
    def breaks(*_args: Any, **_named: Any) -> Any:
        raise RuntimeError("broken on purpose")

    with put({check: breaks}):
        yield
