"""What the search finds of somebody who went and is not theirs: words of others, log-ins of staff.

A remark about a neighbour may name them, and stays the neighbour's. What was theirs themselves and
is still there is no mention, whatever table it stands in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.actor import system_actor
from klantbeeld.core.erasing import Work
from klantbeeld.identity import reads as partition
from klantbeeld.pipeline.wanted import Hit, spellings

# Tables in which words of others stand, with the column that says whose: "" for the house's own.
MENTIONED: Mapping[str, str] = {
    "timeline_interaction": "record_id", "timeline_document": "record_id",
    "timeline_earlier": "record", "core_record": "id", "core_recordversion": "record_id",
    "profiles_profile": "customer_id", "identity_judgement": "",
    "accounts_breakglass": "record_id", "privacy_consententry": "record_id",
    "privacy_contactnote": "record_id", "privacy_correction": "record_id",
    "privacy_decision": "record_id", "privacy_informed": "record",
    "privacy_legalhold": "record", "privacy_rightsrequest": "record",
    "profiles_savedview": "", "profiles_tagged": "customer",
}  # fmt: skip
OF_CUSTOMERS = frozenset({"profiles_profile", "profiles_tagged"})
# Of a part the records stay, and what they say besides is theirs to keep; but not in these.
AS_THEY_ARE_NOW = frozenset({"core_record", "profiles_profile"})
# Employees: one who buys here too keeps his account.
OF_STAFF = ("accounts_user", "accounts_invitation", "account_email", "axes_")
# Values of changes: what somebody typed stands in its own table too.
COPIED = frozenset({"core_auditvalue"})
# The contents of documents of others, and the copy of their words.
FILES, COPY = "files/", "copy/"
MACHINE = system_actor("job")


def of_staff(table: str) -> bool:
    """Whether a table is about employees and not about customers."""
    return table.startswith(OF_STAFF)


def in_words_of_others(found: Mapping[str, set[Hit]], work: Work) -> dict[str, set[Hit]]:
    """Of table to hits: the tables in which only words of others hold them."""
    said = {table: hits for table, hits in found.items() if _is_mention(table, hits, work)}
    named = _values(said.values())
    copied = {t: hits for t, hits in found.items() if t in COPIED and _values([hits]) <= named}
    return said | copied


def is_file_of_others(path: str, hits: set[Hit], said: Mapping[str, set[Hit]]) -> bool:
    """Whether a file holds words of others, once these were found to name them."""
    if path.startswith(COPY):
        return bool(said) and _values([hits]) <= _values(said.values())
    return bool(said) and path.startswith(FILES)


def _values(found: Iterable[set[Hit]]) -> set[str]:
    return {value for hits in found for value, _ in hits}


def _is_mention(table: str, hits: set[Hit], work: Work) -> bool:
    column = MENTIONED.get(table)
    if column is None:
        return False
    if not column:
        return True
    owners = _owners(table, column, hits)
    return bool(owners) and not owners & _theirs(table, work)


def _theirs(table: str, work: Work) -> set[int]:
    """The keys by which rows of a table are theirs; 0 is what is kept without saying whose."""
    records = [*work.records, *(work.others if table in AS_THEY_ARE_NOW else ())]
    if table not in OF_CUSTOMERS:
        return {0, *records}
    return {0, *work.customers, *partition.customers_of(MACHINE, records).values()}


def _owners(table: str, column: str, hits: Collection[Hit]) -> set[int]:
    """Whose rows hold one of these values."""
    with connection.cursor() as cursor:
        told = connection.introspection.get_table_description(cursor, table)
    text = " || ' ' || ".join(f"coalesce(CAST(\"{c.name}\" AS text), '')" for c in told)
    spelled = sorted({spellings(v)[kind].decode("utf-8", "replace") for v, kind in hits})
    like = " OR ".join([f"strpos({text}, %s) > 0" if _is_postgresql() else f"instr({text}, %s)"]
                       * len(spelled))  # fmt: skip
    rows = bulk.rows_of(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE {like}', spelled)
    return {int(row[0]) for row in rows}


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
