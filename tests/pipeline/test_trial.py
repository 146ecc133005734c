"""What a trial run says is what loading then does, and it stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity.models import Membership
from klantbeeld.identity.reads import doubts_of
from klantbeeld.pipeline import outcome
from klantbeeld.pipeline import reads as pipeline_reads
from klantbeeld.pipeline.actions import begin_intake, go_on
from klantbeeld.pipeline.models import Intake
from klantbeeld.sample.generate import generate
from tests.pipeline.conftest import ACTOR
from tests.pipeline.dump import assert_same, content
from tests.sample.shared import make_fewer

CRM = """Klantnummer;Voornaam;Achternaam;Postcode;Huisnummer;E-mail;Geboortedatum
K1;Fien;Zandloper;3511 AB;4;fien@example.com;01-02-1980
K2;F.;Zandloper;3511 AB;4;fien@example.com;01-02-1980
K3;Bas;Wit;3511 AB;9;bas@example.com;30-01-1975
K4;Truus;Testers;6511 AA;40;truus@example.nl;03-03-1950
;;;;;;
"""
SHOP = """Bestelnummer;Klantnummer;E-mailadres;Besteldatum;Bedrag
1001;K1;fien@example.com;03-05-2024;100,00
1002;K3;bas@example.com;04-05-2024;80,00
1003;;nieuw@example.org;05-05-2024;60,00
1004;K4;truus@example.nl;32-05-2024;20,00
"""


def _pieces(*texts: tuple[str, str]) -> list[tuple[str, list[bytes]]]:
    return [(name, [text.encode()]) for name, text in texts]


@pytest.fixture
def tried(house: Path, settings: Any) -> Callable[..., Intake]:
    """Adds files on screen as far as the trial run."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    def run(*files: tuple[str, Any]) -> Intake:
        made = begin_intake(ACTOR, files)
        made.refresh_from_db()
        assert made.state == Intake.READY, made.problem
        before = _tables()
        go_on(ACTOR, made, Intake.TRYING)
        made.refresh_from_db()
        assert made.state == Intake.TRIED, made.problem
        assert _tables() == before
        return made

    return run


def _tables() -> dict[str, list[Any]]:
    """Every row of every table but of the intakes themselves."""
    held = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("pipeline_", "core_audit", "django_", "sqlite_")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            held[table] = sorted(map(repr, cursor.fetchall()))
    return held


def _load(made: Intake) -> Intake:
    go_on(ACTOR, made, Intake.LOADING)
    made.refresh_from_db()
    assert made.state == Intake.LOADED, made.problem
    return made


def _agrees(made: Intake) -> None:
    """Load what was tried out, and compare."""
    trial, before = made.trial, Membership.objects.values("customer").distinct().count()
    loaded = _load(made)
    after = Membership.objects.values("customer").distinct().count()
    rows = loaded.result["rows"]
    told = outcome.customers_of(loaded.deliveries)
    assert trial["rows"] == rows["rows_read"]
    assert trial["unusable"] == rows["rows_quarantined"]
    assert trial["suppressed"] == rows["rows_suppressed"]
    assert trial["rejected"] == rows["rows_rejected"]
    assert trial["customers"] == len(told)
    assert trial["new_customers"] == after - before
    assert trial["doubts"] == doubts_of(ACTOR, outcome.records_of(loaded.deliveries))


def test_the_counts_are_those_of_the_loading(tried: Callable[..., Intake]) -> None:
    made = tried(*_pieces(("crm.csv", CRM), ("webshop.csv", SHOP)))
    assert made.trial["customers"] == 4
    assert made.trial["doubles"] == 1
    assert made.trial["unusable"] == 1
    _agrees(made)


def test_who_is_known_already_is_joined(tried: Callable[..., Intake]) -> None:
    _load(tried(*_pieces(("crm.csv", CRM))))
    more = CRM.replace("K1;", "X7;").replace("K4;Truus;Testers;6511 AA;40;truus@example.nl",
                                              "X9;Jan;Proef;1011 AA;1;jan@example.nl")  # fmt: skip
    made = tried(*_pieces(("nieuwsbrief.csv", more)))
    assert made.trial["joins"] >= 2
    rows, _total = pipeline_reads.tried_rows(ACTOR, made, "joins")
    assert all(row.customer for row in rows)
    again = tried(*_pieces(("crm.csv", CRM)))
    assert again.trial["known"] == 4
    assert again.trial["new_customers"] == 0
    _agrees(made)


@pytest.mark.alike
def test_the_sample_company_tried_is_the_sample_company_loaded(
    tried: Callable[..., Intake], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Still enough people to learn from how much to believe what they share.
    make_fewer(monkeypatch, 0.4)
    folder = tmp_path / "sample"
    generate(folder, "small")
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".csv", ".xlsx"})
    made = tried(*((p.name, [p.read_bytes()]) for p in files))
    assert not made.trial["is_partial"]
    _agrees(made)


def test_undone_it_is_as_if_it_had_never_come(tried: Callable[..., Intake], house: Path) -> None:
    from klantbeeld.pipeline.actions import undo_intake

    _load(tried(*_pieces(("crm.csv", CRM))))
    before = content()
    made = _load(tried(*_pieces(("webshop.csv", SHOP))))
    undo_intake(ACTOR, made)
    made.refresh_from_db()
    assert made.state == Intake.UNDONE
    assert_same(content(), before)
    assert Delivery.objects.filter(pk__in=made.deliveries, state=Delivery.UNDONE).count() == 1
    assert Record.objects.exists()


def test_a_file_about_nobody_is_tried_in_an_empty_house(tried: Callable[..., Intake]) -> None:
    made = tried(*_pieces(("cijfers.csv", "recency;spend\n10;142.44\n6;29.99\n")))
    assert made.trial["customers"] == 0
    go_on(ACTOR, made, Intake.LOADING)
    made.refresh_from_db()
    assert made.state == Intake.LOADED, made.problem
