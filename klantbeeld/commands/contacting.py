"""`klantbeeld may-contact`: may this customer be contacted, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantbeeld.commands.frame import Failed, Json, WrongUsage, open_house, say, write_json

if TYPE_CHECKING:
    from klantbeeld.profiles.reads import Judged


def may_contact(
    key: Annotated[str, typer.Argument(help="The customer's key, as `find` shows it.")],
    channel: Annotated[
        str, typer.Option(help="email, phone, post or sms; all of these by default.")
    ] = "",
    purpose: Annotated[
        str, typer.Option(help="marketing, fundraising, survey, service or sharing.")
    ] = "marketing",
    on: Annotated[str, typer.Option(help="The day, as 2026-07-01; today by default.")] = "",
    brand: Annotated[str, typer.Option(help="For this brand.")] = "",
    topic: Annotated[str, typer.Option(help="About this topic.")] = "",
    offered: Annotated[str, typer.Option(help="Category of what is offered.")] = "",
    as_json: Json = False,
) -> None:
    """Tell whether a customer may be contacted, over which channel, and why."""
    actor = open_house()
    from klantbeeld.privacy import reads as privacy
    from klantbeeld.profiles import reads as profiles
    from klantbeeld.profiles.reads import Question, UnknownCustomer

    if channel not in ("", *privacy.SPOKEN_CHANNELS) or purpose not in profiles.PURPOSES:
        raise WrongUsage("There is no such channel or purpose; see `klantbeeld may-contact -h`.")
    asked = Question(purpose=purpose, brand=brand, topic=topic, offered=offered)
    if on:
        try:
            asked = replace(asked, day=date.fromisoformat(on))
        except ValueError as error:
            raise WrongUsage("Give the day as 2026-07-01.") from error
    try:
        known = profiles.known_for_contact(actor, key)
    except UnknownCustomer as error:
        raise Failed(str(error)) from error
    channels = [channel] if channel else privacy.CHANNELS
    found = profiles.may_contact(actor, known, [replace(asked, channel=c) for c in channels])
    told = [_told(one) for one in found]
    if as_json:
        write_json({"customer": key, "purpose": purpose, "day": asked.day, "channels": told})
        return
    for one in told:
        _say(one)


def _told(one: Judged) -> dict[str, Any]:
    from klantbeeld.privacy.reads import told

    said = told(one.verdict)
    return {
        "channel": one.question.channel, "answer": one.verdict.answer,
        "reason": one.verdict.reason, "words": said.reason, "changes": list(said.changes),
        "duties": list(said.duties), "rule": one.verdict.rule, "law": one.verdict.source,
    }  # fmt: skip


def _say(one: dict[str, Any]) -> None:
    say(f"{one['channel']}: {one['answer']}. {one['words']}.")
    for line in (*one["changes"], *one["duties"], one["law"]):
        if line:
            say(f"  {line}")
