"""Fetch the vendored front-end files again: `python scripts/vendor.py` (needs npm).

Reads klantbeeld/web/static/vendor/vendor.toml, unpacks each npm package in a temporary folder,
copies the named files with their licences, builds the icon sprite and writes SHA256SUMS.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent.parent / "klantbeeld" / "web" / "static" / "vendor"
BLANK = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


def unpack(package: dict[str, Any], into: Path) -> Path:
    """The folder of one npm package at its pinned version."""
    wanted = f"{package['npm']}@{package['version']}"
    done = subprocess.run(
        ["npm", "pack", "--silent", wanted], cwd=into, check=True, capture_output=True, text=True
    )
    archive = into / done.stdout.strip().splitlines()[-1]
    target = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def symbol(name: str, svg: str) -> str:
    """One icon as a sprite symbol: its drawing without the outer element."""
    drawing = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    drawing = re.sub(r"\s*\n\s*", "", BLANK.sub("", drawing)).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>'


def sprite(folder: Path, names: list[str]) -> str:
    """All icons named as one SVG file, one symbol a line."""
    icons = folder / "icons" / "outline"
    symbols = [symbol(name, (icons / f"{name}.svg").read_text()) for name in sorted(names)]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""])


def fetch(package: dict[str, Any], work: Path) -> None:
    """Copy what one package gives, and its licence beside it."""
    folder = unpack(package, work)
    for inside, name in package.get("files", {}).items():
        (VENDOR / name).write_bytes((folder / inside).read_bytes())
    if "sprite" in package:
        (VENDOR / package["sprite"]).write_text(sprite(folder, package["icons"]))
    licence = VENDOR / f"LICENSE.{package['npm'].split('/')[0].strip('@').split('.')[0]}.txt"
    licence.write_bytes((folder / package["licence_file"]).read_bytes())


def checksums() -> str:
    """`sha256  name` of every vendored file, by name."""
    names = sorted(p.name for p in VENDOR.iterdir() if p.name not in {"SHA256SUMS", "vendor.toml"})
    return "".join(f"{hashlib.sha256((VENDOR / n).read_bytes()).hexdigest()}  {n}\n" for n in names)


def main() -> None:
    """Fetch everything in the list."""
    packages = tomllib.loads((VENDOR / "vendor.toml").read_text())["package"]
    with tempfile.TemporaryDirectory() as work:
        for package in packages:
            fetch(package, Path(work))
    (VENDOR / "SHA256SUMS").write_text(checksums())


if __name__ == "__main__":
    main()
