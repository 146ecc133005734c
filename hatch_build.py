"""Compiles `klantbeeld/identity/core/native.c` when the project is built or installed.

By the compiler of the machine, or else by the one of the package ziglang where that is installed
(requirements/compiler.lock). Without either the project is installed without the compiled part,
which `native.py` does without.
"""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("klantbeeld/identity/core/native.c")
# Contracted operations would give other last digits on other machines.
OPTIONS = ("-O3", "-ffp-contract=off", "-shared")
LONGEST = 300  # seconds


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Found by Hatch by its place and name."""

    def dependencies(self) -> list[str]:
        """What a build in an environment of its own installs first."""
        return [] if compilers() else ["ziglang>=0.15"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and mark a wheel with the platform that it is for."""
        made = compiled(Path(self.root) / SOURCE)
        if made:
            self.app.display_info(f"compiled {made.name}")
        else:
            self.app.display_warning("no compiler: installed without the compiled part")
        if made and version != "editable":
            tag = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["pure_python"], build_data["tag"] = False, f"py3-none-{tag}"


def compilers() -> list[list[str]]:
    """The compilers that there are, the best first."""
    named = (shlex.split(os.environ.get("CC", "")), ["cc"], ["gcc"], ["clang"])
    found = [command for command in named if command and shutil.which(command[0])]
    if find_spec("ziglang"):
        found.append([sys.executable, "-m", "ziglang", "cc"])
    return found


def compiled(source: Path) -> Path | None:
    """The library beside its source, by the first compiler that can make it."""
    # Not by the suffix of a library, which Python would take for a module.
    goal = source.with_suffix(".compiled")
    goal.unlink(missing_ok=True)
    options = [*OPTIONS]
    if platform.machine().lower() in ("x86_64", "amd64"):
        options.append("-mpopcnt")
    if os.name != "nt":
        options.append("-fPIC")
    for command in compilers():
        with tempfile.TemporaryDirectory(dir=source.parent) as folder:
            made = Path(folder) / goal.name
            whole = [*command, *options, str(source), "-o", str(made)]
            if os.name != "nt":
                whole.append("-lm")
            try:
                tried = subprocess.run(whole, capture_output=True, timeout=LONGEST, check=False)
            except (OSError, subprocess.TimeoutExpired):
                continue
            if tried.returncode == 0 and made.exists():
                made.replace(goal)  # at once: a running program may have the old one open
                return goal
    return None
