"""`klantbeeld erase`: ask for an erasure, see how far it is, and its receipt."""

from __future__ import annotations

import json
import sys
from pathlib import Path
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
    from klantbeeld.privacy.models import Erasure


def erase(
    key: Annotated[str, typer.Argument(help="The customer's key, as `find` shows it.")] = "",
    alone: Annotated[
        str, typer.Option(help="Why one person decides: only where nobody else may agree.")
    ] = "",
    keep_fiscal: Annotated[
        bool, typer.Option("--keep-fiscal", help="Keep orders seven years, without saying whose.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    show: Annotated[bool, typer.Option("--list", help="List the erasures.")] = False,
    receipt: Annotated[str, typer.Option(help="Show the receipt with this number.")] = "",
    verify: Annotated[Path | None, typer.Option(help="Verify a receipt that was saved.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what broke off.")] = False,
    as_json: Json = False,
) -> None:
    """Erase a customer: asks for it, and a second person agrees on screen."""
    if sum(map(bool, (key, show, receipt, verify, resume))) != 1:
        raise WrongUsage("Give a customer's key, or one of --list, --receipt, --verify, --resume.")
    actor = open_house()
    if show:
        _list(actor, as_json)
    elif receipt:
        _show(actor, receipt)
    elif verify is not None:
        _verify(verify)
    elif resume:
        _resume(actor, as_json)
    else:
        if alone and not yes and not sys.stdin.isatty():
            raise WrongUsage("Erasing cannot be undone: confirm with --yes.")
        held = _ask(actor, kept_customer_of(actor, key), keep_fiscal, as_json)
        if alone:
            held = _go(actor, held, alone, yes)
        _tell(held, as_json)


def _ask(actor: Actor, customer: int, keep_fiscal: bool, as_json: bool) -> Erasure:
    from klantbeeld.pipeline import actions

    asked = actions.ask_erasure(actor, customer, keep_fiscal=keep_fiscal)
    rows = [(table, f"{n:,}") for table, n in sorted(asked.counts.items()) if n]
    if not as_json:
        show_table(("table", "rows"), rows)
    return asked


def _go(actor: Actor, asked: Erasure, alone: str, yes: bool) -> Erasure:
    from klantbeeld.pipeline import actions

    if not yes:
        typer.confirm("Erase everything about this customer? It cannot be undone", abort=True)
    return actions.erase_alone(actor, asked, alone)


def _tell(held: Erasure, as_json: bool) -> None:
    if as_json:
        counts = {table: n for table, n in held.counts.items() if n}
        write_json({"number": held.number, "state": held.state, "counts": counts})
    elif held.state == held.DONE:
        say(f"Erased. Receipt {held.number}: klantbeeld erase --receipt {held.number}")
    else:
        say(f"Asked for as {held.number}; nothing is erased yet.")
        say("Somebody else agrees under Erasures on screen, or run it again with --alone WHY.")


def _list(actor: Actor, as_json: bool) -> None:
    from klantbeeld.privacy.reads import erasures

    rows = [_plain(one) for one in erasures(actor)]
    if as_json:
        write_json(rows)
    elif rows:
        show_table(("number", "state", "asked by", "decided by"),
                   [tuple(row.values())[:4] for row in rows])  # fmt: skip
    else:
        say("Nobody was erased yet.")


def _plain(one: Erasure) -> dict[str, Any]:
    return {
        "number": one.number, "state": one.state, "asked_by": one.asked_by,
        "decided_by": one.decided_by, "kind": one.kind, "steps": len(one.position),
    }  # fmt: skip


def _show(actor: Actor, number: str) -> None:
    from klantbeeld.privacy.reads import erasure_numbered

    held = erasure_numbered(actor, number)
    if held is None or not held.receipt:
        raise Failed(f"There is no receipt with the number {number}.")
    told = {"receipt": held.receipt, "signature": held.signature}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _verify(path: Path) -> None:
    from klantbeeld.privacy.reads import is_genuine_receipt

    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        genuine = is_genuine_receipt(_system(), held["receipt"], held["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise Failed(f"{path} holds no receipt.") from error
    if not genuine:
        raise Failed("This installation did not sign just this: the receipt was changed.")
    say("Genuine: this installation signed it, and nothing in it was changed.")


def _system() -> Actor:
    from klantbeeld.core.actor import system_actor

    return system_actor()


def _resume(actor: Actor, as_json: bool) -> None:
    from klantbeeld.pipeline.actions import resume_erasures

    count = resume_erasures(actor)
    if as_json:
        write_json({"resumed": count})
    else:
        say(f"Went on with {count} erasures." if count else "Nothing was broken off.")
