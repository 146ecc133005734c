"""The sample company on screen: whether it is here, how far it is, in and out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.pipeline.errors import HouseNotEmpty
from klantbeeld.web.pages import Refused
from klantbeeld.web.shapes import SampleView

STAGES: Mapping[str, str | Promise] = {
    "waiting": gettext_lazy("Waiting for its turn"),
    "making": gettext_lazy("Inventing people and purchases"),
    "reading": gettext_lazy("Reading the files"),
    "storing": gettext_lazy("Storing what happened"),
    "matching": gettext_lazy("Finding out who is who"),
    "profiles": gettext_lazy("Making the customer cards"),
    "undoing": gettext_lazy("Taking the examples out"),
}
# Nothing told for so long: then the worker is probably not running.
SILENT_US = 40_000_000


def sample(actor: Actor) -> SampleView | None:
    """See `pages.Pages`."""
    held = counted.sample(actor)
    if not held.is_here:
        return None
    is_silent = held.is_busy and held.stage == "waiting" and now_us() - held.changed_at > SILENT_US
    return SampleView(
        state=held.state,  # type: ignore[arg-type]
        stage=str(STAGES.get(held.stage, "")),
        percent=held.percent,
        note=_("This takes unusually long. Is the worker running? `klantbeeld serve` starts it.")
        if is_silent
        else "",
        may_leave=may(actor, "sources.undo") and not held.is_busy,
    )


def load_sample(actor: Actor) -> None:
    """See `pages.Pages`."""
    try:
        pipeline.load_sample(actor)
    except HouseNotEmpty as error:
        raise Refused(
            _("There are customers here already: the sample company only goes into an empty house.")
        ) from error


def leave_sample(actor: Actor) -> None:
    """See `pages.Pages`."""
    pipeline.leave_sample(actor)
