"""Judgements of one act know each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AddField(
            "judgement", "act", models.BigIntegerField(db_index=True, default=0)
        ),
        migrations.AddField(
            "judgement",
            "kind",
            models.CharField(
                choices=[
                    ("pair", "pair"),
                    ("merge", "merge"),
                    ("split", "split"),
                    ("entry", "entry"),
                ],
                default="pair",
                max_length=5,
            ),
        ),
        # A record that is taken back goes first; what was said about it goes with the matching.
        *(
            migrations.AlterField(
                "judgement",
                side,
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=models.deletion.CASCADE,
                    related_name="+",
                    to="core.record",
                ),
            )
            for side in ("left", "right")
        ),
    ]
