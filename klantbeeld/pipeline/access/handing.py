"""The bundle of a customer handed out: looked at by whoever may, and noted as a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import IO

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import looks
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.access import bundle


@needs("customers.export")
@transaction.atomic
def make_bundle(
    actor: Actor, customer: int, language: str = "nl", given: Sequence[int] = (),
    received: date | None = None,
) -> dict[str, bytes]:  # fmt: skip
    """Everything held about a customer and nothing of anybody else, as files by path.

    `given` are documents (ids) that somebody looked through. Raises `UnknownCustomer`.
    """
    looks.at(actor, "export", [customer])
    return bundle.made(actor, customer, language, given, received)[1]


@needs("customers.export")
@transaction.atomic
def pack_bundle(
    actor: Actor, customer: int, language: str, given: Sequence[int], received: date | None
) -> IO[bytes]:
    """The bundle of `make_bundle` as one zip, to be read from its beginning and closed."""
    looks.at(actor, "export", [customer])
    return bundle.packed(actor, customer, language, given, received)
