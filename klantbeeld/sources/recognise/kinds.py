"""What a table holds: by the roles of its columns, its name, and which numbers repeat."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from klantbeeld.sources.mappings import DATE_ROLES, plain_name
from klantbeeld.sources.recognise.columns import Candidate
from klantbeeld.sources.recognise.headings import joined, words_of
from klantbeeld.sources.recognise.profile import Profile
from klantbeeld.sources.recognise.signs import (
    CORE,
    DATED,
    MEASURES,
    NAMES,
    SIGNS,
    SOLD,
    SOMEBODY,
)


class Verdict(NamedTuple):
    """What the table holds, how surely, and why."""

    holds: str
    confidence: float
    reason: str


def kind_of(
    names: Sequence[str], found: Mapping[str, Sequence[Candidate]], looks: Mapping[str, Profile]
) -> Verdict:
    """The kind of a table called `names` (its own name, then its file's)."""
    roles = _surest(found)
    points = {kind: _points(kind, roles, looks) for kind in SIGNS}
    cores = {kind for kind in CORE if _has_core(kind, roles, looks)}
    if _measures(looks) >= 4:
        cores.discard("costs")
    if cores:
        points["customers"] *= 0.4
    for kind in points:
        if kind in CORE and kind not in cores:
            points[kind] *= 0.5
    said = said_by_name(names)
    if "orders" in said and _has_lines(roles, looks):
        # An export of orders with what was bought: a row is a line, whatever the file is called.
        said["lines"] = max(said.get("lines", 0.0), said.pop("orders"))
    for kind, weight in said.items():
        points[kind] += weight
    if _is_list_of_people(roles, looks):
        # Whatever its name promises: a newsletter's is that of the list of its readers too.
        points = {k: p * _is_usable(k, roles, said, cores) for k, p in points.items()}
    best, second = sorted(points, key=lambda kind: -points[kind])[:2]
    if points[best] < 2.5 or not _is_usable(best, roles, said, cores):
        if roles.keys() & {"@date", "event_at"} and roles.keys() & SOMEBODY:
            return Verdict("events", 0.55, "something of somebody at a moment")
        return Verdict("unknown", 0.6, "no columns that tell what a row is")
    margin = points[best] - points[second]
    confidence = min(0.55 + 0.05 * points[best] + 0.06 * margin, 0.98 if margin > 2 else 0.85)
    return Verdict(best, round(confidence, 2), _reason(best, roles, said))


def _surest(found: Mapping[str, Sequence[Candidate]]) -> dict[str, Candidate]:
    """Role to its surest column; each column counts for its surest role only."""
    roles: dict[str, Candidate] = {}
    for ranked in found.values():
        if ranked and (
            ranked[0].role not in roles or roles[ranked[0].role].confidence < ranked[0].confidence
        ):
            roles[ranked[0].role] = ranked[0]
    return roles


def _points(kind: str, roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> float:
    points = sum(
        weight * roles[role].confidence for role, weight in SIGNS[kind].items() if role in roles
    )
    number = roles.get("order_number") or roles.get("@order")
    if number is not None and kind in ("orders", "lines"):
        look = looks[number.column]
        repeats = look.filled > 5 and look.distinct_share < 0.9
        points += 1.5 if repeats == (kind == "lines") else -1.0
    if kind == "customers":
        points += _each_is_one(roles, looks) + min(_measures(looks), 3)
    if kind == "costs" and roles.keys() & {"customer_number", "email", "full_name"}:
        points -= 3
    return points


def _each_is_one(roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> float:
    """A point or two when a row is a customer: their numbers do not come back."""
    for role, weight in _ONE_EACH:
        look = looks[roles[role].column] if role in roles else None
        # A table of one row is as good a list of customers as a longer one.
        if look is not None and (look.is_unique or look.filled == 1):
            return weight
    return 0.0


_ONE_EACH = (
    ("customer_number", 2.0), ("@customer", 1.0), ("email", 1.0), ("mobile", 1.0), ("phone", 1.0)
)  # fmt: skip


def _is_list_of_people(roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> bool:
    return bool(roles.keys() & {"email", "phone", "mobile"}) and _each_is_one(roles, looks) > 0


def _measures(looks: Mapping[str, Profile]) -> float:
    return sum(1.0 for name in looks if joined(name) in MEASURES or MEASURES & set(words_of(name)))


def _has_core(kind: str, roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> bool:
    if kind == "orders" and _is_payment(roles):
        return True
    groups = [str(group).split("|") for group in CORE[kind] if group]
    if kind == "lines" and not roles.keys() & SOLD:
        return False
    if kind == "lines" and "quantity" in roles and roles.keys() & {"unit_price", "line_amount"}:
        return True
    return all(any(role in roles for role in group) for group in groups)


def _has_lines(roles: Mapping[str, Candidate], looks: Mapping[str, Profile]) -> bool:
    """What, how many and at which price, and no number that every row has to itself."""
    bought = {"product_name", "product_code", "@product"}
    if not (roles.keys() & bought and {"quantity", "unit_price"} <= roles.keys()):
        return False
    number = roles.get("order_number") or roles.get("@order")
    return number is None or not looks[number.column].is_unique


def _is_payment(roles: Mapping[str, Candidate]) -> bool:
    """When, how much, and how or of whom."""
    has = roles.keys()
    return bool(
        has & {"@amount", "order_amount"}
        and has & {"@date", "ordered_at", "created_at", "event_at"}
        and has & {"payment_method", "currency", "order_status", "shop"}
    )


def said_by_name(names: Sequence[str]) -> dict[str, float]:
    """Points by the words of the names; the table's own name says more than its file's."""
    said: dict[str, float] = {}
    for name, weight in zip(names, (4.0, 2.0), strict=False):
        plain = joined(plain_name(name))
        words = words_of(plain_name(name))
        for kind, pattern in NAMES.items():
            if re.fullmatch(pattern, plain) or any(re.fullmatch(pattern, word) for word in words):
                said[kind] = max(said.get(kind, 0.0), weight)
        for kind in _compound(words, said):
            said[kind] = max(said.get(kind, 0.0), weight)
    # 'klanten orders' are orders: whom they are of says less than what they are.
    if len(said) > 1 and "customers" in said:
        said["customers"] *= 0.25
    if "orders" in said and "lines" in said:
        said["orders"] *= 0.5
    return said


def _compound(words: Sequence[str], said: Mapping[str, float]) -> list[str]:
    """Kinds named by the end of a Dutch compound: 'webshoporders', 'servicemeldingen'."""
    found = []
    for word in words:
        for kind, pattern in NAMES.items():
            if kind not in said and len(word) > 8 and re.search(rf".{{3,}}(?:{pattern})$", word):
                found.append(kind)
                break
    return found


def _is_usable(
    kind: str, roles: Mapping[str, Candidate], said: Mapping[str, float], cores: set[str]
) -> bool:
    """Whether a table of this kind has a column that makes it worth reading."""
    if kind == "customers":
        return True
    if kind == "lines" and not roles.keys() & SOLD:
        return False
    if kind in DATED and kind not in cores and not any(r in DATE_ROLES | {"@date"} for r in roles):
        return False
    own = (set(SIGNS[kind]) | {"@date", "@text"}) & set(roles)
    return len(own) >= (1 if said.get(kind) else 2)


def _reason(kind: str, roles: Mapping[str, Candidate], said: Mapping[str, float]) -> str:
    telling = sorted(set(SIGNS[kind]) & set(roles), key=lambda role: (-SIGNS[kind][role], role))
    columns = ", ".join(f"'{roles[role].column}'" for role in telling[:3])
    parts = [f"it has {columns}"] if columns else []
    if said.get(kind):
        parts.append("its name says so")
    return " and ".join(parts)
