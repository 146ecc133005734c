"""Of a customer that is too large to be matched in a part no more is read than tells so."""

from __future__ import annotations

import pytest

from klantbeeld.core import bulk
from klantbeeld.identity import closing, core
from klantbeeld.identity.closing import COMPONENT, WHOLE, Closed
from klantbeeld.identity.models import Membership

pytestmark = pytest.mark.django_db
COLUMNS = "record_id", "customer_id", "household"


@pytest.mark.parametrize("reach", [COMPONENT, WHOLE])
def test_no_more_is_read_than_tells_that_it_is_too_many(reach: int) -> None:
    bulk.insert(Membership, COLUMNS, [(record, 1, 0) for record in range(1, 400)])
    found = Closed({}, reach=reach)
    assert not closing._follow({7}, found, core.Model.default(), 250)
    assert len(found.members) == 251


def test_a_household_is_followed_to_the_customers_in_it() -> None:
    """Also to records of them that are not of the household by themselves."""
    told = [(1, 1, 5), (2, 2, 5), (3, 2, 0), (4, 3, 0)]
    bulk.insert(Membership, COLUMNS, told)
    found = Closed({}, reach=WHOLE)
    every, near = closing._tied({1}, found, (0.0, 0.5), 250)
    assert (every, near) == ({1, 2}, set())
    rows: list[int] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(closing, "rows_of", lambda records: rows.extend(records) or [])
        assert closing._follow({1}, found, core.Model.default(), 250)
    assert sorted(rows) == [1, 2, 3]
