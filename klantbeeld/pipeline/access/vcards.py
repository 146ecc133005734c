"""Somebody's contact data as a vCard 4.0 (RFC 6350)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LINE = 75


def card(values: Mapping[str, Any], name: str) -> bytes:
    """One card out of the values that hold, in UTF-8 with folded lines."""

    def held(key: str) -> str:
        return _escaped(str(values.get(key) or ""))

    surname = " ".join(filter(None, (held("surname_prefix"), held("surname"))))
    street = " ".join(filter(None, (held("street"), held("house_number"), held("house_suffix"))))
    place = ";".join(("", "", street, held("city"), held("region"), held("postcode"),
                      held("country")))  # fmt: skip
    lines = [
        "BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(name) or '-'}",
        f"N:{surname};{held('first_name')};;{held('title')};",
    ]  # fmt: skip
    told = (
        ("ORG", "organisation_name"), ("TITLE", "job_title"), ("EMAIL", "email"),
        ("EMAIL", "email_2"), ("TEL;TYPE=cell", "mobile"), ("TEL;TYPE=voice", "phone"),
        ("URL", "website"), ("LANG", "language"),
    )  # fmt: skip
    lines += [f"{label}:{held(key)}" for label, key in told if held(key)]
    if born := str(values.get("birth_date") or "")[:10].replace("-", ""):
        lines.append(f"BDAY:{born}")
    if place.strip(";"):
        lines.append(f"ADR:{place}")
    lines.append("END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, going on after a line break and a space."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _LINE - bool(parts):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
