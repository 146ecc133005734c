"""A broken glass reaches people; who cannot log in is written down; nothing is kept too long."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from klantbeeld.accounts import actions, alarming, keeping
from klantbeeld.accounts.models import BreakGlass, Invitation, LogIn, User
from klantbeeld.accounts.reads import lately
from klantbeeld.core import ledger, verifying
from klantbeeld.core.actor import system_actor
from klantbeeld.core.clock import DAY, SECOND, now_us
from tests.records import record

pytestmark = pytest.mark.django_db
ADMIN, JOB = system_actor(), system_actor("job")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "een-lang-wachtwoord"
REASON = "De klant staat aan de balie"


@pytest.fixture(autouse=True)
def log_of_its_own(settings: Any, tmp_path: Path) -> None:
    """A log with nothing in it."""
    settings.HOME = tmp_path
    ledger.close()


def user(role: str, name: str) -> User:
    return User.objects.create_user(
        f"{name}@example.nl", PASSWORD, name=f"{name.title()} Voorbeeld", role=role
    )


def client(of: User) -> Client:
    made = Client()
    made.force_login(of, backend=BACKEND)
    return made


@pytest.fixture
def broken() -> BreakGlass:
    """Somebody who reaches own customers only saw another for an hour."""
    sales = user("own", "sanne")
    return actions.break_glass(sales.as_actor(), [record({"surname": "Heuvel"})], 99, REASON)


@pytest.fixture
def mails(settings: Any) -> None:
    """A house that sends mail."""
    settings.MAIL_SERVER, settings.MAIL_FROM = "smtp://mail", "winkel@example.nl"
    settings.PUBLIC_ADDRESS = "https://klant.example.nl"


def test_it_stands_in_the_bar_of_who_watches_until_somebody_saw_it(broken: BreakGlass) -> None:
    watching = [client(user("administrator", "anna")), client(user("privacy", "pim"))]
    service = client(user("service", "bas"))
    for one in watching:
        assert b"is-alarm" in one.get("/people/rights").content
    assert b"is-alarm" not in service.get("/people/rights").content
    actions.take_notice(ADMIN, broken.pk)
    for one in watching:
        assert b"is-alarm" not in one.get("/people/rights").content


def test_whoever_broke_it_does_not_wave_it_away(broken: BreakGlass) -> None:
    User.objects.filter(pk=broken.user_id).update(role="administrator")
    own = User.objects.get(pk=broken.user_id).as_actor()
    with pytest.raises(actions.OwnAlarm):
        actions.take_notice(own, broken.pk)
    assert alarming.open_alarms(ADMIN) == 1


def test_who_watches_is_mailed_once_and_nobody_is_named(broken: BreakGlass, mails: None) -> None:
    for role, name in (("administrator", "anna"), ("privacy", "pim"), ("service", "bas")):
        user(role, name)
    User.objects.filter(email="pim@example.nl").update(language="en")
    user("administrator", "weg").delete()
    assert alarming.tell_watchers(JOB) == 2
    assert alarming.tell_watchers(JOB) == 0
    assert sorted(m.to[0] for m in mail.outbox) == ["anna@example.nl", "pim@example.nl"]
    assert len({m.subject for m in mail.outbox}) == 2, "each in his own language"
    for sent in mail.outbox:
        assert "https://klant.example.nl/log/" in sent.body
        told = f"{sent.subject} {sent.body}".lower()
        for word in ("sanne", "voorbeeld", "heuvel", "balie"):
            assert word not in told


def test_without_mail_it_waits_and_what_was_seen_is_not_told(
    broken: BreakGlass, settings: Any
) -> None:
    user("administrator", "anna")
    assert alarming.tell_watchers(JOB) == 0
    assert BreakGlass.objects.get().told_at == 0
    actions.take_notice(ADMIN, broken.pk)
    settings.MAIL_SERVER, settings.MAIL_FROM = "smtp://mail", "winkel@example.nl"
    settings.PUBLIC_ADDRESS = "https://klant.example.nl"
    assert alarming.tell_watchers(JOB) == 0


def test_a_mail_that_fails_keeps_nobody_else_from_theirs(
    broken: BreakGlass, mails: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    user("administrator", "anna"), user("privacy", "pim")
    tried: list[str] = []

    def send(to: str, *_args: Any) -> None:
        tried.append(to)
        if to.startswith("anna"):
            raise OSError("refused anna@example.nl")

    monkeypatch.setattr("klantbeeld.core.mail.send", send)
    assert alarming.tell_watchers(JOB) == 1
    assert len(tried) == 2


def test_the_end_of_the_hour_is_a_line(broken: BreakGlass) -> None:
    alarming.keep_watch()
    assert BreakGlass.objects.get().ended_at == 0
    BreakGlass.objects.update(until=now_us() - SECOND)
    alarming.keep_watch()
    alarming.keep_watch()
    rows = [(one.kind, one.action, one.details) for one in lately(ADMIN, limit=10)]
    assert rows.count(("bypass", "glass_over", {"user": broken.user_id})) == 1
    assert BreakGlass.objects.get().ended_at == BreakGlass.objects.get().until


def test_who_could_not_log_in_is_written_down_and_not_what_was_typed() -> None:
    cache.clear()
    anna = user("service", "anna")
    for login in ("anna@example.nl", " Anna@Example.NL ", "geheim-wachtwoord@example.org"):
        Client().post("/account/login/", {"login": login, "password": "geraden-woord"})
    rows = ledger.book().ask(
        """SELECT "kind", "details" FROM {p}entry WHERE "action" = 'log_in_failed' ORDER BY "seq" """
    )
    assert [(kind, json.loads(told)["account"]) for kind, told in rows] == [
        ("refused", anna.pk), ("refused", anna.pk), ("refused", 0),
    ]  # fmt: skip
    assert "geheim" not in str(rows)
    assert client(anna).get("/people/rights").status_code == 200
    Client().post("/account/login/", {"login": "anna@example.nl", "password": PASSWORD})
    after = ledger.book().ask("""SELECT * FROM {p}entry WHERE "action" = 'log_in_failed'""")
    assert len(after) == 3


def test_what_is_past_its_term_goes(broken: BreakGlass) -> None:
    actions.take_notice(ADMIN, broken.pk)
    anna = user("service", "anna")
    for days in (0, keeping.days_of(keeping.LOG_INS) + 1):
        at = now_us() - days * DAY
        LogIn.objects.create(user=anna, key=f"k{days}", device="", address="127.0.0.1",
                             begun_at=at, seen_at=at)  # fmt: skip
        Invitation.objects.create(email=f"{days}@example.nl", name="", role="service",
                                  digest=str(days), created_by="", created_at=at, until=at)  # fmt: skip
        AccessAttempt.objects.create(username=str(days), ip_address="127.0.0.1",
                                     failures_since_start=1)  # fmt: skip
    AccessAttempt.objects.exclude(username="0").update(
        attempt_time=timezone.now() - timedelta(days=400)
    )
    counts = keeping.drop_over(JOB)
    assert (counts["log_ins"], counts["invitations"], counts["tries"]) == (1, 1, 1)
    assert counts["glass"] == 0
    assert [one.key for one in LogIn.objects.all()] == ["k0"]
    assert keeping.drop_over(JOB)["log_ins"] == 0
    assert verifying.findings() == []
    assert keeping.days_of(keeping.LOG) == 5 * 365
