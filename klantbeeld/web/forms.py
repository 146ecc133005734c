"""Requests parsed into queries; whatever is not understood falls back to the default."""

from __future__ import annotations

import re

from django.http import HttpRequest, QueryDict

from klantbeeld.web import preferences
from klantbeeld.web.shapes import AskQuery, CustomersQuery, TimelineQuery

PUBLIC_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{13}")
KEY = re.compile(r"-?[a-z0-9_]{1,40}")
FIGURE = re.compile(r"[a-z]{1,20}(-[a-z_]{1,20})?")
NUMBER = re.compile(r"\d{1,9}")
FILTER_PREFIX = "f_"
MAX_SEARCH = 200
MEND_PREFIX = "value:"
SLOT_PREFIX = "slot:"
MAX_CHOSEN = 200


def _public_id(text: str) -> str:
    return text if PUBLIC_ID.fullmatch(text) else ""


def _key(text: str) -> str:
    return text if KEY.fullmatch(text) else ""


def public_id(request: HttpRequest, name: str) -> str:
    """An opaque id from the query string, "" when it cannot be one."""
    return _public_id(request.GET.get(name, ""))


def key(request: HttpRequest, name: str) -> str:
    """A key (group, reason, family) from the query string, "" when it cannot be one."""
    return _key(request.GET.get(name, ""))


def plain_key(text: str) -> str:
    """A key or opaque id as it was sent, "" when it cannot be one."""
    return _key(text)


def number(request: HttpRequest, name: str) -> int:
    """A number of at most nine digits from the query string, 0 when it is none."""
    text = request.GET.get(name, "")
    return int(text) if NUMBER.fullmatch(text) else 0


def figure(request: HttpRequest) -> str:
    """Which figure of the check-up, as `kind` or `kind-field`, "" when it cannot be one."""
    text = request.GET.get("what", "")
    return text if FIGURE.fullmatch(text) else ""


def customers_query(request: HttpRequest, data: QueryDict | None = None) -> CustomersQuery:
    """The list asked for, from the query string (or the posted form of an export)."""
    asked = request.GET if data is None else data
    filters = {
        name.removeprefix(FILTER_PREFIX): value
        for name in asked
        if name.startswith(FILTER_PREFIX) and (value := _key(asked.get(name, "")))
    }
    return CustomersQuery(
        group=_key(asked.get("group", "")),
        filters=filters,
        sort=_key(asked.get("sort", "")),
        after=_public_id(asked.get("after", "")),
        before=_public_id(asked.get("before", "")),
        columns=preferences.columns(request),
    )


def timeline_query(request: HttpRequest) -> TimelineQuery:
    """The part of the history asked for."""
    return TimelineQuery(family=key(request, "kind"), before=public_id(request, "before"))


def typed(request: HttpRequest, name: str) -> str:
    """What was typed in a field, without NULs, which no database keeps."""
    return request.POST.get(name, "").replace("\0", "")


def search_text(request: HttpRequest) -> str:
    """What was typed, trimmed to what a search can use."""
    return " ".join(typed(request, "q").split())[:MAX_SEARCH]


def asked(request: HttpRequest) -> AskQuery:
    """The question that was typed, or clicked together."""
    sent = request.POST
    size = sent.get("size", "")
    chosen = {
        name.removeprefix(SLOT_PREFIX): tuple(
            v.replace("\0", "")[:MAX_SEARCH] for v in sent.getlist(name)[:MAX_CHOSEN]
        )
        for name in sent
        if name.startswith(SLOT_PREFIX)
    }
    return AskQuery(
        text=search_text(request),
        question=_key(sent.get("question", "")),
        chosen=chosen,
        customer=_public_id(sent.get("customer", "")),
        size=int(size) if size.isdecimal() and len(size) < 5 else AskQuery().size,
    )


def mended_values(request: HttpRequest) -> dict[str, str]:
    """Column name to mended value, from the form of a quarantined row."""
    return {
        name.removeprefix(MEND_PREFIX): value.replace("\0", "")
        for name, value in request.POST.items()
        if name.startswith(MEND_PREFIX) and isinstance(value, str)
    }
