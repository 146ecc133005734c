"""At the command line: rules tried, applied and undone, keys, and who somebody is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.installation import Said
from tests.pipeline import dump
from tests.pipeline.test_experiments import CLUB, CRM

Command = Callable[..., Said]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(command: Command, tmp_path: Path, settings: Settings) -> None:
    """Two lists are loaded."""
    settings.HOME = tmp_path / "home"
    for name, text in (("crm", CRM), ("club", CLUB)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        command("import", str(tmp_path / f"{name}.csv"), "--source", name, code=0)


def test_rules_are_tried_applied_and_undone(people: None, command: Command) -> None:
    before = dump.partition()
    told = command("matching", "try", "--join-bits", "0", "--note", "proef", "--json").json
    assert (told["state"], told["counts"]["merged"]) == ("ready", 4)
    assert dump.partition() == before
    number = str(told["number"])
    assert command("matching", "apply", number, "--json").json["state"] == "applied"
    assert dump.partition() != before
    assert command("matching", "report", "--json").json["model"]["person"]["join_bits"] == 0
    command("matching", "report", code=0)
    assert command("matching", "undo", number, "--json").json["state"] == "undone"
    assert dump.partition() == before
    assert command("matching", "list", "--json").json[0]["note"] == "proef"
    command("matching", "undo", number, code=1)
    command("matching", "apply", "999", code=1)
    command("matching", "try", "--join-bits", "99", code=2)
    for wrong in (("--limit", "email"), ("--limit", "mood=2"), ("--priority", "mood")):
        command("matching", "try", *wrong, code=2)
    command("matching", "try", "--learn", "judgements", code=1)


def test_limits_and_order_are_tried(people: None, command: Command) -> None:
    bounds = ("--limit", "email=2/90", "--limit", "loyalty=4")
    told = command("matching", "try", *bounds, "--priority", "login", "--json").json["rules"]
    assert told == {
        "limits": [
            {"type": "email", "persons": 2, "days": 90},
            {"type": "loyalty", "persons": 4, "days": None},
        ],
        "priority": ["login"],
    }


def test_somebody_is_asked_after(people: None, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "somebody.json"
    path.write_text(json.dumps({"email": "wendelmoet@example.nl"}), encoding="utf-8")
    found, *_ = command("match", str(path), "--json").json
    assert found["class"] == "same" and "email: " in " ".join(found["reasons"])
    path.write_text("[1]", encoding="utf-8")
    command("match", str(path), code=1)
    path.write_text('{"shoe": 41}', encoding="utf-8")
    assert "unknown_field" in command("match", str(path), code=1).stderr


def test_keys(people: None, command: Command) -> None:
    made = command("key", "add", "Webwinkel", "--right", "write", "--source", "shop", "--json").json
    assert made["secret"].startswith(made["prefix"])
    assert command("key", "list", "--json").json[0]["is_in_force"]
    assert made["secret"] not in command("key", "list").stdout
    command("key", "revoke", made["prefix"], code=0)
    assert not command("key", "list", "--json").json[0]["is_in_force"]
    command("key", "revoke", "kb_nothing", code=1)
    command("key", "add", "X", "--right", "fly", code=2)
