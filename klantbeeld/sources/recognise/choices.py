"""Which of its possible roles a column has in a table of this kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from klantbeeld.sources.mappings import ROLE_GROUPS
from klantbeeld.sources.recognise.columns import NO_HEADING, Candidate
from klantbeeld.sources.recognise.kinds import Verdict
from klantbeeld.sources.recognise.meanings import DATES, GENERAL, HERE
from klantbeeld.sources.recognise.profile import Profile
from klantbeeld.sources.recognise.rules import fit
from klantbeeld.sources.recognise.signs import ALLOWED


def meant(
    found: Mapping[str, list[Candidate]], verdict: Verdict, looks: Mapping[str, Profile]
) -> list[Candidate]:
    """The candidates in roles that a table of this kind may have.

    Where the kind itself is doubtful, what depends on it is no surer.
    """
    doubt = 1.0 if verdict.confidence >= 0.85 else 0.9
    has = {ranked[0].role for ranked in found.values() if ranked}
    told = {c.role for ranked in found.values() for c in ranked[:1] if c.is_told}
    meaning: list[Candidate] = []
    for column, ranked in found.items():
        if verdict.holds == "customers" and _is_house_number(column, found, looks):
            ranked = [replace(c, role="house_number") for c in ranked if c.role == "@number"]
        for candidate in ranked:
            for role, share in _roles(candidate, verdict.holds, has, looks[column]):
                if role not in ALLOWED[verdict.holds]:
                    continue
                if candidate.is_told or _may_be_untold(role, verdict.holds, looks[column], told):
                    share *= doubt if role not in _PEOPLE else 1.0
                    confidence = round(candidate.confidence * share, 2)
                    meaning.append(replace(candidate, role=role, confidence=confidence))
    return meaning


def _is_house_number(
    column: str, found: Mapping[str, list[Candidate]], looks: Mapping[str, Profile]
) -> bool:
    """A column 'Nr' right after the street."""
    columns = list(found)
    before = columns[columns.index(column) - 1] if columns[0] != column else ""
    roles = {candidate.role for candidate in found.get(before, [])}
    is_number = any(candidate.role == "@number" for candidate in found[column])
    is_low = max(looks[column].numbers, default=0) < 10_000
    return is_number and is_low and bool(roles & {"street", "address"})


def _roles(
    candidate: Candidate, holds: str, has: set[str], look: Profile
) -> Iterator[tuple[str, float]]:
    """(role, share of the confidence) that a candidate stands for in a table of this kind."""
    role = candidate.role
    if role in _BY_CONTENT:
        is_clear = candidate.confidence >= 0.8 or look.is_empty
        for meant_role, share in _by_content(role, holds, look, is_clear):
            yield from _here(meant_role, share, holds, has)
    elif role[0] == "@":
        named = GENERAL[role].get(holds)
        if named is not None:
            share = 1.0 if role == "@text" else 0.9 if named in _surely(holds) else 0.85
            yield named, share
    elif holds == "customers" and role in ("category", "case_kind", "subscription_name"):
        yield from _fitting(("relation_type",), look, None)
    else:
        yield from _here(role, 1.0, holds, has)


def _here(role: str, share: float, holds: str, has: set[str]) -> Iterator[tuple[str, float]]:
    """A role, and before it what people call so in a table of this kind."""
    meant = HERE.get(holds, {}).get(role, "").split()
    # Where lines have a price and a number the order's own amount stands beside them.
    is_of_order = role == "order_amount" and holds == "lines" and {"quantity", "unit_price"} <= has
    if not meant or is_of_order:
        yield role, share
        return
    here = next((other for other in meant if other not in has), meant[0])
    if here not in has and here != "-":
        yield here, 0.93 * share
    yield role, (0.9 if here not in has else 1.0) * share


def _surely(holds: str) -> tuple[str, ...]:
    return (DATES.get(holds, ""), GENERAL["@amount"].get(holds, ""))


def _by_content(
    role: str, holds: str, look: Profile, is_clear: bool
) -> Iterator[tuple[str, float]]:
    """Headings such as 'klant', 'artikel' and 'naam' are numbers here and names there."""
    if role == "@customer":
        choices = ("email", "relation_type", "organisation_name", "full_name")
        yield from _fitting(choices, look, ("customer_number", 0.92))
    elif role == "@product":
        is_code = fit("product_code", look).score >= 0.9 and look.words < 1.3
        yield ("product_code" if is_code else "product_name"), 0.97
    elif role == "@name":
        yield from _named(holds, look, is_clear)
    elif role == "@status" and holds == "customers":
        yield from _fitting(("relation_type",), look, None)
    elif role == "@title" and holds in ("customers", "orders"):
        yield from _fitting(("salutation", "title"), look, ("job_title", 0.85))
    elif role == "@kind" and holds == "customers":
        yield from _fitting(("relation_type",), look, None)
    elif role == "@month":
        if holds == "costs" and fit("cost_at", look).score > 0:
            yield "cost_at", 0.95
        elif holds == "subscriptions" and fit("period", look).score > 0:
            yield "period", 0.9
    elif (named := GENERAL[role].get(holds)) is not None:
        yield named, 0.9


def _named(holds: str, look: Profile, is_clear: bool) -> Iterator[tuple[str, float]]:
    if holds in ("orders", "lines") and look.share("code") > 0.8:
        yield "order_number", 0.9
    elif holds == "lines":
        yield "product_name", 0.9
    elif holds == "costs":
        yield "campaign", 0.95
    elif holds == "documents" and look.share("file") > 0.5:
        yield "file_name", 0.95
    elif holds == "subscriptions" and fit("full_name", look).score < 1:
        yield "subscription_name", 0.85
    else:
        yield from _named_person(look, is_clear)


def _named_person(look: Profile, is_clear: bool) -> Iterator[tuple[str, float]]:
    """'Naam' holds whole names, surnames or organisations; a mixture is told with less surety."""
    people, organisations = look.share("full_name"), look.share("organisation")
    if organisations >= 0.3 and organisations > people:
        yield "organisation_name", 0.95 if people < 0.15 else 0.82
    elif people >= 0.35:
        yield "full_name", 0.97 if organisations < 0.15 else 0.82
    elif is_clear and look.words < 2.4 and fit("surname", look).score == 1:
        yield "surname", 0.88
    elif is_clear:
        yield "full_name", 0.85


def _fitting(
    roles: tuple[str, ...], look: Profile, otherwise: tuple[str, float] | None
) -> Iterator[tuple[str, float]]:
    for role in roles:
        if fit(role, look).score >= 1:
            yield role, 0.95
            return
    if otherwise is not None and fit(otherwise[0], look).score >= 0:
        yield otherwise


def _may_be_untold(role: str, holds: str, look: Profile, told: set[str]) -> bool:
    """Names that no heading announces may be a seller's, in a table of sales for one."""
    if role not in _PERSONAL or NO_HEADING.fullmatch(look.name.strip()):
        return True
    return holds == "customers" and not (role in _NAMES and told & _NAMES)


_BY_CONTENT = frozenset(("@customer", "@product", "@name", "@status", "@title", "@kind", "@month"))
# Roles that mean the same whatever the table holds.
_PEOPLE = frozenset(
    role
    for group in ("identifiers", "names", "address", "descriptive", "qualitative", "consent")
    for role in ROLE_GROUPS[group].split()
)
_PERSONAL = frozenset(
    [
        "full_name",
        "first_name",
        "surname",
        "surname_prefix",
        "organisation_name",
        "gender",
        "birth_date",
        "salutation",
        "country",
        "language",
        "address",
        "street",
        "city",
        "website",
    ]
)
_NAMES = frozenset(["full_name", "first_name", "surname", "organisation_name", "@name"])
