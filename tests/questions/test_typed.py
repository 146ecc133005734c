"""The first-day questions as people type them: no capitals, small words, another order."""

from __future__ import annotations

import pytest

from klantbeeld.segments.reads import understood
from klantbeeld.segments.sentences import readings
from tests.records import actor

# What is asked, to how people say it; "" is what is no question, or none of these.
ASKED = {
    "best": """
        beste klanten
        wie zijn onze beste klanten?
        wie zijn de beste klanten
        onze beste klanten van dit jaar
        mijn top 10 klanten
        top klanten 2025
        wie geeft het meeste uit
        wie heeft het meest besteld
        wie levert het meeste op
        grootste klanten
        wat zijn mijn grootste klanten
        klanten met de meeste omzet
        beste klant
        who are our best customers
        best customers
        top customers last year
        top 10 customers
        who spends the most
        who spent most this year
        biggest customers
        customers with the most revenue
    """,
    "last_purchase": """
        laatste aankoop van jan de vries
        laatste bestelling jan de vries
        wanneer heeft jan de vries voor het laatst iets gekocht
        wanneer kocht jan de vries iets
        wanneer heeft jan de vries voor het laatst besteld
        wat heeft jan de vries gekocht
        wat heeft jan de vries het laatst gekocht
        wat kocht jan de vries
        aankopen van jan de vries
        bestellingen van jan de vries
        what did jan de vries buy
        when did jan de vries buy last
        when did jan de vries last order something
        last order of jan de vries
        jan de vries's last purchase
        orders of jan de vries
        what has jan de vries bought
    """,
    "": """
        wanneer was jan de vries hier voor het laatst
        mag jan de vries de nieuwsbrief krijgen
        hoeveel klanten heb ik
        hoeveel omzet
        jan de vries
        fiets
        wie is jan de vries
        wie woont er in utrecht
        adres van jan de vries
        factuur 2024
    """,
    "silent": """
        wie heeft een jaar niets gekocht
        wie heeft al een jaar niks meer gekocht
        wie kocht al een jaar niets meer
        wie kocht langer dan een jaar niets
        wie heeft het afgelopen jaar niets besteld
        welke klanten hebben een jaar niks besteld
        wie koopt er niet meer
        klanten die een jaar niks kochten
        klanten die niets meer kopen
        wie is al een jaar niet geweest
        who hasn't bought for a year
        who hasnt bought anything for a year
        who hasn't bought anything in a year
        who has not ordered in the last 12 months
        customers who bought nothing for a year
        who didn't buy anything this year
        customers without orders for a year
        customers who haven't bought in 6 months
    """,
    "complaints": """
        heeft jan de vries eerder geklaagd
        heeft jan de vries al eens geklaagd
        heeft deze klant eerder geklaagd en loopt er nog iets
        loopt er nog iets met jan de vries
        klachten jan de vries
        klachten van jan de vries
        heeft jan de vries een klacht
        zijn er klachten van jan de vries
        staat er nog iets open voor jan de vries
        is er nog een klacht open van jan de vries
        did jan de vries complain
        has jan de vries complained before
        any complaints from jan de vries
        complaints jan de vries
        is there anything open for jan de vries
        does jan de vries have complaints
    """,
    "last_contact": """
        wie sprak jan de vries het laatst
        wie heeft jan de vries het laatst gesproken
        wie heeft er als laatste met jan de vries gesproken
        wie heeft jan de vries gebeld
        wat is er met jan de vries afgesproken
        wat hebben we met jan de vries afgesproken
        wat spraken we af met jan de vries
        laatste contact met jan de vries
        wanneer hebben we jan de vries voor het laatst gesproken
        who talked to jan de vries last
        who last spoke to jan de vries
        who did last speak with jan de vries
        what did we agree with jan de vries
        what was agreed with jan de vries
        last contact with jan de vries
        when did we last speak to jan de vries
    """,
    "may_contact": """
        mag ik jan de vries mailen
        mag ik jan de vries bellen
        mag ik jan de vries een mail sturen
        mogen we jan de vries bellen
        kan ik jan de vries bellen
        mag jan de vries gebeld worden
        mag jan de vries gemaild worden
        mag ik jan de vries benaderen
        mag ik jan de vries een nieuwsbrief sturen
        heeft jan de vries toestemming gegeven
        can i email jan de vries
        may i e-mail jan de vries
        can we call jan de vries
        can i contact jan de vries
        am i allowed to call jan de vries
        may we send jan de vries a newsletter
    """,
    "newsletter": """
        wie leest de nieuwsbrief
        wie openen de nieuwsbrief
        wie opent onze nieuwsbrief
        wie heeft de nieuwsbrief geopend
        wie opende de laatste nieuwsbrief
        lezers van de nieuwsbrief
        wie klikt in de nieuwsbrief
        welke onderwerpen in de nieuwsbrief worden gelezen
        wie opent de nieuwsbrief en welke onderwerpen lezen ze
        who reads the newsletter
        who reads our newsletter
        who opened the newsletter this year
        which topics are read in the newsletter
        newsletter readers
    """,
    "bought_never": """
        wie kocht een fiets maar nooit onderhoud
        wie heeft een fiets gekocht maar nog nooit onderhoud
        wie kocht een fiets en nooit onderhoud
        wie heeft wel een fiets maar geen onderhoud
        klanten met een fiets zonder onderhoud
        wie kocht wel een fiets maar geen onderhoud
        welke klanten kochten een fiets maar geen helm
        wie heeft een e-bike zonder onderhoud
        who bought a bike but never maintenance
        who bought a bike but no maintenance
        customers who bought a bike but never had maintenance
        who has a bike without maintenance
    """,
    "bought": """
        wie kocht een e-bike
        wie kocht een e-bike dit jaar
        wie heeft een helm gekocht
        who bought a helmet
    """,
    "leaving": """
        wie dreigt weg te lopen
        wie dreigen er weg te lopen
        wie dreigen we te verliezen
        welke klanten dreigen weg te lopen
        welke klanten dreig ik te verliezen
        wie gaat er weg
        wie vertrekt
        wie haakt af
        vertrekkende klanten
        wie bel ik vandaag
        wie moet ik vandaag bellen
        wie moet ik bellen
        wie zal ik bellen
        wie moeten we bellen
        who is about to leave
        who is leaving
        who might leave
        who are we about to lose
        which customers are at risk
        who do i call today
        whom should i call today
        who should we call
        who to call today
    """,
    "checkup": """
        hoeveel dubbele heb ik
        hoeveel dubbelen zijn er
        hoeveel dubbele klanten hebben we
        hoeveel foute adressen
        hoeveel adressen zijn fout
        hoeveel adressen kloppen niet
        hoeveel klanten staan er dubbel in
        dubbele klanten
        foute adressen
        dubbele adressen
        welke klanten staan dubbel
        how many duplicates
        how many duplicates do i have
        how many duplicates do we have
        how many wrong addresses
        how many double customers are there
        duplicate customers
        how many addresses are wrong
    """,
}
SENTENCES = [
    (line.strip(), key) for key, text in ASKED.items() for line in text.strip().splitlines()
]
# Small slips of the keyboard.
SLIPS = [
    ("wie zijn mijn bestte klanten", "best"), ("who are my bets customers", "best"),
    ("laatste aakoop van jan de vries", "last_purchase"), ("wie heeft al een jaar niks bestelt", "silent"),
    ("mag ik jan de vries beleln", "may_contact"), ("who hasnt bougth for a year", "silent"),
    ("klacten van jan de vries", "complaints"), ("hoeveel dubele adressen", "checkup"),
    ("who is abuot to leave", "leaving"), ("complants of jan de vries", "complaints"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key"), SENTENCES + SLIPS)
def test_what_people_type_is_understood(text: str, key: str) -> None:
    found = readings(text)
    if not key:
        assert found == []
        return
    assert found[0].question.key == key
    assert not found[0].missing or found[0].is_this
    whom = found[0].words.get("customer")
    assert whom in (None, "jan de vries") or found[0].is_this, whom


def test_what_lacks_something_is_offered_only_where_nothing_is_whole() -> None:
    who = actor("administrator")
    assert [q.key for q in understood(who, "who hasnt bought for a year")] == ["silent"]
    assert [q.key for q in understood(who, "laatste aankoop")] == ["last_purchase"]
