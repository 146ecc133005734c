"""Every address of the house with its methods, from its URLs and from the API's description."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from klantbeeld.core import ledger

VERDICTS = Path(__file__).with_name("verdicts.txt")
COLUMNS = (
    "administrator", "marketing", "sales", "service", "analyst", "privacy", "readonly", "own",
)  # fmt: skip
KEYS = ("write", "match", "ask", "other", "gone", "over", "none")
# Addresses of libraries and of machines that watch, each with what guards it.
ELSEWHERE = {
    "account/": "log-in, password and second step: allauth's own, before or about oneself",
    "language/": "a choice of language, kept in a cookie",
    "healthz": "whether the database answers",
    "metrics": "counts, for this machine or with a token: tests/web",
    "api/v1/": "the API: by operation, from its own description",
}
# What writes down who looked and who is logged in, and nothing else.
LOGS = frozenset(
    {"accounts_login", "django_session", "axes_accesslog", "axes_accessattempt", "core_counter",
     "core_auditentry", "core_auditvalue", "core_auditanchor", "core_change"}
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What is declared of one route: role to whether it may, and of whom others follow."""

    may: dict[str, bool]
    theirs: str


def declared() -> tuple[dict[tuple[str, str], Verdict], dict[str, dict[str, int]]]:
    """The verdicts of the screens by (name, method), and of the API by operation."""
    screens: dict[tuple[str, str], Verdict] = {}
    api: dict[str, dict[str, int]] = {}
    for line in VERDICTS.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] == "api":
            api[words[1]] = dict(zip(KEYS, map(int, words[2:]), strict=True))
            continue
        name, method, *cells = words
        *may, theirs = cells
        assert set(may) <= {"y", "n"}
        assert theirs in {"y", "n", "-"}
        assert (name, method) not in screens, f"{name} {method} is declared twice"
        held = {role: cell == "y" for role, cell in zip(COLUMNS, may, strict=True)}
        screens[name, method] = Verdict(held, theirs)
    return screens, api


def patterns(held: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern under the root that is ours, with its whole route."""
    for one in (held or get_resolver()).url_patterns:
        route = prefix + str(one.pattern).lstrip("^")
        if any(route.startswith(known) for known in ELSEWHERE):
            continue
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route, one


def methods_of(view: Any, client: Client, path: str) -> set[str]:
    """The methods that an address takes, as it says itself to one that it does not take."""
    answer = client.generic("TRACE", path)
    if answer.status_code == 405:
        allowed = {part.strip() for part in answer["Allow"].split(",")}
        return {"POST"} & allowed | ({"GET"} & allowed)
    return {"GET", "POST"}


def reading_whole(client: Client) -> Client:
    """The same client; what is sent in pieces is read to its end, and is one answer."""
    asked = client.request

    def request(**told: Any) -> Any:
        answer = asked(**told)
        if not answer.streaming:
            return answer
        return HttpResponse(b"".join(answer), status=answer.status_code, headers=answer.headers)

    client.request = request  # type: ignore[method-assign]
    return client


def snapshot() -> dict[str, str]:
    """A digest of every table but the logs."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name in LOGS or name.startswith(("profiles_search_", "django_tasks")):
                continue
            cursor.execute(f'SELECT * FROM "{name}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def last_look() -> int:
    """The number of the newest entry of the log."""
    rows = ledger.book().ask('SELECT coalesce(max("seq"), 0) FROM {p}entry')
    return int(rows[0][0])


def looked_since(seq: int) -> list[int]:
    """The customers who were looked at since this entry, each as often as that was written."""
    rows = ledger.book().ask(
        'SELECT s."whom" FROM {p}subject s JOIN {p}entry e ON e."seq" = s."seq"'
        """ WHERE e."seq" > %s AND e."of" = 'customer' AND e."kind" <> 'change'"""
        ' ORDER BY s."seq", s."place"',
        [seq],
    )
    return [int(row[0]) for row in rows]
