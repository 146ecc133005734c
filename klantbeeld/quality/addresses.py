"""Streets, house numbers and their suffixes, from one line or from columns of their own."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from klantbeeld.quality.casing import mended_place, mended_places
from klantbeeld.quality.columns import filled, mapped, put

LONGEST = 250

NUMBER_FIRST = frozenset({"GB", "IE", "US", "CA", "AU", "NZ", "FR", "LU", "ZA"})
_DUTCH_STREETS = frozenset({None, "NL", "BE"})

# 'Dorpsstraat 12', '12A', '12 a', '12-a', '12-3', '12 bis': most lines of a Dutch file.
_COMMON = (
    r"^([^\d,/()]*[^\d,/()\s\-]) ([1-9]\d{0,4})"
    r"(?:[ \-]?([A-Za-z]|bis|hs|BIS|HS)|[ \-]([1-9]\d{0,3}))?$"
)
_UNCOMMON_STREET = (
    r"(?i)\b(?:nr|no|num|nummer|huisnr|huisnummer|hnr|n°)\b|#|n°|postbus|box|postfach|boîte|boite"
    r"|b\.p|\b(?:str|ln|wg|pln|sngl|grcht)\b|(?:str|ln|wg|pln)\.? ?$|[a-z](?:str|grcht|sngl)$|^\W"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_NUMBER_WORD = r"(?:(?:nr|no|num|nummer|huisnr|huisnummer|hnr|n°)\.?:?\s*|#\s*)"
_SUFFIX_WORDS = (
    r"bis|ter|hs|huis|bg|bel|beletage|boven|beneden|rood|zwart|wit|achter|voor|rd|zw|"
    r"bov|ben|ong|sous|souterrain|kelder|app|apt|unit|bus|toev|hoog|et|etage|kamer|k"
)
_LETTERS = r"(?![^\W\d_])"  # no letter follows: a word of more letters is no suffix
_SUFFIX = (
    rf"(?:[\s\-/.,]*(?:(?:(?:{_SUFFIX_WORDS})\.?|[ivx]{{1,5}}|(?!nr|no)[a-z]{{1,2}})"
    rf"{_LETTERS}|\d{{1,4}}(?!\d))){{0,4}}"
)
_NUMBERED = rf"{_NUMBER_WORD}?(?P<number>\d{{1,5}})(?!\d)(?P<rest>{_SUFFIX})\s*$"
_ORDINAL = r"(?:\d{1,3}(?:e|de|ste|ème|er|th|st|nd|rd)\s)?"
# Streets named after a year (Plein 1944), then streets without digits, then any.
_SHAPES = tuple(
    re.compile(shape + _NUMBERED, re.IGNORECASE)
    for shape in (
        rf"^(?P<street>{_ORDINAL}[^\d,]+?\s{_YEAR}(?:-{_YEAR})?)[\s,]+",
        rf"^(?P<street>{_ORDINAL}[^\d,]*[^\d,\s\-])[\s,.]*?(?<!\d)",
        r"^(?P<street>.*[^\d\s,\-])[\s,]+",
    )
)
_NUMBER_FRONT = re.compile(
    r"^(?P<number>\d{1,5})(?P<rest>(?:\s?[A-DF-Za-df-z](?=[\s,])|\s?bis|-\d{1,4})?)\s*,?\s+"
    r"(?P<street>\D{3,})$"
)
_BOX = re.compile(
    r"(?i)^(?:postbus|p\.?\s?o\.?\s?box|postfach|bo[iî]te postale|b\.p\.)\s*:?\s*"
    r"(?P<number>\d{1,6})$"
)
_TAIL = re.compile(
    r"(?i)^(?P<line>.*?\d.*?)[\s,;]+(?P<postcode>[1-9]\d{3}\s?[A-Z]{2})(?:[\s,]+(?P<city>\D{2,60}))?$"
)
_CITY_TAIL = re.compile(r"^(?P<line>.*?\s\d{1,5}[^,]{0,12}),\s*(?P<city>[^\d,]{2,60})$")
_ENDINGS = {
    "str": "straat",
    "str.": "straat",
    "ln": "laan",
    "ln.": "laan",
    "wg": "weg",
    "wg.": "weg",
    "pln": "plein",
    "pln.": "plein",
    "sngl": "singel",
    "grcht": "gracht",
}


def standard_addresses(text: pl.Series, country: str | None) -> pl.DataFrame:
    """value ('Dorpsstraat 12-B' as 'Dorpsstraat 12B'), issue, street, house_number, house_suffix,
    and postcode and city where the line has them too."""
    frame = common_shape(text, country)
    rest = frame["house_number"].is_null().arg_true()
    if len(rest):
        read = [_read(t, country) for t in text.gather(rest).to_list()]
        frame = frame.with_columns(
            put(frame[name], rest, pl.Series([r[i] for r in read], dtype=pl.String))
            for i, name in enumerate(frame.columns)
        )
    frame = frame.with_columns(mended_places(frame["street"]))
    front = pl.Series([country in NUMBER_FIRST])
    value = _line(frame, front & text.str.contains(r"^\d"))
    issue = filled(None, text).set(~text.str.contains(r"\p{L}"), "not_an_address")
    bad = issue.is_not_null()
    columns = [column.set(bad, None) for column in frame]
    return pl.DataFrame([value.set(bad, None).alias("value"), issue.alias("issue"), *columns])


def common_shape(text: pl.Series, country: str | None) -> pl.DataFrame:
    """street, house_number, house_suffix, postcode, city of lines of the common shape."""
    groups = (
        pl.DataFrame({"t": text})
        .select(pl.col("t").str.extract_groups(_COMMON).alias("g"))
        .unnest("g")
    )
    street, number, letters, digits = (groups[str(group)] for group in range(1, 5))
    long = (letters.str.len_bytes() > 1).fill_null(False)
    letters = letters.str.to_lowercase().zip_with(long, letters.str.to_uppercase())
    suffix = digits.zip_with(digits.is_not_null(), letters)
    odd = street.str.contains(_UNCOMMON_STREET).fill_null(False)
    # 'Plein 1944 5' is number 5 of a street named after a year.
    odd |= number.str.contains(rf"^{_YEAR}$").fill_null(False) & digits.is_not_null()
    nothing = filled(None, text)
    return pl.DataFrame(
        {
            "street": street.set(odd, None),
            "house_number": number.set(odd, None),
            "house_suffix": suffix.set(odd, None),
            "postcode": nothing,
            "city": nothing,
        }
    )


def _line(frame: pl.DataFrame, number_first: pl.Series) -> pl.Series:
    joined = joined_number(frame["house_number"], frame["house_suffix"])
    plain = pl.DataFrame({"s": frame["street"], "n": joined, "f": number_first})
    return plain.select(
        pl.when(pl.col("f") & pl.col("n").is_not_null())
        .then(pl.concat_str("n", "s", separator=" "))
        .otherwise(pl.concat_str("s", "n", separator=" ", ignore_nulls=True))
    ).to_series()


def joined_number(number: pl.Series, suffix: pl.Series) -> pl.Series:
    """House number with its suffix: '12B', '12-3', '12 bis'."""
    frame = pl.DataFrame({"n": number, "s": suffix})
    attached = pl.col("s").str.contains(r"^[A-Z](?:$|[ \-])")
    glue = pl.when(attached).then(pl.lit("")).when(pl.col("s").str.contains(r"^\d"))
    return frame.select(
        pl.when(pl.col("s").is_null())
        .then("n")
        .otherwise(pl.concat_str("n", glue.then(pl.lit("-")).otherwise(pl.lit(" ")), "s"))
    ).to_series()


_Read = tuple[str | None, str | None, str | None, str | None, str | None]


@lru_cache(maxsize=65_536)
def _read(text: str, country: str | None) -> _Read:
    """street, house_number, house_suffix, postcode, city of one line."""
    line, postcode, city = text.strip(" ,;-/"), None, None
    tail = _TAIL.match(line) if country in _DUTCH_STREETS else None
    if tail:
        line, city = tail["line"].rstrip(" ,"), tail["city"]
        postcode = f"{tail['postcode'][:4]} {tail['postcode'][-2:].upper()}"
    else:
        ending = _CITY_TAIL.match(line)
        if ending and not re.fullmatch(_SUFFIX, ending["city"], re.IGNORECASE):
            line, city = ending["line"], ending["city"]
    city = mended_place(city.strip()) if city else None
    box = _BOX.match(line)
    if box:
        return "Postbus", box["number"], None, postcode, city
    found = _numbered(line, country)
    if found is None:
        return _street(line, country), None, None, postcode, city
    number = found["number"].lstrip("0") or "0"
    return (
        _street(found["street"], country),
        number,
        standard_suffix(found["rest"]),
        postcode,
        city,
    )


def _numbered(line: str, country: str | None) -> re.Match[str] | None:
    front = _NUMBER_FRONT.match(line)
    if front and country in NUMBER_FIRST:
        return front
    return next((found for shape in _SHAPES if (found := shape.match(line))), front)


def _street(street: str, country: str | None) -> str | None:
    street = re.sub(r"\s+", " ", street).strip(" ,;-")
    if country in _DUTCH_STREETS:
        found = re.search(
            r"(?i)(?<=[a-z])(str\.?|ln\.|wg\.|pln\.|sngl|grcht)$"
            r"|(?<= )(str\.?|ln\.?|wg\.?|pln\.?)$",
            street,
        )
        if found:
            whole = _ENDINGS[found[0].lower()]
            street = street[: found.start()] + (whole.upper() if street.isupper() else whole)
    return street or None


@lru_cache(maxsize=65_536)
def standard_suffix(text: str) -> str | None:
    """'-b', ' B', '/b' as 'B'; 'huis' as 'hs'; 'ii' as 'II'; numbers and words stay."""
    words = []
    for word in re.findall(r"[^\W\d_]+|\d+", text):
        low = word.lower()
        if low in ("toev", "toevoeging", "app", "apt", "unit", "et", "etage", "kamer"):
            continue
        if low == "huis":
            words.append("hs")
        elif len(word) == 1 or re.fullmatch(r"[ivx]+", low):
            words.append(word.upper())
        else:
            words.append(low if re.fullmatch(_SUFFIX_WORDS, low) else word.upper())
    out = ""
    for word in words:
        single = len(word) == 1 and out[-1:].isdigit()
        glue = "" if not out or (single and not word.isdigit()) else "-" if word.isdigit() else " "
        out += glue + word
    return out or None


def standard_streets(text: pl.Series, country: str | None) -> pl.DataFrame:
    """value: street with capitals mended; a house number behind it goes to the parts."""
    frame = standard_addresses(text, country)
    return frame.select(pl.col("street").alias("value"), "issue", "house_number", "house_suffix")


def standard_house_numbers(text: pl.Series) -> pl.DataFrame:
    """value: digits only ('12'); part house_suffix ('12-b' has B)."""
    groups = (
        pl.DataFrame({"t": text})
        .select(
            pl.col("t")
            .str.extract_groups(rf"(?i)^{_NUMBER_WORD}?0*(\d{{1,6}})(?:\.0+)?(.{{0,20}})$")
            .alias("g")
        )
        .unnest("g")
    )
    number, rest = groups["1"], groups["2"]
    dated = text.str.contains(r"^\d{4}-\d\d-\d\d(?:T|$| )")
    suffix = mapped(rest.set((rest.str.len_bytes() == 0).fill_null(True), None), standard_suffix)
    issue = filled(None, text).set(number.is_null(), "no_house_number")
    issue = issue.set(dated, "turned_into_date").set(number == "0", "placeholder")
    bad = issue.is_not_null()
    return pl.DataFrame(
        {"value": number.set(bad, None), "issue": issue, "house_suffix": suffix.set(bad, None)}
    )


def standard_suffixes(text: pl.Series) -> pl.DataFrame:
    """House-number suffixes: 'B', 'bis', 'hs', 'II', '3'."""
    value = mapped(text, standard_suffix)
    issue = filled(None, text).set(
        text.str.contains(r"^\d{4}-\d\d-\d\d(?:T|$| )"), "turned_into_date"
    )
    issue = issue.set((value.str.len_bytes() > 24).fill_null(True) & issue.is_null(), "too_long")
    return pl.DataFrame({"value": value.set(issue.is_not_null(), None), "issue": issue})


def standard_cities(text: pl.Series) -> pl.DataFrame:
    """Towns with capitals mended: "'s-Hertogenbosch", 'Den Haag', 'Capelle aan den IJssel'."""
    value = mended_places(text.str.strip_chars(" ,;"))
    issue = filled(None, text).set(~text.str.contains(r"\p{L}"), "not_a_city")
    return pl.DataFrame({"value": value.set(issue.is_not_null(), None), "issue": issue})
