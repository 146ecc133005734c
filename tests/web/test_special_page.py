"""The page about special data: a topic set aside for one source, and documents not looked into."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from klantbeeld.accounts.models import User
from klantbeeld.privacy.models import SpecialColumn
from tests.records import source
from tests.web.conftest import BACKEND

pytestmark = pytest.mark.django_db
OFF = {"off_source": "hulpmiddelen", "off_kind": "health",
       "off_law": "art. 30 UAVG", "off_why": "wij verkopen hulpmiddelen"}  # fmt: skip


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"


def test_a_topic_is_set_aside_for_a_source_and_looked_for_anew(logged_in: Client) -> None:
    source("hulpmiddelen")
    assert 'name="off_kind"' in logged_in.get("/special/").content.decode()
    wrong = logged_in.post("/special/off", {**OFF, "off_why": " "})
    assert wrong.status_code == 422 and "art. 30 UAVG" in wrong.content.decode()
    assert logged_in.post("/special/off", {**OFF, "off_kind": "bsn"}).status_code == 422
    assert not SpecialColumn.objects.exists()
    assert logged_in.post("/special/off", OFF).status_code == 302
    held = SpecialColumn.objects.get()
    assert (held.source, held.column, held.kind) == ("hulpmiddelen", "", "health")
    assert held.why == "art. 30 UAVG: wij verkopen hulpmiddelen" and held.by == "Anna Voorbeeld"
    assert "de hele bron" in logged_in.get("/special/").content.decode()


def test_who_may_not_rule_sets_nothing_aside(client: Client) -> None:
    source("hulpmiddelen")
    made = User.objects.create_user("m@example.nl", "een-lang-wachtwoord", name="M", role="sales")
    client.force_login(made, backend=BACKEND)
    assert client.post("/special/off", OFF).status_code in (403, 404)
    assert not SpecialColumn.objects.exists()
