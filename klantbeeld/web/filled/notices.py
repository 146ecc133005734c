"""Privacy notices: what people are told of whom data are held (articles 13 and 14 GDPR)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import SourceNotice, says_none
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled.paper_parts import (
    Chapters,
    categories,
    controller,
    from_when,
    joined,
    period,
    receivers,
    taken_away,
    version,
)
from klantbeeld.web.filled.words import said as in_words
from klantbeeld.web.shapes.registering import Chapter

# What is worked out about people, other than which of their own values holds.
_ESTIMATED = ("user.demographic", "user.behavior")


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
    # Articles 13(3) and 14(4).
    later = _("Before we use them for anything else we tell you.")
    text = (from_when(), later)
    return Chapter(_("What we use your data for"), text, columns=columns, rows=tuple(rows))


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
    where = joined(told.privacy_email or told.email, told.phone)
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
    # What this program reckons, by what logic, and what follows from it.
    own = (
        _("Your customer group (active, inactive, potential): by when you last bought something, "
          "asked for something or were in touch. People use it to choose whom to write or call."),
        _("Which of our records are about you, and who lives with you: by how much name, address, "
          "birth date, e-mail, telephone and numbers agree. It decides what is shown together."),
    )  # fmt: skip
    if says_none(told.decisions):
        text.append(_("No decision about you is taken by a machine alone."))
    elif told.decisions:
        text.append(told.decisions)
        text.append(_("You may have a person look at such a decision, give your view and contest "
                      "it."))  # fmt: skip
    return Chapter(
        _("Does a machine decide?"), tuple(text), own, open=() if told.decisions else
        (_("whether a machine decides about people, with what logic and what consequences"),),
    )  # fmt: skip


def _duty(actor: Actor) -> Chapter:
    """Article 13(2)(e): what an agreement or the law requires, and what follows without it."""
    told = privacy.company_details(actor)
    own = [f for one in privacy.activities(actor) if one.subject == "customer" for f in one.fields]
    asked = (
        ("contract", _("Used for an agreement with you: %(what)s.")),
        ("legal_obligation", _("Required by law: %(what)s.")),
    )
    held = {
        basis: categories(f.category for f in own if f.basis == basis) for basis, _text in asked
    }
    text = tuple(line % {"what": held[basis].lower()} for basis, line in asked if held[basis])
    return Chapter(
        _("Must you give data?"), (*text, *filter(None, (told.duty,))), open=() if told.duty else
        (_("what people must give for an agreement or by law, and what follows when they do not"),),
    )  # fmt: skip


def notice(actor: Actor, language: str) -> Chapters:
    """What people are told when they give their data themselves (article 13 GDPR)."""
    return [
        controller(actor), _uses(actor), _interests(actor), receivers(actor), *_rights(actor),
        _duty(actor), _decisions(actor), taken_away(actor), version(),
    ]  # fmt: skip


def _way(ways: Mapping[str, SourceNotice], source: str) -> SourceNotice:
    return ways.get(source) or SourceNotice()


def notice_later(actor: Actor, language: str, of: Collection[str] = ()) -> Chapters:
    """What people are told when somebody else gave their data (article 14 GDPR).

    `of` are the sources (keys) of the one person who is told, all of them for everybody.
    """
    ways = privacy.notices(actor)
    known = [o for o in privacy.origins(actor) if o.key != "desk" and (not of or o.key in of)]
    open_to_all = {"yes": _("yes"), "no": _("no"), "": _("not decided yet")}
    rows = tuple(
        (o.name, in_words(said.BASES, o.basis), open_to_all[_way(ways, o.key).public],
         in_words(said.WAYS, ways[o.key].way) if o.key in ways else _("not decided yet"))
        for o in known
    )  # fmt: skip
    undecided = [
        o.name for o in known
        if o.key not in ways or o.basis == "unknown" or not ways[o.key].public
    ]  # fmt: skip
    origins = Chapter(
        _("Where we have your data from"),
        columns=(_("Source"), _("Legal basis"), _("Public")), rows=tuple(row[:3] for row in rows),
        where="sources",
        open=tuple(
            _("%(source)s: on which ground, whether everybody can read it, and how its people are "
              "told") % {"source": name}
            for name in undecided
        ),
    )  # fmt: skip
    told = Chapter(
        _("How and when you are told"),
        (_("Within a month after we have your data, or at our first contact with you when that is "
           "earlier."),),
        columns=(_("Source"), _("How you are told")), rows=tuple((row[0], row[3]) for row in rows),
    )  # fmt: skip
    return [
        controller(actor), origins, told, _uses(actor), _interests(actor), receivers(actor),
        *_rights(actor), _decisions(actor), taken_away(actor), version(),
    ]  # fmt: skip
