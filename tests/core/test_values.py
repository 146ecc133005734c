"""Money, lifecycles, the field register and the file store."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from klantbeeld.core import fields, files, money
from klantbeeld.core.fields import DuplicateField, Field
from klantbeeld.core.hashing import hash64, hash_column
from klantbeeld.core.models import CustomField
from klantbeeld.core.transitions import DELIVERY, ForbiddenTransition


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_minor_units_are_exact(minor: int, currency: str) -> None:
    amount = money.to_decimal(minor, currency)
    assert amount * 10 ** money.exponent(currency) == minor


def test_amounts_of_known_currencies() -> None:
    assert money.to_decimal(1050) == Decimal("10.50")
    assert money.to_decimal(1050, "JPY") == Decimal("1050")
    assert money.to_decimal(1050, "KWD") == Decimal("1.050")


def test_a_delivery_goes_only_where_its_table_says() -> None:
    for before, after in [("running", "loaded"), ("failed", "running"), ("loaded", "undone")]:
        DELIVERY.check(before, after)
    for before, after in [("undone", "running"), ("loaded", "running"), ("nothing", "loaded")]:
        with pytest.raises(ForbiddenTransition, match=before):
            DELIVERY.check(before, after)
    assert DELIVERY.states == {"running", "loaded", "failed", "undone"}


def test_every_built_in_field_is_whole() -> None:
    for key, field in fields.built_in().items():
        assert field.key == key
        assert field.label("nl")
        assert field.label("en-gb")
        assert field.purposes
        assert field.retention_days > 0
        assert field.category.startswith("user")


def test_a_field_is_declared_once() -> None:
    known = fields.built_in()["email"]
    fields.register([known])
    with pytest.raises(DuplicateField, match="email"):
        fields.register([Field("email", "Post", "Mail")])


@pytest.mark.django_db
def test_custom_fields_stand_beside_the_built_in_ones_and_never_replace_them() -> None:
    for key in ("shoe_size", "email"):
        CustomField.objects.create(
            key=key, label_nl="Maat", label_en="Size", type="number", nature="descriptive",
            category="user.demographic", purposes=["service"], basis="consent", retention_days=30,
        )  # fmt: skip
    register = fields.everything()
    assert register["shoe_size"].label("en") == "Size"
    assert register["shoe_size"].purposes == ("service",)
    assert register["email"].label("nl") == "E-mail"


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    """An empty home."""
    settings.HOME = tmp_path
    return tmp_path


def test_a_content_is_kept_once_and_read_back(home: Path) -> None:
    sha256 = files.keep(b"letter")
    assert sha256 == hashlib.sha256(b"letter").hexdigest() == files.keep(b"letter")
    assert files.has(sha256)
    assert files.read(sha256) == b"letter"
    assert len([p for p in home.rglob("*") if p.is_file()]) == 1


def test_a_dropped_content_is_gone(home: Path) -> None:
    sha256 = files.keep(b"letter")
    files.drop(sha256)
    files.drop(sha256)
    assert not files.has(sha256)
    with pytest.raises(FileNotFoundError):
        files.read(sha256)


def test_a_column_is_hashed_as_its_texts_are() -> None:
    texts = ["Jan", "ë", "", "^x$", "een heel lange tekst " * 20]
    hashed = hash_column(pl.Series("", [*texts, None], dtype=pl.String))
    assert hashed.to_list() == [hash64(text) for text in [*texts, ""]]
    assert hashed.dtype == pl.Int64
