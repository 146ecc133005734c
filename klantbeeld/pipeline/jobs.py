"""Work in the background: what the worker of `klantbeeld serve` takes off the queue."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from klantbeeld.accounts import actions as accounts
from klantbeeld.core import choices
from klantbeeld.core.actor import system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery
from klantbeeld.pipeline import intake
from klantbeeld.pipeline.models import Intake
from klantbeeld.privacy.models import Erasure


@task()
def load_sample() -> None:
    """Make the sample company and load it."""
    # Asks the actions, which put this on the queue: known only when it runs.
    from klantbeeld.pipeline import sampling

    sampling.load()


@task()
def leave_sample() -> None:
    """Take the sample company back."""
    from klantbeeld.pipeline import sampling

    sampling.leave()


@task()
def read_intake(pk: int) -> None:
    """Read and recognise the files of an intake."""
    intake.run(pk, Intake.READING, intake.read)


@task()
def try_intake(pk: int) -> None:
    """The trial run of an intake."""
    intake.run(pk, Intake.TRYING, intake.attempt)


@task()
def load_intake(pk: int) -> None:
    """Load an intake."""
    intake.run(pk, Intake.LOADING, intake.load)


@task()
def undo_intake(pk: int) -> None:
    """Take back what an intake loaded."""
    from klantbeeld.pipeline.actions import undo_delivery

    intake.run(
        pk, Intake.UNDOING, lambda held: intake.take_back(held, lambda a, d: undo_delivery(a, d))
    )


@task()
def tag_customers(key: int, customers: list[int], tag: str, remove: bool) -> None:
    """Put a tag on very many customers, under the entry with this key."""
    from klantbeeld.pipeline import tagging

    tagging.tag_in_parts(key, customers, tag, remove=remove)


@task()
def tag_list(key: int, query: dict[str, Any], who: dict[str, Any], tag: str, remove: bool) -> None:
    """Put a tag on the list that somebody asked for, under the entry with this key."""
    from klantbeeld.pipeline import tagging

    tagging.tag_asked(key, query, who, tag, remove=remove)


@task()
def undo_entry(key: int) -> None:
    """Take back an entry about very many customers."""
    from klantbeeld.pipeline.actions import undo_delivery

    held = Delivery.objects.get(pk=key)
    if held.state != Delivery.UNDONE:
        undo_delivery(system_actor("job"), held)


@task()
def try_matching(pk: int) -> None:
    """Try a change of matching, and tell what it would change."""
    # Asks the actions, which put this on the queue: known only when it runs.
    from klantbeeld.pipeline import experimenting

    experimenting.run(pk)


@task()
def go_on_matching(pk: int) -> None:
    """Apply a change of matching, or undo it."""
    from klantbeeld.pipeline import experimenting

    experimenting.run(pk)


@task()
def erase(pk: int) -> None:
    """Walk what is left of an erasure that was agreed to."""
    # Asks the actions, which put this on the queue: known only when it runs.
    from klantbeeld.pipeline import erasing

    erasing.finish_erasure(system_actor("job"), Erasure.objects.get(pk=pk))


@task()
def keep_terms() -> None:
    """Erase what is past its term, where somebody chose one."""
    from klantbeeld.pipeline import retention

    retention.keep_terms(system_actor("job"))
    accounts.drop_over(system_actor("job"))


@task()
def end_restrictions() -> None:
    """Show again whose restriction was to end by now."""
    from klantbeeld.pipeline import restricting

    restricting.end_restrictions(system_actor("job"))


@task()
def send_mails() -> None:
    """Send the mails that wait."""
    from klantbeeld.pipeline import confirming

    confirming.send_waiting(system_actor("job"))


@task()
def pass_terms() -> None:
    """Bring up to date whose permission or request ended by itself since the last time."""
    from klantbeeld.pipeline import contacting

    until = now_us()
    since = int(choices.chosen(TERMS, 0))
    contacting.pass_terms(system_actor("job"), since, until)
    choices.choose(TERMS, until)


@task()
def judge_contact() -> None:
    """Judge anew whom one may approach: another day, or other answers of the company."""
    from klantbeeld.pipeline import contacting

    contacting.judge_everybody(system_actor("job"))


TERMS = "consent-terms-passed"
# The job that goes on with an intake in each state in which something works on it.
JOBS = {
    Intake.READING: read_intake,
    Intake.TRYING: try_intake,
    Intake.LOADING: load_intake,
    Intake.UNDOING: undo_intake,
}
