"""Where the screens of employees, permissions and the log get what they show (see `pages`)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes import Download, people


class PeoplePages(Protocol):
    """One function a screen; raises as `pages.Pages` does."""

    def employees(self, actor: Actor) -> people.PeopleView:
        """Employees, teams, invitations."""

    def invite(self, actor: Actor, told: Mapping[str, str]) -> str:
        """Invite somebody (email, name, role, team, reach); gives the token. Raises `Invalid`."""

    def change_employee(self, actor: Actor, public_id: str, told: Mapping[str, str]) -> None:
        """Change role, team and reach. Raises `Invalid`."""

    def act_on_employee(self, actor: Actor, public_id: str, act: str) -> None:
        """Deactivate, log out, or take off the second step. Raises `Invalid`."""

    def withdraw_invitation(self, actor: Actor, public_id: str) -> None:
        """Nobody uses it any more."""

    def make_team(self, actor: Actor, name: str) -> None:
        """Make a team. Raises `Invalid`."""

    def remove_team(self, actor: Actor, public_id: str) -> None:
        """Take a team away."""

    def choose_two_steps(self, actor: Actor, is_required: bool, days: str) -> None:
        """Whether a second step is compulsory for roles that see many. Raises `Invalid`."""

    def rights(self, actor: Actor) -> people.RightsView:
        """Who may what."""

    def log_ins(self, actor: Actor, session: str) -> tuple[people.LogInRow, ...]:
        """One's own log-ins; `session` is the one on the screen."""

    def end_log_in(self, actor: Actor, public_id: str, session: str) -> int:
        """End one of one's log-ins, or all others (""); gives how many."""

    def looked(self, actor: Actor, public_id: str) -> people.LookedView:
        """Who looked at a customer."""

    def followed(self, actor: Actor, public_id: str) -> people.FollowedView:
        """Who follows a customer."""

    def follow(self, actor: Actor, public_id: str, key: str) -> None:
        """Have a customer followed. Raises `Invalid`."""

    def break_glass(self, actor: Actor, public_id: str, reason: str) -> None:
        """See a customer out of reach for a while. Raises `Invalid` without a reason."""

    def log(self, actor: Actor, told: Mapping[str, str]) -> people.LogView:
        """A page of the log: `before` an entry, by `who`, of a `kind`, `from` and `to` a day."""

    def log_export(self, actor: Actor, told: Mapping[str, str]) -> Download:
        """What `log` shows, all pages of it, as a file."""

    def notice(self, actor: Actor, public_id: str, end: bool) -> None:
        """Take notice of an alarm, and end it. Raises `Invalid` for one's own."""

    def breach_preview(self, actor: Actor, told: Mapping[str, str]) -> people.BreachView:
        """What `breach` will hold: counts, kinds of data and the first rows. Raises `Invalid`."""

    def breach(self, actor: Actor, told: Mapping[str, str]) -> Download:
        """Whom an account or key touched in a period (who, since, until). Raises `Invalid`."""


def people_pages() -> PeoplePages:
    """The page functions of employees and the log of this installation."""
    return cast(PeoplePages, import_module(settings.KLANTBEELD_PAGES))
