"""The notice at collection of the California Consumer Privacy Act."""

from __future__ import annotations

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.privacy import reads as privacy
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled.paper_parts import (
    Chapters,
    controller,
    labels,
    listed,
    period,
    receivers,
    version,
)
from klantbeeld.web.filled.words import said as in_words
from klantbeeld.web.shapes.registering import Chapter


def ccpa(actor: Actor, language: str) -> Chapters:
    """The notice at collection of the California Consumer Privacy Act, by its categories."""
    told = privacy.company_details(actor)
    sold = {"yes": _("yes"), "no": _("no"), "": _("not decided yet")}[told.sells]
    rows = tuple(
        (in_words(said.CCPA, letter), labels(held, language),
         listed(said.PURPOSES, sorted({p for f in held for p in f.purposes})),
         period(max(f.retention_days for f in held)), sold)
        for letter, held in privacy.ccpa(actor).items()
    )  # fmt: skip
    columns = (_("Category"), _("What we collect"), _("What for"), _("At most kept"),
               _("Sold or shared"))  # fmt: skip
    sources = tuple(o.name for o in privacy.origins(actor) if o.key != "desk")
    return [
        controller(actor),
        Chapter(_("Categories of personal information"),
                (_("Collected in the last twelve months, and from now on."),),
                columns=columns, rows=rows),
        Chapter(_("Where we collect it"),
                (_("From you, from your devices, and from these sources:"),), sources),
        _selling(told.sells), _sensitive(told.only_needed), receivers(actor),
        *_californian(told.ways), version(),
    ]  # fmt: skip


def _selling(sells: str) -> Chapter:
    """Civil Code 1798.120, .121 and .135, with 11 CCR 7013, 7014 and 7025."""
    text: tuple[str, ...] = ()
    if sells == "yes":
        text = (
            _("We sell or share personal information. You may opt out at any time by the link “Do "
              "Not Sell or Share My Personal Information”; a Global Privacy Control signal of your "
              "browser counts as such."),
            _("We do not sell or share information of anybody under 16 without consent, of "
              "children under 13 without that of a parent."),
        )  # fmt: skip
    elif sells == "no":
        text = (
            _("We do not sell or share personal information, and did not in the last twelve "
              "months, nor of anybody under 16."),
        )  # fmt: skip
    missing = () if sells else (_("whether personal information is sold or shared"),)
    return Chapter(_("Selling and sharing"), text, open=missing)


def _sensitive(only_needed: str) -> Chapter:
    """Civil Code 1798.121 with 11 CCR 7014 and 7027."""
    said_so = {
        "yes": _("We use sensitive personal information only for what you ask of us and what the "
                 "law allows without a right to limit it (11 CCR 7027(m))."),
        "no": _("You may have us limit the use of sensitive personal information at any time by "
                "the link “Limit the Use of My Sensitive Personal Information”."),
    }  # fmt: skip
    text = (said_so[only_needed],) if only_needed else ()
    missing = () if only_needed else (
        _("whether sensitive information is used for more than what is asked of you"),
    )  # fmt: skip
    return Chapter(_("Sensitive information"), text, open=missing)


def _californian(ways: str) -> list[Chapter]:
    """Civil Code 1798.100 to .130, with 11 CCR 7020 to 7063."""
    lines = tuple(line.strip() for line in ways.splitlines() if line.strip())
    return [
        Chapter(_("Your rights in California"), (), (
            _("know what is collected, and receive it"), _("have it corrected or deleted"),
            _("opt out of sale and sharing"), _("limit the use of sensitive information"),
            _("not be treated worse for using your rights"),
        )),
        Chapter(
            _("How to ask"),
            (
                _("We confirm within 10 business days and answer within 45 days, once to be "
                  "extended by 45. We ask only what is needed to be sure who you are."),
                _("Somebody whom you authorise in writing may ask for you."),
            ),
            lines, open=() if lines else
            (_("two ways to ask: a free telephone number, and a web page or e-mail address"),),
        ),
    ]  # fmt: skip
