"""One name of a person as people write it, taken apart. The vectorised common shape in
`names.py` must say the same (held by a test)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache

from klantbeeld.quality.given_names import GIVEN_NAMES
from klantbeeld.quality.name_words import (
    ENGLISH_SALUTATIONS,
    GENERATIONS,
    LATE_TITLES,
    OPENING_PREFIXES,
    PREFIX_WORDS,
    SALUTATIONS,
    SHORT_PREFIXES,
    TITLES,
)


@dataclass(frozen=True)
class Name:
    """Parts as written, apart from dots and tussenvoegsels; capitals are mended later."""

    salutation: str | None = None
    title: str | None = None
    initials: str | None = None
    first_name: str | None = None
    surname_prefix: str | None = None
    surname: str | None = None
    suffix: str | None = None


PARTS = tuple(part.name for part in fields(Name))

_SALUTATION = re.compile(
    r"(?i)^(?:(?:aan|t\.?a\.?v\.?:?|attn\.?:?|p/a|c/o) +)?((?:de |den )?(?:heer|dhr|hr)\.?"
    r"(?: ?(?:/|en|&|of|en/of) ?(?:mevrouw|mevr|mw)\.?)?|(?:mevrouw|mevr|mw|mvr|mej|mejuffrouw)\.?"
    r"(?: ?/ ?(?:dhr|de heer)\.?)?|(?:de )?fam(?:ilie|\.)?|mijnheer|meneer|herr|frau|mme\.?|madame"
    r"|mrs\.?|ms\.?|miss|mx\.?|monsieur|sir|lady)(?= |$)"
)
_ENGLISH = re.compile(r"(?i)^(mr|mister)\.?(?= |$)")
_TO = re.compile(r"(?i)^(?:t\.?a\.?v\.?:?|attn\.?:?|p/a|c/o) +")
_ROMAN_DIGRAPH = re.compile(r"^(?:[^\W\d_]{1,4}\.)+$")
_LATIN = re.compile(r"^[A-Za-zÀ-ɏ.']+$")
_LETTER = re.compile(r"^[^\W\d_]\.$")
_CALLED = re.compile(r"\s*[(\"“]([^()\"”]{2,40})[)\"”]\s*")
_VOWEL = re.compile(r"[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ý]")


@lru_cache(maxsize=65_536)
def parse_name(text: str, english: bool) -> Name:
    """Take a name apart; english: 'Mr' is a salutation, else the Dutch title meester."""
    rest = _TO.sub("", text.lstrip(" ,;.").rstrip(" ,;"))
    salutation, early, rest = _front(rest, english)
    has_small = any(c.islower() for c in rest)
    called = _CALLED.search(rest)
    if called:
        rest = (rest[: called.start()] + " " + rest[called.end() :]).strip()
    rest = re.sub(r"\s*[-–]\s*(?=\S)", "-", rest) if " -" in rest or "- " in rest else rest
    words, late, suffix = _late_titles(_uncomma(rest))
    words, inner = _inner_titles(words, english)
    if salutation is None and words and not english:
        salutation, words = _late_salutation(words)
    title = " ".join(early + inner + late) or None
    name = _person(words, has_small)
    first = name.first_name
    # 'J.P. (Jan)' is called Jan; 'Jan "de Fiets"' has a nickname.
    if called and not (first and called[0].strip()[0] in '"“'):
        first = called[1].strip()
    return Name(salutation, title, name.initials, first, name.surname_prefix, name.surname, suffix)


def _front(text: str, english: bool) -> tuple[str | None, list[str], str]:
    """Salutation, titles and the rest: 'Mevr. drs. Jansen' as well as 'Drs. mevr. Jansen'."""
    salutation: str | None = None
    titles: list[str] = []
    while True:
        found, rest = _salutation(text, english)
        if rest != text and rest:
            salutation, text = salutation or found, rest
            continue
        first, _, rest = text.partition(" ")
        if not rest or not _is_title(first, english):
            return salutation, titles, text
        titles.extend(_title(part) for part in first.lower().split(".") if part)
        text = rest


def _salutation(text: str, english: bool) -> tuple[str | None, str]:
    found = _SALUTATION.match(text)
    if found:
        key = re.sub(r" (?:en/of|of|en) | ?[&/] ?", "/", found[1].lower().replace(".", ""))
        key = key.replace("de ", "", 1) if key.startswith(("de heer", "de fam")) else key
        shown = SALUTATIONS.get(key) or ("Dhr./Mevr." if "/" in key else None)
        return shown, text[found.end() :].lstrip(" .,")
    mister = _ENGLISH.match(text) if english else None
    if mister:
        return ENGLISH_SALUTATIONS[mister[1].lower()], text[mister.end() :].lstrip(" .,")
    return None, text


def _late_salutation(words: list[str]) -> tuple[str | None, list[str]]:
    """'Jansen, dhr. P.' has its salutation in the middle."""
    for place, word in enumerate(words):
        bare = word.lower().rstrip(".")
        turned = words[-1].startswith("\0")
        if bare in ("dhr", "mevr", "mw", "mevrouw", "hr") and (place > 0 or turned):
            return SALUTATIONS[bare], words[:place] + words[place + 1 :]
    return None, words


def _uncomma(text: str) -> list[str]:
    """Words in the order 'first, prefix, surname': 'Velde, M. van der' is turned round."""
    if "," not in text:
        return text.split()
    left, *right = [part.split() for part in text.split(",") if part.strip()]
    if not right:
        return left
    if all(_is_late_title(w) for part in right for w in part):
        return left + [w for part in right for w in part]
    late = [w for part in right for w in part if _is_late_title(w) and len(part) == 1]
    given = [w for part in right for w in part if w not in late]
    while len(given) > 1 and _is_late_title(given[-1]) and not _is_short_name(given[-1]):
        late.insert(0, given.pop())
    prefix: list[str] = []
    while given and _opens(left) and _is_prefix(given):
        prefix.insert(0, given.pop())
    while len(right) > 1 and given and given[0].lower() in OPENING_PREFIXES and not prefix:
        prefix.append(given.pop(0))
    return given + prefix + ["\0" + " ".join(left)] + late


def _opens(words: list[str]) -> bool:
    return bool(words) and words[0].lower() not in OPENING_PREFIXES


def _is_prefix(given: list[str]) -> bool:
    """Is the last word a prefix? 'Berg, Ben' has a first name only."""
    last = given[-1].lower()
    return last in OPENING_PREFIXES or (len(given) > 1 and last in PREFIX_WORDS)


def _is_late_title(word: str) -> bool:
    bare = word.lower().replace(".", "")
    return bare in LATE_TITLES or bare in GENERATIONS


def _late_titles(words: list[str]) -> tuple[list[str], list[str], str | None]:
    """Words without the titles behind the name, those titles, and jr. or sr."""
    late: list[str] = []
    suffix = None
    while len(words) > 1 and _is_late_title(words[-1]) and not _may_be_surname(words):
        bare = words[-1].lower().replace(".", "")
        if bare in GENERATIONS:
            suffix = GENERATIONS[bare]
        else:
            late.insert(0, LATE_TITLES[bare])
        words = words[:-1]
    return words, late, suffix


def _inner_titles(words: list[str], english: bool) -> tuple[list[str], list[str]]:
    """'Jansen, drs. P.' and 'J. dr. Bos': dotted titles between the other words."""
    turned = bool(words) and words[-1].startswith("\0")
    start = 0 if turned else 1
    inner = [w for w in words[start:-1] if w.endswith(".") and _is_title(w, english)]
    rest = [w for w in words if w not in inner]
    return rest, [_title(w.lower().strip(".")) for w in inner]


def _may_be_surname(words: list[str]) -> bool:
    """'Jan Ma' has a surname that looks like a title; 'Jan Jansen MA' has not."""
    last = words[-1]
    if _is_short_name(last):
        return True
    return len(words) == 2 and not words[0].startswith("\0") and last.lower() not in GENERATIONS


def _is_short_name(word: str) -> bool:
    return len(word) == 2 and word == word.capitalize()


def _is_title(word: str, english: bool) -> bool:
    parts = [part for part in word.lower().split(".") if part]
    if english and parts == ["mr"]:
        return False
    return bool(parts) and all(part in TITLES for part in parts)


def _title(part: str) -> str:
    return TITLES.get(part, part)


def is_initials(word: str, has_small: bool) -> bool:
    """Is a word one or more initials: J.P., Th., JP (where other words have small letters)?"""
    bare = word.replace("-", "")
    if len(bare) == 1:
        return bare.isalpha()
    if _ROMAN_DIGRAPH.match(bare):
        return bare.lower() not in PREFIX_WORDS
    if not _LATIN.match(bare):  # scripts without small letters, or whose vowels are not known
        return bool(_LETTER.match(bare))
    if len(bare) <= 4 and bare.isalpha() and bare == bare.upper():
        return has_small or not _VOWEL.search(bare)
    dotted = "." in bare and re.match(r"^(?:[^\W\d_]\.?){1,6}$", bare)
    return bool(dotted) and bare.lower() not in PREFIX_WORDS


def standard_initials(words: list[str]) -> str | None:
    """'JP', 'J P', 'j.p.' and 'J.P' as 'J.P.'; 'Th.' stays."""
    out: list[str] = []
    for word in words:
        word = word.replace("-", "")
        parts = [p for p in word.split(".") if p] if "." in word else list(word)
        out.extend(p[:1].upper() + p[1:].lower() for p in parts)
    return "".join(f"{p}." for p in out) or None


def _person(words: list[str], has_small: bool) -> Name:
    """Words in the order given names, prefix, surname; a surname from before a comma is marked."""
    marked = next((w[1:] for w in words if w.startswith("\0")), None)
    words = [w for w in words if not w.startswith("\0")]
    if marked is not None:
        cut = next((i for i, w in enumerate(words) if i and w.lower() in PREFIX_WORDS), len(words))
        given, prefix = words[:cut], words[cut:]
        if words and words[0].lower() in OPENING_PREFIXES and cut == len(words):
            given, prefix = [], words
        own_prefix, surname = split_surname(marked)
        return _named(given, " ".join(prefix) or own_prefix, surname, has_small)
    if _is_cut_short(words):
        return _named(words[:1], None, None, has_small)
    turned = _surname_first(words, has_small)
    if turned:
        return turned
    cut = _cut(words, has_small)
    own_prefix, surname = split_surname(" ".join(words[cut:]))
    return _named(words[:cut], own_prefix, surname, has_small)


def _is_cut_short(words: list[str]) -> bool:
    """'Petra K.': a first name, and of the surname its first letter only."""
    if len(words) != 2 or not GIVEN_NAMES.issuperset(words[0].lower().split("-")):
        return False
    return words[1].isalpha() if len(words[1]) == 1 else bool(_LETTER.match(words[1]))


def _surname_first(words: list[str], has_small: bool) -> Name | None:
    """'Berg J. van der' and 'Jansen J.P.' without a comma."""
    end = len(words)
    while end and words[end - 1].lower() in PREFIX_WORDS and not is_initials(words[end - 1], False):
        end -= 1
    start = end
    while start and is_initials(words[start - 1], has_small) and "." in words[start - 1]:
        start -= 1
    if start == end or start == 0 or is_initials(words[0], has_small):
        return None
    own_prefix, surname = split_surname(" ".join(words[:start]))
    prefix = " ".join(words[end:]) or own_prefix
    return _named(words[start:end], prefix, surname, has_small)


def _cut(words: list[str], has_small: bool) -> int:
    """How many words are given names."""
    if words and words[0].lower() in OPENING_PREFIXES and len(words) > 1:
        return 0
    for place, word in enumerate(words[:-1]):
        # 'Jansen-van der Berg': what follows the hyphen belongs to the surname before it.
        _, hyphen, last = word.rpartition("-")
        if last.lower() in PREFIX_WORDS and (place or hyphen):
            return place
    initials = 0
    while initials < len(words) - 1 and is_initials(words[initials], has_small):
        initials += 1
    return initials or max(0, len(words) - 1)


def split_surname(text: str) -> tuple[str | None, str | None]:
    """Prefix and root of a surname: 'van der Berg' and 'Berg, van der'."""
    words = text.replace(",", " , ").split()
    if "," in words:
        comma = words.index(",")
        behind = [w for w in words[comma + 1 :] if w != ","]
        if behind and all(w.lower() in PREFIX_WORDS for w in behind):
            words = behind + words[:comma]
        else:
            words = [w for w in words if w != ","]
    cut = 0
    while cut < len(words) - 1 and words[cut].lower() in PREFIX_WORDS:
        cut += 1
    return standard_prefix(words[:cut]), " ".join(words[cut:]) or None


def standard_prefix(words: list[str]) -> str | None:
    """Tussenvoegsels in small letters, 'v.d.' for v/d, vd and 'v. d.'."""
    low = " ".join(SHORT_PREFIXES.get(w.lower(), w.lower()) for w in words)
    return low.replace("v. d.", "v.d.") or None


def _named(given: list[str], prefix: str | None, surname: str | None, has_small: bool) -> Name:
    if prefix:
        prefix = standard_prefix(prefix.split())
    initials = [w for w in given if is_initials(w, has_small)]
    first = [w for w in given if w not in initials]
    if first and initials:
        # 'Jan P.' has initials of which the first name is the first.
        order = [w[0] + "." if w in first else w for w in given]
        return Name(None, None, standard_initials(order), " ".join(first), prefix, surname)
    return Name(None, None, standard_initials(initials), " ".join(first) or None, prefix, surname)
