"""What customers bought, have and got: the rows behind the panels of the card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.clock import day_to_date, local
from klantbeeld.timeline.models import Document, Subscription
from klantbeeld.timeline.rules import CASE_KINDS, is_running, number_of
from klantbeeld.timeline.shapes import (
    CampaignResponse,
    Case,
    DocumentLine,
    LoyaltyStanding,
    OrderRow,
    PortalUse,
    Purchases,
    QuoteLine,
    Share,
    SubscriptionRow,
    Subscriptions,
    SurveyAnswer,
)

YEAR = 365
_NEWSLETTER = ("sent", "opened", "clicked", "bounced", "unsubscribed")
_WEB_KINDS = ("page_view", "product_view", "search", "cart", "configuration", "request")


Params = Sequence[Any]


def _json(key: str) -> str:
    """SQL for a text member of `details`."""
    if connection.vendor == "postgresql":
        return f"(i.details ->> '{key}')"
    return f"json_extract(i.details, '$.{key}')"


def _query(columns: str, records: Sequence[int], tail: str, params: Params = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM timeline_interaction i"
            f" WHERE i.record_id IN ({bulk.members('bigint')}) AND {tail}",
            [bulk.packed(records), *params],
        )
        return list(cursor.fetchall())


def _newest(
    records: Sequence[int], kinds: Sequence[str], limit: int
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(columns, details) of the newest interactions of these kinds."""
    names = (
        "id", "key", "at", "day", "kind", "channel", "subject", "status", "amount_minor",
        "currency", "employee", "origin", "campaign", "code",
    )  # fmt: skip
    columns = ", ".join(f"i.{n}" for n in names) + f", {bulk.json_text('i.details')}"
    marks = ", ".join(["%s"] * len(kinds))
    rows = _query(
        columns, records, f"i.kind IN ({marks}) ORDER BY i.at DESC, i.id DESC LIMIT %s",
        (*kinds, limit),
    )  # fmt: skip
    return [(dict(zip(names, row, strict=False)), json.loads(row[-1])) for row in rows]


def _number(row: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    return number_of(row["kind"], row["key"], details)


def purchases(records: Sequence[int], limit: int) -> Purchases:
    """See `reads.purchases`."""
    valid = "i.kind = 'order' AND i.status <> 'cancelled'"
    total = _query("count(*), coalesce(sum(i.amount_minor), 0)", records, valid)[0]
    newest = _newest(records, ("order",), limit)
    ids = [row["id"] for row, _ in newest]
    counted = bulk.rows_where(
        "SELECT interaction_id, number FROM timeline_orderline WHERE", "interaction_id", ids
    )
    lines = {i: sum(1 for owner, _ in counted if owner == i) for i in ids}
    orders = tuple(
        OrderRow(
            row["id"], _number(row, details), day_to_date(row["day"]),
            row["subject"], row["status"], row["amount_minor"], row["currency"],
            str(details.get("payment_method") or ""), row["channel"], row["origin"],
            row["campaign"], row["code"], row["employee"], str(details.get("shop") or ""),
            lines[row["id"]],
        )
        for row, details in newest
    )  # fmt: skip
    return Purchases(
        int(total[0]), int(total[1]), orders, _categories(records),
        _shares(records, _json("payment_method"), valid), _shares(records, "i.code", valid),
    )  # fmt: skip


def _categories(records: Sequence[int]) -> tuple[Share, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.category, count(*), sum(l.amount_minor) FROM timeline_interaction i"
            " JOIN timeline_orderline l ON l.interaction_id = i.id"
            " JOIN timeline_product p ON p.id = l.product_id"
            f" WHERE i.record_id IN ({bulk.members('bigint')}) AND i.kind = 'order'"
            " AND i.status <> 'cancelled' AND p.category <> ''"
            " GROUP BY p.category ORDER BY 3 DESC, 1 LIMIT 8",
            [bulk.packed(records)],
        )
        return tuple(Share(n, int(c), int(a)) for n, c, a in cursor.fetchall())


def _shares(records: Sequence[int], what: str, valid: str) -> tuple[Share, ...]:
    rows = _query(
        f"{what}, count(*), coalesce(sum(i.amount_minor), 0)", records,
        f"{valid} AND coalesce({what}, '') <> '' GROUP BY {what} ORDER BY 2 DESC, 1 LIMIT 8",
    )  # fmt: skip
    return tuple(Share(str(n), int(c), int(a)) for n, c, a in rows)


def subscriptions(records: Sequence[int], today: int) -> Subscriptions:
    """See `reads.subscriptions`."""
    rows = []
    for held in Subscription.objects.filter(record__in=records).order_by("pk"):
        runs = is_running(held.started_day, held.ended_day, held.status, today)
        ends = held.ended_day - today if runs and held.ended_day is not None else None
        number = number_of("subscription", held.key, held.details)
        rows.append(
            SubscriptionRow(
                held.pk, number, held.name, _day(held.started_day), _day(held.ended_day),
                held.period, held.amount_minor, held.currency, held.status, runs, ends,
            )
        )  # fmt: skip
    rows.sort(key=lambda r: (r.ended or date.max, r.started or date.min), reverse=True)
    rows.sort(key=lambda r: not r.is_running)
    return Subscriptions(tuple(rows), sum(r.is_running for r in rows))


def _day(day: int | None) -> date | None:
    return None if day is None else day_to_date(day)


def quotes(records: Sequence[int], limit: int) -> list[QuoteLine]:
    """See `reads.quotes`."""
    return [
        QuoteLine(
            row["id"], _number(row, details), day_to_date(row["day"]),
            row["subject"], row["status"], row["amount_minor"], row["currency"],
            str(details.get("valid_until") or ""),
        )
        for row, details in _newest(records, ("quote",), limit)
    ]  # fmt: skip


def cases(records: Sequence[int], limit: int) -> list[Case]:
    """See `reads.cases`. A case that was closed has an interaction of its own for that."""
    opened = _newest(records, CASE_KINDS, limit)
    ended = _newest(records, [f"{kind}_closed" for kind in CASE_KINDS], limit * 2)
    closings = {row["key"].removesuffix("#closed"): (row, told) for row, told in ended}
    found = []
    for row, details in opened:
        closing = closings.get(row["key"])
        is_open = closing is None and row["status"] == "open"
        found.append(
            Case(
                row["id"], _number(row, details), row["kind"],
                day_to_date(row["day"]), day_to_date(closing[0]["day"]) if closing else None,
                is_open, row["subject"], str(details.get("cause") or ""),
                str(details.get("resolution") or (closing[0]["subject"] if closing else "")),
                row["status"], row["employee"], row["amount_minor"], row["currency"],
            )
        )  # fmt: skip
    return sorted(found, key=lambda case: not case.is_open)


def campaigns(records: Sequence[int], limit: int) -> list[CampaignResponse]:
    """See `reads.campaigns`. An order belongs to a campaign by its name or by its code."""
    name = "coalesce(nullif(i.campaign, ''), nullif(i.code, ''))"
    rows = _query(
        f"{name}, i.kind, count(*), max(i.day), coalesce(sum(i.amount_minor), 0)", records,
        f"{name} IS NOT NULL AND (i.kind LIKE %s OR i.kind = 'order') GROUP BY {name}, i.kind",
        ("newsletter%",),
    )  # fmt: skip
    by_name: dict[str, dict[str, tuple[int, int, int]]] = {}
    for campaign, kind, count, day, amount in rows:
        by_name.setdefault(campaign, {})[kind] = (int(count), int(day), int(amount))
    newest = sorted(by_name, key=lambda n: max(k[1] for k in by_name[n].values()), reverse=True)
    topics = _topics(records, newest[:limit])
    return [_response(n, by_name[n], topics.get(n, ())) for n in newest[:limit]]


def _response(
    name: str, kinds: Mapping[str, tuple[int, int, int]], topics: tuple[str, ...]
) -> CampaignResponse:
    counts = {what: kinds.get(f"newsletter_{what}", (0, 0, 0))[0] for what in _NEWSLETTER}
    orders = kinds.get("order", (0, 0, 0))
    last = day_to_date(max(k[1] for k in kinds.values()))
    return CampaignResponse(
        name, last, orders=orders[0], amount_minor=orders[2], topics=topics, **counts
    )


def _topics(records: Sequence[int], campaigns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if not campaigns:
        return {}
    topic = f"coalesce({_json('topic')}, '')"
    marks = ", ".join(["%s"] * len(campaigns))
    rows = _query(
        f"i.campaign, {topic}, count(*)", records,
        f"i.kind = 'newsletter_clicked' AND i.campaign IN ({marks}) AND {topic} <> ''"
        f" GROUP BY i.campaign, {topic} ORDER BY 3 DESC, 2",
        tuple(campaigns),
    )  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    for campaign, name, _ in rows:
        found[campaign] = (*found.get(campaign, ()), str(name))
    return found


def document_line(held: Document) -> DocumentLine:
    """A document as it is shown."""
    return DocumentLine(
        held.pk, held.name, held.media_type, local(held.at), held.size, held.sha256,
        held.interaction_key, held.unread,
    )  # fmt: skip


def documents(records: Sequence[int], limit: int) -> list[DocumentLine]:
    """See `reads.documents`."""
    held = Document.objects.filter(record__in=records).defer("text").order_by("-at", "-pk")
    return [document_line(document) for document in held[:limit]]


def loyalty(records: Sequence[int]) -> LoyaltyStanding | None:
    """See `reads.loyalty`."""
    delta = f"cast({_json('points_delta')} AS integer)"
    row = _query(
        f"count(*), coalesce(sum({delta}), 0),"
        f" coalesce(sum(CASE WHEN {delta} > 0 THEN {delta} ELSE 0 END), 0), max(i.day)",
        records, "i.kind = 'points'",
    )[0]  # fmt: skip
    if not row[0]:
        return None
    balance, earned = int(row[1]), int(row[2])
    return LoyaltyStanding(balance, earned, earned - balance, int(row[0]), day_to_date(row[3]))


def surveys(records: Sequence[int], limit: int) -> list[SurveyAnswer]:
    """See `reads.surveys`."""
    return [
        SurveyAnswer(
            row["id"], day_to_date(row["day"]), row["subject"],
            None if details.get("nps_score") is None else int(details["nps_score"]),
            None if details.get("satisfaction") is None else float(details["satisfaction"]),
            str(details.get("answer") or ""),
        )
        for row, details in _newest(records, ("survey",), limit)
    ]  # fmt: skip


def portal(records: Sequence[int]) -> PortalUse | None:
    """See `reads.portal`."""
    marks = ", ".join(["%s"] * len(_WEB_KINDS))
    used = _query(
        "i.kind = 'login', count(*), max(i.day)", records,
        f"i.kind IN ('login', {marks}) GROUP BY 1", _WEB_KINDS,
    )  # fmt: skip
    if not used:
        return None
    told = {bool(is_login): (int(count), _day(last)) for is_login, count, last in used}
    logins, visits = (told.get(is_login, (0, None)) for is_login in (True, False))
    searched = _newest(records, ("search",), 5)
    viewed = _newest(records, ("product_view", "cart", "configuration"), 5)
    return PortalUse(
        *logins, *visits, _subjects(searched), _subjects(viewed),
    )  # fmt: skip


def _subjects(rows: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["subject"] for row, _ in rows if row["subject"]))


def complaint_days(records: Sequence[int]) -> list[date]:
    """See `reads.complaint_days`."""
    rows = _query("i.day", records, "i.kind = 'complaint' ORDER BY i.at DESC LIMIT 50")
    return [day_to_date(row[0]) for row in rows]


def topics(records: Sequence[int], limit: int) -> list[tuple[str, int]]:
    """See `reads.topics`."""
    topic = f"coalesce({_json('topic')}, '')"
    rows = _query(
        f"{topic}, count(*)", records,
        f"i.kind = 'newsletter_clicked' AND {topic} <> '' GROUP BY {topic}"
        " ORDER BY 2 DESC, 1 LIMIT %s",
        (limit,),
    )  # fmt: skip
    return [(str(name), int(count)) for name, count in rows]


def revenue_by_month(records: Sequence[int], today: int, months: int) -> list[int]:
    """See `reads.revenue_by_month`."""
    first = today - YEAR * months // 12
    rows = _query(
        "i.day, coalesce(i.amount_minor, 0)", records,
        "i.kind = 'order' AND i.status <> 'cancelled' AND i.day > %s AND i.day <= %s",
        (first, today),
    )  # fmt: skip
    sums = [0] * months
    for day, amount in rows:
        sums[(day - first - 1) * 12 // YEAR] += int(amount)
    return sums
