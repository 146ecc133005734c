"""The addresses of the screens with what is really there; `tests/rights` holds every verdict."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.journeys.company import KLAARTJE
from tests.journeys.conftest import ROLES

LogIn = Callable[[str], Client]
EVERYBODY = frozenset(ROLES)
MENDERS = frozenset({"administrator", "service"})
QUARANTINE = MENDERS | {"privacy"}
LISTERS = frozenset({"administrator", "marketing", "privacy"})
# Everything of a customer, letters included: for roles from which nothing is hidden.
EXPORTERS = frozenset({"administrator", "privacy"})
ERASERS = frozenset({"administrator", "privacy"})
IMPORTERS = frozenset({"administrator"})
JUDGES = frozenset({"administrator", "sales", "service"})
WRITERS = JUDGES | {"marketing"}
# Name of the address and method -> the roles that may. Undone, mended and erased is only by
# those who may; for the others the same request must change nothing.
MAY = {
    ("start", "GET"): EVERYBODY,
    ("customers", "GET"): EVERYBODY,
    ("customers_export", "POST"): LISTERS,
    ("card", "GET"): EVERYBODY,
    ("timeline", "GET"): EVERYBODY,
    ("entry", "GET"): EVERYBODY,
    ("entry_document", "GET"): EVERYBODY,
    ("document", "GET"): EVERYBODY,
    ("customer_export", "POST"): EXPORTERS,
    ("erase", "GET"): ERASERS,
    ("erase", "POST"): ERASERS,
    ("erasures", "GET"): ERASERS,
    ("search", "POST"): EVERYBODY,
    ("ask", "GET"): EVERYBODY,
    ("ask", "POST"): EVERYBODY,
    ("checkup", "GET"): EVERYBODY,
    ("checkup_rows", "GET"): EVERYBODY,
    ("deliveries", "GET"): EVERYBODY,
    ("delivery", "GET"): EVERYBODY,
    ("delivery_undo", "POST"): frozenset({"administrator"}),
    ("quarantine", "GET"): QUARANTINE,
    ("mend", "GET"): QUARANTINE,
    ("mend", "POST"): MENDERS,
    ("discard", "POST"): MENDERS,
    ("choose", "POST"): EVERYBODY,
    ("goals", "GET"): EVERYBODY,
    ("goals", "POST"): IMPORTERS,
    ("sample", "POST"): IMPORTERS,
    ("sample_leave", "POST"): IMPORTERS,
    ("sample_progress", "GET"): EVERYBODY,
    ("template", "GET"): EVERYBODY,
    ("enter", "GET"): WRITERS,
    ("enter", "POST"): WRITERS,
    ("enter_doubles", "POST"): EVERYBODY,
    ("note", "POST"): WRITERS,
    ("tag", "POST"): WRITERS,
    ("view_save", "POST"): EVERYBODY,
    ("split", "GET"): JUDGES,
    ("split", "POST"): JUDGES,
    ("merge_search", "GET"): JUDGES,
    ("merge", "GET"): JUDGES,
    ("merge", "POST"): JUDGES,
    ("judgements", "GET"): EVERYBODY,
    ("compare", "GET"): EVERYBODY,
    ("compare_search", "GET"): EVERYBODY,
    ("compare_search", "POST"): EVERYBODY,
    ("why_one", "GET"): EVERYBODY,
    ("why_not", "GET"): EVERYBODY,
    ("review", "GET"): JUDGES,
    ("review_judge", "POST"): JUDGES,
    ("review_undo", "POST"): EVERYBODY,  # of what one said oneself in this session
    ("matching", "GET"): frozenset({"administrator"}),
    ("matching", "POST"): frozenset({"administrator"}),
    ("keys", "GET"): frozenset({"administrator"}),
    ("keys", "POST"): frozenset({"administrator"}),
    ("special", "GET"): frozenset({"administrator", "privacy"}),
    ("special", "POST"): frozenset({"administrator", "privacy"}),
}
WRITING = (
    "erase", "delivery_undo", "mend", "discard", "goals", "sample", "sample_leave", "enter",
    "note", "tag", "view_save", "split", "merge", "review_judge", "matching", "keys",
    "special",
)  # fmt: skip


@pytest.fixture
def addresses(company: None) -> dict[str, str]:
    """Every address by name, filled with things that exist."""
    from klantbeeld.core.models import Delivery, Record
    from klantbeeld.core.public_ids import to_public
    from klantbeeld.identity.models import Membership
    from klantbeeld.sources.models import Quarantined
    from klantbeeld.timeline.models import Document, Interaction

    document = Document.objects.get(name="bon.html")
    customer = Membership.objects.get(record=document.record_id).customer_id
    records = Membership.objects.filter(customer=customer).values_list("record_id")
    other = Membership.objects.exclude(customer=customer).latest("customer").customer_id
    mail = Interaction.objects.get(key_hash=document.interaction_key)
    assert Record.objects.filter(pk__in=records).count() > 2
    here = f"/customers/{to_public('customer', customer)}/"
    entry = f"{here}history/{to_public('interaction', mail.pk)}"
    paper = f"documents/{to_public('document', document.pk)}"
    delivery = f"/sources/{to_public('delivery', Delivery.objects.latest('pk').pk)}/"
    left, right = (to_public("record", pk) for (pk,) in records.order_by("record")[:2])
    row = f"/quarantine/{to_public('quarantined', Quarantined.objects.latest('pk').pk)}/"
    return {
        "start": "/", "customers": "/customers/", "customers_export": "/customers/export",
        "card": here, "timeline": f"{here}history", "entry": entry,
        "entry_document": f"{entry}/{paper}", "document": f"{here}{paper}",
        "erase": f"{here}erase", "erasures": "/erasures/", "customer_export": f"{here}export", "search": "/search",
        "deliveries": "/sources/", "delivery": delivery, "delivery_undo": f"{delivery}undo",
        "quarantine": "/quarantine/", "mend": row, "discard": f"{row}discard",
        "choose": "/choose", "ask": "/ask", "checkup": "/checkup/",
        "checkup_rows": "/checkup/rows?what=wrong-email", "goals": "/welcome/goals",
        "sample": "/welcome/sample", "sample_leave": "/welcome/leave",
        "sample_progress": "/welcome/progress", "template": "/templates/customers.xlsx",
        "enter": "/enter/", "enter_doubles": "/enter/doubles", "note": f"{here}note",
        "tag": "/customers/tag", "view_save": "/customers/views/save", "split": f"{here}split",
        "merge_search": f"{here}merge", "merge": f"{here}merge/{to_public('customer', other)}",
        "judgements": f"{here}judgements", "review": "/review/", "matching": "/matching/",
        "review_judge": "/review/judge", "review_undo": "/review/undo", "keys": "/keys/",
        "special": "/special/", "compare": f"/compare/{left}/{right}", "compare_search": f"{here}compare",
        "why_one": f"{here}why", "why_not": f"{here}compare/{to_public('customer', other)}",
    }  # fmt: skip


def test_who_may_see_and_do_what(log_in: LogIn, addresses: dict[str, str]) -> None:
    wrong = []
    for role in ROLES:
        client = log_in(role)
        for (name, method), allowed in MAY.items():
            if name in WRITING and method == "POST" and role in allowed:
                continue
            ticked = {"customer": addresses["card"].split("/")[2], "tag": "vip"}
            data = {"q": "heuvel", "confirm": "yes", **ticked} if method == "POST" else {}
            status = getattr(client, method.lower())(addresses[name], data).status_code
            fits = status in (200, 302) if role in allowed else status == 403
            if not fits:
                wrong.append(f"{role}: {method} {name} gives {status}")
    assert not wrong, "\n".join(wrong)


def test_a_refused_request_changed_nothing(log_in: LogIn, addresses: dict[str, str]) -> None:
    from klantbeeld.core.models import AuditEntry

    before = AuditEntry.objects.count()
    for role in sorted(EVERYBODY - ERASERS - MENDERS):
        client = log_in(role)
        for name in ("erase", "delivery_undo", "mend", "discard"):
            assert client.post(addresses[name], {"confirm": "yes"}).status_code == 403
    assert AuditEntry.objects.count() == before


def test_who_may_gets_it_finished(log_in: LogIn, addresses: dict[str, str], settings: Any) -> None:
    """A role with the permission for an act needs no other one for what follows from it."""
    from klantbeeld.core.models import AuditEntry

    mended = log_in("service").post(addresses["mend"], {"value:Datum melding": "01-02-2026"})
    assert mended.status_code == 302
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    officer, administrator = log_in("privacy"), log_in("administrator")
    asked = officer.post(addresses["erase"], {"reason": "request"})["Location"]
    assert officer.post(f"{asked}approve", {"exception": "I am alone here"}).status_code == 422
    assert log_in("service").post(f"{asked}approve").status_code == 403
    assert log_in("service").get(addresses["card"]).status_code == 200
    assert administrator.post(f"{asked}approve").status_code == 302
    assert log_in("service").get(addresses["card"]).status_code == 404
    for action, role in (("mend_row", "service"), ("approve_erasure", "administrator")):
        assert AuditEntry.objects.filter(action=action).latest("pk").role == role


def test_nobody_sees_anything_without_a_log_in(client: Client, addresses: dict[str, str]) -> None:
    for (name, method), _roles in MAY.items():
        if name == "choose":
            continue
        response = getattr(client, method.lower())(addresses[name])
        assert response.status_code == 302, name
        assert response["Location"].startswith("/account/login/"), name


def test_nothing_says_none(log_in: LogIn, addresses: dict[str, str]) -> None:
    client = log_in("administrator")
    for (name, method), _roles in MAY.items():
        if method == "GET" and "document" not in name and name != "template":
            html = client.get(addresses[name]).content.decode()
            assert ">None" not in html, name
            assert " None" not in html, name


def test_roles_see_what_is_for_them(log_in: LogIn, addresses: dict[str, str]) -> None:
    card = addresses["card"]
    assert KLAARTJE in log_in("service").get(card).content.decode()
    for role in ("sales", "marketing", "analyst", "readonly"):
        assert "NL02" not in log_in(role).get(card).content.decode(), role
    analyst = log_in("analyst")
    for name in ("card", "entry", "customers", "timeline"):
        assert KLAARTJE not in analyst.get(addresses[name]).content.decode(), name
    assert "/export" in log_in("privacy").get(card).content.decode()
    assert "/export" not in log_in("marketing").get(card).content.decode()
    html = log_in("sales").get(card).content.decode()
    assert "/erase" not in html
    assert "/export" not in html
    assert 'href="/quarantine/"' not in html


def test_things_of_somebody_else_are_not_found(log_in: LogIn, addresses: dict[str, str]) -> None:
    client = log_in("administrator")
    others = _customer(client, "truus")
    for name in ("entry", "document", "entry_document"):
        path = addresses[name].replace(addresses["card"], others)
        assert client.get(path).status_code == 404, name
    assert client.get(f"{others}history?before={'0' * 13}").status_code == 404
    assert client.get("/customers/" + "0" * 13 + "/").status_code == 404


def _customer(client: Client, text: str) -> str:
    html = client.post("/search", {"q": text}, headers={"HX-Request": "true"}).content.decode()
    return html.partition('href="')[2].partition('"')[0]


def test_a_document_is_only_ever_saved(log_in: LogIn, addresses: dict[str, str]) -> None:
    client = log_in("service")
    for name in ("document", "entry_document"):
        response = client.get(addresses[name])
        assert b"".join(response) == b"<script>alert(1)</script>"
        assert response["Content-Disposition"] == 'attachment; filename="bon.html"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_everything_of_a_customer_as_json(log_in: LogIn, addresses: dict[str, str]) -> None:
    response = log_in("privacy").post(addresses["customer_export"])
    told = json.loads(response.content)
    assert KLAARTJE in json.dumps(told)
    assert "Waar blijft mijn accu?" in json.dumps(told)
    assert "bas.vdheuvel" not in json.dumps(told)


def _sheet(response: Any) -> list[tuple[Any, ...]]:
    content = io.BytesIO(b"".join(response.streaming_content))
    return list(openpyxl.load_workbook(content).active.iter_rows(values_only=True))


def test_the_list_goes_to_excel(log_in: LogIn, addresses: dict[str, str]) -> None:
    client = log_in("marketing")
    rows = _sheet(client.post(addresses["customers_export"], {"sort": "name"}))
    shown = client.get(addresses["customers"]).content.decode()
    assert len(rows) - 1 == shown.count('class="row-link"')
    assert rows[0][:3] == ("Naam", "Soort", "Klantgroep")
    klaartje = next(row for row in rows if row[0] == "Klaartje van den Heuvel")
    assert 430.0 in klaartje
    only = _sheet(client.post(addresses["customers_export"], {"f_city": "utrecht"}))
    assert {row[0] for row in only[1:]} == {"Klaartje van den Heuvel", "Bas van den Heuvel"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_becomes_a_formula(sign: str) -> None:
    from klantbeeld.web.filled.workbook import workbook

    content = io.BytesIO(b"".join(workbook("Blad", ["Naam"], [[f'{sign}HYPERLINK("x")']])))
    cell = openpyxl.load_workbook(content).active["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_a_list_of_many_goes_on_in_pages(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from klantbeeld.web import shapes

    sizes = shapes.CustomersQuery.__init__.__defaults__
    monkeypatch.setattr(shapes.CustomersQuery.__init__, "__defaults__", (*sizes[:-1], 2))
    client, seen, path = log_in("sales"), [], "/customers/?sort=name"
    for _ in range(9):
        html = client.get(path).content.decode()
        seen += [part.partition('"')[0] for part in html.split('id="c-')[1:]]
        _before, has_next, rest = html.partition("data-next href=")
        if not has_next:
            break
        path = rest[1:].partition('"')[0].replace("&amp;", "&")
    assert len(seen) == len(set(seen))
    total = client.get("/customers/").content.decode()
    assert f'<p class="num">{len(seen)}</p>' in total
