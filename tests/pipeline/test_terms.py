"""What a term would do is told before it is stored, and counted beyond what goes in a night."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from klantbeeld import cli
from klantbeeld.accounts import keeping
from klantbeeld.accounts.models import LogIn, User
from klantbeeld.core import bulk, clock
from klantbeeld.pipeline import actions, retention
from klantbeeld.pipeline.limiting import plan_terms, term_runs
from klantbeeld.privacy import actions as privacy
from klantbeeld.profiles.actions import refresh
from klantbeeld.timeline.models import Interaction
from tests.records import SYSTEM, customer, delivery, record, source

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OLD = clock.now_us() - 400 * clock.DAY


@pytest.fixture
def visits(settings: Any, tmp_path: Any) -> int:
    """2,345 old visits of one customer, 5 of one whom a case keeps, and two customers of long ago."""
    settings.HOME = tmp_path
    one, held = (record({"email": f"{n}@example.com"}) for n in ("a", "b"))
    silent = [record({"email": f"{n}@example.com"}, at=OLD - 4000 * clock.DAY) for n in "cd"]
    refresh(SYSTEM, [customer(r) for r in (one, held, *silent)])
    privacy.hold(SYSTEM, [held], "Z-1")
    brought = delivery(source("web"))
    with transaction.atomic():
        first = bulk.allocate(Interaction, 2_350)
        Interaction.objects.bulk_create(
            Interaction(
                id=first + n, record_id=one if n >= 5 else held, delivery=brought, key=str(n),
                key_hash=n, hash=n, at=OLD, day=OLD // clock.DAY, kind="page_view",
            )
            for n in range(2_350)
        )  # fmt: skip
    return one


def test_all_that_is_due_is_counted_and_not_what_goes_in_one_night(
    visits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {t.due for t in retention.preview_terms(SYSTEM)} == {0}
    (would,) = actions.try_terms(SYSTEM, {"behaviour": 365})
    assert (would.due, would.held, would.is_more, would.tonight) == (2_345, 5, False, 2_345)
    assert retention.terms()["behaviour"] == 0, "nothing is stored by asking"
    assert Interaction.objects.count() == 2_350
    monkeypatch.setattr(retention, "COUNTED", 2_000)
    (would,) = actions.try_terms(SYSTEM, {"behaviour": 365})
    assert (would.due, would.is_more) == (1_995, True)
    monkeypatch.undo()
    retention.set_term(SYSTEM, "behaviour", 365)
    assert {t.purpose: t.due for t in retention.keep_terms(SYSTEM)}["behaviour"] == 2_345
    assert Interaction.objects.count() == 5
    assert {p.purpose: (p.due, p.held) for p in plan_terms(SYSTEM)}["behaviour"] == (0, 5)


def officer() -> Client:
    """A privacy officer who is logged in."""
    client = Client()
    user = User.objects.create_user("po@example.nl", "x", name="Anna", role="privacy")
    client.force_login(user, backend=BACKEND)
    return client


def test_the_screen_says_what_goes_before_it_stores(visits: int) -> None:
    client = officer()
    told = {"days-relation": "3650", "days-behaviour": "365"}
    answer = client.post("/privacy/retention", told)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<dt>2.345</dt>" in page and "<dt>2</dt>" in page
    assert retention.terms() == {"relation": 0, "behaviour": 0, "fiscal": 0}
    assert 'name="days-behaviour" value="365"' in page
    assert client.post("/privacy/retention", {**told, "sure": "yes"}).status_code == 302
    assert retention.terms() == {"relation": 3650, "behaviour": 365, "fiscal": 0}
    # What takes nothing away, or is stored already, is not asked about.
    assert client.post("/privacy/retention", told).status_code == 302
    assert client.post("/privacy/retention", {"days-behaviour": ""}).status_code == 302


def test_log_and_log_ins_stand_beside_them(visits: int) -> None:
    client = officer()
    at = clock.now_us() - (keeping.days_of(keeping.LOG_INS) + 1) * clock.DAY
    who = User.objects.get()
    LogIn.objects.create(user=who, key="k", device="", address="127.0.0.1", begun_at=at, seen_at=at)
    due = {one.name: one.due for one in keeping.over(SYSTEM)}
    assert due == {"log_ins": 1, "invitations": 0, "glass": 0, "tries": 0, "log": 0}
    page = client.get("/privacy/retention").content.decode()
    assert "Aanmeldingen" in page or "Log-ins" in page
    assert keeping.drop_over(SYSTEM)["log_ins"] == 1
    # What went of these is told too, and breaks no page.
    assert [(run.purpose, run.count) for run in term_runs(SYSTEM)] == [("log_ins", 1)]
    assert client.get("/privacy/retention").status_code == 200


def test_the_command_tells_and_stores_nothing_before_it_is_told(
    visits: int, capfd: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> list[dict[str, Any]]:
        assert cli.run(["retention", *arguments, "--json"]) == 0, capfd.readouterr().err
        told: list[dict[str, Any]] = json.loads(capfd.readouterr().out)["due"]
        return told

    assert {"relation", "behaviour", "fiscal", "log", "log_ins"} <= {r["purpose"] for r in run()}
    (would,) = run("--purpose", "behaviour", "--days", "365", "--preview")
    assert (would["due"], would["kept"], would["tonight"]) == (2_345, 5, 2_345)
    assert retention.terms()["behaviour"] == 0
    assert cli.run(["retention", "--preview"]) != 0
    assert run("--purpose", "behaviour", "--days", "365")[1]["due"] == 2_345
    assert retention.terms()["behaviour"] == 365
