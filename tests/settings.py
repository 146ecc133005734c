"""The settings under test: the product's own, in a home that is thrown away afterwards."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="klantbeeld-test-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["KLANTBEELD_HOME"] = str(_HOME)
os.environ.pop("KLANTBEELD_DEMO", None)
os.environ.pop("KLANTBEELD_HOSTS", None)

from klantbeeld.settings import *  # noqa: E402, F403
from klantbeeld.settings import DATABASES, HOME  # noqa: E402

# A file, not memory: threads, journals and secure deletion then behave as they do for a user.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
    # But nothing is flushed to disk: this database does not outlive the machine.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] += " PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING_CONFIG = None
LANGUAGE_CODE = "nl"
