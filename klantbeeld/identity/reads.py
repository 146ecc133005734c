"""Which records are one customer, and why."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from klantbeeld.accounts.reads import needs, reached
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Customer
from klantbeeld.identity import trying, withheld
from klantbeeld.identity.candidates import Candidate, candidates
from klantbeeld.identity.deciding import (
    Deciding,
    UnknownExperiment,
    deciding,
    experiment,
    experiments,
    match_report,
)
from klantbeeld.identity.explaining import (
    Agreement,
    Apart,
    Explanation,
    MemberRecord,
    Tie,
    told_by,
    why,
)
from klantbeeld.identity.figures import LARGEST as LARGEST_SIZE
from klantbeeld.identity.figures import LOWEST as FIRST_BIN
from klantbeeld.identity.figures import STEP as BIN_BITS
from klantbeeld.identity.judged import (
    Act,
    UnknownJudgement,
    acts_about,
    judgement_of,
    records_judged,
    word_on,
)
from klantbeeld.identity.models import Doubt
from klantbeeld.identity.pairs import (
    PairExplanation,
    Step,
    closest,
    explain_pair,
    nearest_fellow,
)
from klantbeeld.identity.rehearsing import Rehearsal
from klantbeeld.identity.relating import Related, related_to
from klantbeeld.identity.reviewing import OpenDoubt, doubt_of, first_doubt, left_today, waiting
from klantbeeld.identity.trying import WouldMatch
from klantbeeld.identity.wording import (
    COMPARISON_WORDS,
    KEY_WORDS,
    LEVEL_WORDS,
    finding,
    level_names,
)

__all__ = [
    "BIN_BITS", "COMPARISON_WORDS", "FIRST_BIN", "KEY_WORDS", "LARGEST_SIZE", "LEVEL_WORDS",
    "Act", "Agreement", "Apart", "Candidate", "Deciding", "Explanation", "MemberRecord",
    "OpenDoubt", "PairExplanation", "Rehearsal", "Related", "Step", "Tie", "UnknownCustomer",
    "UnknownExperiment", "UnknownJudgement", "acts_about", "candidates", "closest",
    "customers_of", "deciding", "doubt_of", "experiment", "experiments", "explain_pair",
    "finding", "first_doubt", "household_of", "judgement_of", "left_today", "level_names",
    "match_report", "nearest_fellow", "records_judged", "records_of", "relations_of",
    "sharing", "survivor_of", "told_by",
    "waiting", "why", "withheld_customers", "word_on",
]  # fmt: skip


class UnknownCustomer(LookupError):
    """There is no customer with this key."""


@needs("customers.read", "itself")
def customers_of(actor: Actor, records: Sequence[int]) -> dict[int, int]:
    """Record to customer; records of nobody and of whom one does not reach are left out."""
    rows = bulk.rows_where(
        "SELECT record_id, customer_id FROM identity_membership WHERE", "record_id", records
    )
    allowed = reached(actor, {customer for _, customer in rows}) - withheld.hidden_from(actor)
    return {record: customer for record, customer in rows if customer in allowed}


@needs("customers.read")
def records_of(actor: Actor, customer: int) -> list[int]:
    """The records of a customer, ascending; none of one who is restricted or being erased."""
    if customer in withheld.hidden_from(actor):
        return []
    rows = bulk.rows_where(
        "SELECT record_id FROM identity_membership WHERE", "customer_id", [customer]
    )
    return sorted(row[0] for row in rows)


@needs("customers.read")
def sharing(actor: Actor, records: Sequence[int]) -> list[int]:
    """Records of other customers that have a match key in common with these, ascending."""
    mine = bulk.rows_where(
        "SELECT DISTINCT hash FROM identity_matchkey WHERE", "record_id", records
    )
    found = bulk.rows_where(
        "SELECT DISTINCT record_id FROM identity_matchkey WHERE", "hash", [row[0] for row in mine]
    )
    fellows = {
        row[0]
        for customer in set(customers_of(actor, records).values())
        for row in bulk.rows_where(
            "SELECT record_id FROM identity_membership WHERE", "customer_id", [customer]
        )
    }
    return sorted({row[0] for row in found} - set(records) - fellows)


@needs("customers.read", "nothing")
def withheld_customers(actor: Actor) -> set[int]:
    """The customers whom nobody reads: restricted, or being erased."""
    return withheld.hidden_owners()


@needs("customers.read", "itself")
def survivor_of(actor: Actor, customer: int) -> int:
    """The customer that goes on under this key: itself, or the one that absorbed it.

    Raises `UnknownCustomer`.
    """
    seen: set[int] = set()
    while customer not in seen:
        seen.add(customer)
        found = Customer.objects.filter(pk=customer).values_list("pk", "absorbed_by").first()
        if found is None:
            raise UnknownCustomer("There is no customer with this key.")
        if found[1] is None:
            break
        customer = found[1]
    return customer


@needs("customers.read")
def household_of(actor: Actor, customer: int) -> list[int]:
    """The other customers of the customer's household, ascending."""
    rows = bulk.rows_where(
        "SELECT DISTINCT o.customer_id FROM identity_membership m JOIN identity_membership o"
        " ON o.household = m.household WHERE m.household <> 0 AND",
        "m.customer_id", [customer],
    )  # fmt: skip
    near = reached(actor, (row[0] for row in rows if row[0] != customer))
    return withheld.without(actor, sorted(near))


@needs("customers.read")
def relations_of(actor: Actor, customer: int, people: Sequence[int] = ()) -> list[Related]:
    """The organisations that the customer hangs together with, or works for; closest first.

    `people` are customers that may work for it: those that do are among the answers.
    """
    found = related_to(customer, people)
    hidden = withheld.hidden_from(actor)
    allowed = reached(actor, (one.customer for one in found)) - hidden
    return [one for one in found if one.customer in allowed]


@needs("sources.import")
def would_match(actor: Actor, fresh: pl.DataFrame, known: int) -> WouldMatch:
    """Who records would be that are not stored yet (see `trying.would_match`); stores nothing."""
    return trying.would_match(fresh, known)


@needs("customers.read")
def doubts_of(actor: Actor, records: Sequence[int]) -> int:
    """How many pairs with one of these records stay apart in doubt."""
    return trying.doubts_of(list(records))


@needs("customers.read")
def doubtful(actor: Actor, limit: int = 0) -> tuple[int, list[tuple[int, int]]]:
    """How many pairs of customers may be one and are kept apart, and the first of them.

    Those are pairs of records that resemble each other enough for a person to look at them, not
    enough to be joined, and on which nobody gave a judgement yet. Those come first of which a
    judgement is expected to change most.
    """
    apart = Doubt.objects.exclude(reason=Doubt.BRIDGE)
    nearest = apart.order_by("doubt", "left").values_list("left", "right")[:limit]
    pairs = [(int(left), int(right)) for left, right in nearest]
    owners = customers_of(actor, [record for pair in pairs for record in pair])
    found = [(owners[a], owners[b]) for a, b in pairs if a in owners and b in owners]
    return apart.count(), [(min(pair), max(pair)) for pair in found]
