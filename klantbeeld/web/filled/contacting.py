"""The page about contact with one customer: verdicts, the ledger at a moment, and entering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time

from django.urls import reverse
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock, mail
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.privacy import reads as ledger
from klantbeeld.privacy.errors import BadStatement
from klantbeeld.privacy.reads import PREFERENCES, About, Consent, Line, Link, Said, token
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Card, Known, Question
from klantbeeld.web.filled import consents, customer_card, words
from klantbeeld.web.filled import contact_words as said
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import ContactPanel, Lamp, Tone
from klantbeeld.web.shapes import contact as shapes

OTHER = "!other"
# A file mostly tells a day; its beginning is not the moment at which anything was said.
MIDNIGHT = time()
_LOOKS: Mapping[str, tuple[Tone, str]] = {
    "granted": ("good", "check"), "denied": ("bad", "ban"), "withdrawn": ("bad", "ban"),
    "requested": ("grey", "clock"),
}  # fmt: skip
_MAILS: Mapping[str, tuple[Tone, str]] = {
    "waiting": ("grey", "clock"), "sent": ("good", "mail"), "refused": ("bad", "ban"),
    "failed": ("bad", "alert-circle"),
}  # fmt: skip


def panel(actor: Actor, held: Card) -> ContactPanel:
    """What stands beside the lamps of the card; a preference from a source where none was noted."""
    likes = ledger.preference(actor, held.records)
    channel, form = (likes.channel, likes.form) if likes else (held.preferred, "")
    parts = (
        words.said(said.CHANNELS, channel) if channel else "",
        words.said(said.FORMS, form) if form else "",
    )
    withdraw = reverse("web:contact_withdraw", args=[held.public_id])
    return ContactPanel(
        href=reverse("web:contact", args=[held.public_id]),
        preference=words.joined(*parts),
        withdraw_href=withdraw if may(actor, "consent.write") else "",
        channels=said.choices(said.CHANNELS, ledger.CHANNELS),
    )


def _question(query: shapes.ContactQuery, channel: str) -> Question:
    purpose = query.purpose if query.purpose in profiles.PURPOSES else "marketing"
    is_other = query.offered == OTHER
    return Question(
        channel, purpose, query.day or clock.day_to_date(clock.today()), query.brand, query.topic,
        offered="" if is_other else query.offered, is_similar=False if is_other else None,
    )  # fmt: skip


def _lamps(actor: Actor, known: Known, query: shapes.ContactQuery) -> tuple[Lamp, ...]:
    questions = [_question(query, channel) for channel in ledger.CHANNELS]
    held = ledger.consents(actor, known.records, questions[0].purpose, questions[0].at)
    return tuple(
        consents.judged_lamp(
            judged,
            held.get(judged.question.channel) or Consent(judged.question.channel, "unknown"),
        )
        for judged in profiles.may_contact(actor, known, questions)
    )


@found
def contact(actor: Actor, public_id: str, query: shapes.ContactQuery) -> shapes.ContactView:
    """See `pages.ContactPages`."""
    card = profiles.card_for(actor, public_id)
    known = profiles.known_for_contact(actor, public_id)
    first = _question(query, "email")
    likes = ledger.preference(actor, known.records)
    asked = ledger.said_of(actor, known.records, first.at)
    return shapes.ContactView(
        public_id=card.public_id,
        name=customer_card.name(card),
        kind=customer_card.kind(card.kind),
        query=query,
        day=first.day,
        is_past=first.day != clock.day_to_date(clock.today()),
        lamps=_lamps(actor, known, query),
        lines=tuple(_line(line) for line in asked),
        purposes=said.choices(said.PURPOSES, profiles.PURPOSES),
        offers=tuple(_offers(known, first)),
        may_write=may(actor, "consent.write"),
        has_mail=mail.is_set_up(),
        channels=said.choices(said.CHANNELS, ledger.SPOKEN_CHANNELS),
        states=said.choices(said.STATES, ("granted", "denied", "withdrawn", "requested")),
        methods=said.choices(said.METHODS, ledger.METHODS),
        asked_purposes=said.choices(said.PURPOSES, ledger.PURPOSES),
        texts=tuple((t.pk, _short(t.text)) for t in ledger.texts(actor)),
        forms=said.choices(said.FORMS, ledger.FORMS),
        preference=(likes.channel, likes.form) if likes else ("", ""),
        brands=known.choices.brands,
        topics=known.choices.topics,
        imported_preference=str(known.profile.data.get("preferred_channel") or ""),
        notes=tuple(_notes(actor, known)),
        mails=tuple(_mails(actor, known)),
        own_page=_own_page(known) if may(actor, "consent.write") else "",
    )


def _own_page(known: Known) -> str:
    held = Link(PREFERENCES, known.whom("email").holder, About("", ""))
    path = reverse("web:contact_preferences", args=[token(held)])
    return mail.link(path) if mail.is_set_up() else path


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 90 else one_line[:89] + "…"


def _offers(known: Known, question: Question) -> Iterator[tuple[str, str]]:
    """What it may be about: something bought before is similar to itself, and so is its kind."""
    yield "", _("not said")
    bought = known.relation(clock.date_to_day(question.day)).bought
    for category in sorted(bought, key=str.casefold):
        yield category, category
    yield OTHER, _("something else than was bought")


def _line(line: Line) -> shapes.SaidLine:
    tone, icon = _LOOKS[line.said.state]
    by = line.said.said_by
    return shapes.SaidLine(
        at=line.at.date() if line.at.time() == MIDNIGHT else line.at,
        channel=words.headed(said.CHANNELS, line.said.channel),
        state=words.said(said.STATES, line.said.state),
        tone=tone,
        icon=icon,
        scope=words.joined(
            words.said(said.PURPOSES, line.said.purpose), line.said.brand, line.said.topic
        ),
        how=words.joined(
            words.said(said.METHODS, line.said.method),
            _("by %(name)s") % {"name": by} if by else "",
            line.source_name if line.said.delivery else "",
        ),
        proof=consents.as_delivered(line.said.evidence),
        text=line.text,
        until=clock.local(line.said.expires_at) if line.said.expires_at else None,
    )


def _notes(actor: Actor, known: Known) -> Iterator[shapes.NoteChoice]:
    held = ledger.notes(actor, known.records)
    for key, (label, explained) in said.NOTES.items():
        told = held.get(key)
        if told is None and key not in _asked_for(known):
            continue
        yield shapes.NoteChoice(
            key, str(label), str(explained), told.value if told else None,
            clock.day_to_date(told.day) if told else None, told.said_by if told else "",
            has_day=key.endswith("register"),
        )  # fmt: skip


def _asked_for(known: Known) -> set[str]:
    """What is worth asking of this customer: a child's parent, what kind of business it is."""
    always = {"do_not_contact", "deceased", "phone_register", "post_register"}
    if known.profile.kind == "person":
        return always | {"guardian", "sole_trader"}
    return always | {"published", "legal_person", "sole_trader"}


def _mails(actor: Actor, known: Known) -> Iterator[shapes.MailLine]:
    for held in ledger.outgoing(actor, known.records):
        tone, icon = _MAILS[held.state]
        yield shapes.MailLine(
            clock.local(held.changed_at or held.at), words.said(said.MAILS, held.state), tone, icon
        )


def _problems(error: BadStatement) -> Invalid:
    return Invalid({k: words.said(said.PROBLEMS, code) for k, code in error.problems.items()})


@found
def say_consent(actor: Actor, public_id: str, told: Mapping[str, str]) -> bool:
    """See `pages.ContactPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    state = told.get("state", "")
    made = Said(
        About(
            told.get("channel", ""), told.get("purpose", ""), told.get("brand", "").strip(),
            told.get("topic", "").strip(),
        ),
        state, told.get("method", ""), _words(actor, told), told.get("language", ""),
        told.get("form", ""), told.get("evidence", ""), _moment(told.get("day", "")),
        _days(told.get("until", "")),
    )  # fmt: skip
    try:
        if state == "requested":
            pipeline.request_consent(actor, customer, made)
        else:
            pipeline.say_consent(actor, customer, made)
    except BadStatement as error:
        raise _problems(error) from error
    return state == "requested"


def _words(actor: Actor, told: Mapping[str, str]) -> str:
    """The words agreed to: typed anew, or those of a version that was used before."""
    typed = told.get("text", "").strip()
    known = {t.pk: t.text for t in ledger.texts(actor)}
    return typed or known.get(told.get("version", ""), "")


def _moment(text: str) -> int | None:
    """The beginning of a day as typed, None for today; raises `Invalid`."""
    if not text:
        return None
    try:
        day = clock.date_to_day(date.fromisoformat(text))
    except ValueError as error:
        raise Invalid({"day": _("Type a day as the calendar gives it.")}) from error
    return None if day == clock.today() else clock.day_start_us(day)


def _days(text: str) -> int:
    if not text:
        return 0
    try:
        days = clock.date_to_day(date.fromisoformat(text)) - clock.today() + 1
    except ValueError as error:
        raise Invalid({"until": _("Type a day as the calendar gives it.")}) from error
    if days < 1:
        raise Invalid({"until": _("That day is past.")})
    return days


@found
def withdraw(actor: Actor, public_id: str, channel: str, evidence: str) -> None:
    """See `pages.ContactPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    if channel == "all":
        pipeline.withdraw_everything(actor, customer, evidence)
        return
    try:
        pipeline.say_consent(
            actor, customer,
            Said(About(channel), "withdrawn", "entered", evidence=evidence),
        )  # fmt: skip
    except BadStatement as error:
        raise _problems(error) from error


@found
def prefer_contact(actor: Actor, public_id: str, channel: str, form: str) -> None:
    """See `pages.ContactPages`."""
    try:
        pipeline.prefer_contact(actor, profiles.customer_id_of(actor, public_id), channel, form)
    except BadStatement as error:
        raise _problems(error) from error


@found
def note_contact(actor: Actor, public_id: str, kind: str, value: bool, day: date | None) -> None:
    """See `pages.ContactPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    on = clock.today() if day is None else clock.date_to_day(day)
    try:
        pipeline.note_about_contact(actor, customer, kind, value, on)
    except BadStatement as error:
        raise _problems(error) from error
