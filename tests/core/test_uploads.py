"""Large uploads lie sealed while a request is read, and are gone with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from klantbeeld.core import uploads
from klantbeeld.core.uploads import SealedSpool

SECRET = b"BSN 999990019;"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "plain")
    (tmp_path / "plain").mkdir()
    return tmp_path


def _asked(content: bytes) -> Any:
    file = SimpleUploadedFile("klanten.csv", content, "text/csv")
    return RequestFactory().post("/", {"files": file, "name": "x"})


def test_an_upload_is_read_as_it_was_sent_and_nothing_lies_in_plain(home: Path) -> None:
    content = SECRET * 200_000
    request = _asked(content)
    (file,) = request.FILES.getlist("files")
    assert isinstance(file.file, SealedSpool)
    assert (file.name, file.size) == ("klanten.csv", len(content))
    assert b"".join(file.chunks()) == content
    file.seek(0)
    assert file.read(20) + file.read() == content
    os.lseek(file.file._file.fileno(), 0, os.SEEK_SET)
    assert SECRET not in os.read(file.file._file.fileno(), len(content))
    assert not list((home / "plain").iterdir())
    request.close()
    assert file.closed
    assert not list(uploads.folder().iterdir())


def test_an_upload_that_breaks_off_is_gone(home: Path) -> None:
    handler = uploads.SealedUploads()
    handler.new_file("files", "a.csv", "text/csv", 10)
    handler.receive_data_chunk(SECRET, 0)
    assert handler.file is not None
    handler.upload_interrupted()
    assert handler.file.closed
    assert not list(uploads.folder().iterdir())


def test_what_a_kill_left_goes_at_the_next_start(home: Path) -> None:
    uploads.folder().mkdir()
    (uploads.folder() / "left").write_bytes(b"sealed")
    assert uploads.clear(3600) == 0
    assert uploads.clear() == 1
