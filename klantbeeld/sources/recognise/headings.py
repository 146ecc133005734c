"""What a heading says: the roles its words name, Dutch or English, abbreviated or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz, process

from klantbeeld.sources.recognise.questions import asked_by
from klantbeeld.sources.recognise.vocabulary import HEADINGS, VAGUE

# Words around the real name; what is left without them means the same.
_QUALIFIERS = frozenset(
    [
        "klant",
        "klanten",
        "customer",
        "cust",
        "client",
        "relatie",
        "debiteur",
        "billing",
        "bill",
        "factuur",
        "invoice",
        "contact",
        "contactpersoon",
        "contacts",
        "primary",
        "primair",
        "main",
        "hoofd",
        "home",
        "thuis",
        "work",
        "werk",
        "prive",
        "private",
        "zakelijk",
        "business",
        "user",
        "gebruiker",
        "person",
        "persoon",
        "lid",
        "member",
        "account",
        "subscriber",
        "order",
        "mailing",
        "record",
        "addr",
        "address",
        "adres",
        "profile",
        "profiel",
        "default",
        "standaard",
        "value",
        "waarde",
        "new",
        "eigen",
        "own",
        "c",
        "x",
        "f",
        "str",
        "fld",
        "veld",
        "kolom",
        "col",
        "de",
        "het",
        "van",
        "the",
        "of",
        "your",
        "uw",
        "je",
        "jouw",
        "huidige",
        "huidig",
        "current",
    ]
)
_SECONDARY = frozenset(
    [
        "shipping",
        "ship",
        "verzend",
        "verzending",
        "aflever",
        "delivery",
        "bezorg",
        "levering",
        "other",
        "alternatief",
        "alternatieve",
        "alternative",
        "tweede",
        "second",
        "extra",
        "oud",
        "oude",
        "old",
        "vorige",
        "previous",
        "backup",
        "partner",
        "ouder",
        "parent",
        "noodcontact",
        "emergency",
    ]
)
_UNITS = frozenset(
    [
        "eur",
        "euro",
        "euros",
        "in",
        "incl",
        "excl",
        "inclusief",
        "exclusief",
        "btw",
        "vat",
        "ex",
        "verplicht",
        "required",
        "optioneel",
        "optional",
        "jn",
        "janee",
        "yn",
        "dd",
        "mm",
        "jjjj",
        "yyyy",
        "yy",
        "jj",
        "hh",
        "ddmmjjjj",
        "ddmmyyyy",
        "yyyymmdd",
        "m",
        "v",
        "o",
        "f",
        "utc",
        "cet",
    ]
)
# Roles that a part of a heading does not name: a 'passport number' is no number of ours.
_UNTOLD = frozenset(("-", "@number", "@id", "@customer", "@order", "@title"))
_DATE_WORDS = frozenset(
    {"datum", "date", "dat", "tijdstip", "timestamp", "op", "on", "at", "moment"}
)
_CHOICES = re.compile(r"(?i)(?<=\w)\s*\((?:j/n|y/n|ja/nee|yes/no|1/0|0/1|x)\)")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_AS_SHORT = 3  # letters more than the shortest
_SHORTENED = re.compile(r"([A-Za-z]{3,})\.")
_FUZZY_FROM = 7  # letters; shorter words differ by one letter and mean something else


class Said(NamedTuple):
    """A role the heading names, how surely (0 to 1), and the words that named it."""

    role: str
    weight: float
    phrase: str


def words_of(heading: str) -> list[str]:
    """'Geb.dat. (dd-mm)' → ['geb', 'dat', 'dd', 'mm']; 'CustomerID' → ['customer', 'id']."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    plain = re.sub(r"(?i)\be[- ]?mail", "email", plain)
    plain = _CHOICES.sub("", plain)
    # 'd.d.' and 't.n.v.' are words.
    plain = _DOTTED.sub(lambda found: found.group().replace(".", "").lower() + " ", plain)
    plain = plain.replace("#", " nr ")
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    plain = re.sub(r"(?<=[A-Za-z]{2})(?=\d)", " ", plain)
    return re.findall(r"[a-z0-9]+", plain.lower())


def joined(heading: str) -> str:
    return "".join(words_of(heading))


@cache
def _vocabulary() -> dict[str, str]:
    """Joined heading to role; the first role that claims a heading has it."""
    known: dict[str, str] = {}
    for role, phrases in HEADINGS.items():
        for phrase in _expanded(phrases):
            known.setdefault(phrase, role)
    for role in HEADINGS:
        if role[0] not in "@-":
            known.setdefault(role.replace("_", ""), role)
    return known


def _expanded(phrases: str) -> Iterator[str]:
    """Phrases with their {a|b} alternatives written out."""
    whole = re.sub(r"\{[^}]*\}", lambda group: "".join(group.group().split()), phrases)
    for phrase in whole.split():
        groups = re.findall(r"\{([^}]*)\}|([^{}]+)", phrase)
        parts = [choices.split("|") if choices else [plain] for choices, plain in groups]
        for chosen in product(*parts):
            yield "".join(chosen).lower()


def is_heading(text: str) -> bool:
    """Whether the text is surely a column name (for finding the header of a grid)."""
    if len(text) > 60 or "@" in text:
        return False
    return any(said.weight >= 0.65 for said in said_by(text))


@cache
def said_by(heading: str) -> tuple[Said, ...]:
    """The roles that a heading names, the surest first; empty when its words are not known."""
    found: dict[str, Said] = {}
    for said in _readings(heading):
        if said.role not in found or found[said.role].weight < said.weight:
            found[said.role] = said
    return tuple(sorted(found.values(), key=lambda said: -said.weight))


def _readings(heading: str) -> Iterator[Said]:
    # A caption over the columns says something only together with the name below it.
    parts = heading.split(" / ")
    asked = asked_by(words_of(parts[-1]), parts[-1])
    if asked is not None:
        yield Said(asked, 0.9, joined(parts[-1]))
        return
    plainly = list(_of_words(words_of(parts[-1])))
    if not any(said.weight >= 0.65 for said in plainly):
        yield from _of_shortened(parts[-1])
    yield from plainly
    if len(parts) > 1:
        caption = joined(" ".join(parts[:-1]))
        for said in _of_words(words_of(" ".join(parts))):
            if said.phrase not in caption:
                yield Said(said.role, said.weight * 1.05, said.phrase)


def _of_words(words: list[str]) -> Iterator[Said]:
    known = _vocabulary()
    whole = "".join(words)
    if whole in known:
        yield Said(known[whole], 0.7 if whole in VAGUE else 1.0, whole)
        return
    for share, kept in (*_turned(words), *_without(words)):
        name = "".join(kept)
        if name and name in known:
            yield Said(known[name], min(share, 0.65) if name in VAGUE else share, name)
            return
    near = process.extractOne(whole, _long_phrases(), scorer=fuzz.ratio, score_cutoff=90)
    if near and len(whole) >= _FUZZY_FROM:
        yield Said(known[near[0]], 0.8, near[0])
        return
    yield from _of_a_part(words, known)


def _of_shortened(heading: str) -> Iterator[Said]:
    """'Best.nr.' is the beginning of known names: the shortest tell, if they mean the same."""
    if not _SHORTENED.search(heading):
        return
    shortened = {word.lower() for word in _SHORTENED.findall(heading)}
    words = [word for word in words_of(heading) if word not in _UNITS]
    pattern = re.compile("".join(w + "[a-z]*" if w in shortened else w for w in words))
    known = _vocabulary()
    whole = sorted((len(phrase), phrase) for phrase in known if pattern.fullmatch(phrase))
    roles = {known[phrase] for size, phrase in whole if size <= whole[0][0] + _AS_SHORT}
    if len(roles) == 1:
        yield Said(roles.pop(), 0.8, "".join(words))


def _turned(words: list[str]) -> Iterator[tuple[float, list[str]]]:
    """'Datum gewijzigd' is 'gewijzigd op', and 'soort abonnement' is the subscription's name."""
    bare = [w for w in words if w not in _UNITS]
    dateless = [w for w in bare if w not in _DATE_WORDS]
    if dateless and len(dateless) < len(bare):
        for turned in (
            ["datum", *dateless],
            [*dateless, "datum"],
            [*dateless, "op"],
            [*dateless, "at"],
        ):
            yield 0.95, turned
    sortless = [w for w in bare if w not in ("soort", "type", "kind", "naam", "name")]
    if len(bare) > 1 and len(sortless) == len(bare) - 1 and bare[0] in ("soort", "type", "kind"):
        yield 0.85, sortless


def _without(words: list[str]) -> Iterator[tuple[float, list[str]]]:
    """The words without units and digits, then without qualifiers, then without secondary ones."""
    bare = [w for w in words if w not in _UNITS and not w.isdigit()]
    yield 0.95, bare
    numbered = len(bare) < len(words) and any(w.isdigit() and int(w) > 1 for w in words)
    share = 0.8 if numbered else 0.9
    yield share, [w for w in bare if w not in _QUALIFIERS]
    for at in range(1, len(bare)):
        if all(w in _QUALIFIERS for w in bare[:at]):
            yield share, bare[at:]
        if all(w in _QUALIFIERS for w in bare[at:]):
            yield share, bare[:at]
    primary = [w for w in bare if w not in _SECONDARY]
    if len(primary) < len(bare):
        yield 0.65, primary
        yield 0.6, [w for w in primary if w not in _QUALIFIERS]


@cache
def _long_phrases() -> tuple[str, ...]:
    return tuple(phrase for phrase in _vocabulary() if len(phrase) >= _FUZZY_FROM)


def _of_a_part(words: list[str], known: dict[str, str]) -> Iterator[Said]:
    """A known name among unknown words, best at their end: a hint, no more."""
    for size in range(len(words) - 1, 0, -1):
        inner = [(0.4, words[at : at + size]) for at in range(1, len(words) - size)]
        for share, kept in ((0.5, words[-size:]), (0.45, words[:size]), *inner):
            name = "".join(kept)
            role = known.get(name, "-")
            if len(name) > 2 and role not in _UNTOLD and name not in VAGUE:
                yield Said(role, share, name)
                return
