"""Work in the background: what the worker of `klantbeeld serve` takes off the queue."""

from __future__ import annotations

from django_tasks import task


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
