"""What the company wants to know: goals with what is found and missing, and what they shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.pipeline.reads import Holdings
from klantbeeld.web import formats
from klantbeeld.web.filled import places
from klantbeeld.web.goals import GOALS, NEEDS, Goal, known
from klantbeeld.web.shapes import Fact, GoalsView, GoalView, NeedView

T = TypeVar("T")


def goals(actor: Actor) -> GoalsView:
    """See `pages.Pages`."""
    return view(actor, ())


def view(actor: Actor, facts: Sequence[Fact]) -> GoalsView:
    """Every goal, chosen ones first and in order, with its figure out of `facts`."""
    chosen = known(counted.chosen_goals(actor))
    held = counted.holdings(actor)
    others = (goal for goal in GOALS.values() if goal not in chosen)
    figures = {fact.key: fact for fact in facts}
    return GoalsView(
        goals=tuple(
            _goal(
                goal,
                held,
                goal in chosen,
                next((figures[f] for f in goal.facts if f in figures), None),
            )
            for goal in (*chosen, *others)
        ),
        add_href=places.add(),
        may_choose=may(actor, "system.manage"),
    )


def _goal(goal: Goal, held: Holdings, is_chosen: bool, fact: Fact | None) -> GoalView:
    needs = tuple(_need(key, held) for key in goal.needs)
    return GoalView(
        key=goal.key,
        label=str(goal.label),
        question=str(goal.question),
        icon=goal.icon,
        needs=needs,
        is_chosen=is_chosen,
        value=fact.value if fact else None,
        value_label=fact.label if fact else "",
        href=places.customers(**goal.list) if any(need.is_found for need in needs) else "",
    )


def _need(key: str, held: Holdings) -> NeedView:
    need = NEEDS[key]
    count = need.count(held)
    if count:
        return NeedView(str(need.label), True, str(need.found) % {"n": formats.number(count)})
    return NeedView(str(need.label), False, str(need.bring), places.template(need.template))


def choose_goals(actor: Actor, keys: Sequence[str]) -> None:
    """See `pages.Pages`."""
    pipeline.choose_goals(actor, [goal.key for goal in known(tuple(dict.fromkeys(keys)))])


def first(actor: Actor, items: Iterable[T], key: Callable[[T], str], part: str) -> tuple[T, ...]:
    """`items` with those that the chosen goals name in `part` (facts or panels) in front."""
    named = [name for goal in known(counted.chosen_goals(actor)) for name in getattr(goal, part)]
    place = {name: at for at, name in reversed(list(enumerate(named)))}
    return tuple(sorted(items, key=lambda item: place.get(key(item), len(named))))
