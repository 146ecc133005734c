"""Former values: what records said before, since and until when."""

from __future__ import annotations

from itertools import permutations

from klantbeeld.profiles.former import Former, Version, former

OLD = {"street": "Kerkstraat", "house_number": "7", "city": "Zeist"}
NEW = {"street": "Laan", "house_number": "1", "city": "Utrecht"}


def test_an_address_that_was_left() -> None:
    told = [Version(1, 1, 10, OLD), Version(1, 2, 20, {**OLD, "email": "a@example.nl"}),
            Version(1, 3, 30, NEW)]  # fmt: skip
    right = [
        Former("email", "a@example.nl", 1, 20, 30),
        Former("address", "Kerkstraat 7, Zeist", 1, 10, 30),
    ]
    for order in permutations(told):
        assert former(order, {}) == sorted(right, key=lambda f: f.key)


def test_what_holds_again_is_not_former() -> None:
    told = [Version(1, 1, 10, OLD), Version(1, 2, 20, NEW), Version(1, 3, 30, OLD)]
    current = {"address": "Kerkstraat 7, Zeist"}
    assert [(f.value, f.since, f.until) for f in former(told, current)] == [
        ("Laan 1, Utrecht", 20, 30)
    ]


def test_each_value_once_with_its_latest_end() -> None:
    told = [Version(1, 1, 10, OLD), Version(1, 2, 20, NEW),
            Version(2, 1, 5, OLD), Version(2, 2, 90, {})]  # fmt: skip
    found = former(told, {"address": "Laan 1, Utrecht"})
    assert [(f.value, f.record, f.until) for f in found] == [("Kerkstraat 7, Zeist", 2, 90)]


def test_one_version_has_no_past() -> None:
    assert former([Version(1, 1, 10, OLD)], {}) == []
    assert former([], {}) == []
