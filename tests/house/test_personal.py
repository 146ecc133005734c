"""Every column that can hold text is declared: personal, or never personal."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from klantbeeld.core import registry
from klantbeeld.core.checks import house_models

CAN_HOLD_TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Tables of libraries with text in them, and why no customer's data gets there.
LIBRARIES = {
    "account_emailaddress": "addresses of employees",
    "account_emailconfirmation": "addresses of employees",
    "auth_group": "Django's groups, not used",
    "auth_permission": "Django's permissions, not used",
    "axes_accessattempt": "log-ins of employees",
    "axes_accessfailurelog": "log-ins of employees",
    "axes_accesslog": "log-ins of employees",
    "django_content_type": "names of models",
    "django_session": "sessions of employees",
    "django_tasks_database_dbtaskresult": "arguments of tasks: keys only, places of failures",
    "mfa_authenticator": "second factors of employees",
}


def text_columns(model: type[models.Model]) -> set[str]:
    """Columns of a model that can hold free text."""
    return {f.column for f in model._meta.local_fields if isinstance(f, CAN_HOLD_TEXT)}


@pytest.mark.parametrize("model", house_models(), ids=lambda m: m._meta.db_table)
def test_every_text_column_is_declared(model: type[models.Model]) -> None:
    declared = registry.personal_columns().get(model._meta.db_table)
    columns = text_columns(model)
    if declared is None:
        assert columns == set(), f"{model._meta.db_table} declares nothing"
        return
    assert columns - declared.personal - declared.impersonal == set(), "not declared"
    assert declared.personal & declared.impersonal == set(), "declared as both"
    known = {f.column for f in model._meta.local_fields}
    assert (declared.personal | declared.impersonal) - known == set(), "declared but not there"


@pytest.mark.django_db
def test_every_declared_table_is_there() -> None:
    there = set(connection.introspection.table_names())
    assert set(registry.personal_columns()) - there == set()
    assert {c.db_table for c in registry.copied_tables().values()} - there == set()


def test_every_library_table_has_its_reason() -> None:
    own = {model._meta.db_table for model in house_models()}
    others = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in own and text_columns(model)
    }
    assert others == set(LIBRARIES)


@pytest.mark.django_db
def test_copied_columns_say_which_of_them_are_personal() -> None:
    declared = registry.personal_columns()
    for table in registry.copied_tables().values():
        personal = declared[table.db_table].personal & set(table.columns)
        # What is computed comes from a column that is not copied, such as `details`.
        assert personal == table.personal - set(table.computed), table.name


@pytest.mark.django_db
def test_copied_columns_are_there_and_partitioned_by_one_of_them() -> None:
    with connection.cursor() as cursor:
        for table in registry.copied_tables().values():
            described = connection.introspection.get_table_description(cursor, table.db_table)
            columns = {column.name for column in described}
            assert set(table.columns) - set(table.computed) <= columns, table.name
            assert table.partition_column in {"", *table.columns}, table.name
