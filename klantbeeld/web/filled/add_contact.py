"""May these people be approached, and why may the company hold them: asked once for each source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.core.transitions import ForbiddenTransition
from klantbeeld.pipeline import actions, reads
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.reads import ShownTable
from klantbeeld.sources import reads as sources
from klantbeeld.web.filled import add_words, contact_words, words
from klantbeeld.web.filled.adding import CHANNELS, head, held
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import adding as shapes

COLUMN, REASON, LATER = "column", "reason", "later"
ROLES = {channel: f"consent_{channel}" for channel in CHANNELS}
LONGEST_REASON = 500
_ANSWERS = {True: "yes", False: "no", None: ""}


@found
def intake_contact(actor: Actor, public_id: str) -> shapes.ContactView:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    return shapes.ContactView(
        head=head(asked, 3),
        sources=tuple(_sources(actor, asked)),
        ways=contact_words.choices(contact_words.WAYS, contact_words.WAYS),
        yes_no=contact_words.choices(contact_words.YES_NO, contact_words.YES_NO),
        bases=tuple((key, str(n), str(text)) for key, (n, text) in add_words.BASES.items()),
        problems={},
    )


def _sources(actor: Actor, asked: Intake) -> Iterator[shapes.SourceAsked]:
    tables = reads.intake_tables(actor, asked)
    keys = list(dict.fromkeys(t.source for t in tables if _is_about_people(t)))
    before = {o.key: (o.through, _ANSWERS[o.offered_way_out]) for o in sources.obtained(actor)}
    names, bases = sources.named(actor, keys), sources.bases(actor, keys)
    for number, key in enumerate(keys):
        own = [t for t in tables if t.source == key]
        told = asked.answers.get(key, {})
        known = bases.get(key, "unknown")
        channels = tuple(_channels(own))
        usual = COLUMN if any(c.chosen for c in channels) else LATER
        yield shapes.SourceAsked(
            number=number,
            key=key,
            name=names.get(key, key.replace("-", " ").capitalize()),
            people=sum(t.rows for t in own if t.holds == "customers"),
            asks_contact=any(t.holds == "customers" for t in own),
            columns=tuple(_columns(own)),
            channels=channels,
            contact=str(told.get("contact") or usual),
            reasoned=tuple(told.get("channels", ("email",))),
            reason=str(told.get("reason", "")),
            basis=str(told.get("basis") or known),
            through=str(told.get("through") or before.get(key, ("", ""))[0]),
            way_out=str(told.get("offered") or before.get(key, ("", ""))[1]),
            known_basis="" if known == "unknown" else str(add_words.BASES[known][0]),
        )


def _is_about_people(table: ShownTable) -> bool:
    return table.holds not in {"products", "costs", "unknown"}


def _columns(tables: list[ShownTable]) -> Iterator[tuple[str, str]]:
    """Columns that can be pointed at: "table:column" by place, with their names."""
    for table in tables:
        if table.holds != "customers":
            continue
        for n, column in enumerate(table.columns):
            yield f"{table.number}:{n}", column.column


def _channels(tables: list[ShownTable]) -> Iterator[shapes.ChannelColumn]:
    for channel, role in ROLES.items():
        chosen = next(
            (f"{t.number}:{n}" for t in tables for n, c in enumerate(t.columns)
             if c.role == role and t.holds == "customers"),
            "",
        )  # fmt: skip
        label = words.headed(words.CONSENT_CHANNELS, channel)
        yield shapes.ChannelColumn(channel, label, chosen)


@found
def answer_contact(actor: Actor, public_id: str, answers: Mapping[int, Mapping[str, Any]]) -> None:
    """See `pages.AddPages`."""
    asked = held(actor, public_id)
    shown = list(_sources(actor, asked))
    told: dict[str, dict[str, Any]] = {}
    problems: dict[str, str] = {}
    pointed: dict[int, dict[str, str]] = {}
    for source in shown:
        given = answers.get(source.number, {})
        contact = given.get("contact", LATER)
        reason = str(given.get("reason", "")).strip()[:LONGEST_REASON]
        channels = [c for c in CHANNELS if c in given.get("channels", ())]
        if contact == REASON and not (reason and channels):
            problems[str(source.number)] = _(
                "Tick what you may use and write down how you know: it is your proof."
            )
        if contact == COLUMN:
            _point(pointed, source, given.get("columns", {}))
        basis = given.get("basis", "")
        through, offered = given.get("through", ""), given.get("offered", "")
        told[source.key] = {
            "contact": contact if contact in {COLUMN, REASON} else LATER,
            "channels": channels, "reason": reason,
            "basis": basis if basis in add_words.BASES else "unknown",
            "through": through if through in contact_words.WAYS else "",
            "offered": offered if offered in contact_words.YES_NO else "",
        }  # fmt: skip
    if problems:
        raise Invalid(problems)
    try:
        _say(actor, asked, pointed)
        actions.answer(actor, asked, told)
        actions.go_on(actor, asked, Intake.TRYING)
    except ForbiddenTransition as error:
        raise Invalid({"": _("This is being loaded already.")}) from error


def _point(
    pointed: dict[int, dict[str, str]], source: shapes.SourceAsked, columns: Mapping[str, str]
) -> None:
    """Note the columns that somebody pointed at, in place of those that were taken for it."""
    places = {place for place, _name in source.columns}
    for channel in source.channels:
        wanted = columns.get(channel.channel, channel.chosen)
        if wanted == channel.chosen:
            continue
        for place, role in ((channel.chosen, ""), (wanted, ROLES[channel.channel])):
            if place in places:
                table, _colon, column = place.partition(":")
                pointed.setdefault(int(table), {})[column] = role


def _say(actor: Actor, asked: Intake, pointed: Mapping[int, Mapping[str, str]]) -> None:
    tables = reads.intake_tables(actor, asked)
    choices = [
        actions.TableChoice(
            table, "", {tables[table].columns[int(n)].column: role for n, role in roles.items()}
        )
        for table, roles in pointed.items()
    ]
    if choices:
        actions.choose_columns(actor, asked, choices)
