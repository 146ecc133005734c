"""Chapters that several papers have, and lists of the register in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.fields import Field
from klantbeeld.pipeline.reads import chosen_terms
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import EUROPEAN, says_none
from klantbeeld.web import formats
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled.words import Words
from klantbeeld.web.filled.words import said as in_words
from klantbeeld.web.shapes.registering import Chapter

YEAR = 365
Chapters = list[Chapter]


def period(days: int) -> str:
    """A number of days, in years when it is a whole number of them."""
    if days % YEAR:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return ngettext("%(n)d year", "%(n)d years", days // YEAR) % {"n": days // YEAR}


def listed(words: Words, keys: Iterable[str]) -> str:
    """Keys in words, each once, in a row."""
    return ", ".join(dict.fromkeys(in_words(words, key) for key in keys))


def categories(keys: Iterable[str]) -> str:
    """Categories in words, each once, in a row."""
    return ", ".join(sorted({said.category(key) for key in keys}))


def labels(held: Iterable[Field], language: str) -> str:
    """Names of fields in a language, each once, in a row."""
    return ", ".join(dict.fromkeys(f.label(language) for f in held))


def controller(actor: Actor) -> Chapter:
    """Articles 13(1)(a) and (b), 14(1)(a) and (b), 30(1)(a): who, with whom, whom to turn to."""
    told = privacy.company_details(actor)
    privacy_contact = joined(told.privacy_contact, told.privacy_email)
    officer = _("there is none") if says_none(told.dpo) else told.dpo
    lines = (
        (_("Company"), told.name), (_("Address"), ", ".join(told.address.split("\n"))),
        (_("E-mail"), told.email), (_("Telephone"), told.phone), (_("Website"), told.website),
        (_("Registration"), told.registration), (_("Contact for privacy"), privacy_contact),
        (_("Data protection officer"), officer),
        (_("Representative in the European Union"), "; ".join(told.lines("represented"))),
        *((_("Decides together with us"), line) for line in told.lines("joint")),
    )  # fmt: skip
    together = told.lines("joint")
    names = {"name": _("the company's name"), "address": _("its address"),
             "privacy_email": _("an e-mail address for privacy"),
             "dpo": _("the data protection officer, or that there is none"),
             "joint": _("who decides with you on what is done with the data, or that nobody does"),
             }  # fmt: skip
    if privacy.company(actor).country not in EUROPEAN:
        names["represented"] = _("the representative in the European Union (article 27)")
    return Chapter(
        _("Who is responsible"),
        # Article 26(2) and (3).
        (_("You may turn to each of us for your rights. Ask us for what we agreed."),)
        if together else (),
        tuple(f"{k}: {v}" for k, v in lines if v),
        open=tuple(text for key, text in names.items() if not getattr(told, key)),
    )  # fmt: skip


def joined(*parts: str) -> str:
    """Parts that are there, in a row."""
    return ", ".join(part.strip() for part in parts if part.strip())


def receivers(actor: Actor) -> Chapter:
    """Articles 13(1)(e) and (f), 14(1)(e) and (f), 30(1)(d) and (e)."""
    told = privacy.company_details(actor)
    text = [
        _("Nobody outside the company receives data, but authorities what the law requires.")
        if says_none(told.recipients) else
        _("They receive what they need for their work, under an agreement where they work for us; "
          "authorities receive what the law requires.")
    ]  # fmt: skip
    abroad = told.lines("transfers")
    if says_none(told.transfers):
        text.append(_("No data leave the European Economic Area."))
    elif abroad:
        text.append(_("Outside the European Economic Area: %(text)s") % {"text": "; ".join(abroad)})
        text.append(_("Ask us for a copy of the safeguards."))
    missing = []
    if not told.recipients:
        missing.append(_("who receives data, or that nobody does"))
    if not told.transfers:
        missing.append(
            _("whether data leave the European Economic Area, to where, with which safeguard")
        )
    return Chapter(
        _("Who receives data"), tuple(text), tuple(told.recipient_lines), open=tuple(missing)
    )


def from_when() -> str:
    """From what day a period is counted (see `pipeline.retention`)."""
    return _(
        "Counted from the end of the relation: the last contact, order or running agreement. Of "
        "proof, logs and log-ins from the day on which it was noted."
    )


def taken_away(actor: Actor) -> Chapter:
    """Whether what is past its time goes by itself: what a paper promises has to be done."""
    terms = chosen_terms(actor)
    names = {
        "relation": _("Customers with whom nothing happened"),
        "behaviour": _("Visits, clicks and opened newsletters"),
    }
    done = tuple(
        _("%(what)s: erased by itself after %(period)s.")
        % {"what": name, "period": period(terms[key])}
        for key, name in names.items() if terms.get(key)
    )  # fmt: skip
    missing = tuple(
        _("%(what)s: after how long they go by themselves (How long we keep it)") % {"what": name}
        for key, name in names.items() if not terms.get(key)
    )  # fmt: skip
    return Chapter(_("What goes by itself"), items=done, open=missing, where="retention")


def version() -> Chapter:
    """From which day the text is."""
    day = formats.day(clock.day_to_date(clock.today()))
    return Chapter(
        _("This text"),
        (_("Made on %(day)s from what the company holds and does on that day.") % {"day": day},),
    )
