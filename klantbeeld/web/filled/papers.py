"""Papers made from the register: the record of processing, notices, the schedule, the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klantbeeld.core.actor import Actor
from klantbeeld.core.fields import Field
from klantbeeld.privacy import reads as privacy
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled.data_map import drawn
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


def _controller(actor: Actor) -> Chapter:
    told = privacy.company_details(actor)
    lines = (
        (_("Company"), told.name), (_("Address"), told.address), (_("E-mail"), told.email),
        (_("Telephone"), told.phone), (_("Website"), told.website),
        (_("Registration"), told.registration),
        (_("Contact for privacy"), f"{told.privacy_contact} {told.privacy_email}".strip()),
        (_("Data protection officer"), told.dpo),
    )  # fmt: skip
    return Chapter(_("Who is responsible"), items=tuple(f"{k}: {v}" for k, v in lines if v))


def _receivers(actor: Actor) -> Chapter:
    told = privacy.company_details(actor)
    text = [_("Nobody outside the company receives data.")] if not told.recipient_lines else []
    if told.transfers:
        text.append(_("Outside the European Union: %(text)s") % {"text": told.transfers})
    return Chapter(_("Who receives data"), tuple(text), tuple(told.recipient_lines))


def processing(actor: Actor, language: str) -> Chapters:
    """The record of processing activities of article 30(1) GDPR."""
    made = [_controller(actor)]
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
    told = privacy.company_details(actor)
    secure = told.security or _(
        "Access by role and purpose, log-in in two steps, encrypted connections, a log of what is "
        "done, and deletion that overwrites."
    )
    return [*made, _receivers(actor), Chapter(_("Security (article 32)"), (secure,))]


def retention(actor: Actor, language: str) -> Chapters:
    """The retention schedule: how long what is kept, and why."""
    rows = tuple(
        (period(k.retention_days), in_words(said.BASES, k.basis),
         in_words(said.SUBJECTS, k.subject), labels(k.fields, language))
        for k in privacy.schedule(actor)
    )  # fmt: skip
    columns = (_("Kept"), _("Legal basis"), _("Of whom"), _("Fields"))
    text = _("Counted from the end of the relation: the last contact, order or running agreement.")
    return [Chapter(_("How long data are kept"), (text,), columns=columns, rows=rows)]


def _uses(actor: Actor) -> Chapter:
    rows = tuple(
        (in_words(said.PURPOSES, one.purpose), categories(one.categories),
         listed(said.BASES, one.bases), period(one.longest))
        for one in privacy.activities(actor) if one.subject == "customer"
    )  # fmt: skip
    columns = (_("What for"), _("Which data"), _("Legal basis"), _("At most kept"))
    return Chapter(_("What we use your data for"), columns=columns, rows=rows)


def _rights() -> Chapter:
    return Chapter(
        _("Your rights"),
        (
            _("Ask us; we answer within a month, and it costs nothing."),
            _("You may complain to the supervisory authority; in the Netherlands that is the "
              "Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl)."),
        ),
        (
            _("see your data, with where they came from and who received them"),
            _("have them corrected or erased"), _("have their use restricted"),
            _("object, to marketing at any time"),
            _("take them along to another company"), _("withdraw consent at any time"),
        ),
    )  # fmt: skip


def notice(actor: Actor, language: str) -> Chapters:
    """What people are told when they give their data themselves (article 13 GDPR)."""
    decisions = _("No decision about you is taken by a machine alone.")
    duty = _("Without a name and address we cannot deliver; the rest you may leave out.")
    return [
        _controller(actor), _uses(actor), _receivers(actor), _rights(),
        Chapter(_("Must you give data, and does a machine decide?"), (duty, decisions)),
    ]  # fmt: skip


def notice_later(actor: Actor, language: str) -> Chapters:
    """What people are told when somebody else gave their data (article 14 GDPR)."""
    ways = privacy.notices(actor)
    rows = tuple(
        (o.name, in_words(said.BASES, o.basis),
         in_words(said.WAYS, ways[o.key].way) if o.key in ways else _("not decided yet"))
        for o in privacy.origins(actor) if o.key != "desk"
    )  # fmt: skip
    origins = Chapter(
        _("Where we have your data from"),
        columns=(_("Source"), _("Legal basis"), _("How you are told")), rows=rows,
    )  # fmt: skip
    return [
        _controller(actor), origins, _uses(actor), _receivers(actor), _rights(),
        Chapter(_("Does a machine decide?"), (_("No decision about you is taken by a machine "
                                                "alone."),)),
    ]  # fmt: skip


def ccpa(actor: Actor, language: str) -> Chapters:
    """The notice at collection of the California Consumer Privacy Act, by its categories."""
    rows = tuple(
        (in_words(said.CCPA, letter), labels(held, language),
         listed(said.PURPOSES, sorted({p for f in held for p in f.purposes})),
         period(max(f.retention_days for f in held)))
        for letter, held in privacy.ccpa(actor).items()
    )  # fmt: skip
    columns = (_("Category"), _("What we collect"), _("What for"), _("At most kept"))
    sells = (
        _(
            "We sell or share personal information. You may opt out: a Global Privacy Control "
            "signal counts as such."
        )
        if privacy.company_details(actor).sells
        else _("We do not sell or share personal information.")
    )
    return [
        _controller(actor),
        Chapter(_("Categories of personal information"), columns=columns, rows=rows),
        Chapter(_("Selling and sharing"), (sells,)), _receivers(actor),
        Chapter(_("Your rights in California"), (), (
            _("know what is collected, and receive it"), _("have it corrected or deleted"),
            _("opt out of sale and sharing"), _("limit the use of sensitive information"),
            _("not be treated worse for using your rights"),
        )),
    ]  # fmt: skip


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
