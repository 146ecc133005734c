"""What the personal columns of the room of accounts are: all of employees."""

from __future__ import annotations

from klantbeeld.core.fields import of_employee

FIELDS = (
    of_employee("accounts_user.email", "E-mail van een medewerker", "E-mail of an employee",
                "user.contact.email"),
    of_employee("accounts_user.name", "Naam van een medewerker", "Name of an employee"),
    of_employee("accounts_apikey.created_by", "Wie een sleutel maakte", "Who made a key"),
)  # fmt: skip
