"""Papers made from the register: the record of processing, notices, the schedule, the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core.actor import Actor
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import says_none
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled.californian import ccpa
from klantbeeld.web.filled.data_map import drawn
from klantbeeld.web.filled.notices import notice, notice_later
from klantbeeld.web.filled.paper_parts import (
    Chapters,
    categories,
    controller,
    from_when,
    labels,
    listed,
    period,
    receivers,
    taken_away,
)
from klantbeeld.web.filled.words import said as in_words
from klantbeeld.web.shapes.registering import Chapter


def processing(actor: Actor, language: str) -> Chapters:
    """The record of processing activities of article 30(1) GDPR."""
    made = [controller(actor)]
    for one in privacy.activities(actor):
        heading = f"{in_words(said.PURPOSES, one.purpose)} · {in_words(said.SUBJECTS, one.subject)}"
        rows = [
            (_("Legal basis"), listed(said.BASES, one.bases)),
            (_("Categories of data"), categories(one.categories)),
            (_("Nature"), listed(said.NATURES, one.natures)),
            (_("Sensitivity"), listed(said.SENSITIVITIES, one.sensitivities)),
            (_("Kept"), _("%(shortest)s to %(longest)s after the end of the relation")
             % {"shortest": period(one.shortest), "longest": period(one.longest)}),
            (_("Fields"), labels(one.fields, language)),
        ]  # fmt: skip
        made.append(Chapter(heading, columns=(_("What"), _("Said")), rows=tuple(rows)))
    sources = [(o.name, in_words(said.BASES, o.basis)) for o in privacy.origins(actor)]
    made.append(
        Chapter(_("Where data come from"), columns=(_("Source"), _("Legal basis")),
                rows=tuple(sources))
    )  # fmt: skip
    return [*made, receivers(actor), taken_away(actor), _security(actor)]


def _security(actor: Actor) -> Chapter:
    """Articles 30(1)(g) and 30(2)(d): what this program does, and what the company does."""
    told = privacy.company_details(actor)
    own = _(
        "This program: access by role and purpose, log-in in two steps for roles that see many, "
        "a log of who looked and what was done that shows tampering, special data sealed, and "
        "deletion that overwrites."
    )
    return Chapter(
        _("Security (article 32)"), (own, *filter(None, (told.security,))),
        open=() if told.security else
        (_("what you do yourselves: the building, the machines, the network, the people"),),
    )  # fmt: skip


def processor(actor: Actor, language: str) -> Chapters:
    """The record of article 30(2): what is done on behalf of others."""
    told = privacy.company_details(actor)
    rows = tuple(_halves(line) for line in told.lines("works_for"))
    missing = tuple(_("what you do for %(who)s") % {"who": who} for who, what in rows if not what)
    if not told.works_for:
        missing = (
            _("for whom you process data and what you do for them, or that you do for nobody"),
        )
    none = (_("The company processes no data on behalf of others."),)
    columns = (_("On behalf of"), _("What is done"))
    works = Chapter(
        _("For whom we work"), none if says_none(told.works_for) else (),
        columns=columns if rows else (), rows=rows, open=missing,
    )  # fmt: skip
    return [controller(actor), works, receivers(actor), _security(actor)]


def _halves(line: str) -> tuple[str, str]:
    who, _colon, what = line.partition(":")
    return who.strip(), what.strip()


def retention(actor: Actor, language: str) -> Chapters:
    """The retention schedule: how long what is kept, and why."""
    rows = tuple(
        (period(k.retention_days), in_words(said.BASES, k.basis),
         in_words(said.SUBJECTS, k.subject), labels(k.fields, language))
        for k in privacy.schedule(actor)
    )  # fmt: skip
    columns = (_("Kept"), _("Legal basis"), _("Of whom"), _("Fields"))
    table = Chapter(_("How long data are kept"), (from_when(),), columns=columns, rows=rows)
    return [table, taken_away(actor)]


def data_map(actor: Actor, language: str) -> Chapters:
    """What goes from where to what: the picture, and the same as a table."""
    rows = tuple(
        (in_words(said.PURPOSES, one.purpose), categories(one.categories))
        for one in privacy.activities(actor) if one.subject == "customer"
    )  # fmt: skip
    return [
        Chapter(_("Which data are used for what"), columns=(_("What for"), _("Which data")),
                rows=rows)
    ]  # fmt: skip


def picture(actor: Actor) -> str:
    """The data map as SVG: sources, categories, purposes, recipients."""
    held = [one for one in privacy.activities(actor) if one.subject == "customer"]
    links = {(said.category(c), in_words(said.PURPOSES, one.purpose))
             for one in held for c in one.categories}  # fmt: skip
    sources = [o.name for o in privacy.origins(actor)]
    receivers = privacy.company_details(actor).recipient_lines
    return drawn(sources, sorted(links), receivers)


PAPERS: Mapping[str, tuple[object, object, Callable[[Actor, str], Chapters]]] = {
    "processing": (
        gettext_lazy("Record of processing"),
        gettext_lazy("What the company does with personal data (article 30 GDPR)."), processing,
    ),
    "processor": (
        gettext_lazy("Record of processing for others"),
        gettext_lazy("What the company does on behalf of others (article 30(2) GDPR)."), processor,
    ),
    "notice": (
        gettext_lazy("Privacy notice"),
        gettext_lazy("For people who give their data themselves (article 13 GDPR)."), notice,
    ),
    "notice-later": (
        gettext_lazy("Privacy notice: data from others"),
        gettext_lazy("For people of whom somebody else gave the data (article 14 GDPR)."),
        notice_later,
    ),
    "ccpa": (
        gettext_lazy("Notice at collection (California)"),
        gettext_lazy("The categories of the California Consumer Privacy Act."), ccpa,
    ),
    "retention": (
        gettext_lazy("Retention schedule"),
        gettext_lazy("How long each field is kept, and on what ground."), retention,
    ),
    "map": (
        gettext_lazy("Data map"),
        gettext_lazy("Where data come from, what they are used for, and who receives them."),
        data_map,
    ),
}  # fmt: skip
