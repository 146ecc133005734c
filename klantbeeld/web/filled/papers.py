"""Papers made from the register: the record of processing, notices, the schedule, the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.fields import Field
from klantbeeld.privacy import reads as privacy
from klantbeeld.web import formats
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled.data_map import drawn
from klantbeeld.web.filled.words import Words
from klantbeeld.web.filled.words import said as in_words
from klantbeeld.web.shapes.registering import Chapter

YEAR = 365
# What is worked out about people, other than which of their own values holds.
_ESTIMATED = ("user.demographic", "user.behavior")
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
    privacy_contact = _joined(told.privacy_contact, told.privacy_email)
    lines = (
        (_("Company"), told.name), (_("Address"), ", ".join(told.address.split("\n"))),
        (_("E-mail"), told.email), (_("Telephone"), told.phone), (_("Website"), told.website),
        (_("Registration"), told.registration), (_("Contact for privacy"), privacy_contact),
        (_("Data protection officer"), told.dpo or _("not appointed")),
    )  # fmt: skip
    names = {"name": _("the company's name"), "address": _("its address"),
             "privacy_email": _("an e-mail address for privacy")}  # fmt: skip
    return Chapter(
        _("Who is responsible"), items=tuple(f"{k}: {v}" for k, v in lines if v),
        open=tuple(text for key, text in names.items() if not getattr(told, key)),
    )  # fmt: skip


def _joined(*parts: str) -> str:
    """Parts that are there, in a row."""
    return ", ".join(part.strip() for part in parts if part.strip())


def _receivers(actor: Actor) -> Chapter:
    told = privacy.company_details(actor)
    text = [
        _("They receive what they need for their work, under an agreement where they work for us; "
          "authorities receive what the law requires.")
    ]  # fmt: skip
    if told.transfers:
        text.append(_("Outside the European Union: %(text)s") % {"text": told.transfers})
        text.append(_("Ask us for a copy of the safeguards."))
    missing = []
    if not told.recipient_lines:
        missing.append(_("who receives data, or that nobody does"))
    if not told.transfers:
        missing.append(_("whether data leave the European Union, to where, with which safeguard"))
    return Chapter(
        _("Who receives data"), tuple(text), tuple(told.recipient_lines), open=tuple(missing)
    )


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
    """Per purpose and basis: which data, and for how long at most."""
    rows = []
    for one in privacy.activities(actor):
        if one.subject != "customer":
            continue
        for basis in one.bases:
            own = [f for f in one.fields if f.basis == basis]
            rows.append(
                (in_words(said.PURPOSES, one.purpose), in_words(said.BASES, basis),
                 categories(f.category for f in own), period(max(f.retention_days for f in own)))
            )  # fmt: skip
    columns = (_("What for"), _("Legal basis"), _("Which data"), _("At most kept"))
    return Chapter(_("What we use your data for"), columns=columns, rows=tuple(rows))


def _interests(actor: Actor) -> Chapter:
    """Articles 13(1)(d) and 14(2)(b): which interests, where that is the basis."""
    told = privacy.company_details(actor)
    uses = sorted(
        in_words(said.PURPOSES, one.purpose) for one in privacy.activities(actor)
        if one.subject == "customer" and "legitimate_interest" in one.bases
    )  # fmt: skip
    rests = _("We rest on a legitimate interest for: %(uses)s.") % {"uses": ", ".join(uses).lower()}
    return Chapter(
        _("Our legitimate interests"), (rests, *filter(None, (told.interests,))),
        open=() if told.interests else (_("which interests of your own these are"),),
    )  # fmt: skip


def _rights(actor: Actor) -> list[Chapter]:
    told = privacy.company_details(actor)
    where = _joined(told.privacy_email or told.email, told.phone)
    ask = _("Ask us: %(where)s. We answer within a month, and it costs nothing. If you ask much, "
            "that may become three months; we then say why.") % {"where": where}  # fmt: skip
    supervisor = told.supervisor or _(
        "In the Netherlands that is the Autoriteit Persoonsgegevens, Postbus 93374, 2509 AJ Den "
        "Haag, autoriteitpersoonsgegevens.nl."
    )
    return [
        # Article 21(4): set apart from everything else.
        Chapter(
            _("You may object"),
            (
                _("To advertising you may object at any time; we then stop, without asking why."),
                _("Where we rest on a legitimate interest you may object on grounds of your own "
                  "situation; we then stop, unless our grounds weigh more."),
            ),
        ),
        Chapter(
            _("Your rights"), (ask if where else _("Ask us. We answer within a month."),),
            (
                _("see your data, with where they came from and who received them"),
                _("have wrong data corrected and missing data added"),
                _("have your data erased when we need not or may not keep them"),
                _("have their use restricted while something is in dispute"),
                _("take the data you gave along to another company, in a form machines read"),
                _("withdraw consent at any time, as easily as you gave it; what we did before "
                  "stays lawful"),
            ),
        ),
        Chapter(
            _("Complaints"),
            (_("You may complain to the supervisory authority of where you live or work, or where "
               "it happened."), supervisor),
        ),
    ]  # fmt: skip


def _decisions(actor: Actor) -> Chapter:
    """Articles 13(2)(f) and 14(2)(g) with 22: what a machine decides, and with what logic."""
    told = privacy.company_details(actor)
    derived = sorted({
        said.category(f.category) for one in privacy.activities(actor)
        if one.subject == "customer" for f in one.fields
        if f.is_derived and f.category.startswith(_ESTIMATED)
    })  # fmt: skip
    what = {"what": ", ".join(derived)}
    text = [_("We work out from your data: %(what)s.") % what] if derived else []
    if told.decisions:
        text.append(told.decisions)
    else:
        text.append(_("This program takes no decision about you by itself: people decide."))
    return Chapter(
        _("Does a machine decide?"), tuple(text),
        open=() if told.decisions else
        (_("whether other programs of the company decide about people by machine, and how"),),
    )  # fmt: skip


def notice(actor: Actor, language: str) -> Chapters:
    """What people are told when they give their data themselves (article 13 GDPR)."""
    duty = _("For an order or agreement we need a name, an address and a way to reach you, and the "
             "tax office makes us keep invoices; without them we cannot deliver. The rest you may "
             "leave out.")  # fmt: skip
    return [
        _controller(actor), _uses(actor), _interests(actor), _receivers(actor), *_rights(actor),
        Chapter(_("Must you give data?"), (duty,)), _decisions(actor), _version(),
    ]  # fmt: skip


def notice_later(actor: Actor, language: str) -> Chapters:
    """What people are told when somebody else gave their data (article 14 GDPR)."""
    ways = privacy.notices(actor)
    known = [o for o in privacy.origins(actor) if o.key != "desk"]
    rows = tuple(
        (o.name, in_words(said.BASES, o.basis),
         in_words(said.WAYS, ways[o.key].way) if o.key in ways else _("not decided yet"))
        for o in known
    )  # fmt: skip
    undecided = [o.name for o in known if o.key not in ways or o.basis == "unknown"]
    origins = Chapter(
        _("Where we have your data from"),
        columns=(_("Source"), _("Legal basis")), rows=tuple(row[:2] for row in rows),
        open=tuple(_("%(source)s: on which ground, and how its people are told") % {"source": name}
                   for name in undecided),
    )  # fmt: skip
    told = Chapter(
        _("How and when you are told"),
        (_("Within a month after we have your data, or at our first contact with you when that is "
           "earlier."),),
        columns=(_("Source"), _("How you are told")), rows=tuple((row[0], row[2]) for row in rows),
    )  # fmt: skip
    return [
        _controller(actor), origins, told, _uses(actor), _interests(actor), _receivers(actor),
        *_rights(actor), _decisions(actor), _version(),
    ]  # fmt: skip


def _version() -> Chapter:
    day = formats.day(clock.day_to_date(clock.today()))
    return Chapter(
        _("This text"),
        (_("Made on %(day)s from what the company holds and does on that day.") % {"day": day},),
    )


def ccpa(actor: Actor, language: str) -> Chapters:
    """The notice at collection of the California Consumer Privacy Act, by its categories."""
    told = privacy.company_details(actor)
    sold = _("yes") if told.sells else _("no")
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
        _controller(actor),
        Chapter(_("Categories of personal information"),
                (_("Collected in the last twelve months, and from now on."),),
                columns=columns, rows=rows),
        Chapter(_("Where we collect it"),
                (_("From you, from your devices, and from these sources:"),), sources),
        _selling(told.sells), _receivers(actor), *_californian(told.ways), _version(),
    ]  # fmt: skip


def _selling(sells: bool) -> Chapter:
    """Civil Code 1798.120, .121 and .135, with 11 CCR 7013, 7014 and 7025."""
    text: tuple[str, ...]
    if sells:
        text = (
            _("We sell or share personal information. You may opt out at any time by the link “Do "
              "Not Sell or Share My Personal Information”; a Global Privacy Control signal of your "
              "browser counts as such."),
            _("We do not sell or share information of anybody under 16 without consent, of "
              "children under 13 without that of a parent."),
        )  # fmt: skip
    else:
        text = (
            _("We do not sell or share personal information, and did not in the last twelve "
              "months, nor of anybody under 16."),
        )  # fmt: skip
    sensitive = _("We use sensitive personal information only for what you ask of us and what the "
                  "law allows without a right to limit it (11 CCR 7027(m)).")  # fmt: skip
    return Chapter(_("Selling and sharing"), (*text, sensitive))


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
