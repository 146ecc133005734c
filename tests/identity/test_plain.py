"""One record in plain Python gives what the columns give: values, keys, levels and weights."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.identity.core import COMPARISONS, KEY_KINDS, compare, match_keys, match_values
from klantbeeld.identity.core.coded import hash_list
from klantbeeld.identity.core.firm_levels import spread_key
from klantbeeld.identity.core.keys import without_stopped
from klantbeeld.identity.core.link import somebody
from klantbeeld.identity.core.model import PLACES, WORDS, Frequencies
from klantbeeld.identity.core.pairwise import levels_of
from klantbeeld.identity.core.plain import (
    Plain,
    Stopped,
    content_key,
    is_somebody,
    keys_of,
    packed,
    packed_one,
    plain,
    unpacked,
)
from klantbeeld.identity.core.values import hashes

from .people import table

# What systems and people write: names alike and swapped, addresses in one line, slips of the pen.
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "full_name": (
        "Jan de Vries", "Vries, Jan de", "Dhr. J.P. de Vries", "Fam. Jansen", "Steenhof", "-",
        "Anna Maria Jansen-de Vries", "Maria Jansen", "",
    ),
    "salutation": ("Dhr.", "mevr", "Familie", "x"),
    "initials": ("J.", "J.P.", "jp", "C.W.", "C.E.", "M", "onbekend"),
    "first_name": (
        "Jan", "Johannes", "Hans", "Jaap", "Jacobus", "Sem", "Siem", "Anne-Marie", "Annemarie",
        "Anna Maria", "J.", "Vries", "Erik", "Eric", "Mohamed", "Mohammed", "Ångström", "Jn", "?",
    ),
    "surname": (
        "de Vries", "Vries", "Fries", "Jansen", "Janssen", "Jansen - de Vries", "de Vries-Jansen",
        "van Dijk", "Dyk", "Jan", "Steenhof", "Steenhoff", "K.", "van",
    ),
    "organisation_name": (
        "Bakker B.V.", "Bakker Techniek BV", "Techniek Bakker", "De Holding", "Bakkerij Smit",
        "Bakkerij Smits", "Noordzee Transport", "Noordzee Transporten B.V.",
    ),
    "birth_date": (
        "1971-04-23", "1971-04-24", "1971-05-23", "1971-03-04", "1971-04-03", "23-04-1971",
        "19730902", "1900-01-01", "1917-04-23", "nooit",
    ),
    "gender": ("m", "v", "man", "f", "x"),
    "email": (
        "jan.devries@example.nl", "jan.devries@example.com", "jan.devreis@example.nl",
        "info@example.nl", "info@exampel.nl", "vries@example.nl", "vries@exampl.nl",
        "jansenfamilie@example.org", "jansenfamilie@example.net", "j.an@gmail.com", "geen",
    ),
    "phone": ("085-0123456", "0850123457", "0123456", "+31 85 0123456", "0000000000"),
    "mobile": ("0970-00012345", "097000012354", "+3197000012345", "085-0123456", "niet"),
    "street": (
        "Molenstraat", "Molenstr.", "Molenstraat 12", "Molenstraat 12-B", "Molenweg",
        "Dorpsplein 3", "12 Main Street", "Main Street",
    ),
    "house_number": ("12", "12-B", "012", "13", "geen"),
    "house_suffix": ("B", "b", "hs", "-"),
    "postcode": ("1234 AB", "1234AB", "1243 AB", "1234 AC", "1000", "10115", "9999 ZZ"),
    "city": ("Ons Dorp", "ons dorp", "Stad", "nvt"),
    "iban": ("NL02TEST0123456789", "NL91 KBLD 0417 1643 00", "1234"),
    "kvk": ("12345678", "87654321", "KvK 8765 4321", "1"),
    "vat": ("NL001234567B01", "NL 0012.34.567.B02"),
    "website": ("https://www.bakker.example/over", "smit.example", "geen"),
    "login": ("JandeVries", "jandevries", "x"),
    "loyalty_number": ("900-1", "9001", "0000"),
    "customer_number": ("K-001", "k001", "K002"),
    "source": ("crm", "Shop"),
    "kind": ("person", "organisation", "unknown", "Bedrijf"),
    "middle_name": ("Pieter", "Pieter Maria", "Peter", "Vries"),
    "national_id": ("123456782", "123456728", "111222333"),
    "birth_place": ("Ons Dorp", "Ons Dorpje", "Stad"),
    "profession": ("bakker", "bakkersknecht", "smid"),
    "locality": ("Oost", "Noord Oost", "West"),
    "generation": ("jr", "sr"),
    "documents": ("pass:AB123456", "pass:AB123457 licence:1", "licence:1", "pass:CD99"),
}  # fmt: skip
_ANY = {role: st.sampled_from(written) for role, written in WRITTEN.items()}
TOLD = st.fixed_dictionaries({"source": _ANY.pop("source")}, optional=_ANY)
# Two that share much: what one tells goes for the other unless told otherwise.
PAIRS = st.tuples(TOLD, TOLD, st.sets(st.sampled_from(sorted(WRITTEN)))).map(
    lambda told: (told[0], told[1] | {k: v for k, v in told[0].items() if k in told[2]})
)
PAIR = pl.DataFrame({"left": [0], "right": [1]}, schema={"left": pl.UInt32, "right": pl.UInt32})
EVERY_KIND = tuple(kind.name for kind in KEY_KINDS)


def in_columns(values: pl.DataFrame, row: int) -> Plain:
    """The plain form of what the columns say."""
    said = values.row(row, named=True)
    return Plain(**{k: said[k] for k in Plain._fields if said.get(k) is not None})


def keys_in(values: pl.DataFrame, row: int) -> set[tuple[int, int]]:
    keys = match_keys(values).filter(pl.col("row") == row)
    return set(keys.select("kind", "hash").iter_rows())


def known_of(values: pl.DataFrame) -> dict[str, Frequencies]:
    """As if the first row's domain and telephone stood at many places, and a word were usual."""
    keys = sorted(int(spread_key(n, hashes(values, n)[:1])[0]) for n in ("domain", "phone"))
    word = hash_list(["korenbloem"]).tolist()
    places = Frequencies(tuple(keys), (3.0, 3.0), 1.0)
    return {PLACES: places, WORDS: Frequencies(tuple(word), (0.3,), 2.0**-10)}


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_values_keys_and_levels(told: tuple[dict[str, str], dict[str, str]]) -> None:
    values = match_values(table(told))
    said = [plain(one) for one in told]
    for row, one in enumerate(said):
        assert one == in_columns(values, row)
        assert unpacked(packed(values)[row]) == one._replace(source="", updated="")
        assert packed_one(one) == packed(values)[row]
        assert content_key(one) == values["key"][row]
        assert is_somebody(one) == somebody(values)[row]
        assert set(keys_of(one, EVERY_KIND)) == keys_in(values, row)
    if said[0].kind == said[1].kind:
        names = [one.name for one in COMPARISONS[said[0].kind]]
        for learnt in ({}, known_of(values)):
            levels = compare(values, PAIR, said[0].kind, learnt).row(0, named=True)
            found = dict(zip(names, levels_of(*said, learnt), strict=True))
            assert found == {n: levels[n] for n in names}


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_stopped_values(told: tuple[dict[str, str], dict[str, str]], draw: object) -> None:
    values = match_values(table([told[0]]))
    kind = values["kind"][0]
    keys = sorted({hash_ for _, hash_ in keys_in(values, 0)})
    stops = draw.sample(keys, len(keys) // 2)  # type: ignore[attr-defined]
    left = without_stopped(values, kind, sorted(stops))
    found = Stopped(kind, stops).taken_out(plain(told[0]))
    for name in Plain._fields[3:]:
        twin = left[name + "#"][0] if name + "#" in left.columns else 0
        assert bool(getattr(found, name)) == bool(twin), name
