"""How matching decides: the rules to change, what a change would do, apply and undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.actions import (
    DIFFERING_KEYS,
    LIMITABLE_KEYS,
    RANKED_KEYS,
    Blocked,
    Limited,
    Rules,
)
from klantbeeld.identity.models import Experiment
from klantbeeld.identity.reads import Deciding
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import BusyMatching
from klantbeeld.web import formats
from klantbeeld.web.filled import words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.match_report import report
from klantbeeld.web.filled.why import record_row
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes.common import Tone
from klantbeeld.web.shapes.matching import (
    Choice,
    Example,
    ExampleRecord,
    ExperimentRow,
    ExperimentView,
    LimitRow,
    MatchingView,
    RulesForm,
)

DIFFERING: words.Words = {
    "birth": gettext_lazy("Date of birth"), "number": gettext_lazy("Customer number"),
    "login": gettext_lazy("Log-in"), "loyalty": gettext_lazy("Loyalty card"), "iban": "IBAN",
    "kvk": gettext_lazy("Chamber of Commerce number"), "vat": gettext_lazy("VAT number"),
}  # fmt: skip
BLOCKABLE: words.Words = {
    "email": gettext_lazy("E-mail"), "phone": gettext_lazy("Phone"), "iban": "IBAN",
    "login": gettext_lazy("Log-in"), "loyalty_number": gettext_lazy("Loyalty card"),
}  # fmt: skip
LIMITABLE: words.Words = {
    "number": gettext_lazy("Customer number"), "login": gettext_lazy("Log-in"),
    "loyalty": gettext_lazy("Loyalty card"), "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"), "iban": "IBAN",
}  # fmt: skip
RANKED: words.Words = {
    "number": gettext_lazy("Customer number"), "login": gettext_lazy("Log-in"),
    "document": gettext_lazy("Document number"), "email": gettext_lazy("E-mail"),
}  # fmt: skip
LEARN: words.Words = {
    "keep": gettext_lazy("Keep what was learnt"),
    "records": gettext_lazy("Learn anew from all records"),
    "judgements": gettext_lazy("Learn anew, with what people said: the evidence and the bar"),
}
STATES: Mapping[str, tuple[str | Promise, Tone, str]] = {
    "running": (gettext_lazy("Being reckoned"), "info", "refresh"),
    "ready": (gettext_lazy("Reckoned"), "accent", "eye"),
    "failed": (gettext_lazy("Failed"), "bad", "circle-x"),
    "dropped": (gettext_lazy("Not done"), "grey", "minus"),
    "applying": (gettext_lazy("Being applied"), "info", "refresh"),
    "applied": (gettext_lazy("Applied"), "good", "circle-check"),
    "undoing": (gettext_lazy("Being undone"), "info", "refresh"),
    "undone": (gettext_lazy("Undone"), "grey", "arrow-back-up"),
}
STAGES: words.Words = {
    "waiting": gettext_lazy("Waiting for its turn"), "reading": gettext_lazy("Reading all records"),
    "learning": gettext_lazy("Learning from them"), "matching": gettext_lazy("Matching everything"),
    "comparing": gettext_lazy("Comparing with how it is now"),
    "profiles": gettext_lazy("Making the cards anew"), "copied": gettext_lazy("Finishing"),
}  # fmt: skip
PROBLEMS: words.Words = {
    "too_few_judgements": gettext_lazy(
        "At least ten pairs must have been judged the same, and ten different, to learn from."
    ),
    "failed": gettext_lazy("It did not come to its end. Try it again; nothing is lost."),
}
EXAMPLES: Mapping[str, tuple[str | Promise, Tone, str]] = {
    "merged": (gettext_lazy("Become one customer"), "good", "git-merge"),
    "split": (gettext_lazy("Fall apart"), "warn", "route"),
    "moved": (gettext_lazy("Records pass to another customer"), "info", "repeat"),
}


@found
def matching(actor: Actor) -> MatchingView:
    """See `pages.MatchPages`."""
    held = identity.deciding(actor)
    learnt = (
        _("learnt from %(n)s records on %(day)s")
        % {"n": formats.number(held.records), "day": formats.day(held.at)}
        if held.at and held.records
        else _("the starting model: it is learnt once there are a thousand records")
    )
    decided = ((_("Model"), f"{held.version}, {learnt}"), *_told(held.rules))
    tried = tuple(_row(one) for one in identity.experiments(actor))
    return MatchingView(decided, _form(held), tried, report(identity.match_report(actor)))


def _told(rules: Rules) -> Iterator[tuple[str, str]]:
    """The rules that people changed, in words."""
    if rules.join_bits is not None:
        yield _("Bar for one customer"), formats.number(rules.join_bits, 1)
    if rules.household is not None:
        yield _("Bar for a household"), formats.percent(round(rules.household * 100, 1))
    if rules.unique is not None:
        yield _("Sources in which everybody stands once"), ", ".join(rules.unique) or _("none")
    if rules.differing:
        named = (words.said(DIFFERING, key) for key in rules.differing)
        yield _("Never one customer when these differ"), ", ".join(named)
    if rules.blocked:
        yield _("Values that say nothing"), ", ".join(one.hint for one in rules.blocked)
    for one in rules.limits:
        label = _("%(kind)s: people at most") % {"kind": words.said(LIMITABLE, one.type)}
        most = formats.number(one.persons)
        within = {"most": most, "n": formats.number(one.days or 0)}
        yield label, _("%(most)s within %(n)s days") % within if one.days else most
    if rules.priority:
        ordered = ", ".join(words.said(RANKED, key) for key in rules.priority)
        yield _("Joins by itself, strongest first"), ordered


def _form(held: Deciding) -> RulesForm:
    rules, own = held.rules, held.model["person"]
    unique = {key for key, _name, is_unique in held.sources if is_unique}
    chosen = set(rules.unique) if rules.unique is not None else unique
    return RulesForm(
        "" if rules.join_bits is None else f"{rules.join_bits:g}", f"{own['join_bits']:g}",
        "" if rules.household is None else f"{rules.household * 100:g}",
        f"{own['household'] * 100:g}",
        tuple(Choice(key, name, key in chosen) for key, name, _is in held.sources),
        tuple(Choice(k, words.said(DIFFERING, k), k in rules.differing) for k in DIFFERING_KEYS),
        tuple(
            Choice(f"{b.role}:{b.hash}", b.hint, True, words.said(BLOCKABLE, b.role))
            for b in rules.blocked
        ),
        tuple(Choice(key, str(label), False) for key, label in BLOCKABLE.items()),
        tuple(Choice(key, str(label), key == "keep") for key, label in LEARN.items()),
        held.said, tuple(_limit_rows(rules)), tuple(_ranks(rules)),
    )  # fmt: skip


def _limit_rows(rules: Rules) -> Iterator[LimitRow]:
    set_ = {one.type: one for one in rules.limits}
    for key in LIMITABLE_KEYS:
        one = set_.get(key)
        persons, days = (f"{one.persons}", f"{one.days or ''}") if one else ("", "")
        yield LimitRow(key, words.said(LIMITABLE, key), persons, days)


def _ranks(rules: Rules) -> Iterator[tuple[Choice, ...]]:
    """A list to choose from for every place in the order; nothing chosen leaves it as usual."""
    for place in range(len(RANKED_KEYS)):
        chosen = rules.priority[place] if place < len(rules.priority) else ""
        kinds = (Choice(key, words.said(RANKED, key), key == chosen) for key in RANKED_KEYS)
        yield (Choice("", "–", not chosen), *kinds)


def _limits(told: Mapping[str, Any]) -> Iterator[Limited]:
    rows = zip(told["limit_type"], told["limit_persons"], told["limit_days"], strict=False)
    for key, persons, days in rows:
        if persons.strip():
            most, within = _number(persons.strip(), "limits"), _number(days.strip(), "limits")
            yield Limited(key, int(most or 0), int(within) if within is not None else None)


def _row(held: Experiment) -> ExperimentRow:
    label, tone, icon = STATES[held.state]
    counts = held.counts
    changed = counts["before"] - counts["unchanged"] if counts else None
    return ExperimentRow(
        to_public("experiment", held.pk), local(held.at), held.actor, held.note, str(label), tone,
        icon, changed,
    )  # fmt: skip


@found
def try_matching(actor: Actor, told: Mapping[str, Any]) -> str:
    """See `pages.MatchPages`."""
    held = identity.deciding(actor)
    kept = set(told["blocked"])
    blocked = [b for b in held.rules.blocked if f"{b.role}:{b.hash}" in kept]
    if told["block_value"]:
        blocked.append(_blocked(actor, told["block_role"], told["block_value"]))
    unique = {key for key, _name, is_unique in held.sources if is_unique}
    chosen = set(told["unique"]) & {key for key, *_rest in held.sources}
    rules = Rules(
        _number(told["join_bits"], "join_bits"),
        (_number(told["household"], "household", 100) if told["household"] else None),
        None if chosen == unique else tuple(sorted(chosen)),
        tuple(key for key in DIFFERING_KEYS if key in set(told["differing"])),
        tuple(dict.fromkeys(blocked)),
        tuple(_limits(told)),
        tuple(key for key in told["priority"] if key),
    )
    try:
        made = pipeline.begin_experiment(actor, rules, told["learn"], told["note"])
    except BusyMatching as error:
        raise Invalid(
            {"": _("Another change is being reckoned; wait until it is done.")}
        ) from error
    except ValueError as error:
        raise Invalid({str(error): _("This value cannot be used here.")}) from error
    return to_public("experiment", made.pk)


def _number(text: str, name: str, of: int = 1) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", ".")) / of
    except ValueError as error:
        raise Invalid({name: _("This is not a number.")}) from error


def _blocked(actor: Actor, role: str, text: str) -> Blocked:
    try:
        return pipeline.blocked_value(actor, role, text)
    except ValueError as error:
        problem = _("This cannot be such a value; type it as it stands with the customer.")
        raise Invalid({"block_value": problem}) from error


@found
def experiment(actor: Actor, public_id: str) -> ExperimentView:
    """See `pages.MatchPages`."""
    held = identity.experiment(actor, from_public("experiment", public_id))
    is_busy = held.state in Experiment.BUSY
    stage = words.said(STAGES, str(held.progress.get("stage", "waiting"))) if is_busy else ""
    changes = [f"{label}: {text}" for label, text in _told(Rules.from_plain(held.rules))]
    if held.learn != Experiment.KEEP:
        changes.insert(0, words.said(LEARN, held.learn))
    may = {
        Experiment.READY: ("applying", "dropped"), Experiment.APPLIED: ("undoing",),
        Experiment.FAILED: ("dropped",),
    }.get(held.state, ())  # fmt: skip
    problem = words.said(PROBLEMS, held.problem) if held.problem else ""
    return ExperimentView(
        _row(held), is_busy, stage, problem, tuple(changes or [_("Nothing is changed.")]),
        tuple(_counts(held.counts)), tuple(_examples(actor, held.examples)), may,
        report(held.report),
    )  # fmt: skip


def _counts(counts: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    if not counts:
        return
    yield _("Customers now"), counts["before"], ""
    yield _("Customers then"), counts["after"], ""
    yield _("merge"), counts["merged"], _("customers that become one with another")
    yield _("fall apart"), counts["split"], _("customers that become several")
    yield _("pass on records"), counts["moved"], _("customers that give or get records")
    yield _("stay as they are"), counts["unchanged"], ""
    yield (
        _("Households then"),
        counts["households_after"],
        (_("now %(n)s") % {"n": formats.number(counts["households_before"])}),
    )


def _examples(actor: Actor, told: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    records = sorted({r for e in told for group in e["before"] for r in group})
    held = {r.record: r for r in identity.told_by(actor, records)}
    owners = identity.customers_of(actor, records)

    def group(members: Sequence[int]) -> tuple[ExampleRecord, ...]:
        rows = [(r, record_row(held[r])) for r in members if r in held]
        return tuple(
            ExampleRecord(
                row.source, row.name if row.name != "–" else row.key, row.summary,
                to_public("customer", owners[r]) if r in owners else "",
            )
            for r, row in rows
        )  # fmt: skip

    for one in told:
        title, tone, icon = EXAMPLES[one["kind"]]
        sides = one["before"] if len(one["before"]) > 1 else one["after"]
        compare = ""
        if len(sides) > 1 and {sides[0][0], sides[1][0]} <= set(owners):
            ends = [to_public("record", side[0]) for side in sides[:2]]
            compare = reverse("web:compare", args=ends)
        yield Example(
            str(title), tone, icon, tuple(map(group, one["before"])),
            tuple(map(group, one["after"])), compare,
        )  # fmt: skip


@found
def go_on_matching(actor: Actor, public_id: str, state: str) -> None:
    """See `pages.MatchPages`."""
    held = identity.experiment(actor, from_public("experiment", public_id))
    try:
        pipeline.go_on_experiment(actor, held, state)
    except BusyMatching as error:
        problem = _("That cannot be done now: something else is under way, or a later change was "
                    "applied, which is to be undone first.")  # fmt: skip
        raise Invalid({"": problem}) from error
