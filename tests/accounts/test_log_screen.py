"""The log on screen: every act in words, what is sought, and the same as a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

import klantbeeld
from klantbeeld.accounts.models import User
from klantbeeld.core import clock, ledger
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import DAY, now_us
from klantbeeld.core.ledger import Look
from klantbeeld.core.looks import ACTIONS as LOOKED
from klantbeeld.pipeline.entering import NOTES
from klantbeeld.pipeline.experimenting import MAY
from klantbeeld.profiles.actions import refresh
from klantbeeld.sources.models import Quarantined
from klantbeeld.web.filled.log_words import ACTIONS
from klantbeeld.web.filled.tamper_words import FINDINGS, finding
from tests.records import SYSTEM, customer, record

ROOT = Path(klantbeeld.__file__).parent
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACT = re.compile(
    r"""(?:audit\.record|looks\.at|looks\.note)\(\s*[\w.()]+,\s*(?:"(?:bypass|refused|export|change)",\s*)?"(\w+)"(?:\s+if[^,]*else\s+"(\w+)")?"""
)


def test_every_act_that_is_written_down_has_words() -> None:
    acts = {
        act
        for path in ROOT.rglob("*.py")
        for found in ACT.findall(path.read_text(encoding="utf-8"))
        for act in found
        if act
    }
    assert len(acts) > 60
    # Put together where they are written down.
    acts |= {f"{act}_{kind}" for act in ("note", "lift") for kind in ("restricted", "objected")}
    acts |= {f"enter_{name}" for name in (*NOTES, "customer", "tag", "untag", "correction")}
    acts |= {f"{state}_row" for state in (Quarantined.MENDED, Quarantined.DROPPED)}
    acts |= {f"{state}_matching" for state in MAY}
    assert (acts | set(LOOKED)) - set(ACTIONS) == set()


def test_everything_that_verifying_finds_has_words() -> None:
    core = (path.read_text(encoding="utf-8") for path in (ROOT / "core").glob("*.py"))
    codes = {code for text in core for code in re.findall(r'Finding\("([^"]+)"', text)}
    assert len(codes) > 10
    codes |= {f"{table} outside the log" for table in ("entry", "subject")}
    assert codes == set(FINDINGS)
    with translation.override("nl"):
        assert finding("end cut off at 7") == "Het einde is eraf gehaald (nr. 7)"


@pytest.fixture(autouse=True)
def log_of_its_own(settings: Any, tmp_path: Path) -> None:
    """A log with nothing in it."""
    settings.HOME = tmp_path
    ledger.close()


@pytest.fixture
def admin(db: None) -> Client:
    """Somebody who may read the log, with entries of two others in it."""
    people = {
        name: User.objects.create_user(f"{name}@example.nl", "x", name=name.title(), role=role)
        for name, role in (("anna", "administrator"), ("bas", "service"), ("=cmd", "sales"))
    }
    for name, kind, action, days in (
        ("bas", "read", "card", 0), ("bas", "export", "export_list", 0),
        ("=cmd", "read", "card", 0), ("bas", "read", "list", 40),
    ):  # fmt: skip
        one = people[name]
        who = Actor(one.name, one.role, "service", one.pk, "web")
        at = now_us() - days * DAY
        ledger.append([Look(who, kind, action, (1, 2), at=at)])  # type: ignore[arg-type]
    client = Client()
    client.force_login(people["anna"], backend=BACKEND)
    return client


def rows(client: Client, **asked: str) -> list[list[str]]:
    """The file of what is asked, as cells without its head."""
    answer = client.post("/log/file", asked)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]


def test_what_is_sought_is_shown_and_downloaded(admin: Client) -> None:
    bas = User.objects.get(email="bas@example.nl")
    found = rows(admin, who=f"u:{bas.pk}", kind="read")
    assert [row[1] for row in found] == ["Bas", "Bas"]
    assert [row[5] for row in found] == ["2", "2"]
    shown = admin.get("/log/", {"who": f"u:{bas.pk}", "kind": "export"}).content.decode()
    assert shown.count('<th scope="row">Bas') == 1
    assert f'<option value="u:{bas.pk}" selected>' in shown
    day = str(admin.get("/log/").context["view"].since)
    recent = [row for row in rows(admin, **{"from": day}) if row[1] == "Bas"]
    assert len(recent) == 2
    assert [r for r in rows(admin, to=day) if r[1] == "Bas"] == [found[0]]


def test_the_file_is_itself_an_entry_and_holds_no_formula(admin: Client) -> None:
    assert "'=Cmd" in [row[1] for row in rows(admin)]
    told = ledger.book().ask("""SELECT "kind" FROM {p}entry WHERE "action" = 'export_log'""")
    assert told == [("export",)]


@pytest.mark.parametrize(
    "asked", [{"who": "u:x"}, {"who": "u:²"}, {"who": f"k:{10**30}"}, {"before": "9" * 40},
              {"from": "0001-01-01"}, {"to": "9999-12-31"}, {"who": "z:1"}, {"kind": "odd"}, {"from": "32-13"}, {"before": "²"}]
)  # fmt: skip
def test_odd_questions_show_everything_or_nothing(admin: Client, asked: dict[str, str]) -> None:
    assert admin.get("/log/", asked).status_code == 200


def test_whom_a_leak_touched_is_shown_before_the_file_is_made(admin: Client) -> None:
    bas = User.objects.get(email="bas@example.nl")
    first, other = (customer(record({"surname": name})) for name in ("Jansen", "Smit"))
    refresh(SYSTEM, [first, other])
    who = Actor("Bas", "service", "service", bas.pk, "web")
    ledger.append([Look(who, "read", "card", (first,)), Look(who, "read", "list", (first, other))])
    today = clock.day_to_date(clock.today()).isoformat()
    asked = {"who": f"u:{bas.pk}", "since": today, "until": today}
    page = admin.get("/log/breach", asked)
    view = page.context["view"]
    assert {row.name for row in view.rows} >= {"Jansen", "Smit"}
    assert view.customers == len(view.rows)
    assert {kind.customers for kind in view.kinds} == {2}
    assert all(kind.data for kind in view.kinds)
    file = admin.post("/log/breach", view.asked).content.decode("utf-8-sig")
    assert len(file.splitlines()) == 1 + view.customers
    empty = admin.get("/log/breach", {**asked, "since": "2020-01-01", "until": "2020-01-01"})
    assert empty.context["view"].customers == 0


@pytest.mark.parametrize(
    "asked", [{}, {"who": "u:1"}, {"who": "u:²", "since": "2026-01-01", "until": "2026-01-02"},
              {"who": f"u:{10**30}", "since": "2026-01-01", "until": "2026-01-02"},
              {"who": "u:1", "since": "2026-02-31", "until": "2026-03-01"}]
)  # fmt: skip
def test_an_odd_question_about_a_leak_is_said_so(admin: Client, asked: dict[str, str]) -> None:
    assert admin.get("/log/breach", asked).status_code == 422
    assert admin.post("/log/breach", asked).status_code == 422
