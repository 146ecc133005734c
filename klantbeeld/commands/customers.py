"""`klantbeeld find`, `card` and `export`: customers at the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
    from klantbeeld.profiles.reads import Card

Key = Annotated[str, typer.Argument(help="The customer's key, as `find` shows it.")]
CENT = 100


def find(
    text: Annotated[str, typer.Argument(help="Name, address, e-mail, phone or a number.")],
    limit: Annotated[int, typer.Option(help="At most this many.", min=1)] = 20,
    as_json: Json = False,
) -> None:
    """Find customers."""
    actor = open_house()
    from klantbeeld.profiles import reads

    found = reads.find(actor, text, limit)
    if as_json:
        hits = [{**asdict(hit), "key": hit.public_id} for hit in found.hits]
        write_json({"total": found.total, "is_capped": found.is_capped, "customers": hits})
    elif found.hits:
        show_table(
            ("key", "name", "city", "group", "found by"),
            [(h.public_id, h.name, h.city, h.group, h.matched) for h in found.hits],
        )
    else:
        say("Nobody found.")


def card(key: Key, as_json: Json = False) -> None:
    """Show a customer's card."""
    actor = open_house()
    from klantbeeld.profiles.reads import UnknownCustomer, card_for

    try:
        shown = card_for(actor, key)
    except UnknownCustomer as error:
        raise Failed(str(error)) from error
    if as_json:
        write_json(_plain(asdict(shown)))
    else:
        _tell(shown)


def _plain(value: Any) -> Any:
    """Keys as text all the way down; other values are left to JSON."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def _tell(shown: Card) -> None:
    say(f"{shown.name} ({shown.kind}, {shown.group})  {shown.public_id}")
    for flag in shown.flags:
        say(f"  ! {flag.text}")
    show_table(
        ("what", "value", "source"),
        [
            *((line.label, line.value, line.source) for line in shown.identity),
            *((figure.label, _figure(figure), figure.source) for figure in shown.figures),
            *(
                (f"contact by {c}", said.state, said.source_name)
                for c, said in shown.consents.items()
            ),
        ],
    )
    entries = [*shown.history.upcoming, *shown.history.entries]
    show_table(
        ("when", "what", "subject", "source"),
        [(e.day, e.kind, e.subject, e.source_name) for e in entries],
    )


def _figure(figure: Any) -> str:
    if figure.amount_minor is not None:
        return f"{figure.amount_minor / CENT:,.2f}"
    if figure.number is not None:
        return f"{figure.number:,}"
    return str(figure.day or figure.text)


def export(
    key: Key,
    to: Annotated[Path | None, typer.Option(help="Write to this file; otherwise shown.")] = None,
) -> None:
    """Hand out everything that is held about a customer, as JSON."""
    if to is not None:
        _require_free(to)
    actor = open_house()
    from klantbeeld.pipeline.actions import export_customer

    bundle = export_customer(actor, customer_of(actor, key))
    text = json.dumps(bundle, ensure_ascii=False, indent=2, default=str) + "\n"
    if to is None:
        sys.stdout.write(text)
        return
    # All there is about somebody: for whoever asked for it, not for everybody on this machine.
    to.touch(0o600, exist_ok=False)
    to.write_text(text, encoding="utf-8")
    say(f"Written to {to}.")


def _require_free(target: Path) -> None:
    if target.exists():
        raise WrongUsage(f"{target} exists already; choose another name.")
    if not target.parent.is_dir():
        raise WrongUsage(f"There is no folder {target.parent} to write to.")


def customer_of(actor: Actor, key: str) -> int:
    """The customer behind a key. Raises `Failed`."""
    from klantbeeld.profiles.reads import UnknownCustomer, customer_id_of

    try:
        return customer_id_of(actor, key)
    except UnknownCustomer as error:
        raise Failed(str(error)) from error


def kept_customer_of(actor: Actor, key: str) -> int:
    """The customer behind a key, also one who is restricted. Raises `Failed`."""
    from klantbeeld.profiles.reads import UnknownCustomer, kept_customer_id_of

    try:
        return kept_customer_id_of(actor, key)
    except UnknownCustomer as error:
        raise Failed(str(error)) from error
