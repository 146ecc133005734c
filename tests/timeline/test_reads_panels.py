"""What the panels of the card read of purchases, subscriptions, cases and the rest."""

from __future__ import annotations

import pytest

from klantbeeld.core import registry
from klantbeeld.timeline import panels, reads
from tests.records import TODAY, actor, document, happened, line, record, subscribed

pytestmark = pytest.mark.django_db
SERVICE = actor("service")


@pytest.fixture
def held() -> int:
    return record({"surname": "R"})


def test_purchases_add_up(held: int) -> None:
    for number, (amount, method, status, code) in enumerate(
        [(10_000, "ideal", "closed", "HERFST"), (5_000, "card", "", ""),
         (7_000, "ideal", "cancelled", ""), (-1_000, "ideal", "", "")]
    ):  # fmt: skip
        order = happened(held, "order", key=f"o{number}", days_ago=number, amount_minor=amount,
                         status=status, code=code, details={"payment_method": method})  # fmt: skip
        line(order, "Ding", "Fietsen" if amount > 5_000 else "Kleding", amount)
    happened(record({"surname": "Other"}), "order", amount_minor=99)
    found = reads.purchases(SERVICE, [held], 2)
    assert (found.count, found.amount_minor) == (3, 14_000)
    assert [(o.number, o.method, o.lines) for o in found.orders] == [
        ("o0", "ideal", 1), ("o1", "card", 1),
    ]  # fmt: skip
    assert [(s.name, s.amount_minor) for s in found.categories] == [
        ("Fietsen", 10_000), ("Kleding", 4_000),
    ]  # fmt: skip
    assert [(s.name, s.count) for s in found.methods] == [("ideal", 2), ("card", 1)]
    assert [s.name for s in found.codes] == ["HERFST"]


def test_running_subscriptions_come_first(held: int) -> None:
    subscribed(held, "Oud", started_day=TODAY - 900, ended_day=TODAY - 400)
    subscribed(held, "Straks", started_day=TODAY + 5)
    subscribed(held, "Open", started_day=TODAY - 10)
    subscribed(held, "Bijna", started_day=TODAY - 300, ended_day=TODAY + 10)
    subscribed(held, "Gestopt", started_day=TODAY - 300, status="cancelled")
    found = reads.subscriptions(SERVICE, [held])
    assert found.running == 2
    assert [r.name for r in found.rows][:2] == ["Open", "Bijna"]
    assert {r.name: r.days_left for r in found.rows if r.is_running} == {"Open": None, "Bijna": 10}


def test_cases_are_closed_by_their_closing(held: int) -> None:
    happened(held, "complaint", key="1", days_ago=9, status="open", details={"cause": "levering"})
    happened(held, "complaint_closed", key="1#closed", days_ago=2, subject="vergoed")
    happened(held, "service", key="2", days_ago=20, status="open")
    happened(held, "question", key="3", days_ago=1, status="closed")
    found = reads.cases(SERVICE, [held])
    assert [(c.number, c.is_open) for c in found] == [("2", True), ("3", False), ("1", False)]
    assert (found[2].cause, found[2].resolution) == ("levering", "vergoed")
    assert found[2].closed is not None


def test_campaigns_count_what_was_done_with_them(held: int) -> None:
    for kind in ("sent", "opened", "clicked", "clicked"):
        happened(held, f"newsletter_{kind}", campaign="HERFST", days_ago=5,
                 details={"topic": "e-bikes"})  # fmt: skip
    happened(held, "order", code="HERFST", days_ago=4, amount_minor=1_000)
    happened(held, "newsletter_sent", campaign="LENTE", days_ago=90)
    autumn, spring = reads.campaigns(SERVICE, [held])
    assert (autumn.campaign, autumn.sent, autumn.opened, autumn.clicked) == ("HERFST", 1, 1, 2)
    assert (autumn.orders, autumn.amount_minor, autumn.topics) == (1, 1_000, ("e-bikes",))
    assert (spring.campaign, spring.opened) == ("LENTE", 0)
    assert reads.topics(SERVICE, [held]) == [("e-bikes", 2)]


def test_points_surveys_portal_and_papers(held: int) -> None:
    for delta in (100, 50, -30):
        happened(held, "points", details={"points_delta": delta})
    happened(held, "survey", subject="NPS", details={"nps_score": 9, "answer": "Fijn"})
    happened(held, "login", days_ago=3)
    happened(held, "search", subject="accu")
    document(held, "brief.pdf")
    points = reads.loyalty(SERVICE, [held])
    assert points is not None and (points.balance, points.earned, points.spent) == (120, 150, 30)
    assert [(s.score, s.answer) for s in reads.surveys(SERVICE, [held])] == [(9, "Fijn")]
    use = reads.portal(SERVICE, [held])
    assert use is not None and (use.logins, use.searches) == (1, ("accu",))
    assert [d.name for d in reads.documents(SERVICE, [held])] == ["brief.pdf"]


def test_revenue_by_month_equals_the_last_year(held: int) -> None:
    for days in (0, 1, 364, 365, 729, 730):
        happened(held, "order", day=TODAY - days, amount_minor=100 + days)
    months = reads.revenue_by_month(SERVICE, [held], TODAY)
    assert len(months) == 24
    assert sum(months[12:]) == 100 + 101 + 464
    assert sum(months[:12]) == 465 + 829


def test_numbers_lead_to_records(held: int) -> None:
    happened(held, "order", key="A-77")
    happened(held, "quote", key="2025-311")
    assert reads.by_number(SERVICE, "a-77") == [(held, "order")]
    assert reads.by_number(SERVICE, "offerte 2025-311?") in ([], [(held, "quote")])
    assert reads.by_number(SERVICE, "2025-311") == [(held, "quote")]
    assert reads.by_number(SERVICE, "77") == []


def test_panels_are_in_words_or_absent(held: int) -> None:
    for panel in panels.PANELS:
        assert panel.read(SERVICE, [held]) is None
        assert registry._PANELS[panel.key] == panel
    test_points_surveys_portal_and_papers(held)
    test_purchases_add_up(held)
    happened(held, "quote", key="q1", status="open", amount_minor=5)
    happened(held, "complaint", status="open")
    happened(held, "newsletter_opened", campaign="X")
    subscribed(held, "Onderhoud", started_day=TODAY - 3, ended_day=TODAY + 3, period="month")
    for panel in panels.PANELS:
        context = panel.read(SERVICE, [held])
        assert context is not None, panel.key
        assert all(row.title for row in context["rows"])


def test_someone_with_nothing_has_nothing() -> None:
    nobody = record({"surname": "R"})
    assert reads.loyalty(SERVICE, [nobody]) is None
    assert reads.portal(SERVICE, [nobody]) is None
    assert reads.purchases(SERVICE, [nobody]).count == 0
    assert reads.complaint_days(SERVICE, [nobody]) == []
