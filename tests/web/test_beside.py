"""What differs between two values is marked by letter, or as a whole where nothing is alike."""

from __future__ import annotations

import pytest

from klantbeeld.web.filled.beside import pieces


def marked(left: str, right: str) -> tuple[str, str]:
    """Both values, with what is marked between square brackets."""
    sides = pieces(left, right)
    one, other = (
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side)
        for side in sides
    )
    return one, other


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ("Jansen", "Janssen", ("Jansen", "Jans[s]en")),
        ("jansen", "JANSEN", ("jansen", "JANSEN")),
        ("Akkerweg 67 Leiden", "Beethovenlaan 53 Leeuwarden",
         ("[Akkerweg 67 Leiden]", "[Beethovenlaan 53 Leeuwarden]")),
        ("Zeist", "", ("Zeist", "")),
    ],
)  # fmt: skip
def test_marks(left: str, right: str, shown: tuple[str, str]) -> None:
    assert marked(left, right) == shown
