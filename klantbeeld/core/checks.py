"""What must hold in the keys and logs of the house; `klantbeeld check` runs these."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import F

from klantbeeld.core import verifying
from klantbeeld.core.columns import KeyField
from klantbeeld.core.models import Counter, Delivery
from klantbeeld.core.registry import Check

HOUSE = "klantbeeld."


def database_is_whole() -> list[str]:
    """SQLite's own check of its file; PostgreSQL keeps checksums itself."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        rows = [str(row[0]) for row in cursor.fetchall()]
    return [] if rows == ["ok"] else [f"The database file is damaged: {row}" for row in rows]


def house_models() -> list[type[models.Model]]:
    """Every model of the house, not those of libraries."""
    return [m for m in apps.get_models() if m.__module__.startswith(HOUSE)]


def _relations() -> Iterator[tuple[type[models.Model], models.ForeignKey[object, object]]]:
    for model in house_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey):
                yield model, field


def relations_hold() -> list[str]:
    """Every key points at a row that exists; the house keeps most of these without constraints."""
    found = []
    for model, field in _relations():
        target = field.related_model._meta
        statement = (
            f'SELECT count(*) FROM "{model._meta.db_table}" AS here '
            f'WHERE here."{field.column}" IS NOT NULL AND NOT EXISTS ('
            f'SELECT 1 FROM "{target.db_table}" AS there '
            f'WHERE there."{target.pk.column}" = here."{field.column}")'
        )
        with connection.cursor() as cursor:
            cursor.execute(statement)
            count = int(cursor.fetchone()[0])
        if count:
            found.append(
                f"{count} rows of {model._meta.db_table} point with {field.column} at a row of "
                f"{target.db_table} that is not there."
            )
    return found


def deliveries_add_up() -> list[str]:
    """Rows read = stored + unchanged + quarantined + suppressed + rejected, per delivery."""
    parts = (
        F("rows_stored") + F("rows_unchanged") + F("rows_quarantined") + F("rows_suppressed")
        + F("rows_rejected")
    )  # fmt: skip
    wrong = Delivery.objects.filter(state=Delivery.LOADED).exclude(rows_read=parts)
    return [
        f"Delivery {d.pk} read {d.rows_read} rows and accounts for {d.rows_accounted}."
        for d in wrong.order_by("pk")
    ]


def keys_are_free() -> list[str]:
    """The next key of each table lies above every key in use."""
    following = dict(Counter.objects.values_list("name", "next"))
    found = []
    for model in house_models():
        if not isinstance(model._meta.pk, KeyField):
            continue
        highest = model._default_manager.aggregate(top=models.Max("pk"))["top"] or 0
        if highest >= following.get(model._meta.db_table, 1):
            found.append(f"The next key of {model._meta.db_table} is in use already.")
    return found


def audit_chain_holds() -> list[str]:
    """The audit trail and the log are unbroken."""
    return [f"The audit trail is broken: {found}." for found in verifying.findings()]


CHECKS = (
    Check("database", "The database file is whole", 10, database_is_whole),
    Check("relations", "Every key points at something", 20, relations_hold),
    Check("deliveries", "Every delivered row is accounted for", 30, deliveries_add_up),
    Check("keys", "The next keys are free", 40, keys_are_free),
    Check("audit", "The audit trail is unbroken", 90, audit_chain_holds),
)
