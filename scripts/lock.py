"""Writes requirements/*.lock anew from pyproject.toml: `python scripts/lock.py [--upgrade]`.

Needs uv, which nothing else here does. The files hold versions and hashes for every platform,
and no address of any index: pip uses the one it is set up with.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALL = (
    "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url",
    "--no-emit-find-links",
)  # fmt: skip
COMMON = (*ALL, "pyproject.toml", "--group", "build")
COMPILER = "requirements/compiler.lock"
BASE, SERVER, DEV = (f"requirements/{name}.lock" for name in ("base", "server", "dev"))


def main(options: list[str]) -> None:
    """The product first; the tools around it then agree with its versions."""
    subprocess.run([*COMMON, "-o", BASE, *options], cwd=ROOT, check=True)
    server = ("--extra", "postgresql", "-c", BASE)
    subprocess.run([*COMMON, *server, "-o", SERVER, *options], cwd=ROOT, check=True)
    extra = ("--all-extras", "--group", "dev", "-c", BASE)
    subprocess.run([*COMMON, *extra, "-o", DEV, *options], cwd=ROOT, check=True)
    compiler = ("--group", "pyproject.toml:compiler")
    subprocess.run([*ALL, *compiler, "-o", COMPILER, *options], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
