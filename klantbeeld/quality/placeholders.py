"""Values that people type because a field had to be filled."""

from __future__ import annotations

import polars as pl

# Nothing else than "no value", whatever the column means.
NOTHING = frozenset(
    {
        "-",
        "--",
        "---",
        "----",
        "?",
        "??",
        "???",
        "null",
        "nil",
        "none",
        "nan",
        "n/a",
        "#n/a",
        "n.v.t.",
        "n.v.t",
        "nvt",
        "nvt.",
        "n.b.",
        "onbekend",
        "unknown",
        "undefined",
        "(leeg)",
        "(blank)",
        "(null)",
        "<null>",
        "niet bekend",
        "niet ingevuld",
        "niet opgegeven",
        "not available",
        "not applicable",
        "unspecified",
        "\\n",
    }
)

# "No value" in a field about a person or organisation, though not in a free text.
NOBODY = NOTHING | frozenset(
    {
        ".",
        "..",
        "...",
        "x",
        "xx",
        "xxx",
        "xxxx",
        "geen",
        "leeg",
        "na",
        "n.a.",
        "niets",
        "nee",
        "no",
        "false",
        "test",
        "tester",
        "test test",
        "asdf",
        "dummy",
        "anoniem",
        "anonymous",
        "_",
        "*",
        "/",
        "0",
    }
)

# People are called No, Na and Nee.
NAMES = (NOBODY - {"no", "na", "nee"}) | frozenset(
    {
        "voornaam",
        "achternaam",
        "naam",
        "klant",
        "particulier",
        "gast",
        "guest",
        "first name",
        "last name",
        "nvt nvt",
        "onbekend onbekend",
        "geen naam",
        "no name",
        "noname",
        "voornaam achternaam",
        "jan test",
        "de heer test",
        "mevrouw test",
    }
)

IDENTIFIERS = NOTHING | frozenset({"x", "xx", "xxx", "xxxx", "geen", "leeg", "n.a.", "test", "."})

FORMULA_ERRORS = frozenset(
    {
        "#ref!",
        "#value!",
        "#waarde!",
        "#div/0!",
        "#deel/0!",
        "#name?",
        "#naam?",
        "#num!",
        "#getal!",
        "#null!",
        "#leeg!",
        "#verw!",
        "#####",
        "########",
    }
)

_LONGEST = 24


def is_placeholder(text: pl.Series, words: frozenset[str]) -> pl.Series:
    """Boolean: is the (tidy) value one of the words, whatever its case?"""
    # Only short values can be: the comparison then costs next to nothing.
    short = text.set(text.str.len_bytes() > _LONGEST, None)
    return short.str.to_lowercase().is_in(list(words)).fill_null(False)
