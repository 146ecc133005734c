"""Requests that no screen sends: they are refused or understood as nothing, and never fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

LogIn = Callable[[str], Client]
HUGE = "9" * 40
ODD = ("²", HUGE, "-1", "a\0b", "'\"<script>*)(", "\U0001f600")
LIST = ("group", "sort", "after", "f_source", "f_tag", "f_city")


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
    pages: dict[str, tuple[str, ...]] = {
        "/customers/": LIST, "/checkup/rows?what=doubles": ("source",), "/checkup/rows": ("what",),
        "/quarantine/": ("reason", "before"), "/sources/": ("before",),
        f"{here['card']}history": ("kind", "before"),
    }  # fmt: skip
    wrong = []
    for path, names in pages.items():
        for name in names:
            for odd in ODD:
                sign = "&" if "?" in path else "?"
                status = client.get(f"{path}{sign}{urlencode({name: odd})}").status_code
                if status not in (200, 302, 404):
                    wrong.append((path, name, odd[:10], status))
    assert not wrong, "\n".join(map(str, wrong))


def test_forms_with_odd_values(log_in: LogIn, here: dict[str, str]) -> None:
    client = log_in("administrator")
    client.raise_request_exception = False
    forms: dict[str, tuple[str, ...]] = {
        "/search": ("q",), "/ask": ("q", "question", "size", "customer", "slot:period"),
        "/enter/": ("full_name", "note"), "/enter/doubles": ("full_name", "email"),
        "/customers/tag": ("tag", "customer"), "/customers/views/save": ("name", "f_city", "sort"),
        "/choose": ("next", "columns"), f"{here['card']}note": ("note", "kind"),
        f"{here['card']}split": ("record", "note"), "/welcome/goals": ("goal",),
        here["row"]: ("value:Datum melding",), "/customers/export": ("sort",),
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
