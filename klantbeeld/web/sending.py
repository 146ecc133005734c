"""Files for the user's own disk: all of them go out here, piece by piece, always to be saved."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from functools import partial
from typing import IO

from asgiref.sync import sync_to_async
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from klantbeeld.web.shapes import Download

PIECE = 1 << 16


class Sent(StreamingHttpResponse):
    """An answer of which one piece at a time is in memory, under every server.

    Under ASGI Django would make a list of all pieces first. Here the next one is asked for when
    the last one went out, in the thread of the request: the database connection is its own.
    """

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self)
        following = sync_to_async(partial(next, pieces, None))
        while (piece := await following()) is not None:
            yield piece


class _Opened:
    """A file in pieces, closed also when nobody waits for the first one any more."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.close = file, file.close

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(PIECE):
            yield piece


def attached(file: Download) -> HttpResponseBase:
    """A file to be saved and never shown: what is in it may come from outside."""
    headers = {
        "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if isinstance(file.content, bytes):
        return HttpResponse(file.content, content_type=file.media_type, headers=headers)
    content = file.content
    pieces = content if isinstance(content, Generator) else _Opened(content)
    return Sent(pieces, content_type=file.media_type, headers=headers)
