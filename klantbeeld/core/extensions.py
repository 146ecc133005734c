"""What other installed packages hand in: panels and checks, through entry points.

A package declares an entry point in the group ``klantbeeld.panels`` or ``klantbeeld.checks`` that
names a `Panel` or `Check`, or several of them in a list or tuple. One that is broken is named in
the log and left out: the product starts without it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from klantbeeld.core import registry
from klantbeeld.core.registry import Check, Panel

log = logging.getLogger(__name__)


class UnusableExtension(TypeError):
    """An entry point names something else than its group asks for, or a key that is taken."""


def load() -> list[str]:
    """Register what entry points name; returns the names of those that could not be used.

    Called when every room has registered its own: a room's panel or check is never replaced.
    """
    failed = []
    for group, add in GROUPS.items():
        for point in sorted(entry_points(group=group), key=lambda p: p.name):
            try:
                add(point)
            except Exception:
                # Someone else's code: whatever it raises, the card and the commands still work.
                # Named in the text itself, as the arguments of a log line are never written.
                log.exception(f"entry point {group} {point.name} ({point.value}) is left out")
                failed.append(point.name)
    return failed


def _add_panels(point: EntryPoint) -> None:
    found = _loaded(point, Panel, {panel.key for panel in registry.panels()})
    for panel in found:
        registry.add_panel(panel)


def _add_checks(point: EntryPoint) -> None:
    registry.add_checks(_loaded(point, Check, {check.key for check in registry.checks()}))


def _loaded(point: EntryPoint, kind: type[Any], taken: set[str]) -> list[Any]:
    """Everything the entry point names; nothing of it when a part cannot be used."""
    named = point.load()
    found = list(named) if isinstance(named, list | tuple) else [named]
    for one in found:
        if not isinstance(one, kind):
            raise UnusableExtension(f"a {kind.__name__} is expected, not {type(one).__name__}")
        if one.key in taken:
            raise UnusableExtension(f"the key {one.key} is taken")
        taken.add(one.key)
    return found


GROUPS: Mapping[str, Callable[[EntryPoint], None]] = {
    "klantbeeld.panels": _add_panels,
    "klantbeeld.checks": _add_checks,
}
