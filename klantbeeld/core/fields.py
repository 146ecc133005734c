"""The field register: every personal field, what it is, why it is there and how long it stays.

One register for built-in fields (declared by the rooms, from `apps.py`) and for fields that the
company adds (`CustomField`). The categories are those of fideslang, the open taxonomy of
personal data (https://ethyca.github.io/fideslang/).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

Nature = Literal["identity", "descriptive", "behavioural", "qualitative"]
FieldType = Literal["text", "date", "number", "money", "yes_no", "list", "choice"]
Basis = Literal[
    "contract", "consent", "legitimate_interest", "legal_obligation", "vital_interest",
    "public_task", "unknown",
]  # fmt: skip

# special and criminal: articles 9 and 10 GDPR; delicate: what does harm when it leaks, such as a
# bank account (article 32, and the guidance on breaches of the EDPB).
Sensitivity = Literal["ordinary", "delicate", "special", "criminal"]
# Whose data it is: of customers and prospects, or of the company's own people.
Subject = Literal["customer", "employee"]

YEAR = 365
# Article 52(4) AWR (general tax law): business records are kept for seven years.
FISCAL_DAYS = 7 * YEAR


@dataclass(frozen=True)
class Field:
    """One personal field. `retention_days` counts from the end of the relation."""

    key: str
    label_nl: str
    label_en: str
    type: FieldType = "text"
    nature: Nature = "descriptive"
    category: str = "user"
    purposes: tuple[str, ...] = ("service", "sales", "administration")
    basis: Basis = "contract"
    retention_days: int = 2 * YEAR
    is_derived: bool = False
    sensitivity: Sensitivity = "ordinary"
    subject: Subject = "customer"

    def label(self, language: str) -> str:
        """The field's name on a screen in this language (`nl` or `en`)."""
        return self.label_nl if language.startswith("nl") else self.label_en


def column(key: str, nl: str, en: str, category: str, **more: Any) -> Field:
    """A personal column of a table: `key` is `table.column`, `more` what differs from usual.

    What happened is behavioural unless said otherwise.
    """
    return Field(key, nl, en, category=category, **{"nature": "behavioural", **more})


def of_employee(key: str, nl: str, en: str, category: str = "user.name", **more: Any) -> Field:
    """A personal column about an employee, kept to answer for who did what."""
    usual: dict[str, Any] = {
        "nature": "identity", "subject": "employee", "purposes": ("administration", "privacy"),
        "basis": "legitimate_interest", "retention_days": 2 * YEAR,
    }  # fmt: skip
    return Field(key, nl, en, category=category, **{**usual, **more})


class DuplicateField(ValueError):
    """Two rooms declare the same field."""


_BUILT_IN: dict[str, Field] = {}
_COLUMNS: dict[str, Field] = {}


def register(fields: Iterable[Field]) -> None:
    """Add built-in fields; called by a room's `apps.py` at start."""
    for field in fields:
        known = _BUILT_IN.get(field.key)
        if known is not None and known != field:
            raise DuplicateField(field.key)
        _BUILT_IN[field.key] = field


def register_columns(fields: Iterable[Field]) -> None:
    """Say what a personal column of a table is: a field whose key is `table.column`."""
    for field in fields:
        known = _COLUMNS.get(field.key)
        if known is not None and known != field:
            raise DuplicateField(field.key)
        _COLUMNS[field.key] = field


def columns() -> dict[str, Field]:
    """What every personal column of a table is, by `table.column`."""
    return dict(_COLUMNS)


def built_in() -> dict[str, Field]:
    """All declared fields by key."""
    return dict(_BUILT_IN)


def everything() -> dict[str, Field]:
    """Built-in and custom fields by key, custom ones read from the database."""
    from klantbeeld.core.models import CustomField  # the registry fills before models exist

    custom = {
        c.key: Field(
            key=c.key, label_nl=c.label_nl, label_en=c.label_en,
            type=cast(FieldType, c.type), nature=cast(Nature, c.nature),
            category=c.category, purposes=tuple(c.purposes), basis=cast(Basis, c.basis),
            retention_days=c.retention_days, is_derived=c.is_derived,
            sensitivity=cast(Sensitivity, c.sensitivity),
        )
        for c in CustomField.objects.all()
    }  # fmt: skip
    return {**custom, **_BUILT_IN}
