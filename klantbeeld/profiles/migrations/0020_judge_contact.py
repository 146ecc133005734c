"""In a home of before, nobody was judged yet as to contact: due as soon as the worker starts."""

from typing import Any

from django.db import migrations


def be_due(apps: Any, _editor: Any) -> None:
    """Also where the nightly round was not long ago."""
    if not apps.get_model("profiles", "Profile").objects.exists():
        return
    settings = apps.get_model("core", "Setting").objects
    settings.filter(pk="regular-contact").delete()
    settings.update_or_create(pk="contact-to-judge", defaults={"value": True, "changed_at": 0})


class Migration(migrations.Migration):
    dependencies = [("core", "0060_log_laid_out"), ("profiles", "0010_contact")]
    operations = [migrations.RunPython(be_due, migrations.RunPython.noop)]
