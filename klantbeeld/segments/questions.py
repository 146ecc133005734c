"""The questions that can be asked: their forms in two languages, their slots, their answers.

A form is a sentence. `{name}` is a slot, `(words)` may be left out, as may every article and `my`
and `our`, `a|b` are words that mean the same there; `synonyms` of `sentences` hold for every form.
What a question becomes is said by `rule`, with the slots filled in. Everything that answers is
found by `key` (see `answers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext_noop

SlotKind = Literal["customer", "period", "things", "topic", "choice"]


@dataclass(frozen=True, slots=True)
class Slot:
    """Something to fill in. `default` is what holds when nothing is said, "" for nothing.

    `is_needed`: without it there is no answer. `options` are the keys of a choice.
    """

    name: str
    kind: SlotKind
    default: str = ""
    is_needed: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask. `fills` are the slots that asking in these words fills by itself."""

    text: str
    fills: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its forms per language; the first form of each is the one that is shown."""

    key: str
    rule: str
    slots: tuple[Slot, ...]
    nl: tuple[Form, ...]
    en: tuple[Form, ...]

    def forms(self, language: str) -> tuple[Form, ...]:
        """The forms in a language (`nl` or `en`)."""
        return self.nl if language.startswith("nl") else self.en

    def slot(self, name: str) -> Slot:
        """The slot of this name. Raises KeyError."""
        return next(s for s in self.slots if s.name == name)


def _forms(*texts: str, **fills: str) -> tuple[Form, ...]:
    return tuple(Form(text, fills) for text in texts)


CUSTOMER = Slot("customer", "customer", is_needed=True)
YEAR_BACK = Slot("period", "period", "365")
CALL = Slot("who", "choice", "all", options=("all", "callable"))

QUESTIONS: tuple[Question, ...] = (
    Question(
        "best",
        gettext_noop("customers with the most revenue {period}"),
        (Slot("period", "period", "all"),),
        nl=_forms(
            "wie zijn mijn beste klanten {period}",
            "beste klanten {period}",
            "wie kocht het meest|meeste {period}",
            "wie geeft het meest|meeste uit {period}",
            "wie levert het meest|meeste op {period}",
            "klanten met de meeste omzet {period}",
        ),
        en=_forms(
            "who are my best customers {period}",
            "best customers {period}",
            "who bought most {period}",
            "who spends most {period}",
            "customers with most revenue {period}",
        ),
    ),
    Question(
        "last_purchase",
        gettext_noop("the last purchases of {customer}"),
        (CUSTOMER,),
        nl=_forms(
            "wanneer kocht {customer} (voor het) laatst (en wat)",
            "wat kocht {customer} (voor het) laatst (en wanneer)",
            "wanneer kocht {customer} (iets)",
            "wat kocht {customer}",
            "laatste aankoop (van) {customer}",
            "aankopen (van) {customer}",
        ),
        en=_forms(
            "when did {customer} last buy (and what)",
            "what did {customer} buy last (and when)",
            "when did {customer} buy (anything)",
            "what did {customer} buy",
            "what has {customer} bought",
            "last purchase (of|from) {customer}",
            "purchases (of|from) {customer}",
        ),
    ),
    Question(
        "silent",
        gettext_noop("customers who ever bought something and bought nothing {period}"),
        (YEAR_BACK,),
        nl=_forms(
            "wie kocht {period} niets",
            "wie kocht {period} niets|niet (meer)",
            "klanten kochten {period} niets|niet (meer)",
            "klanten zonder aankoop {period}",
            "wie is {period} niet (meer) geweest",
        ),
        en=_forms(
            "who bought nothing {period}",
            "who did not buy (anything) {period}",
            "who has not bought (anything) {period}",
            "customers have not bought (anything) {period}",
            "customers bought nothing {period}",
            "customers without purchase {period}",
        ),
    ),
    Question(
        "complaints",
        gettext_noop("complaints and other cases of {customer}"),
        (CUSTOMER,),
        nl=_forms(
            "klaagde {customer} eerder (en loopt er nog iets)",
            "loopt er nog iets (bij|voor|van|met) {customer}",
            "staat er nog iets open (bij|voor|van|met) {customer}",
            "klachten (van) {customer}",
            "heeft {customer} klachten (en loopt er nog iets)",
        ),
        en=_forms(
            "did {customer} complain before (and is anything still open)",
            "is anything (still) open (for|with) {customer}",
            "complaints (of|from|by) {customer}",
            "has {customer} complaints (and is anything still open)",
        ),
    ),
    Question(
        "last_contact",
        gettext_noop("the last contacts with {customer} and what was agreed"),
        (CUSTOMER,),
        nl=_forms(
            "wie sprak {customer} (het) laatst (en wat is er afgesproken)",
            "wie sprak (als laatste) (met) {customer}",
            "wanneer spraken we {customer} (voor het) laatst",
            "wat is er afgesproken (met) {customer}",
            "wat hebben we afgesproken (met) {customer}",
            "wat spraken we af (met) {customer}",
            "laatste contact (met) {customer}",
        ),
        en=_forms(
            "who spoke (to|with) {customer} last (and what was agreed)",
            "when did we (last) speak (to|with) {customer}",
            "what was agreed (with) {customer}",
            "what did we agree (with) {customer}",
            "last contact (with) {customer}",
        ),
    ),
    Question(
        "may_contact",
        gettext_noop("permission to contact {customer}"),
        (CUSTOMER,),
        nl=_forms(
            "mag ik {customer} bellen (of mailen)",
            "mag ik {customer} mailen (of bellen)",
            "mag ik {customer} benaderen",
            "mag ik {customer} een mail|nieuwsbrief|brief|sms|bericht sturen",
            "mag {customer} gebeld|gemaild|benaderd worden",
            "toestemming (van) {customer}",
        ),
        en=_forms(
            "may i call {customer} (or mail)",
            "may i mail {customer} (or call)",
            "may i contact {customer}",
            "may i send {customer} a mail|newsletter|letter|message",
            "am i allowed to call|mail|contact {customer}",
            "permission (of|from) {customer}",
        ),
    ),
    Question(
        "newsletter",
        gettext_noop("customers who opened the newsletter {period}, about {topic}"),
        (YEAR_BACK, Slot("topic", "topic", "")),
        nl=_forms(
            "wie opent de nieuwsbrief {period} (en welke onderwerpen)",
            "wie opent de nieuwsbrief over {topic} {period}",
            "wie klikt in de nieuwsbrief {period}",
            "lezers van de nieuwsbrief {period}",
            "welke onderwerpen (in de) nieuwsbrief {period}",
        ),
        en=_forms(
            "who opens the newsletter {period} (and which topics)",
            "who opens the newsletter about {topic} {period}",
            "who clicks in the newsletter {period}",
            "newsletter readers {period}",
            "which topics (in the) newsletter {period}",
        ),
    ),
    Question(
        "bought_never",
        gettext_noop("customers with a purchase of {bought} and without any of {never}"),
        (Slot("bought", "things", is_needed=True), Slot("never", "things", is_needed=True)),
        nl=_forms(
            "wie kocht {bought} (maar) nooit {never}",
            "wie kocht {bought} (maar) zonder {never}",
            "wie heeft {bought} (maar) zonder|nooit {never}",
            "klanten met {bought} (maar) zonder {never}",
        ),
        en=_forms(
            "who bought {bought} (but) never {never}",
            "who bought {bought} (but) without|no {never}",
            "who has {bought} (but) without|no|never {never}",
            "customers with {bought} (but) without {never}",
        ),
    ),
    Question(
        "bought",
        gettext_noop("customers with a purchase of {bought} {period}"),
        (Slot("bought", "things", is_needed=True), Slot("period", "period", "all")),
        nl=_forms("wie kocht {bought} {period}"),
        en=_forms("who bought {bought} {period}"),
    ),
    Question(
        "leaving",
        gettext_noop("customers who stay away longer than is usual for them, {who}"),
        (CALL,),
        nl=(
            *_forms(
                "wie dreigt weg te lopen",
                "wie loopt weg",
                "wie vertrekt",
                "wie haakt af",
                "wie gaat er weg",
                "wie dreigen we te verliezen",
                "vertrekkende klanten",
            ),
            *_forms(
                "wie dreigt weg te lopen en wie bel ik vandaag",
                "wie bel ik vandaag",
                "wie moet|zal ik (vandaag) bellen",
                who="callable",
            ),
        ),
        en=(
            *_forms(
                "who is about to leave",
                "who may|might|will leave",
                "who is leaving",
                "who are we about to lose",
                "customers at risk",
            ),
            *_forms(
                "who is about to leave and who do i call today",
                "who do i call today",
                "who should|must i call (today)",
                "who to call (today)",
                who="callable",
            ),
        ),
    ),
    Question(
        "checkup",
        gettext_noop("customers that are there twice, and addresses that are wrong"),
        (),
        nl=_forms(
            "hoeveel dubbele en foute adressen heb ik",
            "hoeveel dubbele (klanten|adressen) (heb ik)",
            "hoeveel foute (adressen|gegevens) (heb ik)",
            "dubbele klanten|adressen",
            "foute adressen|gegevens",
            "adressen kloppen niet",
        ),
        en=_forms(
            "how many duplicate and wrong addresses do i have",
            "how many duplicate (customers|addresses) (do i have)",
            "how many wrong addresses|data (do i have)",
            "duplicate customers|addresses",
            "wrong addresses|data",
        ),
    ),
)
BY_KEY: Mapping[str, Question] = {question.key: question for question in QUESTIONS}
