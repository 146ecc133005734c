"""A simulated customer base with its truth: families, twins, namesakes, movers, shared mailboxes.

Invented people in five sources, each with its own fields, gaps and errors. Used by
`benchmarks/identity.py` and by the tests of the identity core. Deterministic given the seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

_MEN = """jan pieter hendrik willem johannes cornelis thomas daan sem lucas levi finn bram jesse max
luuk mark jeroen martijn bas tim niels rob erik frank paul hans kees henk gerrit dirk sander maarten
wouter koen stefan ruben thijs lars mohamed ahmed youssef ali murat emre""".split()
_WOMEN = """maria anna johanna elisabeth cornelia catharina emma julia sophie tess zoe sara nora eva
lotte lisa anouk femke marieke sanne esther monique ingrid petra linda wilma ellen karin astrid ria
truus greet fatima aicha samira leyla elif merel iris roos fleur noor""".split()
_SURNAMES = """de jong|jansen|de vries|van den berg|van dijk|bakker|janssen|visser|smit|meijer|
de boer|mulder|de groot|bos|vos|peters|hendriks|van leeuwen|dekker|brouwer|de wit|dijkstra|smits|
de graaf|van der meer|kok|jacobs|de haan|vermeulen|van den heuvel|van der veen|van den broek|
de bruijn|schouten|willems|van vliet|hoekstra|maas|verhoeven|koster|van dam|prins|blom|huisman|
kuipers|van beek|veenstra|kramer|van wijk|postma|yilmaz|kaya|el amrani|nguyen""".replace(
    "\n", ""
).split("|")
_ONSETS = "b d f g h k l m n p r s t v w br dr gr kr sl st tr vl".split()
_RHYMES = "aan eer oos ijk ink ol er aar ens ing uis eem oet els ord al en am ik os".split()
_HOSTS = (
    "example.nl example.com example.org mail.example.nl post.example.nl web.example.com".split()
)
_STREETS = "dorps kerk school molen station beatrix julianas oranje linden eiken beuken nieuwe hoge lage".split()
_STREET_ENDS = "straat laan weg plein kade singel dreef hof".split()
_SOURCES = ("crm", "webshop", "newsletter", "service", "loyalty")
_IN_SOURCE = (0.55, 0.50, 0.45, 0.30, 0.25)


@dataclass(frozen=True)
class Simulation:
    """Rows in roles, and for each the person and the household it is about."""

    frame: pl.DataFrame
    person: Ints
    household: Ints


class _People:
    """One array per attribute, one place per person."""

    def __init__(self, size: int, random: np.random.Generator) -> None:
        self.random = random
        self.household = self._households(size)
        self.size = size
        homes = int(self.household.max()) + 1
        self.is_head = np.r_[True, self.household[1:] != self.household[:-1]]
        starts = np.flatnonzero(self.is_head)
        self.place = np.arange(size) - starts[self.household]
        self._names(homes, starts)
        self._births(homes)
        self._contacts(homes)

    def _households(self, size: int) -> Ints:
        sizes = self.random.choice([1, 2, 3, 4, 5], size, p=[0.38, 0.33, 0.12, 0.13, 0.04])
        return np.repeat(np.arange(size), sizes)[:size]

    def _names(self, homes: int, starts: Ints) -> None:
        random, size = self.random, self.size
        self.is_man = random.random(size) < 0.5
        second = self.place == 1
        partner_of = starts[self.household]
        self.is_man[second] = ~self.is_man[partner_of[second]]
        self.first = np.where(
            self.is_man, self._drawn(_MEN, 1200, size), self._drawn(_WOMEN, 1200, size)
        )
        surnames = self._drawn(_SURNAMES, 40_000, homes, compound=True)
        own = self._drawn(_SURNAMES, 40_000, size, compound=True)
        family = surnames[self.household]
        takes = random.random(size)
        self.own = own
        self.family = family
        # A partner keeps their own name, takes the family's, or carries both.
        self.surname = family.copy()
        keeps, both = second & (takes < 0.4), second & (takes > 0.85)
        self.surname[keeps] = own[keeps]
        self.surname[both] = family[both] + " - " + own[both]
        self.has_two_names = second & ~keeps
        junior = (self.place >= 2) & (random.random(size) < 0.015)
        self.first[junior] = self.first[partner_of[junior]]
        self.is_man[junior] = self.is_man[partner_of[junior]]

    def _drawn(self, common: list[str], kinds: int, size: int, compound: bool = False) -> Texts:
        """Names with a Zipf-like frequency: the common ones first, invented ones behind."""
        random = self.random
        onsets = np.array(_ONSETS, dtype=object)
        rhymes = np.array(_RHYMES, dtype=object)
        extra = max(0, kinds - len(common))
        invented = (
            onsets[random.integers(0, len(onsets), extra)]
            + rhymes[random.integers(0, len(rhymes), extra)]
        )
        tails = (
            onsets[random.integers(0, len(onsets), extra)]
            + rhymes[random.integers(0, len(rhymes), extra)]
        )
        names = np.concatenate([np.array(common, dtype=object), invented + tails])
        chance = 1 / np.arange(6, len(names) + 6) ** (0.85 if compound else 1.0)
        return names[random.choice(len(names), size, p=chance / chance.sum())]

    def _births(self, homes: int) -> None:
        random, size = self.random, self.size
        parent_year = random.integers(1940, 1996, homes)[self.household]
        year = np.where(
            self.place < 2,
            parent_year + random.integers(-4, 5, size),
            parent_year + random.integers(24, 34, size),
        )
        days = random.integers(0, 365, size)
        twin = (self.place >= 3) & (random.random(size) < 0.06)
        previous = np.maximum(np.arange(size) - 1, 0)
        year[twin], days[twin] = year[previous[twin]], days[previous[twin]]
        start = (np.minimum(year, 2008) - 1970).astype("datetime64[Y]").astype("datetime64[D]")
        self.birth = start + days.astype("timedelta64[D]")

    def _contacts(self, homes: int) -> None:
        random, size = self.random, self.size
        count = _text(np.arange(size))
        host = np.array(_HOSTS, dtype=object)[random.integers(0, len(_HOSTS), size)]
        plain = pl.Series(self.surname).str.replace_all(r"[^a-z]", "").to_numpy()
        tail = np.where(
            random.random(size) < 0.7,
            _text(random.integers(1, 999, size)),
            count,
        )
        style = random.random(size)
        local = np.where(
            style < 0.5,
            self.first + "." + plain,
            np.where(style < 0.8, _initial(self.first) + plain, self.first),
        )
        self.email = local + tail + "@" + host
        is_shared = (random.random(homes) < 0.15)[self.household]
        starts = np.flatnonzero(self.is_head)[self.household]
        uses_shared = is_shared & (random.random(size) < 0.7)
        self.email[uses_shared] = ("fam." + plain + tail + "@" + host)[starts[uses_shared]]
        self.mobile = "0697" + _digits(random, size, 6)
        self.fixed = ("020" + _digits(random, size, 7))[starts]
        shares_mobile = random.random(size) < 0.05
        self.mobile[shares_mobile] = self.mobile[starts[shares_mobile]]
        self.home = _Addresses(homes, random)
        self.moved = random.random(size) < 0.12
        self.former = _Addresses(size, random)


class _Addresses:
    """Addresses of the Dutch shape: a postcode is a part of one street, some eight houses here."""

    def __init__(self, size: int, random: np.random.Generator) -> None:
        codes = max(1, size // 8)
        code = random.integers(0, codes, size)
        area = 1000 + np.arange(codes) * 8999 // codes
        letters = np.array(list("ABCDEFGHJKLMNPRSTVWXZ"), dtype=object)
        pair = letters[random.integers(0, 21, codes)] + letters[random.integers(0, 21, codes)]
        heads = np.array(_STREETS, dtype=object)[random.integers(0, len(_STREETS), codes)]
        middles = np.array(_RHYMES, dtype=object)[random.integers(0, len(_RHYMES), codes)]
        ends = np.array(_STREET_ENDS, dtype=object)[random.integers(0, len(_STREET_ENDS), codes)]
        self.postcode = (_text(area) + pair)[code]
        self.street = (heads + middles + ends)[code]
        self.city = ("stad" + _text(area // 25))[code]
        self.number = _text(random.integers(1, 120, size))
        suffix = np.array(["a", "b", "c", "2", "hs"], dtype=object)[random.integers(0, 5, size)]
        self.suffix = np.where(random.random(size) < 0.1, suffix, None)


def _text(numbers: Ints) -> Texts:
    return np.char.mod("%d", numbers).astype(object)


def _initial(names: Texts) -> Texts:
    return pl.Series(names).str.slice(0, 1).to_numpy()


def _digits(random: np.random.Generator, size: int, count: int) -> Texts:
    return np.char.mod(f"%0{count}d", random.integers(0, 10**count, size)).astype(object)


def simulate(records: int, seed: int = 0) -> Simulation:
    """Some `records` rows about people in households, with the truth beside them."""
    random = np.random.default_rng(seed)
    people = _People(max(10, int(records / 2.2)), random)
    frames, persons = [], []
    for place, (source, share) in enumerate(zip(_SOURCES, _IN_SOURCE, strict=True)):
        chosen = np.flatnonzero(random.random(people.size) < share)
        again = chosen[random.random(len(chosen)) < (0.15 if source == "webshop" else 0.04)]
        who = np.concatenate([chosen, again])
        frames.append(_rows(people, who, source, place, random))
        persons.append(who)
    frame, person = pl.concat(frames), np.concatenate(persons)
    order = random.permutation(len(frame))[:records]
    return Simulation(frame[order], person[order], people.household[person[order]])


# What each source asks: share of rows in which a field is filled.
_FILLED = {
    "crm": {"first": 0.85, "surname": 1, "birth": 0.6, "email": 0.6, "mobile": 0.4, "fixed": 0.5, "home": 0.95},
    "webshop": {"first": 0.95, "surname": 1, "birth": 0.05, "email": 0.98, "mobile": 0.6, "fixed": 0.1, "home": 0.97},
    "newsletter": {"first": 0.6, "surname": 0.4, "birth": 0.05, "email": 1, "mobile": 0, "fixed": 0, "home": 0.02},
    "service": {"first": 0.25, "surname": 1, "birth": 0, "email": 0.4, "mobile": 0.45, "fixed": 0.45, "home": 0.8},
    "loyalty": {"first": 0.9, "surname": 1, "birth": 0.75, "email": 0.6, "mobile": 0.4, "fixed": 0.1, "home": 0.6},
}  # fmt: skip


def _rows(
    people: _People, who: Ints, source: str, place: int, random: np.random.Generator
) -> pl.DataFrame:
    size, filled = len(who), _FILLED[source]

    def chance(share: float) -> Flags:
        return random.random(size) < share

    surname = people.surname[who].copy()
    maiden = people.has_two_names[who] & chance(0.2)
    surname[maiden] = people.own[who][maiden]
    first = people.first[who].copy()
    swapped = chance(0.005)
    first[swapped], surname[swapped] = surname[swapped], first[swapped]
    first, surname = (
        _mistyped(first, chance(0.03), random),
        _mistyped(surname, chance(0.03), random),
    )
    birth = _birth_errors(people.birth[who], random)
    at_former = people.moved[who] & chance(0.35)
    columns: dict[str, Texts] = {
        "initials": _initial(first),
        "first_name": first,
        "surname": surname,
    }
    columns["birth_date"] = birth
    columns["email"] = _mistyped(people.email[who].copy(), chance(0.01), random)
    columns["mobile"] = _mistyped(people.mobile[who].copy(), chance(0.015), random, digits=True)
    columns["phone"] = people.fixed[who].copy()
    for role, name in (
        ("street", "street"),
        ("house_number", "number"),
        ("house_suffix", "suffix"),
        ("postcode", "postcode"),
        ("city", "city"),
    ):
        current = getattr(people.home, name)[people.household[who]]
        columns[role] = np.where(at_former, getattr(people.former, name)[who], current)
    columns["street"] = _mistyped(columns["street"], chance(0.04), random)
    columns["postcode"] = _mistyped(columns["postcode"], chance(0.01), random, digits=True)
    groups = {"first": ["first_name"], "surname": ["surname"], "birth": ["birth_date"], "email": ["email"],
              "mobile": ["mobile"], "fixed": ["phone"], "home": ["street", "house_number", "house_suffix", "postcode", "city"]}  # fmt: skip
    known = {group: chance(share) for group, share in filled.items()}
    if source == "newsletter":  # initials come from the first name only
        columns["initials"] = np.where(known["first"], columns["initials"], None)
    for group, roles in groups.items():
        for role in roles:
            columns[role] = np.where(known[group], columns[role], None)
    return pl.DataFrame(
        {name: pl.Series(column.tolist(), dtype=pl.String) for name, column in columns.items()}
    ).with_columns(pl.lit(source).alias("source"))


def _mistyped(
    texts: Texts, where: Flags, random: np.random.Generator, digits: bool = False
) -> Texts:
    """One letter dropped, doubled, replaced or two swapped; one digit replaced."""
    alphabet = "0123456789" if digits else "abcdefghijklmnopqrstuvwxyz"
    for at in np.flatnonzero(where):
        text = texts[at]
        if not text or len(text) < 3:
            continue
        place, kind = int(random.integers(1, len(text) - 1)), int(random.integers(0, 4))
        letter = alphabet[int(random.integers(0, len(alphabet)))]
        head, char, tail = text[:place], text[place], text[place + 1 :]
        if digits and not char.isdigit():
            continue
        changed = (letter, "" if not digits else letter, char * 2 if not digits else letter, None)[
            kind
        ]
        texts[at] = (
            head + changed + tail if changed is not None else head[:-1] + char + head[-1] + tail
        )
    return texts


def _birth_errors(birth: npt.NDArray[np.datetime64], random: np.random.Generator) -> Texts:
    text = birth.astype("datetime64[D]").astype(str).astype(object)
    for at in np.flatnonzero(random.random(len(text)) < 0.02):
        year, month, day = text[at].split("-")
        if int(day) <= 12 and random.random() < 0.5:
            month, day = day, month
        else:
            year = year[:3] + str(int(random.integers(0, 10)))
        text[at] = f"{year}-{month}-{day}"
    return text
