"""Word lists as readable text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, divided by white space."""
    return frozenset(text.split())


def spread(table: dict[str, str]) -> dict[str, str]:
    """{'male': 'm|man'} as {'m': 'male', 'man': 'male'}: each written form to its meaning."""
    return {form.strip(): meaning for meaning, forms in table.items() for form in forms.split("|")}
