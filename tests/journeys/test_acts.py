"""A request leads to its act and is closed by it; and what a stale or doubled form does: nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from klantbeeld.core import clock
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import RecordVersion
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.privacy import actions as rights
from klantbeeld.privacy.models import Erasure, LegalHold, Restriction, RightsRequest
from klantbeeld.profiles.models import Profile
from klantbeeld.timeline.models import Interaction
from tests.journeys.company import KLAARTJE
from tests.journeys.test_erasing import IMMEDIATE

LogIn = Callable[[str], Client]
SYSTEM = system_actor()


@pytest.fixture
def hers(company: None, settings: Any) -> int:
    """Klaartje's key; work in the background is done at once."""
    settings.TASKS = IMMEDIATE
    return int(Profile.objects.get(data__email=KLAARTJE).pk)


def _requested(hers: int, kind: str, identity_known: bool = True) -> RightsRequest:
    record = identity.records_of(SYSTEM, hers)[0]
    made = rights.open_request(SYSTEM, kind, record, clock.day_to_date(clock.today()), "mail")
    if identity_known:
        rights.check_identity(SYSTEM, made, "no_doubt")
    return made


def _page(client: Client, made: RightsRequest) -> str:
    return client.get(f"/privacy/requests/{to_public('request', made.pk)}/").content.decode()


def test_a_request_for_erasure_is_closed_with_the_receipt(log_in: LogIn, hers: int) -> None:
    asks, agrees = log_in("administrator"), log_in("privacy")
    made, card = _requested(hers, "erasure"), f"/customers/{to_public('customer', hers)}/"
    assert f'href="{card}erase"' in _page(asks, made)
    where = asks.post(f"{card}erase", {"reason": "request"})["Location"]
    number = Erasure.objects.get().number
    assert number in _page(asks, made) and f'href="{card}erase"' not in _page(asks, made)
    made.refresh_from_db()
    assert (made.state, made.erasure) == ("open", number)
    assert agrees.post(f"{where}approve").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.record, made.erasure) == ("answered", 0, number)
    assert Erasure.objects.get().state == Erasure.DONE
    assert f'href="{where}"' in _page(agrees, made)


def test_a_refused_erasure_leaves_the_request_open(log_in: LogIn, hers: int) -> None:
    client, card = log_in("administrator"), f"/customers/{to_public('customer', hers)}/"
    made = _requested(hers, "erasure")
    where = client.post(f"{card}erase", {"reason": "request"})["Location"]
    client.post(f"{where}refuse")
    made.refresh_from_db()
    assert made.state == "open" and f'href="{card}erase"' in _page(client, made)


@pytest.mark.parametrize(
    ("kind", "told"),
    [("restriction", {"act": "restrict", "reason": "accuracy"}),
     ("objection", {"act": "object", "purpose": "marketing"})],
)  # fmt: skip
def test_restricting_closes_the_request_for_it(
    log_in: LogIn, hers: int, kind: str, told: dict[str, str]
) -> None:
    client, here = log_in("privacy"), f"/customers/{to_public('customer', hers)}/limits"
    known, unknown = _requested(hers, kind), _requested(hers, kind, identity_known=False)
    assert f'href="{here}"' in _page(client, known)
    assert f'href="{here}"' not in _page(client, unknown), "first it is made sure who asks"
    assert client.post(here, told).status_code == 302
    known.refresh_from_db()
    unknown.refresh_from_db()
    assert (known.state, unknown.state) == ("answered", "open") and known.answer


def test_forms_that_are_sent_twice_or_too_late(log_in: LogIn, hers: int) -> None:
    one, other = log_in("administrator"), log_in("privacy")
    here = f"/customers/{to_public('customer', hers)}/"
    records = len(identity.records_of(SYSTEM, hers))
    for _ in range(2):
        assert one.post(f"{here}limits", {"act": "hold", "matter": "Z-1"}).status_code == 302
        assert one.post(f"{here}limits", {"act": "object", "purpose": "sales"}).status_code == 302
    assert (LegalHold.objects.count(), Restriction.objects.count()) == (records, records)
    entry = Interaction.objects.get(key="KL-1")
    part = f"{here}erase/entry/{to_public('interaction', entry.pk)}"
    assert one.post(part, {"reason": "request"}).status_code == 422, "it is kept for a case"
    one.post(f"{here}limits", {"act": "lift_hold", "matter": "Z-1"})
    asked = {one.post(part, {"reason": "request"})["Location"] for _ in range(2)}
    assert len(asked) == 1 and Erasure.objects.count() == 1
    (where,) = asked
    assert one.post(f"{where}approve").status_code == 422, "who asked does not agree"
    assert other.post(f"{where}approve").status_code == 302
    assert other.post(f"{where}approve").status_code == 422
    assert one.get(part).status_code == one.post(part).status_code == 404
    assert one.get(here).status_code == 200


def test_a_customer_who_was_erased_meanwhile(log_in: LogIn, hers: int) -> None:
    one, other = log_in("administrator"), log_in("privacy")
    here = f"/customers/{to_public('customer', hers)}/"
    entry = Interaction.objects.get(key="KL-1")
    version = RecordVersion.objects.filter(record__key="K-1001", data__has_key="street").first()
    assert version is not None
    parts = [f"{here}erase/entry/{to_public('interaction', entry.pk)}",
             f"{here}erase/value-address/{to_public('version', version.pk)}"]  # fmt: skip
    assert [one.get(path).status_code for path in parts] == [200, 200]
    waiting = [one.post(path, {"reason": "request"})["Location"] for path in parts]
    _erase_whole(one, other, here)
    for path in (*parts, f"{here}limits", f"{here}erase/parts"):
        assert one.get(path).status_code == 404, path
        assert one.post(path, {"act": "restrict", "reason": "request"}).status_code in (404, 405)
    for where in waiting:
        assert other.get(where).status_code == 200
        assert other.post(f"{where}approve").status_code == 422
        assert other.post(f"{where}refuse").status_code == 302
    assert Restriction.objects.count() == 0


def _erase_whole(asks: Client, agrees: Client, here: str) -> None:
    where = asks.post(f"{here}erase", {"reason": "request"})["Location"]
    assert agrees.post(f"{where}approve").status_code == 302


def test_terms_that_cannot_be(log_in: LogIn, hers: int) -> None:
    client = log_in("privacy")
    for text in ("-1", "ooit", "99999999", "1.5", "²"):
        answer = client.post("/privacy/retention", {"days-relation": text})
        assert answer.status_code == 422, text
    assert (
        client.post("/privacy/retention", {"days-relation": "", "days-x": "3"}).status_code == 302
    )
    assert client.post("/privacy/retention", {"act": "run"}).status_code == 302
    for told in ({"act": "restrict", "reason": "x"}, {"act": "hold", "matter": ""},
                 {"act": "restrict", "reason": "claim", "until": "2020-01-01"},
                 {"act": "restrict", "reason": "claim", "until": "morgen"},
                 {"act": "object", "purpose": "x"}):  # fmt: skip
        here = f"/customers/{to_public('customer', hers)}/limits"
        assert client.post(here, told).status_code == 422, told
    assert client.post(here, {"act": "boom"}).status_code == 404
    assert not Restriction.objects.exists()
