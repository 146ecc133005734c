"""A newer lasting key follows in the log: its last entry under the old one names the next.

That entry is chained with the old key, the end of the log is signed with the new one, and so is all
that comes after. Whoever has the old key alone can neither write on nor change what was before.
"""

from __future__ import annotations

import json

from klantbeeld.core import lasting, ledger
from klantbeeld.core.actor import system_actor
from klantbeeld.core.ledger import Book, Look

ACTION = "next_key"


def follow_newest(held: Book, public_key: str) -> bool:
    """Have the log go on under the newest key; whether there was a newer one.

    public_key: of the newest key, which the old one thus vouches for.
    """
    newest = lasting.marks()[0]
    head = held.head()
    if not head.mac or head.key_mark() == newest:
        return False
    with held.writing() as head:
        mark = head.key_mark()
        told = {"key": newest, "before": mark, "public_key": public_key}
        look = Look(system_actor("job"), "change", ACTION, of="house", details=told)
        ledger.write(held, [look], head, mark, newest)
        _mark_anew(held, mark, newest)
    return True


def named(details: str, mark: str) -> str:
    """The key that an entry names as the next, where it is one that came after; else the same."""
    told, held = json.loads(details).get("key"), lasting.marks()
    is_newer = told in held and (mark not in held or held.index(told) < held.index(mark))
    return told if is_newer else mark


def _mark_anew(held: Book, mark: str, newest: str) -> None:
    """Who was taken out of the log was so by this house: said with the newest key as well."""
    rows = held.ask('SELECT "seq", "place", "leaf", "salt" FROM {p}subject WHERE "whom" IS NULL')
    held.many(
        'UPDATE {p}subject SET "salt" = %s WHERE "seq" = %s AND "place" = %s',
        [
            (ledger.forgotten(seq, place, leaf, newest), seq, place)
            for seq, place, leaf, salt in rows
            if bytes(salt or b"") == ledger.forgotten(seq, place, leaf, mark)
        ],
    )
