"""Whatever somebody sends to any screen, nothing answers with an error of the server."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

import klantbeeld
from klantbeeld.privacy.models import ConsentEntry
from tests.rights.test_routes import NOT_TRIED, SCREENS, World, converters, world

__all__ = ["world"]
WEB = Path(klantbeeld.__file__).parent / "web"
FIELDS = sorted(
    {
        name
        for path in WEB.rglob("*.html")
        for name in re.findall(r'name="([a-z_]+)(?:"|:)', path.read_text(encoding="utf-8"))
    }
    | {
        name
        for path in WEB.glob("*.py")
        for name in re.findall(
            r'(?:get|getlist|typed)\((?:request, )?"([a-z_]+)"', path.read_text(encoding="utf-8")
        )
    }
)
# What people, other programs and attackers send where something else is asked.
BAD = {
    "huge": "9" * 40, "superscript": "²", "last day": "9999-12-31", "nothing": "",
    "no such day": "31-02-2026", "negative": "-5", "long": "x" * 20_000, "no id": "0" * 13,
}  # fmt: skip
IN_ADDRESSES = ("huge", "superscript", "last day")


@pytest.mark.django_db
@pytest.mark.slow
def test_nothing_that_is_sent_breaks_a_screen(world: World) -> None:
    broken = []
    for route in SCREENS.keys() - NOT_TRIED.keys():
        name, method = route
        client = world.client_of(route)
        path = world.path(name, converters(name))
        for kind in BAD if method == "POST" else IN_ADDRESSES:
            with transaction.atomic():
                told = answered(client, method, path, dict.fromkeys(FIELDS, BAD[kind]))
                if told:
                    broken.append(f"{method} {name} ({kind}): {told}")
                transaction.set_rollback(True)
    assert not broken, "\n".join(broken)


def answered(client: Client, method: str, path: str, told: dict[str, str]) -> str:
    """What went wrong, "" when it was answered, be it with a refusal."""
    try:
        if method == "POST":
            # As a form without files is sent, which is taken apart in much less time.
            answer = client.post(path, urlencode(told), "application/x-www-form-urlencoded")
        else:
            answer = client.get(path, told)
    except Exception as error:
        places = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        ours = [place.rsplit("/", 1)[-1] for place in places if "/klantbeeld/" in place]
        return f"{type(error).__name__} {ours[-3:]}"
    return str(answer.status_code) if answer.status_code >= 500 else ""


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["", "²", "no_such"])
def test_who_names_no_channel_withdraws_nothing(world: World, channel: str) -> None:
    """Only a form that says so withdraws everything."""
    before = ConsentEntry.objects.count()
    path = world.path("contact_withdraw", converters("contact_withdraw"))
    answer = world.clients["administrator"].post(path, {"channel": channel})
    assert answer.status_code == 422
    assert ConsentEntry.objects.count() == before
