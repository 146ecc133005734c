"""Employees, teams, invitations and log-ins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts import actions as accounts
from klantbeeld.accounts import reads as people
from klantbeeld.accounts.errors import NotAllowed, UnknownPerson
from klantbeeld.accounts.models import Invitation, LogIn, Team, User
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local, now_us
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.web import looks
from klantbeeld.web.filled import words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes.matching import Choice
from klantbeeld.web.shapes.people import (
    InvitationRow,
    LogInRow,
    PeopleView,
    PersonRow,
    TeamRow,
)

REACHES: words.Words = {
    "all": gettext_lazy("all customers"),
    "team": gettext_lazy("the team's customers"),
    "own": gettext_lazy("own customers"),
}
LONGEST_DEVICE = 90
MOST_DIGITS = 3


def role_word(role: str) -> str:
    """A role as people call it."""
    return str(looks.ROLES.get(role, role))


def _choices(named: Mapping[str, object]) -> tuple[Choice, ...]:
    return tuple(Choice(key, str(label), False) for key, label in named.items())


@found
def employees(actor: Actor) -> PeopleView:
    """See `people_pages.PeoplePages`."""
    held = people.users(actor)
    secured = people.with_second_step(actor)
    teams = people.teams(actor)
    sizes = Counter(user.team_id for user in held if user.is_active)
    told = people.two_steps(actor)
    return PeopleView(
        rows=tuple(_person(actor, user, user.pk in secured) for user in held),
        teams=tuple(TeamRow(to_public("team", t.pk), t.name, sizes[t.pk]) for t in teams),
        invitations=tuple(_invitation(one) for one in people.invitations(actor)),
        roles=_choices({name: role_word(name) for name in people.roles(actor)}),
        reaches=_choices(REACHES),
        team_choices=_choices({str(team.pk): team.name for team in teams}),
        is_required=bool(told["is_required"]),
        days=int(told["days"]),
    )


def _person(actor: Actor, user: User, has_second_step: bool) -> PersonRow:
    return PersonRow(
        to_public("user", user.pk), user.name, user.email, user.role, str(user.team_id or ""),
        user.reach, user.is_active, has_second_step, people.must_log_in_in_two_steps(user.role),
        len(people.log_ins(actor, user.pk)), user.pk == actor.user_id,
    )  # fmt: skip


def _invitation(held: Invitation) -> InvitationRow:
    return InvitationRow(
        to_public("invitation", held.pk), held.name, held.email, role_word(held.role),
        local(held.until), held.until <= now_us(),
    )  # fmt: skip


def _user(actor: Actor, public_id: str) -> User:
    pk = from_public("user", public_id)
    held = next((user for user in people.users(actor) if user.pk == pk), None)
    if held is None:
        raise NotFound("There is no such user.")
    return held


def _team(actor: Actor, key: str) -> Team | None:
    return next((team for team in people.teams(actor) if str(team.pk) == key), None)


def _said(error: Exception) -> Invalid:
    if isinstance(error, ValidationError):
        return Invalid({str(n): text for n, text in enumerate(error.messages)})
    return Invalid({"": _("That cannot be: %(why)s") % {"why": error}})


@found
def invite(actor: Actor, told: Mapping[str, str]) -> str:
    """See `people_pages.PeoplePages`."""
    if any(user.email == told["email"].lower() for user in people.users(actor)):
        raise Invalid({"email": _("Somebody with this e-mail address has an account already.")})
    try:
        return accounts.invite(
            actor, told["email"], told["name"], told["role"], _team(actor, told["team"]),
            told["reach"],
        )[1]  # fmt: skip
    except (ValueError, ValidationError) as error:
        raise _said(error) from error


@found
def change_employee(actor: Actor, public_id: str, told: Mapping[str, str]) -> None:
    """See `people_pages.PeoplePages`."""
    user = _user(actor, public_id)
    if user.pk == actor.user_id and told["role"] != user.role:
        raise Invalid({"role": _("Have a colleague change your own role.")})
    try:
        if told["role"] != user.role:
            accounts.change_role(actor, user, told["role"])
        accounts.place_user(actor, user, _team(actor, told["team"]), told["reach"])
    except ValueError as error:
        raise _said(error) from error


@found
def act_on_employee(actor: Actor, public_id: str, act: str) -> None:
    """See `people_pages.PeoplePages`."""
    user = _user(actor, public_id)
    if user.pk == actor.user_id:
        raise Invalid({"": _("Have a colleague do this for you.")})
    if act == "deactivate":
        accounts.deactivate_user(actor, user)
    elif act == "log_out":
        accounts.end_log_ins(actor, user.pk)
    elif act == "second_step":
        accounts.take_off_second_step(actor, user)
    else:
        raise NotFound("There is no such act.")


@found
def withdraw_invitation(actor: Actor, public_id: str) -> None:
    """See `people_pages.PeoplePages`."""
    try:
        accounts.withdraw_invitation(actor, from_public("invitation", public_id))
    except UnknownPerson as error:
        raise NotFound(str(error)) from error


@found
def make_team(actor: Actor, name: str) -> None:
    """See `people_pages.PeoplePages`."""
    try:
        accounts.create_team(actor, name)
    except ValueError as error:
        raise Invalid({"name": _("Give the team a name that no other team has.")}) from error


@found
def remove_team(actor: Actor, public_id: str) -> None:
    """See `people_pages.PeoplePages`."""
    held = _team(actor, str(from_public("team", public_id)))
    if held is None:
        raise NotFound("There is no such team.")
    accounts.remove_team(actor, held)


@found
def choose_two_steps(actor: Actor, is_required: bool, days: str) -> None:
    """See `people_pages.PeoplePages`."""
    if not (days.isdecimal() and len(days) <= MOST_DIGITS):
        raise Invalid({"days": _("Say in how many days, in digits.")})
    accounts.choose_two_steps(actor, is_required, int(days))


@found
def log_ins(actor: Actor, session: str) -> tuple[LogInRow, ...]:
    """See `people_pages.PeoplePages`."""
    return tuple(
        LogInRow(
            to_public("log_in", one.pk), _device(one), one.address, local(one.begun_at),
            local(one.seen_at), one.key == session,
        )
        for one in people.log_ins(actor)
    )  # fmt: skip


def _device(held: LogIn) -> str:
    """The browser and the system, as far as they say who they are."""
    known = (
        ("Firefox", "Firefox"), ("Edg/", "Edge"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    )  # fmt: skip
    systems = (
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
        ("Mac OS", "macOS"), ("Linux", "Linux"),
    )  # fmt: skip
    parts = [
        next((name for sign, name in told if sign in held.device), "") for told in (known, systems)
    ]
    return " · ".join(p for p in parts if p) or held.device[:LONGEST_DEVICE] or _("unknown device")


@found
def end_log_in(actor: Actor, public_id: str, session: str) -> int:
    """See `people_pages.PeoplePages`."""
    if not public_id:
        return accounts.end_log_ins(actor, but=session)
    try:
        accounts.end_log_in(actor, from_public("log_in", public_id))
    except (UnknownPerson, NotAllowed) as error:
        raise NotFound("There is no such log-in.") from error
    return 1
