"""What is compared of a record stands beside its keys, and these are found in an index alone.

A house that has records already gets both with its next settling: all of them wait for it.
"""

from django.db import migrations, models

ALL_WAIT = """
INSERT INTO identity_pending (record, rematch)
SELECT id, true FROM core_record WHERE kind IN ('person', 'organisation', 'unknown')
ON CONFLICT (record) DO UPDATE SET rematch = true
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_source_basis"),
        ("identity", "0003_doubts_and_experiments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Compared",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="core.record",
                    ),
                ),
                ("said", models.TextField()),
            ],
        ),
        migrations.AlterField(
            model_name="matchkey",
            name="hash",
            field=models.BigIntegerField(),
        ),
        migrations.AddIndex(
            model_name="matchkey",
            index=models.Index(fields=["hash", "kind", "record"], name="identity_key_held"),
        ),
        migrations.RunSQL(ALL_WAIT, migrations.RunSQL.noop),
    ]
