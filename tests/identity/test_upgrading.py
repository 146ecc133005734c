"""A house that was filled by an earlier version gets what this one keeps with its next settling."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Record, Source
from klantbeeld.identity import matching
from klantbeeld.identity.actions import match_pending
from klantbeeld.identity.models import Compared, MatchKey, Pending, StoredModel

TOLD = {"first_name": "Sanne", "surname": "Terpstra", "email": "sanne.terpstra@example.org"}


def stored() -> Record:
    source = Source.objects.create(key="crm", name="crm", created_at=1)
    return Record.objects.create(
        source=source, key="1", kind=Record.PERSON, data=TOLD, updated_at=1, created_at=1, id=1
    )


@pytest.mark.django_db(transaction=True)
def test_values_and_keys_come_with_the_next_settling() -> None:
    record = stored()
    match_pending(system_actor(), everything=True)
    Pending.objects.all().delete()
    call_command("migrate", "identity", "0003", verbosity=0)
    call_command("migrate", "identity", verbosity=0)
    assert list(Pending.objects.values_list("record", "rematch")) == [(record.pk, True)]
    assert not Compared.objects.exists()
    match_pending(system_actor())
    assert Compared.objects.get().record_id == record.pk
    assert MatchKey.objects.exists()


@pytest.mark.django_db
def test_a_model_that_is_no_longer_read_gives_way() -> None:
    stored()
    StoredModel.objects.create(
        version="1-0123456789ab", content='{"format": 1}', rules={"unique": ["crm"]}, records=9,
        at=1,
    )  # fmt: skip
    assert matching.learnt_from() == 0
    assert matching.in_force().unique_sources() == frozenset({"crm"})
    assert match_pending(system_actor(), everything=True) == 0
    assert Compared.objects.exists()
