"""Who may what: the declared table of permissions in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from klantbeeld.accounts import reads as people
from klantbeeld.accounts.reads import PURPOSES, ROLES, Line
from klantbeeld.core.actor import Actor
from klantbeeld.web import looks
from klantbeeld.web.filled import words
from klantbeeld.web.filled.employees import REACHES, role_word
from klantbeeld.web.filled.finding import found
from klantbeeld.web.shapes.people import RightRow, RightsView, RoleRow

PERMISSIONS: words.Words = {
    "customers.read": _("See customers: list, search, card, history, questions"),
    "customers.list": _("Download the list as a workbook"),
    "customers.export": _("Download everything about one customer"),
    "customers.erase": _("Erase customers"),
    "customers.rectify": _("Correct what is known of a customer"),
    "rights.handle": _("Handle requests of customers about their data"),
    "privacy.manage": _("Say who the company is in notices, and why own fields are kept"),
    "customers.judge": _("Merge customers and take them apart"),
    "customers.match": _("Ask who somebody is"),
    "customers.follow": _("Say who follows a customer"),
    "customers.bypass": _("See a customer of others for an hour, with a reason"),
    "looks.read": _("See who looked at a customer"),
    "contact.ask": _("Ask whether a customer may be contacted"),
    "consent.write": _("Record what a customer said about contact"),
    "consent.own": _("Decide about oneself by a link in a message"),
    "contact.manage": _("Say who the company is as a sender"),
    "notes.write": _("Enter customers, notes and tags"),
    "sources.read": _("See sources and deliveries"),
    "erasures.approve": _("Agree to an erasure that somebody else asked for"),
    "restrictions.manage": _("Restrict a customer, note an objection or a legal hold"),
    "retention.manage": _("Say how long things are kept"),
    "sources.import": _("Add data"),
    "sources.undo": _("Undo deliveries"),
    "quarantine.read": _("See rows in quarantine"),
    "quarantine.mend": _("Mend rows in quarantine"),
    "audit.read": _("See the log, and whom a leak touched"),
    "self.manage": _("One's own log-ins and second step"),
    "users.manage": _("Invite employees, roles and teams"),
    "matching.manage": _("Change how matching decides"),
    "keys.manage": _("Keys for other programs"),
    "system.manage": _("Settings of the house"),
    "special.read": _("Read sealed special data"),
    "special.keep": _("Keep special data apart"),
    "special.rule": _("Record laws for special data"),
}
ROOMS: words.Words = {
    "profiles": _("Customers"),
    "identity": _("Matching"),
    "pipeline": _("Data"),
    "sources": _("Sources"),
    "privacy": _("Privacy"),
    "accounts": _("Employees and log"),
}
PURPOSE_WORDS: words.Words = {**looks.PURPOSES}
HIDDEN: words.Words = {
    "user.financial": _("bank account and VAT number"),
    "user.financial.bank_account": _("bank account and VAT number"),
    "user.contact.email": _("e-mail address"),
    "user.contact.phone_number": _("telephone"),
    "user.contact.address.street": _("street"),
    "user.device.cookie_id": _("device"),
    "user.account.username": _("log-in name"),
}


@found
def rights(actor: Actor) -> RightsView:
    """See `people_pages.PeoplePages`."""
    lines = people.table(actor)
    rooms = tuple(dict.fromkeys(line.room for line in lines))
    return RightsView(
        roles=tuple(_role(name) for name in ROLES),
        rooms=tuple(
            (words.said(ROOMS, room), tuple(_row(line) for line in lines if line.room == room))
            for room in rooms
        ),
        own_role=role_word(actor.role),
    )


def _row(line: Line) -> RightRow:
    cells = [
        (line.reaches.get(role, ""), _cell(line, line.reaches.get(role, ""))) for role in ROLES
    ]
    purposes = ", ".join(words.said(PURPOSE_WORDS, p) for p in PURPOSE_WORDS if p in line.purposes)
    return RightRow(words.said(PERMISSIONS, line.key), line.key, tuple(cells), purposes)


def _cell(line: Line, reach: str) -> str:
    if not reach:
        return ""
    return words.said(REACHES, reach) if line.about == "customers" else str(_("yes"))


def _role(name: str) -> RoleRow:
    """What a role does not see, for each of its purposes."""
    held = ROLES[name]
    hidden = []
    for purpose in held.purposes:
        gone = dict.fromkeys(
            words.said(HIDDEN, category) for category in sorted(held.hides | PURPOSES[purpose])
        )
        told = ", ".join(gone) or str(_("nothing"))
        hidden.append(f"{words.said(PURPOSE_WORDS, purpose)}: {told}")
    purposes = ", ".join(words.said(PURPOSE_WORDS, purpose) for purpose in held.purposes)
    return RoleRow(role_word(name), purposes, tuple(hidden), held.sees_many)
