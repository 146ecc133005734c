"""A simulated customer base with its truth: families, twins, namesakes, movers, shared mailboxes.

Invented people in five sources, each with its own fields, gaps and errors. Used by
`benchmarks/identity` and by the tests of the identity core. Deterministic given the seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]


def _words(text: str, separator: str | None = None) -> list[str]:
    return [" ".join(word.split()) for word in text.strip().split(separator)]


_MEN = _words(
    """
    jan pieter hendrik willem johannes cornelis thomas daan sem lucas levi finn bram jesse max
    luuk mark jeroen martijn bas tim niels rob erik frank paul hans kees henk gerrit dirk sander
    maarten wouter koen stefan ruben thijs lars mohamed ahmed youssef ali murat emre
    """
)
_WOMEN = _words(
    """
    maria anna johanna elisabeth cornelia catharina emma julia sophie tess zoe sara nora eva
    lotte lisa anouk femke marieke sanne esther monique ingrid petra linda wilma ellen karin
    astrid ria truus greet fatima aicha samira leyla elif merel iris roos fleur noor
    """
)
_SURNAMES = _words(
    """
    de jong, jansen, de vries, van den berg, van dijk, bakker, janssen, visser, smit, meijer, de
    boer, mulder, de groot, bos, vos, peters, hendriks, van leeuwen, dekker, brouwer, de wit,
    dijkstra, smits, de graaf, van der meer, kok, jacobs, de haan, vermeulen, van den heuvel,
    van der veen, van den broek, de bruijn, schouten, willems, van vliet, hoekstra, maas,
    verhoeven, koster, van dam, prins, blom, huisman, kuipers, van beek, veenstra, kramer, van
    wijk, postma, yilmaz, kaya, el amrani, nguyen
    """,
    ",",
)
_ONSETS = _words("b d f g h k l m n p r s t v w br dr gr kr sl st tr vl")
_RHYMES = _words("aan eer oos ijk ink ol er aar ens ing uis eem oet els ord al en am ik os")
_HOSTS = _words(
    """
    example.nl example.com example.org mail.example.nl post.example.nl web.example.com
    """
)
_STREETS = _words(
    """
    dorps kerk school molen station beatrix julianas oranje linden eiken beuken nieuwe hoge lage
    """
)
_STREET_ENDS = _words("straat laan weg plein kade singel dreef hof")
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
        self.mobile = "097000" + _digits(random, size, 6)
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
    for source, share in zip(_SOURCES, _IN_SOURCE, strict=True):
        chosen = np.flatnonzero(random.random(people.size) < share)
        again = chosen[random.random(len(chosen)) < (0.15 if source == "webshop" else 0.04)]
        who = np.concatenate([chosen, again])
        frames.append(_rows(people, who, source, random))
        persons.append(who)
    frame, person = pl.concat(frames), np.concatenate(persons)
    order = random.permutation(len(frame))[:records]
    return Simulation(frame[order], person[order], people.household[person[order]])


# What each source asks: share of rows in which a field is filled.
_FIELDS = ("first", "surname", "birth", "email", "mobile", "fixed", "home")
_FILLED = {
    "crm": (0.85, 1, 0.6, 0.6, 0.4, 0.5, 0.95),
    "webshop": (0.95, 1, 0.05, 0.98, 0.6, 0.1, 0.97),
    "newsletter": (0.6, 0.4, 0.05, 1, 0, 0, 0.02),
    "service": (0.25, 1, 0, 0.4, 0.45, 0.45, 0.8),
    "loyalty": (0.9, 1, 0.75, 0.6, 0.4, 0.1, 0.6),
}
_ROLES = {
    "first": ("first_name",),
    "surname": ("surname",),
    "birth": ("birth_date",),
    "email": ("email",),
    "mobile": ("mobile",),
    "fixed": ("phone",),
    "home": ("street", "house_number", "house_suffix", "postcode", "city"),
}


def _rows(people: _People, who: Ints, source: str, random: np.random.Generator) -> pl.DataFrame:
    """What one source says of these people, one row each."""
    columns = _names(people, who, random)
    columns["birth_date"] = _birth_errors(people.birth[who], random)
    for role, texts, share in (
        ("email", people.email, 0.01),
        ("mobile", people.mobile, 0.015),
        ("phone", people.fixed, 0.0),
    ):
        columns[role] = _mistyped(texts[who], share, random, digits=role != "email")
    columns |= _addresses(people, who, random)
    for field, share in zip(_FIELDS, _FILLED[source], strict=True):
        known = random.random(len(who)) < share
        for role in _ROLES[field]:
            columns[role] = np.where(known, columns[role], None)
        if field == "first" and source == "newsletter":  # which asks no initials
            columns["initials"] = np.where(known, columns["initials"], None)
    given = {
        name: pl.Series(name, column.tolist(), dtype=pl.String) for name, column in columns.items()
    }
    return pl.DataFrame(given).with_columns(pl.lit(source).alias("source"))


def _names(people: _People, who: Ints, random: np.random.Generator) -> dict[str, Texts]:
    """Names as given: a maiden name now and then, swapped, mistyped."""
    first, surname = people.first[who], people.surname[who]
    maiden = people.has_two_names[who] & (random.random(len(who)) < 0.2)
    surname[maiden] = people.own[who][maiden]
    swapped = random.random(len(who)) < 0.005
    first[swapped], surname[swapped] = surname[swapped], first[swapped]
    first, surname = _mistyped(first, 0.03, random), _mistyped(surname, 0.03, random)
    return {"initials": _initial(first), "first_name": first, "surname": surname}


def _addresses(people: _People, who: Ints, random: np.random.Generator) -> dict[str, Texts]:
    """The address as known here: the former one of some who moved."""
    at_former = people.moved[who] & (random.random(len(who)) < 0.35)
    attributes = ("street", "number", "suffix", "postcode", "city")
    columns = {}
    for role, name in zip(_ROLES["home"], attributes, strict=True):
        current = getattr(people.home, name)[people.household[who]]
        columns[role] = np.where(at_former, getattr(people.former, name)[who], current)
    columns["street"] = _mistyped(columns["street"], 0.04, random)
    columns["postcode"] = _mistyped(columns["postcode"], 0.01, random, digits=True)
    return columns


def _mistyped(
    texts: Texts, share: float, random: np.random.Generator, digits: bool = False
) -> Texts:
    """A slip in a share of the texts: a digit replaced; a letter dropped, doubled or swapped."""
    slip = _wrong_digit if digits else _wrong_letter
    for at in np.flatnonzero(random.random(len(texts)) < share):
        if texts[at] and len(texts[at]) >= 3:
            texts[at] = slip(texts[at], int(random.integers(1, len(texts[at]) - 1)), random)
    return texts


def _wrong_digit(text: str, place: int, random: np.random.Generator) -> str:
    if not text[place].isdigit():
        return text
    return text[:place] + str(int(random.integers(0, 10))) + text[place + 1 :]


def _wrong_letter(text: str, place: int, random: np.random.Generator) -> str:
    head, char, tail = text[:place], text[place], text[place + 1 :]
    other = "abcdefghijklmnopqrstuvwxyz"[int(random.integers(0, 26))]
    slips = (
        head + other + tail,
        head + tail,
        head + char * 2 + tail,
        head[:-1] + char + head[-1] + tail,
    )
    return slips[int(random.integers(0, 4))]


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
