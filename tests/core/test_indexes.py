"""Indexes that are held off while very many rows are written."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from klantbeeld.core import indexes, leases, startup
from klantbeeld.core.models import HeldIndex
from klantbeeld.timeline.models import Interaction, OrderLine

pytestmark = pytest.mark.django_db(transaction=True)


def present(table: str) -> dict[str, bool]:
    """Every index of a table, with whether it keeps values unique."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return {name: bool(c["unique"]) for name, c in found.items() if c["index"] or c["unique"]}


TABLE = Interaction._meta.db_table


def test_they_are_gone_inside_and_back_afterwards() -> None:
    before = present(TABLE)
    assert {unique for name, unique in before.items()} >= {False}
    with indexes.held_off(Interaction):
        assert indexes.are_held_off(Interaction)
        assert not indexes.are_held_off(OrderLine)
        assert all(present(TABLE).values())
    assert present(TABLE) == before
    assert not indexes.are_held_off(Interaction)


def test_they_come_back_after_an_error() -> None:
    before = present(TABLE)
    with pytest.raises(RuntimeError), indexes.held_off(Interaction):
        raise RuntimeError
    assert present(TABLE) == before


def test_the_outer_one_lays_them_down() -> None:
    with indexes.held_off(Interaction):
        with indexes.held_off(Interaction, OrderLine):
            assert indexes.are_held_off(OrderLine)
        assert indexes.are_held_off(Interaction)
        assert not indexes.are_held_off(OrderLine)
        assert indexes.restore() == 0
    assert not indexes.are_held_off(Interaction)


def test_what_a_killed_process_left_is_laid_down_at_the_next_start() -> None:
    before = present(TABLE)
    indexes._drop(TABLE)
    assert present(TABLE) != before
    startup.prepare_database(None)
    assert present(TABLE) == before
    assert not HeldIndex.objects.exists()


def test_another_process_at_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(name: str, wait_seconds: float = 0) -> None:
        raise leases.LeaseTaken(name)

    monkeypatch.setattr(leases, "held", taken)
    with indexes.held_off(Interaction):
        assert not indexes.are_held_off(Interaction)
    indexes._drop(TABLE)
    assert indexes.restore() == 0
    monkeypatch.undo()
    assert indexes.restore() == len([u for u in present(TABLE).values() if not u])


def test_when_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "VERY_MANY", 2)
    assert indexes.pays(Interaction, 2)
    assert not indexes.pays(Interaction, 1)
    with transaction.atomic():
        assert not indexes.pays(Interaction, 2)


def test_within_one_transaction_they_are_laid_anew() -> None:
    before = present(TABLE)
    with transaction.atomic(), indexes.laid_anew(Interaction, OrderLine):
        # On PostgreSQL readers would have to wait for the end.
        assert all(present(TABLE).values()) == (connection.vendor == "sqlite")
    assert present(TABLE) == before
    with pytest.raises(RuntimeError), transaction.atomic(), indexes.laid_anew(Interaction):
        raise RuntimeError
    assert present(TABLE) == before
