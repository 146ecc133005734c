"""People's own pages, by a link in a message: confirm, no more of this, preferences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.privacy import reads as ledger
from klantbeeld.privacy.errors import BadLink, BadStatement
from klantbeeld.privacy.reads import CONFIRM, OUT, PREFERENCES
from klantbeeld.web.filled import contact_words as said
from klantbeeld.web.filled import words
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import contact as shapes

State = Literal["ask", "done", "over", "gone"]
_READER = pipeline.MACHINE


def _opened(actor: Actor, kind: str, text: str) -> pipeline.Opened:
    try:
        return pipeline.open_link(actor, kind, text)
    except BadLink as error:
        raise NotFound("This link leads nowhere.") from error


def _company() -> str:
    return ledger.company(_READER).name


def heed_signal(actor: Actor, page: str, text: str) -> None:
    """See `pages.ContactPages`."""
    try:
        pipeline.heed_signal(actor, page, text)
    except BadLink as error:
        raise NotFound("This link leads nowhere.") from error


def confirm_page(actor: Actor, text: str) -> shapes.OwnPage:
    """See `pages.ContactPages`."""
    opened = _opened(actor, CONFIRM, text)
    request = opened.request
    if request is None or not opened.records:
        return shapes.OwnPage("confirm", "gone", _company())
    about = ledger.About(request.channel, request.purpose, request.brand, request.topic)
    now = ledger.state_of(_READER, opened.records, about)
    state: State = "ask" if now == "pending" else "done" if now == "granted" else "over"
    return shapes.OwnPage(
        "confirm", state, _company(), ledger.words_of(_READER, request.text_hash),
        words.joined(
            words.said(said.CHANNELS, request.channel), words.said(said.PURPOSES, request.purpose),
            request.brand, request.topic,
        ),
    )  # fmt: skip


def confirm(actor: Actor, text: str) -> shapes.OwnPage:
    """See `pages.ContactPages`."""
    _opened(actor, CONFIRM, text)
    pipeline.confirm_by_link(actor, text)
    return confirm_page(actor, text)


def out_page(actor: Actor, text: str) -> shapes.OwnPage:
    """See `pages.ContactPages`."""
    opened = _opened(actor, OUT, text)
    return _out(opened, "ask")


def _out(opened: pipeline.Opened, state: State) -> shapes.OwnPage:
    about = opened.link.about
    return shapes.OwnPage(
        "out", state, _company(),
        about=words.joined(
            words.said(said.CHANNELS, about.channel), words.said(said.PURPOSES, about.purpose),
            about.brand, about.topic,
        ),
    )  # fmt: skip


def out(actor: Actor, text: str) -> shapes.OwnPage:
    """See `pages.ContactPages`."""
    _opened(actor, OUT, text)
    return _out(pipeline.withdraw_by_link(actor, text), "done")


def preferences_page(actor: Actor, text: str, state: State = "ask") -> shapes.OwnPage:
    """See `pages.ContactPages`."""
    opened = _opened(actor, PREFERENCES, text)
    if not opened.records:
        return shapes.OwnPage("preferences", "gone", _company())
    likes = ledger.preference(_READER, opened.records)
    return shapes.OwnPage(
        "preferences", state, _company(),
        channels=tuple(
            (c, words.headed(said.CHANNELS, c),
             ledger.state_of(_READER, opened.records, ledger.About(c)) in ledger.REFUSALS)
            for c in ledger.CHANNELS
        ),
        offered=said.choices(said.CHANNELS, ledger.CHANNELS),
        forms=said.choices(said.FORMS, ledger.FORMS),
        preference=(likes.channel, likes.form) if likes else ("", ""),
        topics=tuple(
            (f"topic_{n}", topic, all(
                ledger.state_of(_READER, opened.records, about) in ledger.REFUSALS
                for about in _topic(topic)
            ))
            for n, topic in enumerate(ledger.company(_READER).topics)
        ),
    )  # fmt: skip


def _topic(topic: str) -> list[ledger.About]:
    return [ledger.About(channel, topic=topic) for channel in ledger.CHANNELS]


def _abouts(chosen: tuple[str, ...]) -> Iterator[ledger.About]:
    """What was ticked: whole channels, and topics of the company's list over all of them."""
    yield from (ledger.About(key) for key in chosen if key in ledger.CHANNELS)
    for n, topic in enumerate(ledger.company(_READER).topics):
        if f"topic_{n}" in chosen:
            yield from _topic(topic)


def choose_own(
    actor: Actor, text: str, out_of: tuple[str, ...] | None, preference: tuple[str, str]
) -> shapes.OwnPage:
    """See `pages.ContactPages`."""
    _opened(actor, PREFERENCES, text)
    wanted = None if out_of is None else tuple(_abouts(out_of))
    try:
        pipeline.choose_by_link(actor, text, wanted, preference)
    except BadStatement as error:
        raise NotFound("There is no such preference.") from error
    return preferences_page(actor, text, "done")
