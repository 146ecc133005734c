"""What the personal columns of the core tables are (the keys of `Record.data` stand apart)."""

from __future__ import annotations

from klantbeeld.core.fields import YEAR, column, of_employee

_TRAIL = {
    "purposes": ("privacy", "administration"), "basis": "legal_obligation",
    "retention_days": 5 * YEAR,
}  # fmt: skip

COLUMN_FIELDS = (
    column("core_record.key", "Sleutel van een bronregel", "Key of a record", "user.unique_id",
           nature="identity"),
    column("core_record.data", "Gegevens van een bronregel", "Data of a record", "user",
           nature="descriptive"),
    column("core_recordversion.data", "Eerdere gegevens", "Former data", "user",
           nature="descriptive"),
    column("core_recordversion.raw", "Gegevens zoals aangeleverd", "Data as delivered", "user",
           nature="descriptive"),
    column("core_delivery.name", "Naam van een aangeleverd bestand", "Name of a delivered file",
           "user.name", nature="descriptive", purposes=("administration",),
           basis="legitimate_interest"),
    column("core_auditvalue.values", "Waarden in het wijzigingslogboek",
           "Values in the audit log", "user", **_TRAIL),
    of_employee("core_delivery.actor", "Wie iets aanleverde", "Who delivered something"),
    of_employee("core_auditentry.actor", "Wie iets deed", "Who did something",
                basis="legal_obligation", retention_days=5 * YEAR),
)  # fmt: skip
