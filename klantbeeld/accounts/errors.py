"""What can go wrong with accounts and permissions."""

from __future__ import annotations


class NotAllowed(PermissionError):
    """The actor's role does not hold the permission."""

    def __init__(self, role: str, permission: str) -> None:
        super().__init__(f"The role {role} may not do this ({permission}).")
        self.role = role
        self.permission = permission


class OutOfReach(NotAllowed):
    """The role holds the permission, but not for this customer, or not for everybody's."""


class UnknownPerson(LookupError):
    """There is no such user, team, invitation or log-in."""
