"""Settling brings each customer up to date once, however many of its records wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core.models import Record
from klantbeeld.identity.models import Pending
from klantbeeld.pipeline import settling
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.profiles.models import Profile
from tests.pipeline.conftest import ACTOR


def test_a_customer_is_rebuilt_once(
    bring: Callable[..., ImportReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("Wendelmoet,Quintijn", "Radboud,Zwaluwenberg", "Aleid,Kerspel")
    rows = "".join(f"{n},m{n % 3}@example.nl,{names[n % 3]}\n" for n in range(9))
    path = tmp_path / "klanten.csv"
    path.write_text("Klantnummer,E-mail,Voornaam,Achternaam\n" + rows, encoding="utf-8")
    bring(path)
    customers = Profile.objects.count()
    assert customers == 3
    monkeypatch.setattr(settling, "CHUNK", 2)
    rebuilt: list[int] = []
    refresh = settling.refresh
    monkeypatch.setattr(
        settling, "refresh", lambda actor, some: rebuilt.extend(some) or refresh(actor, some)
    )
    records = Record.objects.values_list("pk", flat=True)
    Pending.objects.bulk_create(Pending(record=pk, rematch=False) for pk in records)
    assert settling.settle(ACTOR) == customers
    assert len(rebuilt) == len(set(rebuilt)) == customers
    assert not Pending.objects.exists()
