"""The bundle of a customer holds every canary of his own, and none of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from klantbeeld.core import files, registry
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Record
from klantbeeld.pipeline.actions import make_bundle
from klantbeeld.profiles.models import Profile
from klantbeeld.timeline.models import Document, Interaction
from tests.house.canaries import ABOUT_EMPLOYEES, Bird, plant

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = system_actor()
# Of a customer's own, but not theirs to receive: how the house finds and orders them.
NOT_GIVEN = frozenset({("profiles_profile", "sort_key")})
# Whoever said something about two records is an employee (see `gather._looked`).
OF_COLLEAGUES = frozenset({("identity_judgement", "actor")})
OTHERS = 5


@pytest.fixture
def birds(settings: Settings, tmp_path: Path) -> Iterator[list[Bird]]:
    """The customer who asks, first, and others; of each a document is kept."""
    settings.HOME = tmp_path
    names = ("roodborst", "winterkoning", "pimpelmees", "goudvink", "koekoek", "sijs")
    yield [plant(name, n) for n, name in enumerate(names, 1)]


def content_of(bird: Bird, given: bool = True) -> str:
    """All files of a bird's bundle as one text, paths included."""
    papers = Document.objects.filter(record=bird.rows[Record].pk).values_list("pk", flat=True)
    made = make_bundle(ACTOR, bird.customer, "nl", list(papers) if given else [])
    return "\n".join(f"{path}\n{c.decode('utf-8', 'replace')}" for path, c in made.items())


def test_every_own_canary_and_no_other(birds: list[Bird]) -> None:
    for bird in birds:
        text = content_of(bird)
        left_out = NOT_GIVEN | OF_COLLEAGUES
        own = {k: c for k, c in bird.canaries.items() if k not in left_out}
        assert len(own) > 30
        assert {k for k, c in own.items() if c not in text} == set()
        assert f"{bird.name} in a file" in text
        for other in birds:
            if other is not bird:
                assert other.name not in text


def test_the_canaries_stand_in_every_personal_column(birds: list[Bird]) -> None:
    planted = {
        (table, column)
        for table, declared in registry.personal_columns().items()
        for column in declared.personal
        if f"{table}.{column}" not in ABOUT_EMPLOYEES
    }
    assert set(birds[0].canaries) == planted - {("timeline_document", "sha256")}


def test_others_in_letters_notes_and_documents_stay_out(birds: list[Bird]) -> None:
    bird, others = birds[0], birds[1:]
    told = []
    for number, other in enumerate(others):
        name = f"{other.name.title()} van der Vogel"
        Profile.objects.filter(pk=other.customer).update(name=name)
        told.append(f"{name}, {other.email}, 06-9701234{number}, NL02ABNA012345678{number}")
    text = "Namens " + " en ".join(told)
    record = bird.rows[Record].pk
    Interaction.objects.filter(record=record).update(
        subject=text, details={"body": text, "email": bird.email}
    )
    Document.objects.filter(record=record).update(
        name=f"brief {others[0].name.title()} van der Vogel.txt", text=text,
        sha256=files.keep(text.encode()),
    )  # fmt: skip
    # First: they would be found if they were there.
    assert all(other.name.title() in text for other in others)
    made = content_of(bird, given=False)
    assert [o.name for o in others if o.name in made.lower()] == []
    assert [n for n in range(len(others)) if f"9701234{n}" in made or f"01234567{n}" in made] == []
    assert bird.email in made


@pytest.fixture(autouse=True)
def _empty_afterwards() -> Iterator[None]:
    yield
    call_command("flush", interactive=False, verbosity=0)
