"""Every check of permission, reach, consent, restriction and erasure: found by what it rests on.

Nobody lists them. A check is a function of a room, without a permission of its own to ask, that

- rests itself on what decides: the table of permissions, the tables in which statements,
  objections, restrictions and tombstones stand, or an error that refuses; or
- answers with a decision (`DECISIONS`), or, in the rooms that decide, with yes or no; or
- asks such a function, and answers with a decision, yes or no, or whom it is about.

It can be watched (was it asked?) and broken, wherever it was imported to.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

import klantbeeld
from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.guarding import PERMISSION_ATTRIBUTE
from klantbeeld.privacy.errors import NotDecided

SCREENS = ("web", "api", "commands", "sample")
DECIDING = ("accounts.", "privacy.")
STORES = frozenset(
    {"Restriction", "Withheld", "LegalHold", "ConsentEntry", "ContactNote", "Tombstone"}
)
SQL = re.compile(
    r"\b(privacy_(restriction|withheld|legalhold|consententry|contactnote|tombstone)"
    r"|accounts_(following|breakglass))"
)
TABLES = "klantbeeld.accounts.rules"
REFUSALS = (NotAllowed, NotDecided)
DECISIONS = re.compile(
    r"\b(State|Standing|Verdict|Judged|Decision|ContactState|ContactFacts|Scope|Within|Treatment)\b"
)
YES_OR_NO = re.compile(r"bool( \| None)?")
WHOM = re.compile(r"(set|frozenset|list|tuple)\[(int|str)\b.*|pl\.Series|dict\[str, Any\]")
# What writes is no check, however it is called.
WRITING = frozenset({"create", "bulk_create", "get_or_create", "save", "insert", "ensure_atomic"})


def functions(modules: Iterable[ModuleType]) -> dict[str, FunctionType]:
    """Functions without a permission of their own, by module and name; each where it is written."""
    found = {}
    for module in modules:
        for name, one in vars(module).items():
            is_own = inspect.isfunction(one) and one.__module__ == module.__name__
            if is_own and not hasattr(one, PERMISSION_ATTRIBUTE):
                found[f"{module.__name__.partition('.')[2]}.{name}"] = one
    return found


@cache
def rooms() -> tuple[ModuleType, ...]:
    """Every module of the house but its screens and migrations."""
    names = (m.name for m in pkgutil.walk_packages(klantbeeld.__path__, "klantbeeld."))
    wanted = (n for n in names if n.count(".") > 1 and n.split(".")[1] not in SCREENS)
    return tuple(import_module(n) for n in wanted if ".migrations" not in n)


def checks(*more: ModuleType) -> dict[str, FunctionType]:
    """The checks of the house, and of other modules, by module and name."""
    held = functions((*rooms(), *more))
    words = {name: _words(one.__code__) for name, one in held.items()}
    asking = {
        name: {o for o in _asked(one, words[name][0]) if o in held.values()}
        for name, one in held.items()
        if not words[name][0] & WRITING
    }
    found = {n for n in asking if _rests(held[n], *words[n]) or _decides(n, held[n])}
    while True:
        known = {held[name] for name in found}
        more_found = {
            name for name, asked in asking.items()
            if name not in found and asked & known and _answers(held[name])
        }  # fmt: skip
        if not more_found:
            return {name: held[name] for name in sorted(found)}
        found |= more_found


def _words(code: CodeType) -> tuple[set[str], list[str]]:
    """The names that a function uses, and the texts that stand in it; with those inside it."""
    names, texts = set(code.co_names), []
    for held in code.co_consts:
        if isinstance(held, CodeType):
            inner, said = _words(held)
            names |= inner
            texts += said
        elif isinstance(held, str):
            texts.append(held)
    return names, texts


def _rests(one: FunctionType, names: set[str], texts: list[str]) -> bool:
    held = [one.__globals__[name] for name in names if name in one.__globals__]
    if any(inspect.isclass(v) and issubclass(v, REFUSALS) for v in held):
        return True
    said = (*texts, *(v for v in held if isinstance(v, str)))
    return _returned(one) != "None" and (
        any(SQL.search(text) for text in said)
        or any(inspect.isclass(v) and v.__name__ in STORES for v in held)
        or any(inspect.ismodule(v) and v.__name__ == TABLES for v in held)
        or (one.__module__ == TABLES and any(isinstance(v, Mapping | tuple) for v in held))
    )


def _decides(name: str, one: FunctionType) -> bool:
    said = _returned(one)
    return bool(DECISIONS.search(said)) or (
        name.startswith(DECIDING) and bool(YES_OR_NO.fullmatch(said))
    )


def _answers(one: FunctionType) -> bool:
    said = _returned(one)
    return bool(DECISIONS.search(said) or YES_OR_NO.fullmatch(said) or WHOM.fullmatch(said))


def _returned(one: FunctionType) -> str:
    return str(one.__annotations__.get("return"))


def _asked(one: FunctionType, names: set[str]) -> Iterator[FunctionType]:
    """The functions that it names, by themselves or through their module."""
    for name in names:
        held = one.__globals__.get(name)
        if inspect.isfunction(held):
            yield inspect.unwrap(held)
        elif inspect.ismodule(held) and held.__name__.startswith("klantbeeld"):
            for other in names & vars(held).keys():
                if inspect.isfunction(found := vars(held)[other]):
                    yield inspect.unwrap(found)


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
