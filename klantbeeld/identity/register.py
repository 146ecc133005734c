"""What the personal columns of the room of identity are."""

from __future__ import annotations

from klantbeeld.core.fields import column, of_employee

_JOINING = {"purposes": ("administration",), "basis": "legitimate_interest"}

FIELDS = (
    column("identity_compared.said", "Wat vergeleken wordt om dubbelen te vinden",
           "What is compared to find doubles", "user.unique_id", nature="identity",
           is_derived=True, **_JOINING),
    column("identity_judgement.note", "Toelichting bij een oordeel over dubbelen",
           "Remark on a judgement about doubles", "user.content", nature="qualitative",
           **_JOINING),
    of_employee("identity_judgement.actor", "Wie over dubbelen oordeelde",
                "Who judged about doubles"),
    of_employee("identity_experiment.actor", "Wie regels uitprobeerde", "Who tried rules"),
    of_employee("identity_experiment.note", "Toelichting van wie regels uitprobeerde",
                "Remark of who tried rules", "user.content"),
)  # fmt: skip
