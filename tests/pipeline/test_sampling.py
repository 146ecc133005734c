"""The sample company in the house itself: only in an empty one, and out without a trace."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core import clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Customer, CustomField, Delivery, Record, Source
from klantbeeld.pipeline import actions, reads, sample_state, sampling
from klantbeeld.pipeline.errors import HouseNotEmpty
from klantbeeld.timeline.models import Interaction
from tests.journeys import company

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "Klantnummer;Naam;E-mail\nK-1001;Iemand Anders;iemand@example.com\n"


@pytest.fixture(autouse=True)
def made(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """A home of its own, and a handful of people in the place of seven thousand.

    Gives the last days up to which a sample was made.
    """
    made: list[date] = []
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()

    def generate(folder: Path, size: str, today: date, progress: Any) -> None:
        made.append(today)
        progress("model", 0.5)
        company.write(folder / "data")

    monkeypatch.setattr(sampling, "generate", generate)
    return made


@pytest.fixture
def admin() -> Actor:
    return system_actor()


def load(admin: Actor) -> None:
    """Ask for the sample and work it off."""
    actions.load_sample(admin)
    assert reads.sample(admin).state == sample_state.LOADING
    sampling.load()


def test_in_and_out_leaves_nothing(admin: Actor) -> None:
    assert reads.house_is_empty(admin)
    load(admin)
    standing = reads.sample(admin)
    assert (standing.state, standing.percent) == (sample_state.LOADED, 100)
    assert Interaction.objects.exists()
    assert {s.name[-12:] for s in Source.objects.all()} == {" (voorbeeld)"}
    assert set(Delivery.objects.values_list("actor", flat=True)) == {sample_state.BY}
    actions.leave_sample(admin)
    sampling.leave()
    assert not reads.sample(admin).is_here
    assert reads.house_is_empty(admin)
    for model in (Record, Customer, Delivery, Source, CustomField, Interaction):
        assert not model._default_manager.exists(), model.__name__


def test_the_history_ends_yesterday_also_when_loading_goes_on(
    admin: Actor, made: list[date]
) -> None:
    yesterday = clock.day_to_date(clock.today()) - timedelta(days=1)
    load(admin)
    Delivery.objects.update(started_at=clock.now_us() - 3 * clock.DAY)
    sampling.load()
    assert made == [yesterday, yesterday - timedelta(days=3)]


def test_what_is_ones_own_stays(admin: Actor, tmp_path: Path) -> None:
    load(admin)
    path = tmp_path / "crm.csv"
    path.write_text(OWN, encoding="utf-8")
    actions.import_paths(admin, [path])
    actions.leave_sample(admin)
    sampling.leave()
    (record,) = Record.objects.all()
    assert record.data["email"] == "iemand@example.com"
    assert list(Source.objects.values_list("key", flat=True)) == ["crm"]
    assert not reads.house_is_empty(admin)
    assert reads.holdings(admin).customers == 1


def test_examples_never_lie_among_real_people(admin: Actor, tmp_path: Path) -> None:
    path = tmp_path / "crm.csv"
    path.write_text(OWN, encoding="utf-8")
    actions.import_paths(admin, [path])
    with pytest.raises(HouseNotEmpty):
        actions.load_sample(admin)
    assert not reads.sample(admin).is_here


def test_what_goes_wrong_is_told_and_can_be_left(
    admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    actions.load_sample(admin)
    monkeypatch.setattr(sampling, "import_paths", broken)
    with pytest.raises(RuntimeError):
        sampling.load()
    assert reads.sample(admin).state == sample_state.FAILED
    actions.leave_sample(admin)
    sampling.leave()
    assert not reads.sample(admin).is_here


def test_progress_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "PAUSE_SECONDS", 0)
    sample_state.begin(sample_state.LOADING)
    progress = sampling.Progress(sampling.LOAD_STAGES, {})
    seen = []
    for stage, rows in [("reading", 100), ("klanten/rows", 60), ("klanten/rows", 90),
                        ("matching", 1), ("profiles", 40), ("copied", 0)]:  # fmt: skip
        progress(stage, rows)
        seen.append(sample_state.current().percent)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1] < 100


def test_holdings_count_what_there_is(admin: Actor) -> None:
    assert reads.holdings(admin).customers == 0
    load(admin)
    held = reads.holdings(admin)
    assert held.customers == reads.totals(admin).customers  # type: ignore[union-attr]
    assert held.of("order") == Interaction.objects.filter(kind="order").count()
    assert held.consents >= 4
    assert held.orders_to is not None
    assert held.orders_from is not None
    assert held.orders_from < held.orders_to


def test_chosen_goals_are_kept_in_order(admin: Actor) -> None:
    assert reads.chosen_goals(admin) == ()
    actions.choose_goals(admin, ["complaints", "revenue"])
    assert reads.chosen_goals(admin) == ("complaints", "revenue")
