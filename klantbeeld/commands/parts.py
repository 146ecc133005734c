"""`klantbeeld erase-part`: one old address, one complaint, one document of a customer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantbeeld.commands.customers import kept_customer_of
from klantbeeld.commands.frame import (
    Failed,
    Json,
    WrongUsage,
    open_house,
    say,
    show_table,
    write_json,
)

if TYPE_CHECKING:
    from klantbeeld.core.actor import Actor
    from klantbeeld.pipeline.actions import Part
    from klantbeeld.privacy.models import Erasure

SHOWN = 60


def erase_part(
    key: Annotated[str, typer.Argument(help="The customer's key, as `find` shows it.")],
    part: Annotated[str, typer.Option(help="What goes, as the list names it.")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Ask for it: a second person agrees.")] = False,
    alone: Annotated[
        str, typer.Option(help="Why one person decides: only where nobody else may agree.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    as_json: Json = False,
) -> None:
    """Erase one thing of a customer: lists what there is, counts what goes, and asks for it."""
    if (ask or alone) and not part:
        raise WrongUsage("Say what goes with --part.")
    actor = open_house()
    customer = kept_customer_of(actor, key)
    if not part:
        _list(actor, customer, as_json)
        return
    asked = _part(part)
    if not (ask or alone):
        _count(actor, customer, asked, as_json)
    else:
        _tell(_go(actor, customer, asked, alone, yes), as_json)


def _part(text: str) -> Part:
    from klantbeeld.pipeline.actions import Part

    what, _, rest = text.partition(":")
    number, _, group = rest.partition(":")
    if not number.isdigit() or (what == "value") != bool(group):
        raise WrongUsage(
            "Name it as the list does: entry:12, document:3, subscription:8 or value:45:address."
        )
    return Part(what, int(number), group)


def _list(actor: Actor, customer: int, as_json: bool) -> None:
    rows = list(_parts(actor, customer))
    if as_json:
        write_json(rows)
    else:
        show_table(("part", "day", "what"), [tuple(row.values()) for row in rows])


def _parts(actor: Actor, customer: int) -> Iterator[dict[str, Any]]:
    from klantbeeld.core.clock import local
    from klantbeeld.identity.reads import records_of
    from klantbeeld.pipeline.reads import values_of
    from klantbeeld.sources.tables import fields_of
    from klantbeeld.timeline.reads import documents, history, subscriptions

    for one in values_of(actor, customer):
        if not one.is_bound:
            told = " ".join(str(one.data[f]) for f in fields_of(one.group) if one.data.get(f))
            yield {"part": f"value:{one.version}:{one.group}",
                   "day": local(one.until).date().isoformat(), "what": told[:SHOWN]}  # fmt: skip
    records = records_of(actor, customer)
    for paper in documents(actor, records, 100):
        yield {"part": f"document:{paper.document}", "day": paper.at.date().isoformat(),
               "what": paper.name[:SHOWN]}  # fmt: skip
    for held in subscriptions(actor, records).rows:
        yield {"part": f"subscription:{held.subscription}",
               "day": held.started.isoformat() if held.started else "",
               "what": held.name[:SHOWN]}  # fmt: skip
    for entry in history(actor, records, None, None, 100).entries:
        yield {"part": f"entry:{entry.interaction}", "day": entry.day.isoformat(),
               "what": f"{entry.kind} {entry.subject}"[:SHOWN]}  # fmt: skip


def _count(actor: Actor, customer: int, part: Part, as_json: bool) -> None:
    from klantbeeld.pipeline.actions import preview_part
    from klantbeeld.pipeline.errors import NothingToErase

    try:
        told = preview_part(actor, customer, part)
    except NothingToErase as error:
        raise Failed(str(error)) from error
    counts = {table: n for table, n in told.counts.items() if n}
    if as_json:
        write_json({"counts": counts, "others": told.others})
        return
    show_table(("table", "rows"), [(table, f"{n:,}") for table, n in sorted(counts.items())])
    if told.others:
        say(f"It stands in the history of {told.others} others as well, and goes there too.")
    say("Nothing was erased: ask for it with --ask, or with --alone WHY.")


def _go(actor: Actor, customer: int, part: Part, alone: str, yes: bool) -> Erasure:
    from klantbeeld.pipeline import actions
    from klantbeeld.pipeline.errors import NothingToErase

    if alone and not yes:
        if not sys.stdin.isatty():
            raise WrongUsage("Erasing cannot be undone: confirm with --yes.")
        typer.confirm("Erase this? It cannot be undone", abort=True)
    try:
        asked = actions.ask_part(actor, customer, part)
        return actions.erase_alone(actor, asked, alone) if alone else asked
    except NothingToErase as error:
        raise Failed(str(error)) from error


def _tell(held: Erasure, as_json: bool) -> None:
    if as_json:
        write_json({"number": held.number, "state": held.state})
    elif held.state == held.DONE:
        say(f"Erased. Receipt {held.number}: klantbeeld erase --receipt {held.number}")
    else:
        say(f"Asked for as {held.number}; nothing is erased yet: somebody else agrees on screen.")
