"""Rules are changed dry, applied and undone on screen; a program comes in with a key made there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_people import find, is_fine, speak
from tests.pipeline.test_experiments import CLUB, CRM
from tests.screens import looks

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
LOOKS = looks([(1440, "light"), (390, "dark")])


@pytest.fixture
def people(company: None, tmp_path: Path, settings: Any) -> None:
    """Two more lists, and tasks that are done at once."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline.actions import import_paths

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    for name, text in (("oud", CRM), ("nieuw", CLUB)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        import_paths(system_actor(), [tmp_path / f"{name}.csv"], source=name)


def state() -> tuple[object, ...]:
    """Who is who."""
    from tests.pipeline import dump

    return dump.partition(), dump.homes()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_rule_is_tried_applied_and_undone(
    people: None, visit: Visit, width: int, theme: str
) -> None:
    before = state()
    page = visit("administrator", width, theme)
    page.click("[popovertarget=me]")
    page.click("#me a:has-text('Herkenning')")
    page.wait_for_url("**/matching/")
    is_fine(page)
    page.fill("#join_bits", "0")
    page.fill("#note", "voorletters horen erbij")
    page.click("button:has-text('Reken door')")
    page.wait_for_url("**/matching/*/")
    page.wait_for_selector(".callout:has-text('Doorgerekend')")
    told = page.inner_text(".counted-facts >> nth=0")
    assert "samengevoegd\n4" in told.replace("\n\n", "\n")
    assert page.locator(".would-change").count() == 2
    assert state() == before
    page.click("details.fold summary")
    is_fine(page)
    own = page.url
    page.click(".would-change a:has-text('Vergelijk naast elkaar') >> nth=0")
    page.wait_for_url("**/compare/*/*")
    page.goto(own)
    page.click("button:has-text('Pas toe')")
    page.wait_for_selector(".callout:has-text('Toegepast')")
    assert state() != before
    is_fine(page)
    page.goto("/matching/")
    assert "voorletters" in page.inner_text("main")
    for summary in page.locator("details.fold-table summary").all():
        summary.click()
    assert page.locator(".plot rect").count() > 10
    is_fine(page)
    page.click("a[href='" + own[own.index("/matching") :] + "']")
    page.click("button:has-text('Draai terug')")
    page.wait_for_selector(".callout:has-text('Teruggedraaid')")
    assert state() == before
    speak(page, "en")
    page.goto("/matching/")
    assert "Change the rules" in page.inner_text("main")
    is_fine(page)


def test_what_cannot_be_is_said(people: None, visit: Visit) -> None:
    page = visit("administrator")
    page.goto("/matching/")
    page.fill("#join_bits", "hoog")
    page.click("button:has-text('Reken door')")
    page.wait_for_selector(".callout.bad:has-text('geen getal')")
    page.fill("#block_value", "geen adres")
    page.click("button:has-text('Reken door')")
    page.wait_for_selector(".callout.bad")
    is_fine(page)


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_new_order_by_a_program_joins_at_once(
    people: None, visit: Visit, client: Any, width: int, theme: str
) -> None:
    page = visit("administrator", width, theme)
    page.click("[popovertarget=me]")
    page.click("#me a:has-text('Sleutels')")
    page.wait_for_url("**/keys/")
    is_fine(page)
    page.fill("#name", "Webwinkel")
    page.fill("#source", "webwinkel")
    page.click("button:has-text('Maak een sleutel')")
    secret = page.inner_text("#secret")
    is_fine(page)
    order = {
        "order_number": "B-1", "ordered_at": "2026-11-20", "order_amount": 75,
        "first_name": "Wendelmoet", "surname": "Quintijnsdochter", "postcode": "3511AA",
        "house_number": 4, "email": "heel.ander.adres@example.com",
    }  # fmt: skip
    answer = page.context.request.post(
        "/api/v1/orders", data=json.dumps({"orders": [order]}),
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.ok, answer.text()
    find(page, "wendelmoet@example.nl")
    assert answer.json()["rows"][0]["customer"] in page.url
    assert "B-1" in page.inner_text("#history")
    assert "heel.ander.adres@example.com" in page.inner_text("main")
    # Withdrawn it opens nothing.
    page.goto("/keys/")
    assert secret not in page.content()
    page.click("button:has-text('Trek in')")
    page.wait_for_selector(".toast.good")
    refused = page.context.request.post(
        "/api/v1/orders", data="{}",
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
    )  # fmt: skip
    assert refused.status == 401
    is_fine(page)


@pytest.mark.parametrize("role", ["service", "marketing", "privacy"])
def test_others_may_not(people: None, visit: Visit, role: str) -> None:
    page = visit(role)
    for address in ("/matching/", "/keys/"):
        assert page.goto(address).status == 403
