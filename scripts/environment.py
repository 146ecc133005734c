"""Makes the environment in .venv and installs what a lock file names: `environment.py base|dev`.

Needs nothing but Python itself, so it is what `make` calls first. A stamp beside the environment
remembers what was installed; nothing happens when that is still the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MINIMUM = (3, 11)
SOURCE = ROOT / "klantbeeld" / "identity" / "core" / "native.c"
NO_VENV = """This Python cannot make an environment: its module venv or ensurepip is missing.
Install it (on Debian and Ubuntu: apt-get install python3-venv) and run the same command again."""


def wanted(lock: Path) -> str:
    """What the environment is made of, as one hash: the lock file, the project and the Python."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (lock, ROOT / "pyproject.toml", ROOT / "hatch_build.py", SOURCE):
        digest.update(file.read_bytes())
    # An environment that was moved or copied no longer works: its place is part of it.
    digest.update(str(ENVIRONMENT).encode())
    return digest.hexdigest()


def make_environment() -> None:
    """A new environment with pip in it."""
    if not _made() and not (_install_venv() and _made()):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit(NO_VENV)


def _made() -> bool:
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _install_venv() -> bool:
    """Debian keeps ensurepip in a package of its own; install it where that is allowed."""
    from system_packages import install

    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return install([[name], ["python3-venv"]]) == []


def pip(*arguments: str) -> None:
    """Run the environment's pip; its own errors are the message when it fails."""
    if not tried(*arguments):
        sys.exit("Installing failed, see above. The same command again goes on where it stopped.")


def tried(*arguments: str, **options: Any) -> bool:
    """Whether the environment's pip did it."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, **options).returncode == 0


def install_project() -> None:
    """The project itself, its compiled part by the machine's compiler or by one from a package."""
    project = ("install", "-qq", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    pip(*project)
    if is_compiled():
        return
    lock = str(ROOT / "requirements" / "compiler.lock")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if tried("install", "-qq", "--no-deps", "--require-hashes", "-r", lock, **quiet):
        pip(*project)
    if not is_compiled():
        print("No compiler works here: all is installed, matching large tables takes longer.")


def is_compiled() -> bool:
    """Whether the compiled part stands beside its source."""
    return SOURCE.with_suffix(".compiled").exists()


def main(arguments: list[str]) -> None:
    """Install `base` (to run) or `dev` (to run, test and check)."""
    if sys.version_info < MINIMUM:
        sys.exit(f"Python {MINIMUM[0]}.{MINIMUM[1]} or later is needed; this is {sys.version}.")
    kind = arguments[0] if arguments else "base"
    lock = ROOT / "requirements" / f"{kind}.lock"
    stamp = ENVIRONMENT / f"{kind}.stamp"
    state = wanted(lock)
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    started = time.monotonic()
    print("Installing in .venv; the first time this takes a minute or two.", flush=True)
    if not PYTHON.exists() or not any(ENVIRONMENT.glob("*.stamp")):
        make_environment()
    pip("install", "-qq", "--no-deps", "--require-hashes", "-r", str(lock))
    install_project()
    stamp.write_text(state, encoding="utf-8")
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
