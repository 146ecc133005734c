"""Names and addresses put together from golden values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext

# What stands for a customer without any name, best first.
STAND_INS = (
    "email", "login", "social_handle", "customer_number", "loyalty_number", "mobile", "phone",
    "kvk", "device_id",
)  # fmt: skip


class SortParts(NamedTuple):
    """What the sort key is made of (see `quality.tables.sort_key`)."""

    prefix: str | None
    surname: str | None
    first_name: str | None


def person_name(data: Mapping[str, Any]) -> str:
    """'Marieke van der Velde', 'M. van der Velde', or the name as it was written whole."""
    surname = data.get("surname")
    if not surname:
        return str(data.get("full_name") or data.get("first_name") or "")
    first = data.get("first_name") or data.get("initials")
    return " ".join(str(p) for p in (first, data.get("surname_prefix"), surname) if p)


def display_name(kind: str, data: Mapping[str, Any]) -> str:
    """What the customer is called on screens; an identifier when there is no name, never ''.

    Only a customer about whom nothing at all is known has the empty name.
    """
    person = person_name(data)
    organisation = str(data.get("organisation_name") or "")
    named = organisation or person if kind == "organisation" else person or organisation
    if not named:
        named = str(data.get("contact_name") or "")
    return named or next((str(data[f]) for f in STAND_INS if data.get(f)), "")


def sort_parts(kind: str, name: str, data: Mapping[str, Any]) -> SortParts:
    """Surname first for people; the whole name for organisations and names written whole."""
    if kind == "organisation" or not data.get("surname"):
        return SortParts(None, name or None, None)
    first = data.get("first_name") or data.get("initials")
    return SortParts(data.get("surname_prefix"), data["surname"], first)


def salutation(data: Mapping[str, Any]) -> str:
    """'mevrouw Van der Velde': how to address somebody; '' without a surname."""
    surname = data.get("surname")
    if not surname:
        return ""
    prefix = str(data.get("surname_prefix") or "")
    family = f"{prefix[:1].upper()}{prefix[1:]} {surname}" if prefix else str(surname)
    gender = data.get("gender") or _gender_said(str(data.get("salutation") or ""))
    if gender == "female":
        return gettext("Ms %(name)s") % {"name": family}
    if gender == "male":
        return gettext("Mr %(name)s") % {"name": family}
    return str(data.get("first_name") or family)


def _gender_said(written: str) -> str:
    return {"Dhr.": "male", "Mevr.": "female", "Mr": "male", "Mrs": "female", "Ms": "female"}.get(
        written, ""
    )


def address_line(data: Mapping[str, Any]) -> str:
    """'Dorpsstraat 12-B, 3512 AB Utrecht'; '' when nothing of an address is known."""
    number = str(data.get("house_number") or "")
    suffix = str(data.get("house_suffix") or "")
    if number and suffix:
        number = f"{number}-{suffix}"
    street = " ".join(p for p in (str(data.get("street") or ""), number) if p)
    town = " ".join(str(data[f]) for f in ("postcode", "city") if data.get(f))
    country = str(data.get("country") or "")
    abroad = country if country not in ("", "NL") else ""
    return ", ".join(p for p in (street, town, abroad) if p)


def city_key(folded: str) -> str:
    """The key of a city for filters: its folded name with underscores, at most 40 long."""
    return folded.replace(" ", "_")[:40]
