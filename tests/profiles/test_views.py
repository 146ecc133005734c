"""Saved views of the list, and tags that lists are filtered on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klantbeeld.accounts.models import User
from klantbeeld.core.actor import Actor
from klantbeeld.profiles import actions, reads, stores
from klantbeeld.profiles.models import SavedView, Tagged
from klantbeeld.profiles.tags import tag_key
from tests.records import SYSTEM, actor, customer, record

pytestmark = pytest.mark.django_db
QUERY = ("active", {"city": "utrecht"}, "-revenue")


def user(name: str, role: str = "sales") -> Actor:
    """Somebody who logs in."""
    made = User.objects.create_user(f"{name}@example.nl", None, name=name, role=role)
    return made.as_actor()


def test_a_view_is_ones_own_until_it_is_shared() -> None:
    anna, bas = user("Anna"), user("Bas")
    saved = actions.save_view(anna, "  Mijn  lijst ", QUERY, ("email", "city"))
    assert (saved.name, saved.group, saved.filters, saved.sort, saved.columns) == (
        "Mijn lijst", "active", {"city": "utrecht"}, "-revenue", ("email", "city"),
    )  # fmt: skip
    assert reads.views(bas) == []
    with pytest.raises(reads.UnknownView):
        reads.view(bas, saved.view)
    again = actions.save_view(anna, "Mijn lijst", ("", {}, ""), (), is_shared=True)
    assert again.view == saved.view and SavedView.objects.count() == 1
    (seen,) = reads.views(bas)
    assert seen.is_shared and not seen.is_own and not seen.may_forget


def test_only_its_owner_or_an_administrator_takes_a_view_away() -> None:
    anna, bas = user("Anna"), user("Bas")
    one = actions.save_view(anna, "Een", QUERY, (), is_shared=True)
    two = actions.save_view(anna, "Twee", QUERY, (), is_shared=True)
    with pytest.raises(reads.UnknownView):
        actions.forget_view(bas, one.view)
    actions.forget_view(anna, one.view)
    actions.forget_view(user("Chef", "administrator"), two.view)
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name_and_an_owner() -> None:
    with pytest.raises(ValueError, match="name"):
        actions.save_view(user("Anna"), "  ", QUERY, ())
    with pytest.raises(ValueError, match="name"):
        actions.save_view(replace(actor("sales"), user_id=None), "Lijst", QUERY, ())


def test_lists_are_filtered_on_tags_in_any_case_of_letters() -> None:
    both = customer(record({"surname": "Aalders", "tags": "VIP | Beurs 2026"}))
    one = customer(record({"surname": "Bakels", "tags": "vip"}))
    customer(record({"surname": "Citroen"}))
    actions.refresh(SYSTEM, [both, one, one + 1])
    page = reads.customers(SYSTEM, reads.CustomerQuery(tag=tag_key("Vip")))
    assert [row.customer for row in page.rows] == [both, one]
    assert page.matching == 2
    assert reads.customers(SYSTEM, reads.CustomerQuery(tag=-1)).matching == 0
    assert [(tag.customers, tag.key) for tag in reads.tags_in_use(SYSTEM)] == [
        (1, tag_key("beurs 2026")), (2, tag_key("VIP")),
    ]  # fmt: skip
    assert reads.selected(SYSTEM, reads.CustomerQuery(tag=tag_key("vip")), 1) == [both]


def test_tags_are_exported_and_go_with_the_profile() -> None:
    held = record({"surname": "Aalders", "tags": "VIP"})
    actions.refresh(SYSTEM, [customer(held)])
    assert [tag["name"] for tag in stores.export([held])["tags"]] == ["VIP"]
    assert stores.erase([held])[Tagged._meta.db_table] == 1
    assert not Tagged.objects.exists()
