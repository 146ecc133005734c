"""Invented people in the shapes of the screens: what the templates are rendered with in tests.

The module fulfils `klantbeeld.web.pages.Pages`; texts are Dutch, as the page functions give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from klantbeeld.core.actor import Actor
from klantbeeld.web import shapes as s
from klantbeeld.web.pages import Invalid, NotFound, Refused

CARD = "0000000000c01"
SURVIVOR_OF = "0000000000old".replace("l", "1").replace("o", "0")
EMPTY = "0000000000c00"
ORGANISATION = "0000000000c02"
REFUSED = "0000000000c99"
DELIVERY = "0000000000d01"
ROW = "0000000000r01"

ACTIVE = s.Group("active", "Actieve klant", "good")
INACTIVE = s.Group("inactive", "Inactieve klant", "warn")
POTENTIAL = s.Group("potential", "Potentiële klant", "accent")
INTERESTED = s.Group("possibly_interested", "Mogelijk geïnteresseerd", "info")
OTHER = s.Group("other", "Overig", "grey")


def ago(days: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment some days back, at a time of day."""
    day = timezone.localtime() - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def facts() -> tuple[s.Fact, ...]:
    """The six key figures."""
    now = timezone.localtime() - timedelta(minutes=4)
    return (
        s.Fact(
            "revenue",
            "Omzet 12 maanden",
            s.Money(128_430),
            "€ 1.088 in het jaar ervoor",
            trend=s.Trend(18, True),
            spark=(9, 12, 10, 18, 15, 21, 17, 24, 26, 25, 31, 30),
            definition="Som van alle bestellingen en termijnen in de laatste 12 maanden, "
            "na korting, min wat is teruggestuurd.",
            source="webshop, abonnementen",
            as_of=now,
            href="?kind=purchase#history",
        ),
        s.Fact(
            "orders",
            "Bestellingen",
            7,
            "om de 52 dagen, laatste 12 november",
            definition="Bestellingen met een bedrag boven nul.",
            source="webshop",
            as_of=now,
            href="?kind=purchase#history",
        ),
        s.Fact(
            "contact",
            "Laatste contact",
            ago(0, 8, 2),
            "mail, over bezorging",
            definition="Laatste keer dat er met een mens gesproken of geschreven is.",
            source="servicemailbox",
            as_of=now,
            href="?kind=mail#history",
        ),
        s.Fact(
            "complaints",
            "Klachten open",
            1,
            "3 in totaal, 2 over bezorging",
            tone="bad",
            definition="Klachten die nog niet zijn opgelost.",
            source="klachtenregister",
            as_of=now,
            href="?kind=complaint#history",
        ),
        s.Fact(
            "subscriptions",
            "Abonnementen",
            s.Money(995),
            "per maand, onderhoud",
            definition="Wat lopende abonnementen per maand opleveren.",
            source="abonnementen",
            as_of=now,
        ),
        s.Fact(
            "opened",
            "Nieuwsbrief geopend",
            s.Percent(64),
            "59 van 92 in 12 maanden",
            trend=s.Trend(-6, None),
            definition="Geopende nieuwsbrieven van de ontvangen.",
            source="nieuwsbrief",
            as_of=now,
            href="?kind=newsletter#history",
        ),
    )


def identity() -> tuple[s.IdentityValue, ...]:
    """Values with herkomst: chosen, lost, past, invalid and masked ones."""
    return (
        s.IdentityValue(
            "salutation",
            "Aanhef",
            "mevrouw Van den Heuvel",
            "CRM",
            ago(420),
            "afgeleid van geslacht en achternaam",
        ),
        s.IdentityValue(
            "email",
            "E-mail",
            "klaartje.vdheuvel@example.nl",
            "webshop",
            ago(9),
            "laatst bevestigd",
            (
                s.Loser("k.heuvel@example.org", "CRM", ago(900), "ouder, post kwam terug"),
                s.Loser(
                    "klaartje.vdheuvel@exmaple.nl",
                    "klachten",
                    ago(40),
                    "ongeldig: domein bestaat niet",
                ),
            ),
            href="mailto:klaartje.vdheuvel@example.nl",
        ),
        s.IdentityValue(
            "mobile",
            "Mobiel",
            "097 001 234 567",
            "CRM",
            ago(420),
            "enige waarde",
            problem="bestaat niet: te weinig cijfers",
        ),
        s.IdentityValue(
            "address",
            "Adres",
            "Voorbeeldstraat 12-B, 3512 AB Utrecht",
            "spaarkaart",
            ago(200),
            "meest recent en geldig",
            (
                s.Loser(
                    "Voorbeeldstr. 12 b Utrecht", "CRM", ago(420), "zelfde adres, minder volledig"
                ),
            ),
            past=("Oudeweg 4, Zeist (tot maart 2023)",),
        ),
        s.IdentityValue(
            "birth_date", "Geboren", ago(15_500).date(), "spaarkaart", ago(200), "enige waarde"
        ),
        s.IdentityValue("profession", "Beroep", "docent", "CRM", ago(420), "enige waarde"),
        s.IdentityValue(
            "iban", "Rekening", None, "webshop", ago(9), "laatst gebruikt", is_masked=True
        ),
    )


def lamps() -> tuple[s.Lamp, ...]:
    """Consent per channel."""
    return (
        s.Lamp(
            "email",
            "Mail",
            "mail",
            "yes",
            "opt-in 3-2-2024",
            "nieuwsbrief, regel 1.204",
            ago(650),
            "Voorbeeldfietsen",
        ),
        s.Lamp(
            "phone", "Bellen", "phone", "no", "niet bellen", "CRM, kolom “bel-me-niet”", ago(420)
        ),
        s.Lamp("post", "Post", "mailbox", "yes", "klant", "CRM", ago(420)),
        s.Lamp("sms", "Sms", "device-mobile", "unknown", "onbekend"),
    )


def entry_id(n: int) -> str:
    """An id that fits the address."""
    return f"{n:013d}"


def entries() -> tuple[s.TimelineEntry, ...]:
    """Four systems in one history, upcoming first."""
    e = s.TimelineEntry
    soon = (timezone.localtime() + timedelta(days=3)).date()

    def at(days: int, hour: int, minute: int) -> dict[str, object]:
        moment = ago(days, hour, minute)
        return {"at": moment, "day": moment.date()}

    return (
        e(
            entry_id(1),
            soon,
            None,
            "task",
            "Terugmailen over nieuwe bezorgdatum",
            "uit dossier 2026-118",
            people=("Klantenservice",),
            flag=s.Flag("over 3 dagen", "warn", "clock"),
            source="servicedesk",
            is_upcoming=True,
        ),
        e(
            entry_id(2),
            **at(0, 8, 2),
            family="complaint",
            title="Klacht: bezorging opnieuw te laat",
            detail="“Dit is de tweede keer dat ik een dag vrij neem…”",
            channel="mail",
            direction="in",
            people=("service@",),
            flag=s.Flag("open", "bad", "alert-circle"),
            source="klachten",
            has_more=True,
        ),
        e(
            entry_id(3),
            **at(0, 7, 58),
            family="mail",
            title="Waar blijft mijn accu?",
            detail="1 bijlage",
            channel="mail",
            direction="in",
            people=("service@",),
            source="mailbox",
            has_more=True,
        ),
        e(
            entry_id(4),
            **at(0, 7, 10),
            family="newsletter",
            title="Nieuwsbrief geopend, 2 × geklikt",
            detail="Herfst op de fiets: e-bikes, onderhoud",
            source="nieuwsbrief",
            has_more=True,
        ),
        e(
            entry_id(5),
            **at(9, 20, 41),
            family="purchase",
            title="Bestelling 20418: accu 500 Wh, montage",
            detail="iDEAL · code HERFST10 · via nieuwsbrief",
            channel="webshop",
            amount=s.Money(12_900),
            source="webshop",
            has_more=True,
        ),
        e(
            entry_id(6),
            **at(9, 20, 18),
            family="web",
            title="Websitebezoek, 14 pagina’s",
            detail="zocht “accu 500 wh”, vergeleek 3 producten",
            source="website",
            has_more=True,
        ),
        e(
            entry_id(7),
            **at(18, 11, 30),
            family="portal",
            title="Ingelogd op het portaal",
            detail="bekeek factuur, wijzigde adres",
            source="portaal",
        ),
        e(
            entry_id(8),
            **at(24, 16, 5),
            family="complaint",
            tone="good",
            title="Klacht opgelost: levering een week te laat",
            detail="dossier 2026-097, tegemoetkoming € 15",
            channel="telefoon",
            direction="out",
            people=("Sanne (klachten)",),
            flag=s.Flag("opgelost", "good", "check"),
            source="klachten",
            has_more=True,
        ),
        e(
            entry_id(9),
            **at(31, 10, 12),
            family="service",
            title="Reparatie: remkabel vervangen",
            detail="in de winkel Utrecht, 40 minuten",
            channel="winkel",
            people=("Joris",),
            amount=s.Money(3_450),
            source="servicedesk",
            has_more=True,
        ),
        e(
            entry_id(10),
            ago(31).date(),
            None,
            "loyalty",
            "120 punten bijgeschreven",
            "saldo 1.840",
            source="spaarkaart",
        ),
        e(
            entry_id(11),
            **at(46, 9, 2),
            family="survey",
            title="Enquête: 6 als aanbeveling",
            detail="“Fijne winkel, bezorging kan beter”",
            source="enquête",
            has_more=True,
        ),
        e(
            entry_id(12),
            **at(61, 14, 20),
            family="refund",
            title="Retour: fietstas",
            detail="bestelling 20102",
            channel="webshop",
            amount=s.Money(-4_995),
            source="webshop",
        ),
        e(
            entry_id(13),
            **at(88, 12, 0),
            family="subscription",
            title="Onderhoudsabonnement verlengd",
            detail="tot 1 december, € 9,95 per maand",
            source="abonnementen",
        ),
        e(
            entry_id(14),
            **at(400, 15, 45),
            family="quote",
            title="Offerte 2025-311: e-bike",
            detail="verlopen",
            amount=s.Money(249_900),
            source="offertes",
        ),
    )


CHIPS = (
    ("", "Alles", 214),
    ("purchase", "Aankopen", 31),
    ("mail", "Mail", 48),
    ("complaint", "Klachten", 3),
    ("newsletter", "Nieuwsbrief", 92),
    ("web", "Website", 36),
    ("portal", "Portaal", 4),
)


def panels() -> tuple[s.Panel, ...]:
    """Panels of several rooms, one of them not for this role."""
    row = s.PanelRow
    return (
        s.Panel(
            "interests",
            "Interesses en wensen",
            (
                s.Tag("e-bikes", "9 kliks"),
                s.Tag("onderhoud", "gezegd"),
                s.Tag("kinderzitjes"),
                s.Tag("liever brochure"),
            ),
            "web/panels/tags.html",
            "who",
        ),
        s.Panel(
            "household",
            "Huishouden",
            (
                row(
                    "Bas van den Heuvel",
                    "zelfde adres, andere voornaam",
                    href=f"/customers/{ORGANISATION}/",
                ),
                row("Mila van den Heuvel", "zelfde adres"),
            ),
            place="who",
            count=3,
        ),
        s.Panel(
            "purchases",
            "Aankopen",
            (
                row("Accu 500 Wh, montage", "12 november · iDEAL", s.Money(12_900)),
                row("Remkabel en montage", "21 oktober · pin", s.Money(3_450)),
                row("Fietstas", "retour", s.Money(-4_995), is_muted=True),
                row("Stadsfiets Voorbeeld 7", "maart 2024 · financiering", s.Money(249_900)),
            ),
            count=7,
            link=s.Link("Alles", "?kind=purchase#history"),
        ),
        s.Panel(
            "subscriptions",
            "Abonnementen",
            (
                row(
                    "Onderhoud Plus",
                    "sinds december 2023",
                    s.Money(995),
                    s.Flag("loopt af 1-12", "warn", "clock"),
                ),
                row("Fietsverzekering", "gestopt in 2024", is_muted=True),
            ),
        ),
        s.Panel(
            "cases",
            "Dossiers",
            (
                row(
                    "2026-118 Bezorging te laat",
                    "Klachten, sinds vandaag",
                    flag=s.Flag("open", "bad", "alert-circle"),
                ),
                row(
                    "2026-097 Levering te laat",
                    "Klachten",
                    flag=s.Flag("opgelost", "good", "check"),
                ),
            ),
            count=3,
        ),
        s.Panel(
            "documents",
            "Documenten",
            (
                row("Offerte 2025-311 (e-bike)", "PDF", ago(400).date()),
                row("Brief: opzegging verzekering", "DOCX", ago(610).date()),
            ),
        ),
        s.Panel("bank", "Betalingen", state="denied"),
    )


def why() -> s.Why:
    """Why six records are one customer."""
    r = s.RecordRow
    return s.Why(
        "Zes bronregels uit zes bronnen zijn samen één klant.",
        s.Percent(99.8),
        (
            s.Evidence("Zelfde e-mail", "webshop, nieuwsbrief en mailbox"),
            s.Evidence("Naam, postcode en huisnummer gelijk", "CRM en spaarkaart"),
            s.Evidence("Klantnummer K-20418 genoemd", "klachten en webshop"),
            s.Evidence("Telefoonnummer ontbreekt", "nergens te vergelijken", "grey"),
        ),
        (
            r(
                "CRM",
                "K-1043",
                "Mw. K. v.d. Heuvel",
                "Voorbeeldstr. 12 b Utrecht",
                ago(420),
                "naam, postcode, huisnummer",
            ),
            r(
                "webshop",
                "20418",
                "Klaartje van den Heuvel",
                "klaartje.vdheuvel@example.nl",
                ago(9),
                "e-mail",
            ),
            r(
                "nieuwsbrief",
                "regel 1.204",
                "Klaartje",
                "klaartje.vdheuvel@example.nl",
                ago(650),
                "e-mail",
            ),
            r(
                "spaarkaart",
                "88-2210",
                "K van den Heuvel",
                "3512 AB 12-B",
                ago(200),
                "naam, adres, geboortedatum",
            ),
            r(
                "klachten",
                "2026-118",
                "Heuvel, K. van den",
                "klantnr webshop 20418",
                ago(0, 8),
                "klantnummer",
            ),
            r("mailbox", "bericht", "klaartje.vdheuvel@example.nl", "", ago(0, 7), "e-mail"),
        ),
        (s.Link("Bas van den Heuvel", f"/customers/{ORGANISATION}/"),),
    )


def _chips(family: str) -> tuple[s.Chip, ...]:
    return tuple(s.Chip(k, label, n, k == family) for k, label, n in CHIPS)


def timeline(actor: Actor, public_id: str, query: s.TimelineQuery) -> s.TimelinePage:
    """A page of the history; the second page goes on in the first one's last day."""
    if query.before:
        last = entries()[-1]
        more = s.TimelineEntry(
            entry_id(99), last.day, None, "letter", "Brief ontvangen", source="post"
        )
        return s.TimelinePage((more,), shown_day=last.day)
    shown = tuple(e for e in entries() if not query.family or e.family == query.family)
    return s.TimelinePage(
        shown, _chips(query.family), older="" if query.family else shown[-1].public_id
    )


def card(actor: Actor, public_id: str, query: s.TimelineQuery) -> s.CardView:
    """The card of Klaartje, an empty one, or nothing."""
    if public_id == REFUSED:
        raise Refused("Deze klant valt onder een beperking van de verwerking.")
    if public_id == EMPTY:
        return s.CardView(
            EMPTY,
            "Onbekend",
            "person",
            OTHER,
            None,
            "",
            (),
            None,
            1,
            (),
            (),
            (),
            (),
            (),
            (),
            s.TimelinePage(()),
            s.Why(
                "Er is maar één bronregel.",
                None,
                (),
                (s.RecordRow("website", "apparaat", "", "", ago(2), "–"),),
            ),
        )
    if public_id not in (CARD, SURVIVOR_OF, ORGANISATION):
        raise NotFound(public_id)
    is_person = public_id != ORGANISATION
    name = "Klaartje van den Heuvel" if is_person else "Stichting Voorbeeld & Zonen"
    return s.CardView(
        CARD if is_person else ORGANISATION,
        name,
        "person" if is_person else "organisation",
        ACTIVE,
        ago(2_800).date(),
        "Utrecht",
        (s.Link("huishouden van 3", "#household"), "Team West"),
        timezone.localtime() - timedelta(minutes=4),
        6,
        (
            s.Flag(
                "Tweede klacht in 30 dagen, zelfde oorzaak",
                "bad",
                "alert-circle",
                "?kind=complaint#history",
            ),
            s.Flag("Onderhoudsabonnement loopt af op 1-12", "warn", "clock"),
            s.Flag("Bellen: geen toestemming", "grey", "phone-off"),
        ),
        (
            s.Action(
                "mail", "Mail", "mail", "mailto:klaartje.vdheuvel@example.nl", is_primary=True
            ),
            s.Action(
                "export",
                "Alles over deze klant downloaden",
                "download",
                f"/customers/{public_id}/export",
                "post",
            ),
            s.Action(
                "erase",
                "Verwijder deze klant",
                "trash",
                f"/customers/{public_id}/erase",
                "post",
                question="Alle 6 bronregels en 214 gebeurtenissen worden voorgoed verwijderd.",
            ),
        ),
        facts(),
        identity(),
        lamps(),
        panels(),
        timeline(actor, public_id, query),
        why(),
    )


def entry(actor: Actor, public_id: str, entry_id: str) -> s.EntryView:
    """An order with lines and a mail in one, so that every part shows."""
    return s.EntryView(
        entries()[4],
        s.Link("Klaartje van den Heuvel", f"/customers/{CARD}/"),
        (
            s.Detail("Betaald met", "iDEAL"),
            s.Detail("Code", "HERFST10"),
            s.Detail("Besteld", ago(9, 20, 41)),
        ),
        (
            s.OrderLine("Accu 500 Wh", 1, s.Money(9_900), s.Money(9_900), "onderdelen"),
            s.OrderLine("Montage", 1, s.Money(3_000), s.Money(3_000)),
        ),
        (s.Person("Aan", "service@example.nl"),),
        "Beste mensen,\n\nDit is de tweede keer dat ik een dag vrij neem voor niets.\n\nGroet, Klaartje",
        (s.Link("foto.jpg", f"/customers/{CARD}/documents/{1:013d}"),),
        "webshop, bestelling 20418",
        f"/sources/{DELIVERY}/",
    )


def document(actor: Actor, public_id: str, document_id: str, entry_id: str) -> s.Download:
    """A page that would run a script if it were shown."""
    if public_id != CARD:
        raise NotFound(document_id)
    return s.Download("bon é.html", "text/html", b"<script>alert(1)</script>")


def erase_preview(actor: Actor, public_id: str) -> s.ErasePreview:
    """What goes."""
    if public_id != CARD:
        raise NotFound(public_id)
    parts = (s.ErasedPart("bronregels", 6), s.ErasedPart("gebeurtenissen", 214))
    return s.ErasePreview(CARD, "Klaartje van den Heuvel", "person", parts, ("CRM", "webshop"))


def ask_erasure(actor: Actor, public_id: str, reason: str, keep_fiscal: bool) -> str:
    """Only what the customer asked for."""
    if reason != "request":
        raise Invalid({"": "Een zaak houdt dit vast."})
    return ERASURE


ERASURE = "0000000000007"
_ASKED = s.ErasureRow(
    ERASURE, "V-20261122-0a1b2c3d", "waiting", "wacht", "warn", "Anna", datetime(2026, 11, 22, 12, 0),
    "", None,
)  # fmt: skip


def erasures(actor: Actor) -> tuple[s.ErasureRow, ...]:
    """One that waits."""
    return (_ASKED,)


def erasure(actor: Actor, public_id: str) -> s.ErasureView:
    """One that waits for somebody else."""
    parts = (s.ErasedPart("bronregels", 6),)
    return s.ErasureView(_ASKED, "De klant vroeg erom", parts, "needs_exception", (), CARD, "Jan")


def approve_erasure(actor: Actor, public_id: str, exception: str) -> None:
    """Not without a word."""
    if not exception:
        raise Invalid({"exception": "Schrijf op waarom."})


def refuse_erasure(actor: Actor, public_id: str) -> None:
    """Not erased."""


def customer_export(actor: Actor, public_id: str) -> bytes:
    """A small export."""
    return b'{"customer": {}}'


NAMES = (
    "Klaartje van den Heuvel",
    "Bas van den Heuvel",
    "Stichting Voorbeeld & Zonen",
    "Jan de Proefpersoon",
    "Aïcha Voorbeeld",
    "Fietscentrum Testdorp B.V.",
    "Øyvind Ænes",
    "Willemijn ter Test-Proef",
    "Sjors O’Test",
    "Mohammed el Voorbeeld",
    "Truus Testers",
    "Gemeente Testerveen",
)


def customers(actor: Actor, query: s.CustomersQuery) -> s.CustomersView:
    """A page of the list."""
    groups = (ACTIVE, ACTIVE, POTENTIAL, INACTIVE, INTERESTED, OTHER)
    rows = tuple(
        s.ListRow(
            CARD if i == 0 else f"{i:013d}",
            NAMES[i % 12],
            "organisation" if i % 12 in (2, 5, 11) else "person",
            groups[i % 6],
            {
                "place": ("Utrecht", "Zeist", "Den Haag", None)[i % 4],
                "revenue": s.Money(128_430 - i * 4_017),
                "orders": max(0, 14 - i),
                "last_order": ago(9 + i * 11).date() if i < 18 else None,
                "last_contact": ago(i * 3),
                "sources": 6 - i % 5,
                "complaints": s.Flag("1 open", "bad", "alert-circle") if i % 7 == 0 else None,
            },
        )
        for i in range(24)
    )
    if query.filters.get("complaint") == "none":
        rows = ()
    shown = set(query.columns) or {
        "place",
        "revenue",
        "orders",
        "last_order",
        "last_contact",
        "complaints",
    }
    columns = tuple(
        s.Column(key, label, is_number, key != "complaints", key in shown)
        for key, label, is_number in (
            ("place", "Plaats", False),
            ("revenue", "Omzet 12 mnd", True),
            ("orders", "Bestellingen", True),
            ("last_order", "Laatste aankoop", True),
            ("last_contact", "Laatste contact", True),
            ("complaints", "Klachten", False),
            ("sources", "Bronnen", True),
        )
    )
    option = s.Option
    filters = (
        s.Filter(
            "kind",
            "Soort",
            (option("person", "personen"), option("organisation", "organisaties")),
            query.filters.get("kind", ""),
        ),
        s.Filter(
            "mail",
            "Mag gemaild",
            (option("yes", "ja"), option("no", "nee"), option("unknown", "onbekend")),
            query.filters.get("mail", ""),
        ),
        s.Filter(
            "complaint",
            "Klacht",
            (option("open", "open"), option("any", "ooit"), option("none", "nooit")),
            query.filters.get("complaint", ""),
        ),
        s.Filter(
            "subscription",
            "Abonnement",
            (option("running", "lopend"), option("ended", "gestopt")),
            query.filters.get("subscription", ""),
        ),
    )
    return s.CustomersView(
        rows,
        columns,
        group_chips(query.group),
        filters,
        query,
        5_412,
        5_412 if rows else 0,
        next=rows[-1].public_id if rows else "",
        previous=query.after,
        first_number=1,
        may_export=True,
    )


def group_chips(group: str = "") -> tuple[s.Chip, ...]:
    """The five groups with counts."""
    counts = (
        ("active", "Actief", 2_184),
        ("inactive", "Inactief", 1_203),
        ("potential", "Potentieel", 311),
        ("possibly_interested", "Mogelijk geïnteresseerd", 1_466),
        ("other", "Overig", 248),
    )
    return tuple(
        s.Chip(k, label, n, k == group, f"/customers/?group={k}") for k, label, n in counts
    )


def customers_export(actor: Actor, query: s.CustomersQuery) -> Iterator[bytes]:
    """A workbook, in two pieces."""
    yield b"PK"
    yield b"\x03\x04"


def search(actor: Actor, text: str) -> s.SearchView:
    """Three hits, or none for “niemand”."""
    if not text or text == "niemand":
        return s.SearchView(text, (), 0)
    hits = (
        s.Hit(
            CARD, NAMES[0], "person", ACTIVE, "Voorbeeldstraat 12-B, Utrecht", "bestelling 20418"
        ),
        s.Hit(f"{2:013d}", NAMES[1], "person", INACTIVE, "Voorbeeldstraat 12-B, Utrecht"),
        s.Hit(
            ORGANISATION,
            NAMES[2],
            "organisation",
            POTENTIAL,
            "Testerveen",
            "e-mail info@example.org",
        ),
    )
    return s.SearchView(text, hits, 17)


COUNTS = s.Counts(12_408, 11_902, 318, 141, 9, 38)


def delivery_rows() -> tuple[s.DeliveryRow, ...]:
    """Deliveries in every state."""
    row = s.DeliveryRow
    same = s.Counts(5_140, 0, 5_140, 0, 0, 0)
    return (
        row(
            DELIVERY, "klachten", ("klachten.csv",), ago(0, 7, 12), "Marieke Bakker", "done", COUNTS
        ),
        row(
            f"{2:013d}",
            "crm",
            ("crm.xlsx", "crm-oud.xlsx"),
            ago(0, 7, 10),
            "Marieke Bakker",
            "running",
            s.Counts(2_000, 2_000, 0, 0, 0, 0),
        ),
        row(f"{3:013d}", "webshop", ("webshop.db",), ago(1, 6), "opdrachtregel", "done", same),
        row(
            f"{4:013d}",
            "nieuwsbrief",
            ("nieuwsbrief.csv",),
            ago(2, 6),
            "opdrachtregel",
            "interrupted",
            s.Counts(40_000, 40_000, 0, 0, 0, 0),
        ),
        row(
            f"{5:013d}",
            "leads",
            ("leads.xlsx",),
            ago(12, 6),
            "Marieke Bakker",
            "failed",
            s.Counts(0, 0, 0, 0, 0, 0),
        ),
        row(
            f"{6:013d}",
            "enquête",
            ("nps.xlsx",),
            ago(30, 6),
            "Marieke Bakker",
            "undone",
            s.Counts(812, 0, 0, 0, 0, 812),
        ),
    )


def start(actor: Actor) -> s.StartView:
    """A demo with everything in it."""
    now = timezone.localtime() - timedelta(minutes=9)
    fact = s.Fact
    return s.StartView(
        (
            fact(
                "customers",
                "Klanten",
                5_412,
                "uit 14.206 bronregels",
                definition="Bronregels die samen één klant zijn tellen als één.",
                as_of=now,
                href="/customers/",
            ),
            fact(
                "interactions",
                "Gebeurtenissen",
                151_204,
                "in 3 jaar",
                definition="Alles wat klanten deden of meemaakten.",
                as_of=now,
            ),
            fact(
                "revenue",
                "Omzet 12 maanden",
                s.Money(184_320_455),
                trend=s.Trend(7, True),
                spark=(3, 4, 4, 6, 9, 8, 9, 7, 6, 5, 4, 6),
                definition="Bestellingen en termijnen, na korting.",
                as_of=now,
            ),
            fact(
                "complaints",
                "Klachten open",
                38,
                "9 langer dan een week",
                tone="bad",
                definition="Nog niet opgelost.",
                as_of=now,
            ),
            fact("sources", "Bronnen", 12, "laatste vandaag 07:12", href="/sources/"),
        ),
        group_chips(),
        delivery_rows(),
        (
            s.Flag("141 uitgevallen regels wachten", "warn", "inbox", "/quarantine/"),
            s.Flag("Laden van nieuwsbrief is afgebroken", "bad", "alert-triangle", "/sources/"),
        ),
        now,
        s.DemoNote("De Voorbeeldfietser", "~/.local/share/klantbeeld-demo"),
        goals=goals(actor),
        steps=(s.Step("Voeg toe: klachten", "Je klachtenlijst.", "/sources/", "file-import"),),
    )


def sample(actor: Actor) -> s.SampleView | None:
    """No examples among invented people."""
    return None


def load_sample(actor: Actor) -> None:
    """Would load it."""


def leave_sample(actor: Actor) -> None:
    """Would take it out."""


def goals(actor: Actor) -> s.GoalsView:
    """One goal with its data, one without."""
    here = s.NeedView("Bestellingen", True, "16.506 bestellingen")
    missing = s.NeedView("Klachten", False, "Je klachtenlijst, met datum en stand.")
    return s.GoalsView(
        (
            s.GoalView(
                "revenue", "Omzet per klant", "Wie zijn mijn beste klanten?", "star", (here,),
                True, s.Money(184_320_455), "Omzet 12 maanden", "/customers/?sort=-revenue",
            ),
            s.GoalView(
                "complaints", "Klachten", "Wie klaagde, en wat loopt er nog?", "alert-circle",
                (missing,), True,
            ),
            s.GoalView("portal", "Portaal", "Wie gebruikt het portaal?", "login", (missing,)),
        ),
        "/sources/",
        may_choose=True,
    )  # fmt: skip


def example_files(actor: Actor) -> tuple[s.Link, ...]:
    """One file to fill in."""
    return (s.Link("Klanten", "/templates/customers.xlsx"),)


def example_file(actor: Actor, key: str) -> s.Download:
    """Some bytes."""
    return s.Download("klanten.xlsx", "application/octet-stream", b"x")


def choose_goals(actor: Actor, keys: Sequence[str]) -> None:
    """Would store them."""


def deliveries(actor: Actor, before: str) -> s.DeliveriesView:
    """Sources and deliveries."""
    source = s.SourceRow
    return s.DeliveriesView(
        (
            source(
                "crm",
                5_140,
                ago(0, 7, 10),
                6,
                None,
                f"/sources/{DELIVERY}/",
                "/customers/?f_source=1",
            ),
            source("webshop", 18_204, ago(1, 6), 31),
            source(
                "nieuwsbrief",
                3_920,
                ago(2, 6),
                12,
                s.Flag("afgebroken", "warn", "alert-triangle"),
            ),
            source("leads", 0, ago(12, 6), 1, s.Flag("niet leesbaar", "bad", "circle-x")),
        ),
        delivery_rows(),
        older="" if before else f"{6:013d}",
    )


def delivery(actor: Actor, public_id: str) -> s.DeliveryView:
    """A delivery with problems."""
    if public_id != DELIVERY:
        raise NotFound(public_id)
    return s.DeliveryView(
        delivery_rows()[0],
        (
            s.DeliveryFile(
                "klachten.csv",
                "klachten",
                "dossiers",
                (("Dossiernr", "dossiernummer"), ("Geopend", "geopend op")),
                ("Opm_intern", "Kleur"),
            ),
        ),
        (
            s.Problem(
                "Datum bestaat niet",
                "Verbeter de dag of laat hem leeg.",
                112,
                "quarantined",
                "31-02-2025",
                "/quarantine/?reason=bad_date",
            ),
            s.Problem(
                "Te veel kolommen",
                "De regel heeft een scheidingsteken in een waarde; zet er aanhalingstekens om.",
                38,
                "rejected",
                "K-12;te laat;;",
            ),
            s.Problem(
                "Klant is verwijderd",
                "Deze persoon heeft om verwijdering gevraagd; dat blijft gelden.",
                9,
                "suppressed",
            ),
        ),
        4.2,
        "source: klachten\ntables:\n  - table: klachten\n    holds: cases\n    key: Dossiernr\n    columns:\n      Dossiernr:  {role: case_number, confidence: 0.99}\n      Geopend:    {role: opened_at, confidence: 0.97, format: dmy}\n",
        s.UndoPreview(318, 12, 11_902, 4),
        together=delivery_rows()[1:3],
    )


def undo_delivery(actor: Actor, public_id: str) -> s.UndoPreview:
    """Undone."""
    return s.UndoPreview(318, 12, 11_902, 4)


def quarantine_rows() -> tuple[s.QuarantineRow, ...]:
    """Rows that wait."""
    row = s.QuarantineRow
    return (
        row(
            ROW,
            "klachten",
            "klachten.csv",
            212,
            "Geopend",
            "31-02-2025",
            "Datum bestaat niet",
            ago(0, 7, 12),
        ),
        row(
            f"{2:013d}",
            "klachten",
            "klachten.csv",
            377,
            "Geopend",
            "12-13-2024",
            "Datum bestaat niet",
            ago(0, 7, 12),
        ),
        row(
            f"{3:013d}",
            "crm",
            "crm.xlsx / Zakelijk",
            1_048,
            "Bedrag",
            "12,5O",
            "Geen bedrag",
            ago(3),
        ),
    )


def quarantine(actor: Actor, reason: str, before: str) -> s.QuarantineView:
    """The list, or an empty one for the reason “nothing”."""
    if reason == "nothing":
        return s.QuarantineView((), (), 0)
    chips = tuple(
        s.Chip(k, label, n, k == reason, f"/quarantine/?reason={k}" if k else "/quarantine/")
        for k, label, n in (
            ("", "Alles", 141),
            ("bad_date", "Datum bestaat niet", 112),
            ("bad_amount", "Geen bedrag", 29),
        )
    )
    return s.QuarantineView(quarantine_rows(), chips, 141, older=f"{3:013d}")


def quarantined(actor: Actor, public_id: str) -> s.MendView:
    """One row."""
    field = s.MendField
    return s.MendView(
        quarantine_rows()[0],
        "Februari had in 2025 28 dagen. Kijk in de klacht zelf welke dag het was, of maak het veld leeg.",
        (
            field("Dossiernr", "2025-031", "dossiernummer"),
            field("Klantnr", "K-1043", "klantnummer"),
            field("Geopend", "31-02-2025", "geopend op", "deze datum bestaat niet"),
            field("Omschrijving", "Levering te laat", "oorzaak"),
            field("Opm_intern", ""),
        ),
        f"{2:013d}",
        140,
    )


def mend(actor: Actor, public_id: str, values: Mapping[str, str]) -> str:
    """Accepts any date but the wrong one."""
    if values.get("Geopend") == "31-02-2025":
        raise Invalid({"Geopend": "deze datum bestaat niet", "": "De regel is nog niet goed."})
    return f"{2:013d}"


def discard(actor: Actor, public_id: str) -> str:
    """No rows left."""
    return ""


def ask(actor: Actor, query: s.AskQuery) -> s.AskView:
    """What can be asked."""
    return s.AskView(query.text, offered=(s.QuestionLine("best", "Wie zijn mijn beste klanten?"),))


def checkup(actor: Actor) -> s.CheckupView:
    """Data without a flaw."""
    return s.CheckupView(ago(0), 3)


def checkup_rows(actor: Actor, what: str, source: int) -> s.CheckRowsView:
    """No rows."""
    return s.CheckRowsView("Dubbel", "Voeg ze samen.", ())
