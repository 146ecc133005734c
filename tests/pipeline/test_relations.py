"""Organisations that belong together are shown on each other's card, and where somebody works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.models import Profile
from klantbeeld.web.filled.panels import RELATIONS
from tests.pipeline.conftest import ACTOR

FIRMS = """Klantnr,Bedrijfsnaam,Contactpersoon,Adres,Postcode,Plaats,E-mail,KvK
1,Korenbloem B.V.,,Dorpsstraat 1,3511 AA,Utrecht,info@korenbloem.example.nl,00826684
2,Korenbloem Zwolle,,Kerkweg 7,8011 BB,Zwolle,zwolle@korenbloem.example.nl,
3,Zonnebrood B.V.,,Dorpsstraat 1,3511 AA,Utrecht,info@zonnebrood.example.nl,
4,Vergeetmij B.V.,,Molenlaan 9,9711 CC,Groningen,info@vergeetmij.example.nl,
"""


def test_related_organisations_are_on_the_card(
    bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    path = tmp_path / "klanten.csv"
    path.write_text(FIRMS, encoding="utf-8")
    bring(path)
    names = {p.name: p.pk for p in Profile.objects.all()}
    key = {word: next(pk for name, pk in names.items() if word in name)
           for word in ("Korenbloem B", "Zwolle", "Zonnebrood", "Vergeetmij")}  # fmt: skip
    told = [(r.customer, r.relation) for r in identity.relations_of(ACTOR, key["Korenbloem B"])]
    assert told == [(key["Zwolle"], "part"), (key["Zonnebrood"], "same_address")]
    (mother,) = identity.relations_of(ACTOR, key["Zwolle"])
    assert (mother.customer, mother.relation, mother.because) == (
        key["Korenbloem B"],
        "parent",
        ("domain",),
    )
    assert identity.relations_of(ACTOR, key["Vergeetmij"]) == []
    portal = tmp_path / "portaal.csv"
    portal.write_text(
        "Tijdstip,E-mailadres,Actie\n"
        "2026-11-01 10:00,info@zonnebrood.example.nl,ingelogd\n"
        "2026-11-02 10:00,info@zonnebrood.example.nl,ingelogd\n"
    )
    bring(portal)
    assert Profile.objects.get(pk=key["Zonnebrood"]).records == 2
    names_now = {p.pk: p.name for p in Profile.objects.all()}
    assert all(
        related.customer != customer
        for customer in names_now
        for related in identity.relations_of(ACTOR, customer)
    )
    card = profiles.card_for(ACTOR, to_public("customer", key["Zwolle"]))
    assert [(r.name, r.relation) for r in card.relations] == [
        (next(n for n in names if "Korenbloem B" in n), "parent")
    ]
    assert {"parent", "part", "contact", "employs", "branch", "same_address"} == set(RELATIONS)


PEOPLE = """Klantnr,Voornaam,Achternaam,E-mail
71,Fenna,Proefneus,fenna@vergeetmij.example.nl
72,Joris,Zandbergen,joris@korenbloem.example.nl
73,Mieke,Vergeetmij,mieke@example.org
"""


def test_who_works_there_is_on_the_card_of_the_organisation(
    bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    for name, text in (("klanten", FIRMS), ("mensen", PEOPLE)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        bring(tmp_path / f"{name}.csv")
    key = {p.name: to_public("customer", p.pk) for p in Profile.objects.all()}

    def told(name: str, relation: str) -> list[str]:
        card = profiles.card_for(ACTOR, key[name])
        return [r.name for r in card.relations if r.relation == relation]

    assert told("Vergeetmij B.V.", "employs") == ["Fenna Proefneus"]
    assert told("Fenna Proefneus", "contact") == ["Vergeetmij B.V."]
    # Two places have his domain: where he works nobody knows, and neither card says so.
    assert told("Korenbloem B.V.", "employs") == told("Joris Zandbergen", "contact") == []
