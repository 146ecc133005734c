"""Requests of adding data, parsed; whatever is not understood is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from klantbeeld.web import forms

CELL = re.compile(r"cell:(\d{1,4}):(\d{1,9}):(\d{1,4})")
ROLE = re.compile(r"role:(\d{1,4}):(\d{1,4})")
HOLDS = re.compile(r"holds:(\d{1,4})")
ANSWER = re.compile(
    r"(contact|reason|basis|channels|column|through|offered):(\d{1,4})(?::([a-z]{1,12}))?"
)
KEY = re.compile(r"[a-z0-9_]{0,40}")
TABLE = re.compile(r"<table\b", re.IGNORECASE)
LONGEST_CELL = 5_000


def files(request: HttpRequest) -> list[tuple[str, Iterable[bytes]]]:
    """The files that were sent, and a pasted table as a file of its own."""
    sent: list[tuple[str, Iterable[bytes]]] = [
        (file.name or "file", file.chunks()) for file in request.FILES.getlist("files")
    ]
    markup, text = request.POST.get("pasted_html", ""), request.POST.get("pasted", "")
    if text.strip() and TABLE.search(markup):
        page = f'<html><head><meta charset="utf-8"></head><body>{markup}</body></html>'
        sent.append((_("pasted table") + ".html", [page.encode()]))
    elif text.strip():
        sent.append((_("pasted table") + ".txt", [text.strip("\r\n").encode()]))
    return sent


def tables(request: HttpRequest) -> dict[int, tuple[str, dict[int, str]]]:
    """Table to what it holds ("" as it is) and column place to role."""
    found: dict[int, tuple[str, dict[int, str]]] = {}
    for name, value in request.POST.items():
        text = str(value)
        if not KEY.fullmatch(text):
            continue
        if match := HOLDS.fullmatch(name):
            known = found.get(int(match[1]), ("", {}))
            found[int(match[1])] = (text, known[1])
        elif match := ROLE.fullmatch(name):
            found.setdefault(int(match[1]), ("", {}))[1][int(match[2])] = text
    return found


def cells(request: HttpRequest) -> dict[tuple[int, int, int], str]:
    """(table, row, column place) to what was typed in that cell."""
    return {
        (int(match[1]), int(match[2]), int(match[3])): str(value).replace("\0", "")[:LONGEST_CELL]
        for name, value in request.POST.items()
        if (match := CELL.fullmatch(name))
    }


def answers(request: HttpRequest) -> dict[int, dict[str, Any]]:
    """Place of a source to contact, reason, basis, channels, and columns by channel."""
    found: dict[int, dict[str, Any]] = {}
    for name in request.POST:
        match = ANSWER.fullmatch(name)
        if match is None:
            continue
        kind, number, channel = match[1], int(match[2]), match[3]
        told = found.setdefault(number, {"columns": {}})
        if kind == "channels":
            told["channels"] = [c for c in request.POST.getlist(name) if KEY.fullmatch(c)]
        elif kind == "column" and channel:
            told["columns"][channel] = forms.typed(request, name)
        else:
            told[kind] = forms.typed(request, name)
    return found
