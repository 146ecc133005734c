"""The rooms' ways of saying that something is not there, as the screens' one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from klantbeeld.core.public_ids import UnknownPublicId
from klantbeeld.identity.reads import UnknownCustomer, UnknownExperiment, UnknownJudgement
from klantbeeld.pipeline.reads import UnknownIntake
from klantbeeld.privacy.reads import UnknownRequest
from klantbeeld.profiles.reads import UnknownView
from klantbeeld.sources.errors import RowClosed
from klantbeeld.sources.reads import UnknownDelivery, UnknownRow
from klantbeeld.timeline.reads import UnknownInteraction
from klantbeeld.web.pages import NotFound

P = ParamSpec("P")
R = TypeVar("R")
UNKNOWN = (
    UnknownPublicId, UnknownCustomer, UnknownDelivery, UnknownRow, UnknownInteraction,
    UnknownJudgement, UnknownExperiment, UnknownView, UnknownIntake, UnknownRequest, RowClosed,
)  # fmt: skip


def found(page: Callable[P, R]) -> Callable[P, R]:
    """A page function that raises `NotFound` where a room knows no such thing."""

    @wraps(page)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return page(*args, **kwargs)
        except UNKNOWN as error:
            raise NotFound(str(error)) from error

    return asked
