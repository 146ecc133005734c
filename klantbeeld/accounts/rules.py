"""Who may do what: one table of roles, asked by every read and action, for every door alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klantbeeld.core.actor import Purpose

PERMISSIONS = frozenset(
    {
        "customers.read",
        # The list as a workbook: the columns of the screen, masked as they are there.
        "customers.list",
        # Everything held about a customer, letters and mails included, where nothing can be
        # masked: only for roles from which nothing is hidden.
        "customers.export",
        "customers.erase",
        # Correct a field of a customer, over what the sources say.
        "customers.rectify",
        # Requests of customers: noted, answered, the bundle made.
        "rights.handle",
        # Who the company is, and how people of each source are informed.
        "privacy.manage",
        "customers.judge",
        # Ask who somebody is who is not stored; the answer holds no values of a customer.
        "customers.match",
        "notes.write",
        "sources.read",
        "sources.import",
        "sources.undo",
        "quarantine.read",
        "quarantine.mend",
        "audit.read",
        "users.manage",
        # How matching decides: bars, rules, learning anew.
        "matching.manage",
        # Keys with which other programs come in.
        "keys.manage",
        "system.manage",
    }
)
_READ = frozenset({"customers.read", "sources.read"})


@dataclass(frozen=True)
class Role:
    """One role: its permissions, its standing purpose, and field categories it does not see."""

    permissions: frozenset[str]
    purpose: Purpose
    hidden_categories: frozenset[str] = frozenset()


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

ROLES: Mapping[str, Role] = {
    "administrator": Role(PERMISSIONS, "administration"),
    "marketing": Role(_READ | {"customers.list", "notes.write"}, "marketing", _FINANCIAL),
    "sales": Role(
        _READ | {"customers.judge", "customers.match", "notes.write"}, "sales", _FINANCIAL
    ),
    "service": Role(
        _READ
        | {
            "customers.judge",
            "customers.match",
            "customers.rectify",
            "notes.write",
            "quarantine.read",
            "quarantine.mend",
        },
        "service",
    ),
    "analyst": Role(_READ, "analysis", _FINANCIAL | _DIRECT),
    "privacy": Role(
        _READ
        | {
            "customers.list",
            "customers.export",
            "customers.erase",
            "customers.rectify",
            "rights.handle",
            "privacy.manage",
            "audit.read",
            "quarantine.read",
        },
        "privacy",
    ),
    "readonly": Role(_READ, "service", _FINANCIAL),
}


def key_role(rights: Iterable[str]) -> str:
    """The role of a key with these rights."""
    return "key:" + "+".join(sorted(rights))


# What a key of another program may be for, and the roles of keys: nothing is read with one.
KEY_RIGHTS: Mapping[str, frozenset[str]] = {
    "write": frozenset({"sources.import"}),
    "match": frozenset({"customers.match"}),
}
KEY_ROLES: Mapping[str, Role] = {
    key_role(rights): Role(
        frozenset().union(*(KEY_RIGHTS[right] for right in rights)),
        "administration",
        frozenset({"user"}),
    )
    for rights in (("write",), ("match",), ("match", "write"))
}


def may(role: str, permission: str) -> bool:
    """Whether a role holds a permission; an unknown role holds none."""
    known = ROLES.get(role) or KEY_ROLES.get(role)
    return known is not None and permission in known.permissions


def hidden_categories(role: str) -> frozenset[str]:
    """Field categories whose values this role never sees."""
    known = ROLES.get(role)
    return known.hidden_categories if known else frozenset({"user"})
