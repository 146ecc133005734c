"""Who follows a customer up: a person, a team, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.models import BreakGlass, Following, Team, User
from klantbeeld.accounts.reach import within
from klantbeeld.core import audit, bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.public_ids import key_in


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows a customer: `key` is u: or t: with the key of the user or team."""

    key: str
    name: str


@needs("customers.read")
def followers(actor: Actor, records: Sequence[int]) -> list[Follower]:
    """Who follows the customer with these records: after a merge that may be several."""
    held = Following.objects.filter(record__in=records).select_related("user", "team")
    return [_follower(f.user or f.team) for f in held.order_by("at", "pk") if f.user or f.team]


def _follower(who: User | Team | None) -> Follower:
    assert who is not None
    return Follower(f"{'u' if isinstance(who, User) else 't'}:{who.pk}", who.name)


@needs("customers.follow", "nothing")
def possible_followers(actor: Actor) -> list[Follower]:
    """Everybody who can follow a customer: teams, then people."""
    teams = [_follower(team) for team in Team.objects.order_by("name")]
    people = User.objects.filter(is_active=True).order_by("name")
    return teams + [_follower(user) for user in people]


@needs("customers.follow")
@transaction.atomic
def follow(actor: Actor, records: Sequence[int], key: str) -> None:
    """Have the customer with these records followed by `key` (see `Follower`), "" for nobody.

    Raises `UnknownPerson`, and ValueError without records.
    """
    if not records:
        raise ValueError("A customer without records is followed by nobody.")
    kind, _colon, number = key.partition(":")
    pk = key_in(number)
    user = User.objects.filter(pk=pk, is_active=True).first() if kind == "u" else None
    team = Team.objects.filter(pk=pk).first() if kind == "t" else None
    if key and user is None and team is None:
        raise UnknownPerson("There is nobody who could follow so.")
    bulk.delete(Following, "record_id", list(records))
    if key:
        Following.objects.create(record_id=min(records), user=user, team=team, at=now_us())
    audit.record(actor, "follow_customer", ("record", min(records)), {"by": key})


@needs("notes.write", "nothing")
def follow_entered(actor: Actor, record: int) -> None:
    """Whoever does not reach everybody follows the customer they entered themselves."""
    if within(actor) is not None and actor.user_id is not None:
        Following.objects.update_or_create(
            record_id=record, defaults={"user_id": actor.user_id, "team": None, "at": now_us()}
        )


@needs("sources.undo")
def forget_records(actor: Actor, records: Sequence[int]) -> None:
    """Records that are no more are followed by nobody. Inside the caller's transaction."""
    for model in (Following, BreakGlass):
        bulk.delete(model, "record_id", list(records))
