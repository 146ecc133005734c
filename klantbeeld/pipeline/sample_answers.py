"""What the sample company says of itself: as a sender, of its sources, and in its papers.

Answers that a shop for bicycles could give, with gaps that real companies have: of the visits to
its website nobody knows how people were told, and of the CRM nobody remembers a way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from klantbeeld.accounts.reads import needs
from klantbeeld.core import choices, clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Source
from klantbeeld.privacy.reads import DIRECT, EXEMPT, LATER, Company, ContactChoices

BY = "Demi van der Molen"
NAME = "De Dertien Spaken"
# Key of a source: how its addresses came in, whether a way out was offered then, and how its
# people are informed (a way of `privacy.company.WAYS`, "" for not decided) by what.
SOURCES: Mapping[str, tuple[str, bool | None, str, str]] = {
    "crm": (Source.SALE, None, DIRECT, "Privacyverklaring bij de kassa, nummer 4"),
    "webshop": (Source.SALE, True, DIRECT, "Privacyverklaring bij het afrekenen, nummer 6"),
    "abonnementen": (Source.SALE, True, DIRECT, "Onderhoudscontract, artikel 9"),
    "spaarpas": (Source.SALE, True, DIRECT, "Inschrijfformulier spaarpas"),
    "portaal": (Source.SALE, True, DIRECT, "Privacyverklaring in het portaal"),
    "offertes": (Source.ENQUIRY, False, DIRECT, "Onderaan elke offerte"),
    "nieuwsbrief": (Source.ENQUIRY, True, DIRECT, "Aanmeldpagina van de nieuwsbrief"),
    "enquete": (Source.ENQUIRY, False, DIRECT, "Eerste pagina van de enquête"),
    "servicedesk": (Source.ENQUIRY, False, DIRECT, "Onderaan elke e-mail"),
    "klachten": (Source.ENQUIRY, False, DIRECT, "Ontvangstbevestiging van de klacht"),
    "servicemail": (Source.ENQUIRY, False, DIRECT, "Onderaan elke e-mail"),
    "brieven": (Source.ENQUIRY, False, DIRECT, "Antwoordbrief"),
    "social": (Source.THIRD_PARTY, False, LATER, ""),
    "campagnekosten": ("", None, EXEMPT, "Geen persoonsgegevens"),
    "webevents": ("", None, "", ""),
}  # fmt: skip
COMPANY = Company(
    name=f"{NAME} B.V.",
    address="Wielstraat 13\n3500 ZZ Utrecht",
    email="info@dertienspaken.example.nl",
    phone="030 000 13 13",
    website="https://dertienspaken.example.nl",
    registration="KvK 00000013",
    privacy_contact="Demi van der Molen",
    privacy_email="privacy@dertienspaken.example.nl",
    recipients="Pakketdienst (bezorging)\nBetaaldienst (betalen en terugbetalen)\n"
    "Nieuwsbriefprogramma (versturen)\nBoekhouder (administratie)\nBelastingdienst (wettelijk)",
    transfers="Verenigde Staten (nieuwsbriefprogramma): EU-VS-gegevensbeschermingskader en"
    " modelcontractbepalingen",
    interests="Klanten helpen met wat zij bij ons kochten, hun laten weten wat daarbij past, en"
    " weten wat er in onze winkels gevraagd wordt.",
    decisions="Wij schatten in wie bij ons weggaat en wat iemand zou kunnen zoeken, aan de hand van"
    " aankopen en contact. Mensen beslissen wat daarmee gebeurt.",
)


def _sender() -> dict[str, Any]:
    weighed = {purpose: (clock.today(), BY) for purpose in ("marketing", "survey")}
    said = ContactChoices(
        offers_way_out=True,
        interest_weighed=weighed,
        name=NAME,
        sells_alike=True,
        brands=(NAME, "Spaakje"),
        topics=("E-bikes", "Onderhoud", "Acties", "Kinderfietsen"),
    )
    return asdict(said)


@needs("sources.import")
def answer_for_sample(actor: Actor, prefix: str = "") -> None:
    """Answer for the sources with this in front of their keys; what was answered before stays."""
    held = dict(choices.chosen("informed.sources", {}))
    for source in Source.objects.filter(obtained_through="", offered_way_out=None):
        answer = SOURCES.get(source.key.removeprefix(prefix))
        if answer is None or not source.key.startswith(prefix):
            continue
        source.obtained_through, source.offered_way_out = answer[:2]
        source.save(update_fields=["obtained_through", "offered_way_out"])
        if answer[2]:
            held.setdefault(source.key, {"way": answer[2], "text": answer[3]})
    choices.choose("informed.sources", held)
    for key, told in (("contact", _sender()), ("company", asdict(COMPANY))):
        if choices.chosen(key) is None:
            choices.choose(key, told)


def take_back(prefix: str) -> None:
    """Forget the answers, but for those that somebody changed."""
    held = dict(choices.chosen("informed.sources", {}))
    choices.choose("informed.sources", {k: v for k, v in held.items() if not k.startswith(prefix)})
    if choices.chosen("company") == asdict(COMPANY):
        choices.forget("company")
    if (choices.chosen("contact") or {}).get("name") == NAME:
        choices.forget("contact")
