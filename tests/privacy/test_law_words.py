"""Citations of the law on Dutch screens: Dutch around them, the names as they are."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.utils.translation import override

from klantbeeld.privacy import contact_law
from klantbeeld.privacy.contact_law.rule import Rule
from klantbeeld.privacy.law_words import NAMES, cited
from klantbeeld.privacy.special_rules import TREATMENTS

ENGLISH = re.compile(
    r"\b(the|and|or|with|since|until|before|force|January|February|March|April|May|June|July|"
    r"August|October|December|own|law|person|Directive|GDPR|recital|only|consent|persons|data|"
    r"as|for|to|addresses|advertising|customers|calls|surveys|sale|proof|list)\b"
)
# French, German, Dutch and names of articles use some of these words too.
FOREIGN = re.compile(r"Code de la consommation|Code des postes[^;(]*|prospection[^;]*|\bB to B\b|loi "
                     r"[^;)]*|Robinson Mail list|Liste [^(]*|Code \w+")  # fmt: skip


def sources() -> Iterator[str]:
    """The source of every rule, and the laws on special data."""
    yield from (rule.law for rule in TREATMENTS.values() if rule.law)
    for module in pkgutil.iter_modules(contact_law.__path__):
        held = vars(import_module(f"{contact_law.__name__}.{module.name}"))
        for value in held.values():
            if isinstance(value, tuple | list):
                yield from (one.source for one in value if isinstance(one, Rule))


@pytest.mark.parametrize("source", sorted(set(sources())))
def test_no_english_stands_around_a_law(source: str) -> None:
    with override("en"):
        assert cited(source) == source
        # The Dutch name of the regulation is not said in English; laws of a country keep theirs.
        assert not re.search(r"\bAVG\b", source)
    with override("nl"):
        said = cited(source)
    bare = FOREIGN.sub("", said)
    for name in NAMES:
        bare = bare.replace(name, "")
    assert not ENGLISH.findall(bare), said


def test_names_numbers_and_days_stay() -> None:
    with override("nl"):
        assert cited(
            "GDPR art. 7(3), in force 25 May 2018; before: Directive 2002/58/EC recital 17"
        ) == (
            "AVG art. 7(3), van kracht sinds 25 mei 2018; daarvoor: Richtlijn 2002/58/EG overweging 17"
        )
        assert cited(
            "Telecommunicatiewet art. 11.7 lid 2 (Stb. 2021, 103, in force 1 July 2021)"
        ) == ("Telecommunicatiewet art. 11.7 lid 2 (Stb. 2021, 103, van kracht sinds 1 juli 2021)")
        assert cited("") == ""
