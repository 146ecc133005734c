"""What can go wrong with accounts and permissions."""

from __future__ import annotations


class NotAllowed(PermissionError):
    """The actor's role does not hold the permission."""

    def __init__(self, role: str, permission: str) -> None:
        super().__init__(f"The role {role} may not do this ({permission}).")
        self.role = role
        self.permission = permission
