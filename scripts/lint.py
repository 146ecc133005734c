"""Style, formatting, floors of the house and types; runs all of them, fails when one does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BESIDE = Path(sys.executable).parent
CHECKS = (
    ("style", "ruff", "check", "."),
    ("format", "ruff", "format", "--check", "--quiet", "."),
    ("floors", "lint-imports", "--no-cache"),
    ("types", "mypy", "klantbeeld", "scripts"),
)


def main() -> int:
    """The number of checks that failed."""
    failed = []
    for title, program, *arguments in CHECKS:
        print(f"== {title} ==", flush=True)
        command = [str(BESIDE / program), *arguments]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(title)
    print("lint: " + ("failed: " + ", ".join(failed) if failed else "all good"), flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
