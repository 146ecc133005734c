"""`klantbeeld matching`: the report, other rules tried, applied and undone; and one candidate."""

from __future__ import annotations

import json
import sys
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
    from klantbeeld.identity.actions import Limited
    from klantbeeld.identity.models import Experiment
    from klantbeeld.identity.reads import Candidate

app = typer.Typer(help="Report, try and change how matching decides.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The number of what was tried; see `matching list`.")]


@app.command("report")
def report(as_json: Json = False) -> None:
    """Show the report of the last match of everything."""
    actor = open_house()
    from klantbeeld.identity.reads import match_report

    told = match_report(actor)
    if told is None:
        raise Failed("There is no report yet: match everything with `klantbeeld resolve`.")
    if as_json:
        write_json(told)
        return
    say(f"Model {told['version']}: {told['records']:,} records are {told['customers']:,} customers"
        f" in {told['households']:,} households.")  # fmt: skip
    show_table(("doubtful pairs", "number"), sorted(told["doubts"].items()))
    for kind, model in told["model"].items():
        figures = told["kinds"].get(kind, {"pairs": 0, "keys": {}})
        state = "learnt" if model["learnt"] else "not learnt yet"
        say(f"{kind}: {state}; joined from {model['join_bits']:+.1f} bits, asked from"
            f" {model['review_bits']:+.1f}; {figures['pairs']:,} pairs compared.")  # fmt: skip
        ordered = sorted(figures["keys"].items(), key=lambda item: -item[1][0])
        show_table(("key", "pairs", "by it alone"), [(k, f"{a:,}", f"{b:,}")
                                                     for k, (a, b) in ordered])  # fmt: skip
        show_table(
            ("comparison", "bits of each level, different first"),
            [(name, "  ".join(f"{b:+.1f}" for b in bits)) for name, bits in model["bits"].items()],
        )
    sizes = sorted(told["sizes"].items(), key=lambda item: int(item[0]))
    show_table(("records of a customer", "customers"), [(s, f"{n:,}") for s, n in sizes])


@app.command("list")
def list_tried(as_json: Json = False) -> None:
    """List what was tried."""
    actor = open_house()
    from klantbeeld.identity.reads import experiments

    rows = [_row(held) for held in experiments(actor)]
    if as_json:
        write_json(rows)
    elif rows:
        show_table(
            ("number", "state", "by", "note"),
            [(r["number"], r["state"], r["by"], r["note"]) for r in rows],
        )
    else:
        say("Nothing was tried yet.")


JoinBits = Annotated[
    float | None, typer.Option(help="Evidence from which on records are one customer.")
]
Household = Annotated[
    float | None, typer.Option(help="Probability from which on two are a household.")
]
Unique = Annotated[
    list[str] | None,
    typer.Option(help="A source in which everybody stands once; may be repeated."),
]
Differing = Annotated[
    list[str] | None,
    typer.Option(help="What never differs in one customer: birth, kvk …; may be repeated."),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        help="How many people may use one value: email=2, or email=2/90 within so many days;"
        " may be repeated. 'none' lifts all."
    ),
]
Priority = Annotated[
    list[str] | None,
    typer.Option(help="What joins by itself, the strongest first; may be repeated."),
]


@app.command("try")
def try_rules(
    join_bits: JoinBits = None,
    household: Household = None,
    unique: Unique = None,
    differing: Differing = None,
    limit: Limit = None,
    priority: Priority = None,
    learn: Annotated[str, typer.Option(help="keep, records or judgements.")] = "keep",
    note: Annotated[str, typer.Option(help="Why, for colleagues.")] = "",
    as_json: Json = False,
) -> None:
    """Reckon what other rules or another model would change; nothing changes by it."""
    actor = open_house()
    from dataclasses import replace

    from klantbeeld.identity.reads import deciding
    from klantbeeld.pipeline.actions import begin_experiment

    several = {"unique": unique, "differing": differing, "priority": priority}
    told: dict[str, Any] = {name: tuple(given) for name, given in several.items() if given}
    one = {"join_bits": join_bits, "household": household}
    told |= {name: given for name, given in one.items() if given is not None}
    try:
        if limit:
            told["limits"] = _limits(limit)
        held = begin_experiment(actor, replace(deciding(actor).rules, **told), learn, note)
    except ValueError as error:
        raise WrongUsage(f"This cannot be: {error}.") from error
    _work(actor, held)
    _tell(held, as_json)


def _limits(told: list[str]) -> tuple[Limited, ...]:
    from klantbeeld.identity.actions import Limited

    found = []
    for text in told:
        if text == "none":
            continue
        name, _, bound = text.partition("=")
        persons, _, days = bound.partition("/")
        if not persons.isdecimal() or (days and not days.isdecimal()):
            raise ValueError(f"the limit {text!r}; write email=2 or email=2/90")
        found.append(Limited(name, int(persons), int(days) if days else None))
    return tuple(found)


@app.command("apply")
def apply(number: Number, as_json: Json = False) -> None:
    """Apply what was tried, and match everything by it."""
    _go_on(number, "applying", as_json)


@app.command("undo")
def undo(number: Number, as_json: Json = False) -> None:
    """Put back what decided before, and match everything by it."""
    _go_on(number, "undoing", as_json)


def _go_on(number: int, state: str, as_json: bool) -> None:
    actor = open_house()
    from klantbeeld.identity.reads import UnknownExperiment, experiment
    from klantbeeld.pipeline.actions import go_on_experiment
    from klantbeeld.pipeline.errors import BusyMatching

    try:
        held = experiment(actor, number)
        go_on_experiment(actor, held, state)
    except (BusyMatching, UnknownExperiment) as error:
        raise Failed(str(error)) from error
    _work(actor, held)
    _tell(held, as_json)


def _work(actor: Actor, held: Experiment) -> None:
    """Do here what a worker would do; of the two whoever comes first does it."""
    from klantbeeld.pipeline.actions import work_off_experiment

    work_off_experiment(actor, held)
    held.refresh_from_db()
    if held.problem:
        raise Failed(f"It did not come to its end: {held.problem}.")


def _row(held: Experiment) -> dict[str, Any]:
    return {
        "number": held.pk, "state": held.state, "by": held.actor, "note": held.note,
        "learn": held.learn, "rules": held.rules, "counts": held.counts,
    }  # fmt: skip


def _tell(held: Experiment, as_json: bool) -> None:
    if as_json:
        write_json(_row(held))
        return
    say(f"Number {held.pk}: {held.state}.")
    show_table(("customers", "number"), [(k, f"{n:,}") for k, n in held.counts.items()])


def match(
    file: Annotated[
        Path, typer.Argument(help="A JSON object of roles, such as email; - for standard input.")
    ],
    limit: Annotated[int, typer.Option(help="At most this many.", min=1)] = 5,
    as_json: Json = False,
) -> None:
    """Tell which customers somebody may be, without storing anything."""
    actor = open_house()
    from klantbeeld.pipeline.actions import match as match_one
    from klantbeeld.pipeline.errors import BadRows

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        told = json.loads(text)
        if not isinstance(told, dict):
            raise ValueError
        found = match_one(actor, told, limit)
    except OSError as error:
        raise WrongUsage(f"{file} cannot be read.") from error
    except BadRows as error:
        raise Failed(f"Cannot be used: {error.code} {error.field}".rstrip() + ".") from error
    except ValueError as error:
        raise Failed(f"{file} is not one JSON object.") from error
    rows = [_candidate(one) for one in found]
    if as_json:
        write_json(rows)
    elif rows:
        columns = ("customer", "class", "probability", "weight")
        shown = [(*(r[c] for c in columns), "; ".join(map(str, r["reasons"]))) for r in rows]
        show_table((*columns, "reasons"), shown)
    else:
        say("Nobody is like this.")


def _candidate(one: Candidate) -> dict[str, Any]:
    from klantbeeld.core.public_ids import to_public
    from klantbeeld.identity.reads import finding

    return {
        "customer": to_public("customer", one.customer), "class": one.kind,
        "probability": round(one.same, 4), "weight": round(one.weight, 2),
        "is_doubtful": one.is_doubtful,
        "reasons": [f"{s.name}: {finding(s.words)}" for s in one.steps],
    }  # fmt: skip
