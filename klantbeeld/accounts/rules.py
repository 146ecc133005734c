"""Who may do what: one declared table, asked by every read and action, for every door alike.

A permission is a line of `TABLE`: for each role whose customers it reaches. What a role sees of a
customer is what neither the role (`ROLES`) nor the purpose (`PURPOSES`) hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, cast

from klantbeeld.core.actor import Purpose, Scope
from klantbeeld.core.clock import DAY

Act = Literal["read", "write", "export", "manage", "bypass"]
About = Literal["customers", "rows", "house"]
"""What it is about: customers, rows that are nobody's yet, or the house itself."""

ROLE_NAMES = (
    "administrator", "marketing", "sales", "service", "analyst", "privacy", "readonly", "own",
)  # fmt: skip
_WIDTH: Mapping[Scope, int] = {"own": 0, "team": 1, "all": 2}


@dataclass(frozen=True)
class Line:
    """One permission: its room, what kind of act, whose data, and who reaches whom with it.

    `reaches` maps a role to own, team or all; a role without the permission is not in it.
    `purposes` are the purposes for which it can be used; empty for every one.
    """

    key: str
    room: str
    act: Act
    about: About
    reaches: Mapping[str, Scope]
    purposes: frozenset[str] = frozenset()


def _line(key: str, room: str, what: str, cells: str, purposes: str = "") -> Line:
    act, about = what.split()
    given = dict(zip(ROLE_NAMES, cells.split(), strict=True))
    reaches = {role: cast(Scope, cell) for role, cell in given.items() if cell != "-"}
    return Line(key, room, cast(Act, act), cast(About, about), reaches, frozenset(purposes.split()))


_LISTED = "sales marketing analysis administration privacy"
_WHOLE = "administration privacy"
# The roles, in this order: administrator, marketing, sales, service, analyst, privacy, readonly,
# own. A cell says whose customers: own, team, all, or - for nobody's. Each role that is added
# here is shown on the screen "who may do what" by itself; its words stand in `web.filled.rights`.
#     permission          room        act, about           adm mar sal ser ana pri rea own
TABLE = (
    _line("customers.read", "profiles", "read customers", "all all all all all all all own"),
    # The list as a workbook: the columns of the screen, masked as they are there.
    _line("customers.list", "profiles", "export customers", "all all - - - all - -", _LISTED),
    # Everything held about a customer, letters and mails included, where nothing can be
    # masked: only for roles from which nothing is hidden.
    _line("customers.export", "privacy", "export customers", "all - - - - all - -", _WHOLE),
    _line("customers.erase", "privacy", "write customers", "all - - - - all - -", _WHOLE),
    # Agree to an erasure that somebody else asked for.
    _line("erasures.approve", "privacy", "write customers", "all - - - - all - -", _WHOLE),
    # Restrict what is held of somebody, note an objection or a legal hold, and lift them.
    _line("restrictions.manage", "privacy", "write customers", "all - - - - all - -", _WHOLE),
    # Say how long things are kept, and have what is past its term erased.
    _line("retention.manage", "privacy", "manage house", "all - - - - all - -", _WHOLE),
    # Correct a field of a customer, over what the sources say.
    _line("customers.rectify", "pipeline", "write customers", "all - all all - all - -"),
    # Requests of customers: noted, answered, the bundle made.
    _line("rights.handle", "privacy", "write customers", "all - - - - all - -", _WHOLE),
    # Who the company is, how people of each source are informed, why own fields are kept.
    _line("privacy.manage", "privacy", "manage house", "all - - - - all - -"),
    _line("customers.judge", "identity", "write customers", "all - all all - - - -"),
    # Ask who somebody is who is not stored; the answer holds no values of a customer.
    _line("customers.match", "identity", "read customers", "all - all all - - - -"),
    # Say who follows a customer: oneself or, for who reaches all, anybody and any team.
    _line("customers.follow", "profiles", "write customers", "all - all all - - - own"),
    # See a customer out of one's reach for an hour, with a reason and an alarm.
    _line("customers.bypass", "profiles", "bypass customers", "all - all all - all - own"),
    # Who looked at a customer.
    _line("looks.read", "profiles", "read customers", "all - - all - all - -"),
    # Whether somebody may be contacted; the answer holds no values of a customer.
    _line("contact.ask", "profiles", "read customers", "all all all all all all all own"),
    # Put into the consent ledger what a customer said.
    _line("consent.write", "privacy", "write customers", "all all all all - all - own"),
    # What whoever holds a link from a message may decide about himself.
    _line("consent.own", "privacy", "write customers", "all - - - - - - -"),
    # What the company says of itself as a sender, on which every verdict rests.
    _line("contact.manage", "privacy", "manage house", "all - - - - all - -"),
    _line("notes.write", "profiles", "write customers", "all all all all - - - own"),
    _line("sources.read", "sources", "read house", "all all all all all all all -"),
    _line("sources.import", "pipeline", "write house", "all - - - - - - -"),
    _line("sources.undo", "pipeline", "write house", "all - - - - - - -"),
    _line("quarantine.read", "sources", "read rows", "all - - all - all - -"),
    _line("quarantine.mend", "sources", "write rows", "all - - all - - - -"),
    # The log of what was done and read; and whom a leaked account or key touched.
    _line("audit.read", "accounts", "read house", "all - - - - all - -"),
    # One's own log-ins, second step and purpose.
    _line("self.manage", "accounts", "manage house", "all all all all all all all all"),
    _line("users.manage", "accounts", "manage house", "all - - - - - - -"),
    # How matching decides: bars, rules, learning anew.
    _line("matching.manage", "identity", "manage house", "all - - - - - - -"),
    # Keys with which other programs come in.
    _line("keys.manage", "accounts", "manage house", "all - - - - - - -"),
    _line("system.manage", "pipeline", "manage house", "all - - - - - - -"),
    # Special data: read a sealed original (the privacy officer alone); keep one apart where a
    # ground allows it; record grounds and judge columns.
    _line("special.read", "privacy", "read rows", "- - - - - all - -", "privacy"),
    _line("special.keep", "pipeline", "write rows", "all - - - - all - -"),
    _line("special.rule", "privacy", "manage house", "all - - - - all - -"),
)
LINES: Mapping[str, Line] = {line.key: line for line in TABLE}
PERMISSIONS = frozenset(LINES)

_FINANCIAL = frozenset({"user.financial", "user.financial.bank_account"})
_DIRECT = frozenset(
    {
        "user.contact.email",
        "user.contact.phone_number",
        "user.contact.address.street",
        "user.device.cookie_id",
        # Mostly the e-mail address once more.
        "user.account.username",
    }
)
_NOTHING: frozenset[str] = frozenset()

# Field categories that a purpose has no need of: hidden from whoever reads for it.
PURPOSES: Mapping[Purpose, frozenset[str]] = {
    "service": _NOTHING,
    "sales": _FINANCIAL,
    "marketing": _FINANCIAL,
    "analysis": _FINANCIAL | _DIRECT,
    "administration": _NOTHING,
    "privacy": _NOTHING,
}


@dataclass(frozen=True)
class Role:
    """One role: for which purposes it reads (the first one is standing), and what it never sees.

    `sees_many` are roles with lists or figures of everybody: they log in in two steps.
    """

    purposes: tuple[Purpose, ...]
    hides: frozenset[str] = _NOTHING
    sees_many: bool = False
    permissions: frozenset[str] = _NOTHING

    @property
    def purpose(self) -> Purpose:
        """The purpose of whoever chose none."""
        return self.purposes[0]

    @property
    def hidden_categories(self) -> frozenset[str]:
        """What the role does not see for its standing purpose."""
        return self.hides | PURPOSES[self.purpose]


def _role(
    name: str, *purposes: Purpose, hides: frozenset[str] = _NOTHING, sees_many: bool = False
) -> Role:
    held = frozenset(line.key for line in TABLE if name in line.reaches)
    return Role(purposes, hides, sees_many, held)


ROLES: Mapping[str, Role] = {
    "administrator": _role(
        "administrator", "administration", "service", "sales", "marketing", "analysis", "privacy",
        sees_many=True,
    ),
    "marketing": _role("marketing", "marketing", "analysis", hides=_FINANCIAL, sees_many=True),
    "sales": _role("sales", "sales", "service", hides=_FINANCIAL),
    "service": _role("service", "service"),
    "analyst": _role("analyst", "analysis", hides=_FINANCIAL | _DIRECT, sees_many=True),
    "privacy": _role("privacy", "privacy", sees_many=True),
    "readonly": _role("readonly", "service", hides=_FINANCIAL),
    "own": _role("own", "sales", "service", hides=_FINANCIAL),
}  # fmt: skip


def key_role(rights: Iterable[str]) -> str:
    """The role of a key with these rights."""
    return "key:" + "+".join(sorted(rights))


# What a key of another program may be for, and the roles of keys: nothing is read with one.
KEY_RIGHTS: Mapping[str, frozenset[str]] = {
    "write": frozenset({"sources.import"}),
    "match": frozenset({"customers.match"}),
    "contact": frozenset({"contact.ask"}),
}
KEY_ROLES: Mapping[str, Role] = {
    key_role(rights): Role(
        ("administration",),
        frozenset({"user"}),
        permissions=_NOTHING.union(*(KEY_RIGHTS[right] for right in rights)),
    )
    for n in range(1, len(KEY_RIGHTS) + 1)
    for rights in combinations(KEY_RIGHTS, n)
}
# Whoever comes by a link in a message: he decides about himself, and reads nothing.
LINK_ROLE = "link"
_BESIDE: Mapping[str, Role] = {
    **KEY_ROLES,
    LINK_ROLE: Role(
        ("administration",), frozenset({"user"}), permissions=frozenset({"consent.own"})
    ),
}


def purpose_of(role: str, purpose: str) -> Purpose | None:
    """The purpose that counts: the one told if the role reads for it, else its standing one."""
    known = ROLES.get(role) or _BESIDE.get(role)
    if known is None:
        return None
    return next((p for p in known.purposes if p == purpose), known.purpose)


def may(role: str, permission: str, purpose: str = "") -> bool:
    """Whether a role holds a permission for a purpose; an unknown role holds none."""
    known = ROLES.get(role) or _BESIDE.get(role)
    if known is None or permission not in known.permissions:
        return False
    needed = LINES[permission].purposes
    return not needed or purpose_of(role, purpose) in needed


def reach_of(role: str, permission: str, told: Scope = "all") -> Scope | None:
    """Whose customers a role reaches with a permission, narrowed to what was told of the person.

    None for nobody's.
    """
    known = ROLES.get(role) or _BESIDE.get(role)
    if known is None or permission not in known.permissions or told not in _WIDTH:
        return None
    widest = LINES[permission].reaches.get(role, "all")
    return min(widest, told, key=lambda scope: _WIDTH[scope])


def hidden_categories(role: str, purpose: str = "") -> frozenset[str]:
    """Field categories whose values this role never sees for this purpose."""
    known = ROLES.get(role)
    if known is None:
        return frozenset({"user"})
    counts = purpose_of(role, purpose) or known.purpose
    return known.hides | PURPOSES[counts]


def must_log_in_in_two_steps(role: str) -> bool:
    """Whether a second step is compulsory: for roles that see many, and unknown ones."""
    known = ROLES.get(role)
    return known is None or known.sees_many


def days_left(is_required: bool, has_one: bool, since: int, days: int, now: int) -> int | None:
    """Days (begun ones count) until the second step must be there; 0 when it must be there now.

    None when nothing is asked: not required, or set up. `since` and `now` in microseconds; the
    role is held since `since`.
    """
    if not is_required or has_one:
        return None
    left = since + days * DAY - now
    return max(0, -(-left // DAY))
