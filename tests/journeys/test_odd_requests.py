"""Requests that no screen sends: they are refused or understood as nothing, and never fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

LogIn = Callable[[str], Client]
HUGE = "9" * 40
ODD = (
    "",
    "²",
    "٣",
    HUGE,
    "-1",
    "a\0b",
    "'\"<script>*)(",
    "\U0001f600",
    "x" * 5_000,
    "0",
    "%00",
    "é\u0301",
)
QUERIES = (
    "source",
    "what",
    "from",
    "before",
    "after",
    "kind",
    "verdict",
    "reason",
    "f_source",
    "f_tag",
    "f_city",
    "group",
    "sort",
    "f_revenue",
)


@pytest.fixture
def here(company: None) -> dict[str, str]:
    from klantbeeld.core.models import Delivery
    from klantbeeld.core.public_ids import to_public
    from klantbeeld.profiles.models import Profile
    from klantbeeld.sources.models import Quarantined

    first, second = Profile.objects.order_by("-records")[:2]
    card = f"/customers/{to_public('customer', first.pk)}/"
    return {
        "card": card,
        "other": to_public("customer", second.pk),
        "delivery": f"/sources/{to_public('delivery', Delivery.objects.latest('pk').pk)}/",
        "row": f"/quarantine/{to_public('quarantined', Quarantined.objects.latest('pk').pk)}/",
    }


def test_pages_with_odd_queries(log_in: LogIn, here: dict[str, str]) -> None:
    client = log_in("administrator")
    client.raise_request_exception = False
    wrong = []
    for path in (
        "/",
        "/customers/",
        "/checkup/rows",
        "/quarantine/",
        "/sources/",
        here["card"],
        f"{here['card']}history",
        here["delivery"],
        "/add/",
    ):
        for name in QUERIES:
            for odd in ODD:
                data = {name: odd, **({"what": "doubles"} if name == "source" else {})}
                status = client.get(path, data).status_code
                if status not in (200, 302, 404):
                    wrong.append((path, name, odd[:10], status))
    assert not wrong, "\n".join(map(str, wrong))


def test_forms_with_odd_values(log_in: LogIn, here: dict[str, str]) -> None:
    client = log_in("administrator")
    client.raise_request_exception = False
    forms: dict[str, tuple[str, ...]] = {
        "/search": ("q",), "/ask": ("q", "question", "size", "customer", "slot:period", "slot:bought"),
        "/enter/": ("full_name", "email", "phone", "postcode", "house_number", "note", "consent_email"),
        "/enter/doubles": ("full_name", "email", "phone"), "/customers/tag": ("tag", "customer"),
        "/customers/views/save": ("name", "f_city", "sort", "group"), "/choose": ("next", "theme", "columns"),
        f"{here['card']}note": ("note", "kind"), f"{here['card']}split": ("record", "note"),
        f"{here['card']}merge": ("q",), "/welcome/goals": ("goal", "goals"),
        here["row"]: ("value:Datum melding", "value:E-mailadres"), "/customers/export": ("sort", "f_city"),
        "/add/": ("pasted", "pasted_html"),
    }  # fmt: skip
    wrong = []
    for path, names in forms.items():
        for name in names:
            for odd in ODD:
                given: dict[str, Any] = {name: odd}
                if path == "/ask" and name != "q":
                    given.setdefault("question", "bought")
                if path.endswith("split"):
                    given |= {"confirm": "yes"}
                response = client.post(path, given)
                if getattr(response, "streaming", False):
                    try:
                        b"".join(response)
                    except Exception as error:
                        wrong.append((path, name, odd[:10], repr(error)[:90]))
                if response.status_code not in (200, 302, 404, 422):
                    wrong.append((path, name, odd[:10], response.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_many_files_and_very_wide_tables_are_taken(log_in: LogIn, settings: Any) -> None:
    """A folder of letters, and sheets with more columns together than forms usually have fields."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    client = log_in("administrator")
    wide = ";".join(f"Kolom {n}" for n in range(1_200)) + "\n" + ";".join(["x"] * 1_200) + "\n"
    files = [SimpleUploadedFile(f"brief-{n}.txt", b"geen tabel") for n in range(150)]
    files.append(SimpleUploadedFile("breed.csv", wide.encode()))
    begun = client.post("/add/", {"files": files})
    assert begun.status_code == 302
    roles = {f"role:0:{n}": "note" for n in range(1_200)}
    chosen = client.post(f"{begun['Location']}columns", {"holds:0": "customers", **roles})
    assert chosen.status_code == 302
