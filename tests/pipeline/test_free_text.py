"""What is typed beside a fact is screened in every room: reasons, evidence, names of views, tags."""

from __future__ import annotations

import hashlib
import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import Settings

from klantbeeld.accounts import breaking
from klantbeeld.core import files
from klantbeeld.core.free_text import screened
from klantbeeld.identity import actions as identity
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.pipeline.papers import keep_bytes, plain_name
from klantbeeld.pipeline.tagging import _tidy
from klantbeeld.privacy import actions, contact_notes, restricting, rights_acts, saying
from klantbeeld.profiles import views

pytestmark = pytest.mark.django_db


def test_free_text_is_stored_without_special_data() -> None:
    assert screened("Zij heeft diabetes, bel na vijven.", "note") == "Zij heeft […], bel na vijven."
    assert screened("BSN 999990019", "note") == "BSN […]"
    assert screened("Vaste klanten uit Zwolle") == "Vaste klanten uit Zwolle"


@pytest.mark.parametrize(
    "stored",
    [
        identity._say, saying._lines, contact_notes.add, restricting.hold, views.save_view,
        rights_acts.extend_request, breaking.break_glass, actions.note_reason,
    ],
)  # fmt: skip
def test_every_typed_reason_goes_through_it(stored: object) -> None:
    assert "screened(" in inspect.getsource(inspect.unwrap(stored))  # type: ignore[arg-type]


def test_a_tag_of_a_special_topic_is_refused_and_may_be_taken_away() -> None:
    with pytest.raises(BadEntry) as refused:
        _tidy("diabetes", is_new=True)
    assert refused.value.problems == {"tag": "special"}
    assert _tidy("diabetes", is_new=False) == "diabetes"
    assert _tidy("vaste klant", is_new=True) == "vaste klant"


def _kept(content: bytes) -> tuple[bool, str]:
    """Whether a file is kept, and why nobody could look into it."""
    work: Any = SimpleNamespace(source="mail", file_bytes=lambda _row, _sha256: content)
    sha256, unread = keep_bytes(work, 0, hashlib.sha256(content).hexdigest())
    return files.has(sha256) if sha256 else False, unread


def test_files_are_looked_into_and_so_is_what_they_are_called(
    settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    assert _kept(b"Mevrouw heeft reuma.") == (False, "")
    assert _kept(b"Graag een offerte.") == (True, "")
    assert _kept(b"\x89PNG\r\n\x1a\n\0") == (True, "picture")
    assert plain_name("offerte-2026.pdf", "mail") == "offerte-2026.pdf"
    assert "diabetes" not in plain_name("uitslag diabetes.pdf", "mail")
