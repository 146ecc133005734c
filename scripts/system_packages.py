"""Installs the Debian packages that the tests use and the machine lacks, where it may.

    python scripts/system_packages.py

Installing needs root or a `sudo` that asks nothing. What stays absent is named; the tests that
need it are then skipped, by name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _has_postgresql() -> bool:
    from throwaway_postgresql import NoServer, programs

    try:
        programs()
    except NoServer:
        return False
    return True


def _has_chromium() -> bool:
    from tests.plugin_needs import chromium

    return chromium() is not None


def _has_java() -> bool:
    from tests.plugin_needs import java

    return java() is not None


# What for, whether it is there, and the packages that bring it: the first that exists.
NEEDED: tuple[tuple[str, Callable[[], bool], tuple[str, ...]], ...] = (
    ("PostgreSQL's server", _has_postgresql, ("postgresql",)),
    ("Chromium", _has_chromium, ("chromium",)),
    (
        "a Java runtime",
        _has_java,
        ("openjdk-17-jre-headless", "openjdk-21-jre-headless", "default-jre-headless"),
    ),
)


def root_command() -> list[str] | None:
    """What to put before a command to run it as root; None when that is impossible."""
    if os.name == "nt" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        return None
    return [sudo, "-n"] if sudo else None


def install(wanted: Sequence[Sequence[str]]) -> list[str]:
    """Install one of each group of package names; returns the groups' first names that failed."""
    become_root = root_command()
    if become_root is None:
        return [names[0] for names in wanted]
    _succeeds([*become_root, "apt-get", "update", "-qq"])
    command = [
        *become_root, "env", "DEBIAN_FRONTEND=noninteractive",
        "apt-get", "install", "-y", "-qq", "--no-install-recommends",
    ]  # fmt: skip
    return [names[0] for names in wanted if not any(_succeeds([*command, name]) for name in names)]


def _succeeds(command: list[str]) -> bool:
    quiet = subprocess.DEVNULL
    done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, check=False)
    return done.returncode == 0


def main() -> None:
    """Install what is missing; say what could not be."""
    sys.path.insert(0, str(ROOT))
    missing = [need for need in NEEDED if not need[1]()]
    if not missing:
        return
    print("Installing " + ", ".join(title for title, _, _ in missing) + ".", flush=True)
    install([packages for _, _, packages in missing])
    for title, is_there, packages in missing:
        if not is_there():
            print(
                f"{title} is not there (package {packages[0]}) and could not be installed: "
                "the tests that need it are skipped.",
                flush=True,
            )


if __name__ == "__main__":
    main()
