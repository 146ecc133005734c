"""The secret key can be replaced: the log verifies, the erased stay known, links open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.core import anchors, backup, lasting, ledger, public_ids, verifying
from klantbeeld.core.actor import Actor
from klantbeeld.core.ledger import Look
from klantbeeld.privacy import links, tombstone_ledger, tombstones
from klantbeeld.privacy.rules import About

ANNA = Actor("Anna", "service", "service", 7, "web")


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """A home of its own."""
    settings.HOME = tmp_path
    ledger.close()
    return tmp_path


@pytest.mark.django_db
def test_another_secret_key_changes_nothing_that_was_kept(home: Path, settings: Any) -> None:
    ledger.append([Look(ANNA, "read", "card", (11,))])
    anchors.settle()
    tombstones.add([("email", "weg@example.nl")])
    token = links.token(links.Link(links.OUT, 11, About("email", "marketing")))
    number = public_ids.to_public("customer", 11)
    settings.SECRET_KEY = "another-key-" * 5
    public_ids._round_keys.cache_clear()
    assert verifying.findings() == []
    assert tombstones.suppressed({"email": pl.Series(["weg@example.nl", None])}).to_list() == [
        True, False,
    ]  # fmt: skip
    assert len(list(tombstone_ledger.lines())) == 1
    assert links.opened(links.OUT, token).key == 11
    assert public_ids.from_public("customer", number) == 11


@pytest.mark.django_db
def test_with_another_lasting_key_nobody_comes_in(home: Path, settings: Any) -> None:
    """Or who was erased would: the hashes of before fit nothing."""
    tombstones.add([("email", "weg@example.nl")])
    settings.LASTING_KEY = "another-key-" * 5
    with pytest.raises(lasting.AnotherKey):
        tombstones.suppressed({"email": pl.Series(["weg@example.nl"])})
    with pytest.raises(lasting.AnotherKey):
        tombstones.add([("email", "ook@example.nl")])
    with pytest.raises(tombstone_ledger.LedgerUnreadable):
        list(tombstone_ledger.lines())


@pytest.mark.django_db
def test_a_house_put_back_goes_on_with_its_own_key(home: Path, settings: Any) -> None:
    (home / "secret.key").write_text("of-before-" * 5, encoding="utf-8")
    lasting.follow(home)
    assert settings.LASTING_KEY == "of-before-" * 5
    (home / "lasting.key").write_text("its-own-" * 5, encoding="utf-8")
    lasting.follow(home)
    assert settings.LASTING_KEY == "its-own-" * 5
    assert "lasting.key" not in backup.LEFT_OUT


def test_a_fresh_home_has_two_keys_and_one_of_before_goes_on_with_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from klantbeeld import settings as ours

    monkeypatch.setattr(ours, "HOME", tmp_path)
    for name in ("KLANTBEELD_SECRET_KEY", "KLANTBEELD_LASTING_KEY"):
        monkeypatch.delenv(name, raising=False)
    secret, kept = ours._keys()
    assert secret != kept
    assert ours._keys() == (secret, kept)
    (tmp_path / "secret.key").unlink()
    replaced, still = ours._keys()
    assert (replaced != secret, still) == (True, kept)
    (tmp_path / "lasting.key").unlink()
    assert ours._keys() == (replaced, replaced)
    assert (tmp_path / "lasting.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("KLANTBEELD_SECRET_KEY", "given-" * 9)
    assert ours._keys() == ("given-" * 9, replaced)
    monkeypatch.setenv("KLANTBEELD_LASTING_KEY", "lasting-" * 9)
    assert ours._keys() == ("given-" * 9, "lasting-" * 9)
