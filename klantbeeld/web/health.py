"""For machines that watch this one: `/healthz` and `/metrics`. Counts only, never a value."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse

import klantbeeld
from klantbeeld.core import leases
from klantbeeld.core.models import Change, Counter, Delivery

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OUTCOMES = (
    "rows_read", "rows_stored", "rows_unchanged", "rows_quarantined", "rows_suppressed",
    "rows_rejected",
)  # fmt: skip
Sample = tuple[dict[str, str], float]


def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


def metrics(request: HttpRequest) -> HttpResponse:
    """The Prometheus text format, for this machine itself or with the token as bearer."""
    if not _may_watch(request):
        return HttpResponse("Set KLANTBEELD_METRICS_TOKEN and send it as bearer.\n", status=403)
    return HttpResponse("\n".join(_lines()) + "\n", content_type=CONTENT_TYPE)


def _may_watch(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(given.encode(), token.encode())
    if settings.BEHIND_TLS_PROXY:
        # Then everybody seems to be this machine.
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines() -> Iterator[str]:
    for name, kind, text, samples in _metrics():
        yield f"# HELP klantbeeld_{name} {text}"
        yield f"# TYPE klantbeeld_{name} {kind}"
        for labels, value in samples:
            inside = ",".join(f'{key}="{said}"' for key, said in labels.items())
            yield (
                f"klantbeeld_{name}{{{inside}}} {value:g}"
                if inside
                else (f"klantbeeld_{name} {value:g}")
            )


def _metrics() -> Iterator[tuple[str, str, str, list[Sample]]]:
    """Name, kind, meaning and samples; each costs a look at a small table."""
    yield "info", "gauge", "The version that runs.", [({"version": klantbeeld.__version__}, 1.0)]
    keys = Counter.objects.order_by("name").values_list("name", "next")
    yield (
        "keys_total", "counter", "Keys handed out per table.",
        [({"table": name}, float(following - 1)) for name, following in keys],
    )  # fmt: skip
    sums = Delivery.objects.aggregate(**{name: Sum(name, default=0) for name in OUTCOMES})
    yield (
        "delivered_rows", "gauge", "Rows of all deliveries by what became of them.",
        [({"outcome": n.removeprefix("rows_")}, float(sums[n])) for n in OUTCOMES],
    )  # fmt: skip
    states = Delivery.objects.values("state").annotate(n=Count("pk")).order_by("state")
    yield (
        "deliveries", "gauge", "Deliveries by state.",
        [({"state": row["state"]}, float(row["n"])) for row in states],
    )  # fmt: skip
    latest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    yield "changes_total", "counter", "Entries of the change log.", [({}, float(latest or 0))]
    yield "tasks", "gauge", "Tasks of the worker by state.", _tasks()
    yield (
        "worker_up",
        "gauge",
        "1 while a worker holds its lease.",
        [({}, float(leases.is_held("worker")))],
    )


def _tasks() -> list[Sample]:
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.order_by("status").values("status").annotate(n=Count("pk"))
    return [({"state": row["status"].lower()}, float(row["n"])) for row in rows.order_by("status")]
