"""Everything in the house only goes down: imports, relations, migrations."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.house.plan import DOORS, FREE, ROOT, floors, goes_up, part_of, rooms

Edge = tuple[str, str]
BESIDE = ("sample",)


@pytest.fixture(scope="module")
def imports() -> list[Edge]:
    """Every import inside the package: (importing module, imported module), but for types alone.

    import-linter sees those too: types go down as everything else, but through any door.
    """
    graph = grimp.build_graph("klantbeeld", cache_dir=None, exclude_type_checking_imports=True)
    return [
        (module, target)
        for module in graph.modules
        for target in graph.find_modules_directly_imported_by(module)
    ]


def test_every_room_has_its_floor() -> None:
    found = {p.parent.name for p in (ROOT / "klantbeeld").glob("*/__init__.py")}
    assert found - set(BESIDE) <= set(floors())


def test_the_contract_of_imports_holds() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def upward(edges: Iterable[Edge]) -> list[Edge]:
    """Edges between parts that go up, or to a room on the same floor."""
    known = floors()
    return [
        (a, b)
        for a, b in edges
        if part_of(a) in known and part_of(b) in known and goes_up(part_of(a), part_of(b))
    ]


def through_walls(edges: Iterable[Edge]) -> list[Edge]:
    """Edges into a room by something else than one of its doors."""
    return [
        (a, b)
        for a, b in edges
        if part_of(b) in rooms()
        and part_of(b) not in FREE
        and part_of(a) != part_of(b)
        and not is_door(b)
    ]


def is_door(module: str) -> bool:
    """`klantbeeld.<room>.<door>`; a room's plain part without Django is free as well."""
    parts = module.split(".")
    return len(parts) == 2 or parts[2] in DOORS or parts[2:] in (["core"], ["readers"])


def test_the_searches_find_what_they_look_for() -> None:
    up = ("klantbeeld.core.audit", "klantbeeld.web.views")
    beside = ("klantbeeld.timeline.reads", "klantbeeld.privacy.reads")
    wall = ("klantbeeld.profiles.card", "klantbeeld.timeline.keyed")
    assert upward([up, beside, wall]) == [up, beside]
    assert through_walls([up, beside, wall]) == [up, wall]


def test_imports_only_go_down(imports: list[Edge]) -> None:
    assert upward(imports) == []


def test_a_room_is_entered_by_its_doors(imports: list[Edge]) -> None:
    # The addresses are put together from views at the top of the house.
    allowed = {"klantbeeld.urls", "klantbeeld.asgi"}
    assert [e for e in through_walls(imports) if e[0] not in allowed] == []


def _relations() -> list[tuple[type[models.Model], models.Field]]:  # type: ignore[type-arg]
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.startswith("klantbeeld.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]


def test_relations_only_go_down_and_leave_no_name_behind() -> None:
    relations = _relations()
    assert len(relations) > 20
    for model, field in relations:
        here, target = part_of(model.__module__), field.related_model.__module__
        if not target.startswith("klantbeeld."):
            continue
        there = part_of(target)
        assert not goes_up(here, there), f"{model.__name__}.{field.name} goes up to {there}"
        name = field.remote_field.related_name
        assert here == there or name == "+", f"{model.__name__}.{field.name} names itself {name}"


def test_migrations_only_go_down() -> None:
    loader = MigrationLoader(None)
    house = {c.label: c.name.split(".")[1] for c in apps.get_app_configs() if _is_own(c.name)}
    checked = 0
    for (label, name), migration in loader.disk_migrations.items():
        for needed, _ in migration.dependencies:
            if label in house and needed in house:
                assert not goes_up(house[label], house[needed]), f"{label}.{name} needs {needed}"
                checked += 1
    assert checked


def _is_own(name: str) -> bool:
    return name.startswith("klantbeeld.")


def test_only_derived_tables_point_at_a_customer() -> None:
    derived = {"Membership", "Profile", "Tagged", "Customer"}
    pointing = {
        model.__name__
        for model, field in _relations()
        if field.related_model.__name__ == "Customer"
    }
    named = {
        model.__name__
        for model in apps.get_models()
        if _is_own(model.__module__)
        for field in model._meta.local_fields
        if "customer" in field.column
    }
    assert {"Membership", "Profile"} <= pointing
    assert pointing | (named - {"GroupCount"}) <= derived


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
