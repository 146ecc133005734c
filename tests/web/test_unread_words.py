"""A file that could not be read is told of in the language of the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import klantbeeld.sources.readers
from klantbeeld.web.filled.unread_words import SAID, said

READERS = Path(klantbeeld.sources.readers.__file__).parent
CODE = re.compile(r'UnreadableFile\(\s*[^,]+,\s*"(\w+)"')
# Of paths on the command line: what is added on screen is there and can be opened.
NOT_ON_SCREEN = {"not_found", "cannot_open"}


def test_every_code_of_the_readers_has_words() -> None:
    codes = {code for path in READERS.glob("*.py") for code in CODE.findall(path.read_text())}
    assert len(codes) > 12
    assert codes - NOT_ON_SCREEN <= set(SAID)


@pytest.mark.parametrize("code", sorted(SAID))
def test_the_words_are_dutch_on_a_dutch_screen(code: str) -> None:
    with override("en"):
        english = [str(text) for text in said(code, "?", "?")]
    with override("nl"):
        dutch = [str(text) for text in said(code, "?", "?")]
    assert all(a != b for a, b in zip(english, dutch, strict=True))


def test_a_picture_is_called_a_picture() -> None:
    with override("nl"):
        message, _advice = said("unsupported", "This is a picture, which is not read.", "")
        assert str(message) == "Dit is een afbeelding, en die kunnen we niet lezen."
        assert str(said("unsupported", "This is a Word 97 document, …", "")[0]).startswith(
            "Dit soort"
        )
