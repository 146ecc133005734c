"""Names of people: prefixes (tussenvoegsels), titles, initials, nicknames, parts of a surname."""

from __future__ import annotations

import re
from functools import lru_cache

from klantbeeld.quality.readers import GIVEN_NAMES

from .text import LONGEST, folded, letters, present

PREFIXES = frozenset((
    "van", "de", "den", "der", "het", "t", "ten", "ter", "te", "von", "vom", "zu", "du", "la",
    "le", "del", "della", "di", "da", "dos", "el", "op", "in", "aan", "bij", "onder", "over",
    "uit", "voor", "d", "s", "vd", "v", "vander", "vanden", "vande",
))  # fmt: skip
TITLES = (
    "dhr", "de heer", "heer", "hr", "mevr", "mevrouw", "mw", "mej", "mrs", "ms", "miss", "mr",
    "dr", "drs", "ir", "ing", "prof", "familie", "family", "fam", "sir", "lady",
)  # fmt: skip
_TITLE = re.compile(rf"^(?:(?:{'|'.join(TITLES)})(?:\.\s*|\s+))+", re.IGNORECASE)
_FAMILY = re.compile(r"^(?:fam|familie|family)\b", re.IGNORECASE)
# "Jansen - de Vries", "Jansen e/v de Vries", "Jansen geb. de Vries": partner's and own name.
_PART = re.compile(r"\s*(?:-|–|/|\be/?v\b|\bgeb(?:oren)?\b\.?|\bnee\b)\s*")
_GLUED_PREFIX = re.compile(r"^vande[nr]?(?=[^\W\d_]{3})")
_BARE_INITIALS = re.compile(r"(?:[^\W\d_][.\s]+)*[^\W\d_]\.?")
_WORD = re.compile(r"[^\W\d_]+")

# Sets of names that one person goes by; the first is the root of those that stand in one set.
_NICKNAMES = """
johannes jan hans johan johnny joop hannes jo jannes | pieter piet peter petrus | abraham bram ab
cornelis kees cor cornelius corne nelis | hendrik henk hein henry harry hendrikus henri rik
willem wim will bill william willy wilhelmus wil | gerardus gerard gert gerrit ger gerhardus
antonius ton toon anton anthony tony antoon toine tonnie tonny teun teunis antonie
jacobus jaap jacob ko koos james jim co jacques sjaak | adrianus ad adriaan arie aad adri adrie
franciscus frans frank francis | martinus martin maarten tinus | marinus rinus rien ries
theodorus theo dirk theodoor door dorus | nicolaas nico klaas niek nicolas nick claus klaus
lambertus bert lambert bertus | robert rob bob bobby robbie robbert | laurentius laurens lau rens
hermanus herman manus | bernardus ben bernard benno bennie | albertus albert bert ab appie
arnoldus arnold nol arno noud | hubertus huub hub bert | leonardus leo leonard len leendert leen
rudolf rudi ruud rudy roelof | sebastiaan bas bastiaan sebastian | augustinus guus gust
alphonsus fons alfons | everhardus evert | maximiliaan max
mohamed mohammed muhammed mo moha mohammad muhammad mohamad mhd md
johanna jo joke hanneke annie anneke hanna ans jannie janneke sjaan hannie jeanne jannetje
maria marie mia ria marijke mieke maaike riet rietje mies rie miep | hermina hermien mien
elisabeth els lies betty elizabeth liesbeth bep beth liz lizzie elly ellie bets betsy elsje lisette
catharina catherine ina toos rina trijntje trien tineke tiny katrien kaatje cato kitty karin
wilhelmina mien willemien ine mina wil willy willemijn helma | hendrika riek rika henny hennie rie
cornelia corrie nel lia corry neeltje nelly nellie cor cora connie
margaretha greet gretha margriet margaret greetje grietje griet greta marga margo rita
adriana ada adri adrie jeanne jaantje | jacoba coby cobie co coba jacobien | grietje greet greta
petronella nel nelly nellie pietje ella | geertruida truus trudy trudie gerda geertje gertrude
gerarda gerda gerrie | theodora thea dora doortje dorien | alida alie lida ali | anna ans annie an
helena leen lena leni heleen ellen lenie helen | francisca cisca francien fransje sisca
antonia toos tonny tonnie antje toni | magdalena magda lena leni | susanna suze suus suzan suzanne
josephina fien josje josefien josien | hendrina hennie rina dina | aleida aly alie leida
alexander alex sander xander lex | thomas tom tommy | michael mike michiel mick michel
richard rick dick | edward ed eddie eduard edwin | christiaan chris christian | christina tina
daniel dan daan danny | stephen steve steven stefan | samuel sam sammy | joseph joe jozef sjef jos
matthew matt mathijs matthijs thijs mattheus | david dave | charles charlie karel carel
george georg joris | benjamin ben benny | andrew andy andreas andries dries | frederik fred freddy
freek frits | vincent vince | patrick pat | timothy tim
katherine kate kathy katie kathryn catherine cathy | margaret maggie peggy peggie meg margie
jennifer jenny jen | susan sue susie suzie | deborah debbie deb | pamela pam | kenneth ken kenny
ronald ron ronnie | donald don donnie | gregory greg | jeffrey jeff geoffrey geoff | gerald jerry
lawrence larry laurence | walter walt | barbara barb | rebecca becky | theresa terry tess teresa
victoria vicky vicki | nathaniel nathan nate | jonathan jon | joshua josh | zachary zach
philip phil phillip | raymond ray | edward ted teddy ned | john jack | peter pete | anthony ant
joachim jochen | heinrich heinz | wolfgang wolf | friedrich fritz | josef sepp | ursula uschi
ahmed ahmad achmed | youssef yusuf yousef youssouf | hussein husein hussain | khalid khaled
fatima fatma fatimah | aicha aisha ayse | said saeed sayed | omar umar | ibrahim brahim
hassan hasan | mustafa mostafa | aleksandr alexander oleksandr sasha | yekaterina ekaterina katya
sergei sergey serhiy | dmitri dmitry dmytro dima | mikhail misha mykhailo | yevgeny evgeny eugene
andrei andrey andriy | nikolai nikolay mykola | pavel pawel pavlo | jozef josef
"""
_SETS = [part.split() for part in re.split(r"[|\n]", _NICKNAMES) if part.strip()]
NICKNAME_ROOT = {name: names[0] for names in _SETS for name in names}
IN_SETS: dict[str, set[int]] = {}
for _at, _names in enumerate(_SETS):
    for _name in _names:
        IN_SETS.setdefault(_name, set()).add(_at)

SOUNDS = [
    ("sch", "s"), ("ch", "g"), ("ph", "f"), ("ck", "k"), ("dt", "t"), ("th", "t"), ("qu", "k"),
    ("ei", "y"), ("ie", "i"), ("ou", "o"), ("au", "o"), ("c", "k"), ("z", "s"), ("v", "f"),
    ("q", "k"), ("x", "ks"), ("j", "y"), ("w", "f"),
]  # fmt: skip
_WEAK = re.compile(r"[aeiouyh]+")
_DOUBLED = re.compile(r"(.)\1+")
_MEN = frozenset(("m", "man", "male", "heer", "dhr", "mr", "hr", "jongen", "de heer"))
_WOMEN = frozenset(("f", "v", "vrouw", "female", "mevrouw", "mevr", "mw", "mrs", "ms", "miss"))


def _untitled(name: str) -> str | None:
    known = present(name)
    return _TITLE.sub("", folded(known)) if known else None


def first_name(value: str) -> str | None:
    """Folded first names in one word ('Anne-Marie' is 'annemarie'); None for bare initials."""
    plain = _untitled(value)
    if not plain or _BARE_INITIALS.fullmatch(plain):
        return None
    return letters(plain)


def initials_of(first_names: str) -> str | None:
    """The first letter of every first name: 'Jan Peter' gives 'jp'."""
    plain = _untitled(first_names)
    return "".join(word[0] for word in _WORD.findall(plain))[:6] or None if plain else None


def initials(value: str) -> str | None:
    """Written initials as letters: 'J.P.' gives 'jp'."""
    known = present(value)
    return (letters(folded(known)) or "")[:6] or None if known else None


def surname_parts(value: str) -> str | None:
    """Surname without prefixes and initials, its words joined by '|', 'ij' as 'y'.

    'van Dijk - de Vries' gives 'dyk|vries'. A name of nothing but prefixes keeps them.
    """
    plain = _untitled(value)
    if not plain:
        return None
    words = [word for part in _PART.split(plain) for word in _WORD.findall(part)]
    if all(len(word) == 1 for word in words):  # 'K.': cut short, which tells no surname
        return None
    telling = [word for word in words if len(word) > 1 and word not in PREFIXES]
    parts = (_GLUED_PREFIX.sub("", word).replace("ij", "y") for word in telling or words)
    return "|".join(parts) or None


def name_words(value: str) -> tuple[str, ...] | None:
    """The words of a name in order, without titles, prefixes and single letters."""
    plain = _untitled(value)
    if not plain:
        return None
    words = (word.replace("ij", "y") for word in _WORD.findall(plain))
    return tuple(w for w in words if len(w) > 1 and w not in PREFIXES and w not in TITLES)


def sounding(surname: str) -> str:
    """A key that sounds alike share: Dutch spelling variants, double letters, inner vowels."""
    alike = surname
    for written, sound in SOUNDS:
        alike = alike.replace(written, sound)
    return (alike[:1] + _DOUBLED.sub(r"\1", _WEAK.sub("", alike[1:])))[:8]


def nickname_root(first: str) -> str:
    """The name that a name and its nicknames share: 'henk' gives 'hendrik'."""
    return NICKNAME_ROOT.get(first, first)


def may_be_one(first: str, other: str) -> bool:
    """Whether two first names are names that one person goes by: 'coby' and 'jacoba'."""
    return not IN_SETS.get(first, set()).isdisjoint(IN_SETS.get(other, ()))


def may_begin(first: str, initial: str) -> bool:
    """Whether somebody called by a first name may write this initial: 'sjaak', of Jacobus, 'j'."""
    return any(_SETS[at][0][0] == initial for at in IN_SETS.get(first, ()))


def initials_by_set(name: str) -> str:
    """All initials that `may_begin` allows a first name; an initial itself as it is."""
    return name if len(name) == 1 else "".join(_SETS[at][0][0] for at in IN_SETS.get(name, ()))


def are_two(first: str, other: str) -> bool:
    """Whether two first names are two names, not one written in two ways: 'sem' and 'siem'."""
    if first not in GIVEN_NAMES or other not in GIVEN_NAMES or may_be_one(first, other):
        return False
    return spelling(first) != spelling(other)


SPELLINGS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("z", "s"), ("x", "ks"), ("y", "i"), ("h", ""))


@lru_cache(maxsize=20_000)
def spelling(first: str) -> str:
    """What ways to write one name share: 'eric' and 'erik', 'sofie' and 'sophie'."""
    for written, usual in SPELLINGS:
        first = first.replace(written, usual)
    return _DOUBLED.sub(r"\1", first)


def is_family(value: str) -> bool:
    """Whether a name speaks for a whole family: 'Fam. de Vries'."""
    return bool(_FAMILY.match(value.strip()))


def gender(value: str) -> str | None:
    """'m', 'f' or None, from a gender or a salutation."""
    plain = value[:20].strip(" .").lower()
    return "m" if plain in _MEN else "f" if plain in _WOMEN else None


def split_full_name(name: str) -> tuple[str | None, str | None]:
    """('Jan', 'de Vries') of 'Jan de Vries', 'Vries, Jan de' or 'Dhr. J. de Vries'.

    One word alone, and what follows 'Fam.', is taken as a surname.
    """
    trimmed = name[: 2 * LONGEST].strip()
    plain = _TITLE.sub("", trimmed)
    if is_family(trimmed):
        return (None, plain or None)
    if "," in plain:
        last, _, given = plain.partition(",")
        words = given.split()
        while words and words[-1].lower() in PREFIXES:
            words.pop()
        return (" ".join(words) or None, last.strip() or None)
    words = plain.split()
    for at, word in enumerate(words[1:], start=1):
        if word.lower() in PREFIXES or "-" in word:
            return (" ".join(words[:at]), " ".join(words[at:]))
    return (" ".join(words[:-1]) or None, words[-1] if words else None)
