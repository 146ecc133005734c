"""What the personal columns of the room of accounts are: nearly all of employees."""

from __future__ import annotations

from klantbeeld.core.fields import YEAR, column, of_employee

FIELDS = (
    of_employee("accounts_user.email", "E-mail van een medewerker", "E-mail of an employee",
                "user.contact.email"),
    of_employee("accounts_user.name", "Naam van een medewerker", "Name of an employee"),
    of_employee("accounts_invitation.email", "E-mail van wie is uitgenodigd",
                "E-mail of who was invited", "user.contact.email", retention_days=YEAR),
    of_employee("accounts_invitation.name", "Naam van wie is uitgenodigd",
                "Name of who was invited", retention_days=YEAR),
    of_employee("accounts_invitation.created_by", "Wie iemand uitnodigde", "Who invited somebody",
                retention_days=YEAR),
    of_employee("accounts_login.address", "Netwerkadres van een inlog",
                "Network address of a log-in", "user.device.ip_address", retention_days=YEAR),
    of_employee("accounts_login.device", "Apparaat van een inlog", "Device of a log-in",
                "user.device", retention_days=YEAR),
    column("accounts_breakglass.reason", "Waarom iemand buiten zijn bereik keek",
           "Why somebody looked out of reach", "user.content", nature="qualitative",
           purposes=("privacy",), basis="legal_obligation", retention_days=5 * YEAR),
    of_employee("accounts_apikey.created_by", "Wie een sleutel maakte", "Who made a key"),
)  # fmt: skip
