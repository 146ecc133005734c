"""Who may work for an organisation: those with its domain or all words of its name."""

from __future__ import annotations

import polars as pl

from klantbeeld.core.actor import Actor
from klantbeeld.profiles import search
from klantbeeld.profiles.asked import Term
from klantbeeld.profiles.finding import CANDIDATES, marks_of
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.words import PART
from klantbeeld.quality.tables import standardise


def may_work_for(actor: Actor, profile: Profile) -> list[int]:
    """People that share words with this organisation, for the room of identity to judge.

    Domains are asked for only where the actor's role may search addresses by them.
    """
    if profile.kind != "organisation":
        return []
    asked = [_named(profile)]
    if PART in marks_of(actor):
        words = search.documents([profile.pk]).get(profile.pk, "").split()
        asked += [[(Term(word),)] for word in words if word.startswith(PART) and "." in word]
    found = {c for groups in asked for c in search.matching(groups, CANDIDATES)}
    people = Profile.objects.filter(pk__in=found).exclude(kind="organisation")
    return sorted(people.values_list("pk", flat=True))


def _named(profile: Profile) -> list[tuple[Term, ...]]:
    """The words of the name without its legal form."""
    name = str(profile.data.get("organisation_name") or profile.name)
    read = standardise(pl.Series([name], dtype=pl.String), "organisation_name")
    return [(Term(word),) for word in str(read.parts["root"][0] or "").split()]
