"""`klantbeeld restrict` and `klantbeeld retention`: kept and not used, and gone when it is time."""

from __future__ import annotations

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
    from collections.abc import Iterable

    from klantbeeld.accounts.keeping import Over
    from klantbeeld.core.actor import Actor
    from klantbeeld.pipeline.retention import Term

Key = Annotated[str, typer.Argument(help="The customer's key, as `find` shows it.")]


def restrict(
    key: Key = "",
    reason: Annotated[
        str, typer.Option(help="accuracy, unlawful, claim, objection or request.")
    ] = "request",
    objects: Annotated[
        str, typer.Option(help="Note an objection to a purpose instead, such as marketing.")
    ] = "",
    hold: Annotated[str, typer.Option(help="Keep everything for the case with this number.")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="End it instead.")] = False,
    show: Annotated[bool, typer.Option("--list", help="List who is restricted.")] = False,
    as_json: Json = False,
) -> None:
    """Keep what is held of a customer and let nobody read or use it, until it is lifted."""
    if bool(key) == show or (objects and hold):
        raise WrongUsage("Give a customer's key or --list; and one of --objects and --hold.")
    actor = open_house()
    if show:
        _list(actor, as_json)
        return
    customer = kept_customer_of(actor, key)
    try:
        told = _do(actor, customer, (reason, objects, hold), lift)
    except ValueError as error:
        raise Failed(str(error)) from error
    if as_json:
        write_json({"customer": key, "done": told})
    else:
        say(told)


def _do(actor: Actor, customer: int, asked: tuple[str, str, str], lift: bool) -> str:
    from klantbeeld.pipeline import actions

    reason, objects, hold = asked
    if hold and lift:
        return f"Lifted: the hold {hold} on {actions.lift_hold(actor, customer, hold)} records."
    if hold:
        actions.hold_customer(actor, customer, hold)
        return f"Kept for {hold}: nothing of this customer is erased before that is lifted."
    if objects and lift:
        actions.lift_objection(actor, customer)
        return "The objection is lifted."
    if objects:
        actions.note_objection(actor, customer, objects)
        return f"Noted: nothing of this customer is used for {objects} any more."
    if lift:
        actions.lift_restriction(actor, customer)
        return "Lifted: the customer is shown and used again."
    actions.restrict_customer(actor, customer, reason)
    return "Restricted: kept, and nobody reads or uses it until it is lifted."


def _list(actor: Actor, as_json: bool) -> None:
    from klantbeeld.pipeline.reads import restricted_customers

    rows: list[dict[str, Any]] = [
        {"key": one.public_id, "kind": one.kind, "purpose": one.purpose, "reason": one.reason}
        for one in restricted_customers(actor)
    ]
    if as_json:
        write_json(rows)
    elif rows:
        show_table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    else:
        say("Nobody is restricted.")


def retention(
    run: Annotated[bool, typer.Option("--run", help="Erase what is past its term.")] = False,
    purpose: Annotated[str, typer.Option(help="Set the term of this purpose.")] = "",
    days: Annotated[
        int | None, typer.Option(help="Its term in days; 0 keeps for ever.", min=0)
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only tell what this term would do.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what is past its term, purpose by purpose; with --run it is erased."""
    if bool(purpose) != (days is not None):
        raise WrongUsage("--purpose and --days go together.")
    if preview and (run or not purpose):
        raise WrongUsage("--preview goes with --purpose and --days, and not with --run.")
    actor = open_house()
    from klantbeeld.accounts.reads import over
    from klantbeeld.pipeline import actions

    if days is not None and not preview:
        try:
            actions.set_term(actor, purpose, days)
        except ValueError as error:
            raise Failed(str(error)) from error
    if days is not None and preview:
        lines = actions.try_terms(actor, {purpose: days})
    else:
        lines = actions.keep_terms(actor) if run else actions.preview_terms(actor)
    rows = _term_rows(lines, () if run or preview else over(actor))
    if as_json:
        write_json({"erased" if run else "due": rows})
        return
    _tell_terms(rows, run)
    if not run:
        say("Nothing was erased: run it with --run, or let the worker do it every night.")


def _term_rows(lines: Iterable[Term], kept: Iterable[Over]) -> list[dict[str, Any]]:
    chosen = [
        {"purpose": one.purpose, "days": one.days, "due": one.due, "kept": one.held,
         "more": one.is_more, "tonight": one.tonight}
        for one in lines
    ]  # fmt: skip
    by_register = [
        {"purpose": one.name, "days": one.days, "due": one.due, "kept": 0, "more": False,
         "tonight": one.due}
        for one in kept
    ]  # fmt: skip
    return chosen + by_register


def _tell_terms(rows: list[dict[str, Any]], run: bool) -> None:
    columns = ("purpose", "term in days", "erased" if run else "due", "kept for a case")
    show_table((*columns, *(() if run else ("tonight",))), [
        (row["purpose"], row["days"], f"more than {row['due']}" if row["more"] else row["due"],
         row["kept"], *(() if run else (row["tonight"],)))
        for row in rows
    ])  # fmt: skip
