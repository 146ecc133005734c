"""What of a customer can be erased by itself, as it is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from klantbeeld.core.public_ids import to_public
from klantbeeld.privacy.models import Erasure
from klantbeeld.profiles import actions as profiles
from klantbeeld.timeline.models import Subscription
from klantbeeld.web.filled.parting import said
from tests.records import SYSTEM, customer, record, subscribed


def test_a_value_is_said_in_the_language_of_the_screen() -> None:
    with translation.override("nl"):
        assert said("gender", {"gender": "female"}) == "vrouw"
        assert said("birth_date", {"birth_date": "1984-05-14"}) == "14-5-1984"
    with translation.override("en"):
        assert said("gender", {"gender": "female"}) == "woman"


@pytest.mark.django_db
def test_a_subscription_is_listed_and_asked_for(logged_in: Client, settings: Any) -> None:
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    hers = record({"email": "fien@example.com", "surname": "Zandloper"})
    subscribed(hers, name="Fietsgazet", ended_day=None)
    key = Subscription.objects.get().pk
    held = customer(hers)
    profiles.refresh(SYSTEM, [held])
    place = f"/customers/{to_public('customer', held)}/erase/"
    address = f"{place}subscription/{to_public('subscription', key)}"
    listed = logged_in.get(f"{place}parts").content.decode()
    assert "Fietsgazet" in listed and address in listed
    page = logged_in.get(address)
    assert "Fietsgazet" in page.content.decode()
    assert Subscription.objects.filter(pk=key).exists()
    logged_in.post(address, {"reason": "request"})
    assert Erasure.objects.get().part == {"what": "subscription", "key": key, "group": ""}
