"""Errors as machines get them: a stable code, a sentence, and where; never a value."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.models import ApiKey
from klantbeeld.core import looks
from klantbeeld.pipeline.errors import BadRows, DiskFull

log = logging.getLogger("klantbeeld.api")
# Pydantic's kinds of mistakes that have a code of their own here.
MISTAKES = {"missing": "missing_field", "extra_forbidden": "unknown_field"}


class Refusal(Exception):
    """A request that is not done: status, code and sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


def sentence(code: str) -> str:
    """What is wrong with rows, in words."""
    return {
        "no_rows": _("There is nothing in it: send at least one row."),
        "too_many_rows": _("Send at most 500 rows at once."),
        "unknown_field": _("There is no such field; see the list of fields in the documentation."),
        "missing_field": _("A field that is needed is not there."),
        "not_a_value": _("A value is a text, a number, true, false or null."),
        "too_long": _("The text is longer than any such value can be."),
        "nobody": _("Nothing is told by which anybody could be known."),
        "lines_without_order_number": _("Lines need the number of their order."),
        "source_needed": _("Say of which source this is: the key is for any source."),
        "other_source": _("This key brings for another source."),
    }.get(code, _("This cannot be read."))


def told(status: int, code: str, message: str, **where: Any) -> tuple[int, dict[str, Any]]:
    """Status and body of an error."""
    kept = {name: value for name, value in where.items() if value}
    return status, {"error": {"code": code, "message": message, **kept}}


def say_errors(api: NinjaAPI) -> None:
    """Have every error said in one form."""

    def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        key = getattr(request, "auth", None)
        if isinstance(error, NotAllowed) and isinstance(key, ApiKey):
            looks.note(key.as_actor(), "refused", "refused", route=request.path[:80])
        status, body = _of(error if isinstance(error, Exception) else error())
        response = api.create_response(request, body, status=status)
        if status == 429:
            response["Retry-After"] = "60"
        if status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    for kind in (Refusal, BadRows, NotAllowed, ValidationError, AuthenticationError, HttpError,
                 DiskFull, Exception):  # fmt: skip
        api.add_exception_handler(kind, answer)


def _of(error: Exception) -> tuple[int, dict[str, Any]]:
    if isinstance(error, Refusal):
        return told(error.status, error.code, error.message)
    if isinstance(error, BadRows):
        return told(422, error.code, sentence(error.code), row=error.row, field=error.field)
    if isinstance(error, NotAllowed):
        return told(403, "not_allowed", _("This key may not do that."))
    if isinstance(error, AuthenticationError):
        message = _("Send a key that is in force: Authorization: Bearer kb_…")
        return told(401, "no_key", message)
    if isinstance(error, ValidationError):
        return _invalid(error)
    if isinstance(error, HttpError):
        code = {400: "not_json", 404: "not_found"}.get(error.status_code, "refused")
        message = _("The body is not JSON that can be read.") if code == "not_json" else _(
            "That is not possible.")  # fmt: skip
        return told(error.status_code, code, message)
    if isinstance(error, DiskFull):
        return told(507, "disk_full", _("There is no room left on the server."))
    # Without the error's own text, which may hold what was sent.
    log.error("api failed", exc_info=error)
    return told(500, "failed", _("Something went wrong here; nothing was stored."))


def _invalid(error: ValidationError) -> tuple[int, dict[str, Any]]:
    """The first mistake: where it is and of what kind, without what was sent."""
    first: Any = error.errors[0] if error.errors else {}
    place = [part for part in first.get("loc", ()) if part not in ("body", "told")]
    number = next((part + 1 for part in place if isinstance(part, int)), 0)
    named = next((part for part in reversed(place) if isinstance(part, str)), "")
    code = MISTAKES.get(first.get("type", ""), "not_a_value")
    if first.get("type") == "json_invalid":
        return told(400, "not_json", _("The body is not JSON that can be read."))
    if first.get("type") in ("too_short", "too_long"):
        code = "no_rows" if first["type"] == "too_short" else "too_many_rows"
    return told(422, code, sentence(code), row=number, field=str(named)[:80])
