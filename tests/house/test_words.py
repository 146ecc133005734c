"""What may not stand in any file of the project, and what may not stand in a log line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.house.plan import ROOT

# Put together here, or this file would be the first to fail.
_SLASH, _DOT = "/", "."
FORBIDDEN = (
    _SLASH + "work" + _SLASH,
    _SLASH + "tmp" + _SLASH + "kb",
    _SLASH + "root" + _SLASH,
    _DOT.join(("pypi", "org")),
    _DOT.join(("files", "pythonhosted", "org")),
    _DOT.join(("registry", "npmjs", "org")),
    _DOT.join(("deb", "debian", "org")),
    _DOT.join(("proxy", "golang", "org")),
    *(_DOT.join(parts) for parts in (("docker", "io"), ("ghcr", "io"), ("quay", "io"))),
)


def tracked() -> Iterator[tuple[str, str]]:
    """Name and text of every text file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            yield name, content.decode("utf-8", errors="replace")


def offences(text: str) -> list[str]:
    """The forbidden words in a text."""
    return [word for word in FORBIDDEN if word in text]


def test_the_search_finds_what_it_looks_for() -> None:
    assert offences("see " + FORBIDDEN[0] + "x and https://" + FORBIDDEN[3]) == [
        FORBIDDEN[0],
        FORBIDDEN[3],
    ]


def test_no_file_names_a_machine_or_a_registry() -> None:
    if not (ROOT / ".git").exists():
        pytest.fail("the project's files can only be listed in its repository")
    found = {name: words for name, text in tracked() if (words := offences(text))}
    assert found == {}
