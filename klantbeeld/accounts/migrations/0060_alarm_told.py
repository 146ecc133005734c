"""When the people who watch over it were told of a broken glass."""

import klantbeeld.core.columns
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0041_contact_keys")]
    operations = [
        migrations.AddField("breakglass", "told_at", klantbeeld.core.columns.Micros(default=0)),
    ]
