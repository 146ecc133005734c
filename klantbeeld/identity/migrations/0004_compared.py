"""What is compared of a record stands beside its keys; it comes with the next match."""

from django.db import migrations, models


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
    ]
