"""Files go out one way, a piece at a time, under ASGI as well."""

from __future__ import annotations

import asyncio
import io
import tracemalloc
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase
from django.test import override_settings
from django.urls import path

import klantbeeld
from klantbeeld.web.sending import PIECE, attached
from klantbeeld.web.shapes import Download

PIECES = 400
closed: list[str] = []


class Opened(io.BytesIO):
    """A file that tells that it was closed."""

    def close(self) -> None:
        closed.append("file")
        super().close()


def made() -> Iterator[bytes]:
    """A file in pieces, made as they are asked for."""
    try:
        for number in range(PIECES):
            yield number.to_bytes(4, "big") * (PIECE // 4)
    finally:
        closed.append("pieces")


def in_pieces(request: HttpRequest) -> HttpResponseBase:
    return attached(Download("klanten.xlsx", "application/octet-stream", made()))


def from_file(request: HttpRequest) -> HttpResponseBase:
    return attached(Download("brief.pdf", "application/pdf", Opened(b"x" * (PIECE + 1))))


urlpatterns = [path("pieces", in_pieces), path("file", from_file)]


async def sizes(address: str, most: int = 10_000) -> list[int]:
    """How large the pieces are that a server is handed; it goes away after `most`."""
    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "path": address, "headers": [], "query_string": b"",
        "asgi": {"version": "3.0"},
    }  # fmt: skip
    server = ApplicationCommunicator(ASGIHandler(), scope)
    await server.send_input({"type": "http.request", "body": b"", "more_body": False})
    assert (await server.receive_output(5))["status"] == 200
    found = []
    while len(found) < most:
        told = await server.receive_output(5)
        found.append(len(told.get("body", b"")))
        if not told.get("more_body"):
            break
    else:
        await server.send_input({"type": "http.disconnect"})
    await server.wait(5)
    return [size for size in found if size]


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    closed.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_a_large_file_is_never_whole_in_memory() -> None:
    tracemalloc.start()
    try:
        got = asyncio.run(sizes("/pieces"))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert got == [PIECE] * PIECES
    assert peak < PIECE * PIECES / 8
    assert closed == ["pieces"]


def test_a_file_is_sent_whole_and_closed() -> None:
    assert asyncio.run(sizes("/file")) == [PIECE, 1]
    assert "file" in closed


def test_who_goes_away_halfway_leaves_nothing_open() -> None:
    assert len(asyncio.run(sizes("/pieces", most=3))) == 3
    assert closed == ["pieces"]


def test_nothing_is_handed_out_in_another_way() -> None:
    house = Path(klantbeeld.__file__).parent
    ways = ("Content-Disposition", "StreamingHttpResponse", "FileResponse")
    found = {
        str(file.relative_to(house))
        for file in house.rglob("*.py")
        if any(way in file.read_text(encoding="utf-8") for way in ways)
    }
    assert found == {"web/sending.py", "sample/mailbox.py"}
