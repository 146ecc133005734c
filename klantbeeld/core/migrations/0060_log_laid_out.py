"""On PostgreSQL the tables of the log stand in a schema of their own."""

from django.db import migrations


def lay_out(apps, schema_editor):
    from klantbeeld.core import ledger

    if schema_editor.connection.vendor == "postgresql":
        ledger.Book(None).lay_out()


class Migration(migrations.Migration):
    dependencies = [("core", "0050_sensitivity")]
    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
