"""The organisations themselves: names, places, groups, numbers, how to reach them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]
Random = np.random.Generator

# Where the small have their mailbox.
PRIVATE = "post.example.com"

COUNTRIES = ("NL", "BE", "DE", "GB", "US")
_SHARES = (0.58, 0.12, 0.12, 0.10, 0.08)
FORMS: dict[str, tuple[str, ...]] = {
    "NL": ("B.V.", "BV", "B.V.", "N.V.", "V.O.F.", "Stichting", "", ""),
    "BE": ("BV", "BVBA", "NV", "VZW", "CV", ""),
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "AG", "e.K.", "UG", ""),
    "GB": ("Ltd", "Limited", "Ltd.", "PLC", "LLP", ""),
    "US": ("Inc.", "LLC", "Corp.", "Inc", ""),
}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SECTORS: dict[str, tuple[str, ...]] = {
    "NL": _words(
        """
        bouw techniek transport advies bakkerij slagerij schilderwerken installatietechniek
        schoonmaak administratie beheer groep loodgieters tuinen keukens makelaardij
        tandartspraktijk fysiotherapie kinderopvang uitzendbureau verhuizingen autobedrijf
        """
    ),
    "DE": _words(
        """
        bau technik transporte beratung bäckerei metzgerei maler reinigung verwaltung gruppe
        gärten küchen immobilien zahnarztpraxis spedition autohaus elektro metallbau
        """
    ),
    "GB": _words(
        """
        construction engineering logistics consulting bakery butchers painting cleaning services
        group gardens kitchens estates dental physiotherapy childcare recruitment motors
        """
    ),
}
_SECTORS |= {"BE": _SECTORS["NL"], "US": _SECTORS["GB"]}
_ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "r",
    "s",
    "sch",
    "sl",
    "sm",
    "sp",
    "st",
    "t",
    "tr",
    "v",
    "vl",
    "w",
    "z",
]
_NUCLEI = ["a", "aa", "e", "ee", "i", "ie", "o", "oo", "oe", "u", "ui", "ei", "ou"]
_CODAS = ["n", "r", "l", "s", "t", "k", "m", "p", "nd", "rt", "ks", "ng", "lf", "st", "rk", "mp"]
_STREETS: dict[str, tuple[str, ...]] = {
    "NL": ("straat", "weg", "laan", "plein", "kade"), "BE": ("straat", "steenweg", "laan"),
    "DE": ("straße", "weg", "platz", "allee"), "GB": (" Road", " Street", " Lane", " Close"),
    "US": (" Ave", " Street", " Blvd", " Drive"),
}  # fmt: skip


@dataclass(frozen=True)
class Firms:
    """One entry per place of an organisation; group is the place of its head office.

    before: what held of address and telephone in earlier years, the same where nothing changed.
    """

    country: Texts
    group: Ints
    is_chain: npt.NDArray[np.bool_]
    core: Texts  # the name without its legal form
    trade: Texts  # the name on the door
    form: Texts
    street: Texts
    number: Texts
    postcode: Texts
    city: Texts
    before: Ints  # the place whose address was theirs before
    phone: Texts
    phone_before: Texts
    domain: Texts
    kvk: Texts
    vat: Texts
    iban: Texts
    lei: Texts


def words(size: int, random: Random, syllables: int = 2) -> Texts:
    """Invented words of so many syllables and one more now and then."""
    parts = []
    for at in range(syllables + 1):
        onset, nucleus, coda = (
            np.array(letters, dtype=object)[random.integers(0, len(letters), size)]
            for letters in (_ONSETS, _NUCLEI, _CODAS)
        )
        whole = onset + nucleus + np.where(random.random(size) < 0.45, coda, "")
        parts.append(whole if at < syllables else np.where(random.random(size) < 0.3, whole, ""))
    joined: Texts = np.sum(parts, axis=0)
    return joined


def firms(size: int, random: Random) -> Firms:
    """Some `size` places: three in four firms on their own, the others chains and holdings."""
    group = _groups(size, random)
    size = len(group)
    country = np.array(COUNTRIES, dtype=object)[random.choice(5, size, p=_SHARES)][group]
    is_chain = (random.random(size) < 0.6)[group]
    is_head = group == np.arange(size)
    core, trade = _names(country, group, is_chain, random)
    form = np.array(
        [
            FORMS[c][i % len(FORMS[c])]
            for c, i in zip(country, random.integers(0, 840, size), strict=True)
        ],
        dtype=object,
    )
    form = np.where(is_chain, form[group], form)
    place = _addresses(country, random)
    moved = np.where(random.random(size) < 0.12, random.permutation(size), np.arange(size))
    phone, former = (_phones(country, random) for _ in range(2))
    # Places of a chain are reached at its head office now and then.
    phone = np.where(~is_head & (random.random(size) < 0.25), phone[group], phone)
    former = np.where(random.random(size) < 0.15, former, phone)
    domain = _domains(core, country, group, is_chain, random)
    numbers = [_numbers(country, name, random) for name in ("kvk", "vat", "iban", "lei")]
    # A chain is one legal person, a holding with its daughters is one for the tax in two of five.
    one_tax = is_chain | (random.random(size) < 0.4)[group]
    shared = (is_chain, one_tax, is_chain, is_chain)
    kvk, vat, iban, lei = (
        np.where(is_one, of_each[group], of_each)
        for is_one, of_each in zip(shared, numbers, strict=True)
    )
    return Firms(country, group, is_chain & (np.bincount(group, minlength=size)[group] > 1), core,
                 trade, form, *place, moved, phone, former, domain, kvk, vat, iban, lei)  # fmt: skip


def _groups(size: int, random: Random) -> Ints:
    """The head office of every place."""
    alone = random.random(size) < 0.75
    sizes = np.where(alone, 1, np.minimum(2 + random.geometric(0.35, size), 60))
    sizes = sizes[: max(1, int(np.searchsorted(np.cumsum(sizes), size)))]
    heads = np.cumsum(sizes) - sizes
    return np.repeat(heads, sizes)


def _names(
    country: Texts, group: Ints, is_chain: npt.NDArray[np.bool_], random: Random
) -> tuple[Texts, Texts]:
    """Legal name without its form, and the name on the door."""
    size = len(group)
    coined, family = words(size, random), words(size, random)
    sector = np.array(
        [
            _SECTORS[c][i % len(_SECTORS[c])]
            for c, i in zip(country, random.integers(0, 10_000, size), strict=True)
        ],
        dtype=object,
    )
    way = random.random(size)
    core = np.select(
        [way < 0.3, way < 0.55, way < 0.75, way < 0.85],
        [coined + " " + sector, sector + " " + family, coined + " " + family,
         family + " & " + coined + " " + sector],
        coined,
    ).astype(object)  # fmt: skip
    place = words(size, random, 1)
    is_head = group == np.arange(size)
    head = core[group]
    of_chain = np.where(random.random(size) < 0.6, head + " " + place, head)
    of_holding = coined[group] + " " + sector  # a sister bears the family's word
    core = np.where(is_head, core, np.where(is_chain, head, of_holding))
    trade = np.where(is_head, core, np.where(is_chain, of_chain, core))
    other = random.random(size) < 0.08  # known in the street by another name altogether
    trade = np.where(other & is_head, words(size, random) + " " + sector, trade)
    return core, trade


def _addresses(country: Texts, random: Random) -> tuple[Texts, Texts, Texts, Texts]:
    """Street, number, postcode, city; one in ten in a business centre with others."""
    size = len(country)
    towns = max(30, size // 400)
    town_names, street_names = words(towns, random), words(max(200, size // 12), random)
    town = np.minimum(random.zipf(1.3, size) - 1, towns - 1)
    street = random.integers(0, len(street_names), size)
    ending = np.array(
        [_STREETS[c][i % len(_STREETS[c])] for c, i in zip(country, street, strict=True)],
        dtype=object,
    )
    number = random.geometric(0.02, size)
    code = (street * 37 + town * 1_001) % 90_000
    postcode = [_postcode(c, int(k)) for c, k in zip(country, code, strict=True)]
    place = np.arange(size)
    shares = np.flatnonzero(random.random(size) < 0.1)
    centres = random.integers(0, size, max(1, len(shares) // 8))
    place[shares] = centres[random.integers(0, len(centres), len(shares))]
    is_home = country[place] == country  # a centre stands in one country
    place = np.where(is_home, place, np.arange(size))
    columns = (street_names[street] + ending, number.astype(str).astype(object),
               np.array(postcode, dtype=object), town_names[town])  # fmt: skip
    given = [column[place] for column in columns]
    return given[0], given[1], given[2], given[3]


def _postcode(country: str, code: int) -> str:
    if country == "NL":
        return f"{1000 + code // 10} {chr(65 + code % 23)}{chr(65 + code % 19)}"
    if country == "GB":
        return f"{chr(65 + code % 23)}{chr(65 + code % 21)}{code % 20} {code % 9}{chr(65 + code % 20)}X"
    return str(1000 + code // 10) if country == "BE" else f"{10_000 + code:05d}"


_DIALS = {"NL": "0850", "BE": "+3270", "DE": "+49321", "GB": "+44560", "US": "+1555"}


def _phones(country: Texts, random: Random) -> Texts:
    numbers = random.permutation(1_000_000)[np.arange(len(country)) % 1_000_000]
    return np.array(
        [f"{_DIALS[c]}{n:06d}" for c, n in zip(country, numbers, strict=True)], dtype=object
    )


def _domains(
    core: Texts, country: Texts, group: Ints, is_chain: npt.NDArray[np.bool_], random: Random
) -> Texts:
    """A domain of their own, a group's for its members, none or a public one for the small."""
    size = len(core)
    ends = {"NL": "nl", "BE": "be", "DE": "de", "GB": "co.uk", "US": "com"}
    plain = ["".join(ch for ch in text if ch.isascii() and ch.isalnum()) for text in core]
    own = np.array(
        [
            f"{p[:18]}{n}.example.{ends[c]}"
            for p, n, c in zip(plain, random.integers(0, 100, size), country, strict=True)
        ],
        dtype=object,
    )
    shares = is_chain | (random.random(size) < 0.5)[group]
    own = np.where(shares, own[group], own)
    own[(random.random(size) < 0.2) & (group == np.arange(size))] = PRIVATE
    return own


def _numbers(country: Texts, name: str, random: Random) -> Texts:
    """Numbers of one kind, check digits and all; None where the country has none."""
    found = random.permutation(1_000_000)
    made = []
    for at, of in enumerate(country):
        made.append(_number(name, of, int(found[at % 1_000_000])))
    return np.array(made, dtype=object)


_ACCOUNTS = {"NL": "KBLD{number:010d}", "BE": "{number:010d}{check:02d}", "DE": "{number:018d}",
             "GB": "KBLD{number:014d}"}  # fmt: skip


def _number(name: str, country: str, number: int) -> str | None:
    if name == "kvk":
        return f"00{number % 1_000_000:06d}" if country == "NL" else None
    if name == "iban":
        if country not in _ACCOUNTS:
            return None
        body = _ACCOUNTS[country].format(number=number, check=number % 97 or 97)
        return f"{country}{98 - _mod97(body + country + '00'):02d}{body}"
    if name == "lei":
        body = f"TEST00KBLD{number:08d}"
        return f"{body}{98 - _mod97(body + '00'):02d}"
    return _vat(country, number)


def _mod97(text: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in text)) % 97


def _vat(country: str, number: int) -> str | None:
    """A VAT number by its country's test (NL, BE, DE, GB); the United States have none."""
    if country == "NL":
        digits = f"{number % 10**7:08d}"
        check = sum(int(d) * w for d, w in zip(digits, range(9, 1, -1), strict=True)) % 11
        return f"NL{digits}{check}B01" if check < 10 else None
    if country == "BE":
        body = number % 10**7
        return f"BE0{body:07d}{97 - body % 97:02d}"
    if country == "DE":
        body, product = f"9{number % 10**7:07d}", 10
        for digit in body:
            total = (int(digit) + product) % 10 or 10
            product = total * 2 % 11
        return f"DE{body}{(11 - product) % 10}"
    if country == "GB":
        digits = f"{number % 10**7:07d}"
        total = sum(int(d) * w for d, w in zip(digits, range(8, 1, -1), strict=True))
        return f"GB{digits}{97 - total % 97:02d}"
    return None
