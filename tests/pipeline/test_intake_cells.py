"""Cells that hold more than one plain value, shown before loading: lists, fields, bytes, nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.pipeline import looking
from klantbeeld.pipeline.actions import begin_intake, go_on
from klantbeeld.pipeline.models import Intake
from klantbeeld.timeline.models import Document, Interaction
from tests.pipeline.conftest import ACTOR

Shown = dict[str, tuple[Any, ...]]


@pytest.fixture
def shown(house: Path, settings: Any) -> Callable[[str, bytes], Shown]:
    """Brings a file in and loads it; the values that its first screen shows, by column."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    def run(name: str, content: bytes) -> Shown:
        made = begin_intake(ACTOR, [(name, [content])])
        made.refresh_from_db()
        seen = {c.column: c.samples for table in looking.tables(made) for c in table.columns}
        for state in (Intake.TRYING, Intake.LOADING):
            go_on(ACTOR, made, state)
            made.refresh_from_db()
        assert made.state == Intake.LOADED
        return seen

    return run


@pytest.mark.django_db(transaction=True)
def test_a_mailbox_with_recipients_and_attachments(shown: Callable[[str, bytes], Shown]) -> None:
    letters = []
    for number, to in enumerate(("service@example.com, verkoop@example.com", "", "")):
        letter = EmailMessage()
        letter["From"] = f"Testpersoon {number} <testpersoon{number}@example.nl>"
        letter["To"] = to or "service@example.com"
        letter["Subject"] = "Foto van de doos"
        letter["Date"] = f"Mon, 0{number + 1} Jun 2026 10:00:00 +0200"
        letter["Message-ID"] = f"<t{number}@example.nl>"
        letter.set_content("Hierbij een foto.")
        if number < 2:
            letter.add_attachment(
                b"PNG" + bytes([number]), "image", "png", filename=f"doos{number}.png"
            )
        letters.append(b"From x Mon Jun  1 10:00:00 2026\n" + bytes(letter) + b"\n")
    seen = shown("service.mbox", b"".join(letters))
    assert seen["recipients"] == ("service@example.com, verkoop@example.com", "service@example.com")
    assert seen["attachments"] == ("doos0.png", "doos1.png")
    assert seen["body"] == ("Hierbij een foto.",)
    assert Interaction.objects.count() == 3
    assert Document.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_table_of_every_type(shown: Callable[[str, bytes], Shown]) -> None:
    table = pl.DataFrame({
        "Klantnr": ["K-1", "K-2"], "Naam": ["Fien Zandloper", "Bas Wit"],
        "wensen": [["fietsen", "tuin"], []], "kamer": [{"soort": "", "maat": 4}, None],
        "foto": [b"abc", None], "duur": [dt.timedelta(1), None], "tijd": [dt.time(10, 2), None],
        "bedrag": [Decimal("10.50"), None], "actief": [True, None], "niets": [None, None],
        "getal": [1.5, float("nan")],
    })  # fmt: skip
    written = io.BytesIO()
    table.write_parquet(written)
    seen = shown("klanten.parquet", written.getvalue())
    assert seen["Naam"] == ("Fien Zandloper", "Bas Wit")
    assert (seen["wensen"], seen["kamer"]) == (("fietsen, tuin",), ("4",))
    assert seen["foto"] == seen["niets"] == ()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "rows",
    [
        [{"Klantnr": "K-3", "wensen": ["x", {"y": 1}], "adres": {"straat": "Weg", "nr": [1, 2]}}],
        [{"Klantnr": "K-3", "wensen": [1, 2]}, {"Klantnr": "K-4", "wensen": None}],
        [{"Klantnr": "K-3", "wensen": "los"}, {"Klantnr": "K-4", "wensen": []}],
    ],
)
def test_rows_of_json(rows: list[dict[str, Any]], shown: Callable[[str, bytes], Shown]) -> None:
    named = [{"Naam": "Truus Testers", "E-mail": "truus@example.nl", **row} for row in rows]
    seen = shown("klanten.json", json.dumps(named).encode())
    assert seen["Naam"] == ("Truus Testers",)
    assert any("wensen" in name for name in seen)
