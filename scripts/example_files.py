"""Write the example files of docs/examples anew: `python scripts/example_files.py`."""

from __future__ import annotations

import os
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "docs" / "examples"


def main() -> None:
    """One workbook a file, in Dutch."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    import django
    from django.utils import translation
    from django.utils.text import slugify

    django.setup()
    from klantbeeld.web.example_columns import EXAMPLE_FILES
    from klantbeeld.web.filled.filling_in import content

    EXAMPLES.mkdir(exist_ok=True)
    with translation.override("nl"):
        for file in EXAMPLE_FILES.values():
            (EXAMPLES / f"{slugify(str(file.title))}.xlsx").write_bytes(content(file))


if __name__ == "__main__":
    main()
