"""The worker: works tasks off, takes back what died, keeps no values of a failure."""

from __future__ import annotations

import pytest
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from klantbeeld.core.processes import _careful, take_back_orphans

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Fien Zandloper"
done: list[str] = []


@task()
def succeed(text: str) -> None:
    """A task that works."""
    done.append(text)


@task()
def fail() -> None:
    """A task that fails with somebody's name in its text."""
    raise ValueError(f"{NAME} has no postcode")


def _work_off() -> None:
    worker = _careful(Worker)(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, max_tasks=None,
        backend_name="default", startup_delay=False, worker_id="probe",
    )  # fmt: skip
    worker.run()


def test_tasks_are_worked_off() -> None:
    done.clear()
    succeed.enqueue("one")
    succeed.enqueue("two")
    _work_off()
    assert sorted(done) == ["one", "two"]
    assert DBTaskResult.objects.successful().count() == 2


def test_of_a_failure_only_kind_and_place_are_kept() -> None:
    fail.enqueue()
    _work_off()
    (result,) = DBTaskResult.objects.failed()
    assert result.exception_class_path == "builtins.ValueError"
    assert "test_processes.py" in result.traceback
    assert NAME not in result.traceback
    assert "postcode" not in result.traceback


def test_a_task_that_died_with_its_worker_is_done_by_the_next() -> None:
    done.clear()
    succeed.enqueue("late")
    DBTaskResult.objects.update(status="RUNNING")
    _work_off()
    assert done == []
    assert take_back_orphans() == 1
    _work_off()
    assert done == ["late"]
