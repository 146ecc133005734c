"""What all customers come to, and what undoing or erasing would take away, over all rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection

from klantbeeld.accounts.reads import needs
from klantbeeld.core import choices, clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import RecordVersion
from klantbeeld.core.public_ids import to_public
from klantbeeld.engine import RebuildNeeded, collect, read
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import checkup as checking
from klantbeeld.pipeline import copying, looking, outcome, sample_state
from klantbeeld.pipeline import holdings as held_now
from klantbeeld.pipeline.access.preview import BundlePreview, previewed
from klantbeeld.pipeline.checked_rows import CheckedRow, rows_of
from klantbeeld.pipeline.checkup import Checkup, SourceCheck
from klantbeeld.pipeline.holdings import Holdings
from klantbeeld.pipeline.informing import DUE as DUE
from klantbeeld.pipeline.informing import LATE as LATE
from klantbeeld.pipeline.informing import NEED_NOT, informed_lines
from klantbeeld.pipeline.informing import urgency as inform_urgency
from klantbeeld.pipeline.limiting import (
    HOLD,
    SOON_DAYS,
    Limit,
    TermPlan,
    TermRun,
    is_held,
    limits,
    plan_terms,
    term_runs,
)
from klantbeeld.pipeline.looking import (
    CELLS,
    DoubleRole,
    ShownColumn,
    ShownTable,
    TriedRow,
    UnusableRow,
    WrongCell,
)
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.part_listing import PartValue, value_data, values_of
from klantbeeld.pipeline.rectifying import FIELDS as CORRECTABLE
from klantbeeld.pipeline.retention import chosen_terms as chosen_terms
from klantbeeld.pipeline.sample_state import SampleState
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import InformedLine
from klantbeeld.privacy.tables import Sighting
from klantbeeld.profiles import tables as profiles
from klantbeeld.timeline.models import Interaction

__all__ = [
    "CELLS", "CORRECTABLE", "HOLD", "NEED_NOT", "SOON_DAYS", "BundlePreview", "CheckedRow",
    "Checkup", "DoubleRole", "ErasurePreview", "Holdings", "InformedLine", "Limit", "PartValue",
    "SampleState", "ShownColumn", "ShownTable", "Sighting", "SourceCheck", "TermPlan", "TermRun",
    "Totals", "TriedRow", "UndoCounts", "UnknownIntake", "UnusableRow", "WrongCell",
    "inform_urgency", "informed_lines", "is_held", "limits", "plan_terms", "term_runs",
    "value_data", "values_of",
]  # fmt: skip

# Up to so many records are counted while somebody waits for the page.
COUNTED_AT_ONCE = 150_000


@dataclass(frozen=True, slots=True)
class UndoCounts:
    """What a delivery brought: new records, changes to known ones, interactions.

    `customers` are those whose records or history change when it is taken back.
    """

    records: int
    versions: int
    interactions: int
    customers: int


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What erasing a customer takes away, by table; the legal holds; who could agree.

    `asked` is the erasure that was asked for already, 0 for none.
    """

    counts: Mapping[str, int]
    holds: tuple[str, ...]
    approvers: tuple[str, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class RestrictedCustomer:
    """Somebody who is restricted, or objected to a purpose ("" for all of them)."""

    public_id: str
    kind: str
    purpose: str
    reason: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What all customers come to, `as_of` a moment; see `profiles.tables.totals`."""

    customers: int
    organisations: int
    bought_lately: int
    may_be_mailed: int
    complaining: int
    open_complaints: int
    interactions: int
    revenue_minor: int
    revenue_12m_minor: int
    as_of: datetime


GOALS = "goals"

# The last totals, with what they were made of: the copy's state and the day.
_known: dict[tuple[object, ...], Totals] = {}


@needs("customers.read")
def totals(actor: Actor) -> Totals | None:
    """What all customers come to, as of the last refresh of the copy; None without a copy.

    Read from the copy, and only again when that was refreshed: the database counts nothing for it.
    """
    store, today = copying.store(), clock.today()
    try:
        state = (settings.HOME, store.watermark("profile"), today)
        if state not in _known:
            with read(store, "profile") as held:
                (row,) = collect(profiles.totals(held.frame, today)).to_dicts()
                found = Totals(**{k: v or 0 for k, v in row.items()}, as_of=held.as_of)
            _known.clear()
            _known[state] = found
            return found
        return _known.get(state)
    except RebuildNeeded:
        return None


@needs("customers.export")
def bundle_preview(actor: Actor, customer: int, given: Sequence[int] = ()) -> BundlePreview:
    """What the bundle of this customer would hold. Raises `UnknownCustomer`."""
    return previewed(actor, customer, given)


@needs("sources.undo")
def undo_counts(actor: Actor, delivery: int) -> UndoCounts:
    """What undoing this delivery takes back."""
    versions = RecordVersion.objects.filter(delivery=delivery)
    first = versions.filter(seq=1).count()
    return UndoCounts(
        first,
        versions.count() - first,
        Interaction.objects.filter(delivery=delivery).count(),
        _customers_of(delivery),
    )


def _customers_of(delivery: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT customer_id) FROM identity_membership WHERE record_id IN ("
            "SELECT record_id FROM core_recordversion WHERE delivery_id = %s"
            " UNION SELECT record_id FROM timeline_interaction WHERE delivery_id = %s)",
            [delivery, delivery],
        )
        return int(cursor.fetchone()[0])


@needs("customers.erase")
def erasure_preview(actor: Actor, customer: int) -> ErasurePreview:
    """What erasing this customer takes away: rehearsed, and rolled back."""
    # Also of one who is restricted: that is erased as well.
    records = identity.records_of(system_actor("job"), customer)
    return ErasurePreview(*privacy.erasure_rehearsed(actor, customer, records))


@needs("restrictions.manage")
def restricted_customers(actor: Actor) -> list[RestrictedCustomer]:
    """Who is restricted or objected, one row per customer, kind and purpose."""
    standing = privacy.standing_restrictions(actor)
    owners = identity.customers_of(system_actor("job"), [one.record for one in standing])
    found = {
        RestrictedCustomer(
            to_public("customer", owners[one.record]), one.kind, one.purpose, one.reason
        ): None
        for one in standing if one.record in owners
    }  # fmt: skip
    return list(found)


@needs("customers.read", "nothing")
def sample(actor: Actor) -> SampleState:
    """Whether the sample company is in the house, and how far its loading or leaving is."""
    return sample_state.current()


@needs("customers.read", "nothing")
def sample_last_day(actor: Actor) -> date:
    """The last day of the history of a sample company that is made now."""
    return sample_state.last_day()


@needs("customers.read", "nothing")
def house_is_empty(actor: Actor) -> bool:
    """Whether nothing was ever loaded that still counts."""
    return sample_state.house_is_empty()


@needs("customers.read", "nothing")
def holdings(actor: Actor) -> Holdings:
    """What kinds of data there are and how much of each, as of the last refresh of the copy."""
    return held_now.holdings()


@needs("customers.read", "nothing")
def chosen_goals(actor: Actor) -> tuple[str, ...]:
    """Keys of what the company wants to know first, in the order of choosing."""
    return tuple(choices.chosen(GOALS, ()))


@needs("customers.read")
def checkup(actor: Actor) -> Checkup:
    """How good the data are, as of the last write where that is quick to count.

    With very many records the last counts are given, and the worker is asked to count anew.
    """
    found, is_current = checking.kept()
    if found is not None and is_current:
        return found
    if found is None or sum(s.records for s in found.sources) <= COUNTED_AT_ONCE:
        return checking.count(actor)
    checking.count_later.enqueue()
    return found


@needs("customers.read")
def doubtful(actor: Actor) -> int:
    """How many pairs of customers may be one."""
    return identity.doubtful(actor)[0]


@needs("customers.read")
def checked_rows(actor: Actor, what: str, source: int, limit: int = 200) -> list[CheckedRow]:
    """The first rows behind a figure of the check-up; `source` 0 for all of them.

    `what` is doubles, doubtful, old, unreachable, or wrong-, empty- or missing- with what is
    checked (see `checkup.FIELDS`). Anything else gives no rows.
    """
    return rows_of(actor, what, source, limit)


class UnknownIntake(LookupError):
    """There is no such intake."""


@needs("sources.import")
def open_intakes(actor: Actor) -> list[Intake]:
    """Intakes that are not finished, the newest first."""
    return list(Intake.objects.filter(state__in=Intake.OPEN).order_by("-pk"))


@needs("sources.import")
def intake(actor: Actor, key: int) -> Intake:
    """One intake. Raises `UnknownIntake`."""
    found = Intake.objects.filter(pk=key).exclude(state=Intake.DROPPED).first()
    if found is None:
        raise UnknownIntake("There is no such intake.")
    return found


@needs("sources.import")
def intake_tables(actor: Actor, intake: Intake) -> list[ShownTable]:
    """The tables of an intake with their columns."""
    return looking.tables(intake)


@needs("sources.import")
def wrong_cells(actor: Actor, intake: Intake) -> list[WrongCell]:
    """The first cells of an intake that cannot be used as they stand."""
    return looking.wrong_cells(intake)


@needs("sources.import")
def tried_rows(
    actor: Actor, intake: Intake, verdict: str = "", after: int = 0
) -> tuple[list[TriedRow], int]:
    """A page of the rows of a trial run with whom they would join; and how many there are."""
    return looking.tried_rows(intake, verdict, after)


@needs("sources.import")
def verdicts(actor: Actor, intake: Intake) -> dict[str, int]:
    """How many rows of a trial run got each verdict."""
    return looking.verdicts(intake)


@needs("sources.import")
def unusable_rows(actor: Actor, intake: Intake) -> list[UnusableRow]:
    """The first rows that a trial run could not use, with the reasons."""
    return looking.unusable_rows(intake)


@needs("customers.list")
def customers_brought(actor: Actor, deliveries: Sequence[int]) -> list[int]:
    """The customers that these deliveries told of, ascending."""
    return outcome.customers_of(deliveries)
