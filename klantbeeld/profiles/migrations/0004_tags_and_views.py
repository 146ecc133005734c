"""Tags beside the profiles, and saved views of the list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import klantbeeld.core.columns


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0003_complaining"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tagged",
            fields=[
                (
                    "id",
                    klantbeeld.core.columns.KeyField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("customer", models.BigIntegerField(db_index=True)),
                ("tag", models.BigIntegerField()),
                ("name", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["tag", "customer"], name="tagged_tag_customer")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("group", models.CharField(default="", max_length=40)),
                ("filters", models.JSONField(default=dict)),
                ("sort", models.CharField(default="", max_length=41)),
                ("columns", models.JSONField(default=list)),
                ("is_shared", models.BooleanField(default=False)),
                ("at", klantbeeld.core.columns.Micros()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="view_owner_name")
                ],
            },
        ),
    ]
