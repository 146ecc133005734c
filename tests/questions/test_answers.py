"""The ten questions of the first day, against a plain recount of the files they came in."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from statistics import median
from typing import Any

import pytest

from klantbeeld.core import clock
from klantbeeld.core.models import Record
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import reads as pipeline
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.models import Profile
from klantbeeld.segments import reads as segments
from klantbeeld.segments.reads import Found, Told
from klantbeeld.timeline.models import Interaction, Subscription
from klantbeeld.web.filled import ask
from klantbeeld.web.shapes import AskQuery, AskView
from tests.questions.conftest import ADMINISTRATOR
from tests.sample.reading import Sample
from tests.sample.shared import SHARE

pytestmark = pytest.mark.django_db
BIKES = {
    "Stadsfietsen", "E-bikes", "Racefietsen", "Mountainbikes", "Kinderfietsen", "Bakfietsen",
}  # fmt: skip
MORE = 100_000


def answered(text: str, customer: str = "") -> Any:
    """The answer to a sentence."""
    asked = segments.ask(ADMINISTRATOR, text, customer)
    assert asked is not None, text
    return segments.answer(ADMINISTRATOR, asked)


def everybody(text: str) -> tuple[Found, list[int]]:
    """The answer in customers, with all of them in order."""
    asked = segments.ask(ADMINISTRATOR, text)
    assert asked is not None, text
    found = segments.answer(ADMINISTRATOR, replace(asked, size=MORE))
    assert isinstance(found, Found)
    return found, [row.customer for row, _figures in found.rows]


def shown(text: str, customer: str = "") -> AskView:
    """The answer as the screen has it."""
    return ask(ADMINISTRATOR, AskQuery(text=text, customer=customer))


@dataclass
class Order:
    """One order of the webshop's own database."""

    customer: int
    day: int
    cents: int
    categories: set[str]
    products: list[str]


def owners(kind: str) -> dict[str, int]:
    """Key of an interaction to the customer it hangs on."""
    members = dict(Membership.objects.values_list("record_id", "customer_id"))
    held = Interaction.objects.filter(kind=kind).values_list("key", "record_id")
    return {key: members[record] for key, record in held if record in members}


def orders(sample: Sample) -> list[Order]:
    """Orders that were not cancelled, of customers, read from the file itself."""
    own = owners("order")
    lines: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for number, name, category, quantity in sample.query(
        "SELECT l.order_number, p.product_name, p.category, l.quantity FROM order_lines l"
        " JOIN products p ON p.product_code = l.product_code ORDER BY l.line_number"
    ):
        lines[number].append((name, category, quantity))
    found = []
    for number, at, status, total in sample.query(
        "SELECT order_number, ordered_at, order_status, total_amount FROM orders"
    ):
        if number not in own or status == "geannuleerd" or not is_amount(total):
            continue
        day = clock.date_to_day(date.fromisoformat(str(at)[:10]))
        bought = {category for _name, category, quantity in lines[number] if quantity > 0}
        names = [name for name, _category, _quantity in lines[number]]
        found.append(Order(own[number], day, round(float(total) * 100), bought, names))
    return found


def is_amount(text: object) -> bool:
    """Whether an order has an amount; some rows hold words instead."""
    try:
        float(str(text))
    except ValueError:
        return False
    return True


def per_customer(held: Iterable[Order]) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = defaultdict(list)
    for order in held:
        found[order.customer].append(order)
    return found


@pytest.mark.slow
def test_the_recount_reads_the_orders(company: Sample) -> None:
    assert len(orders(company)) > SHARE * 10_000


def test_who_are_my_best_customers(company: Sample) -> None:
    found, listed = everybody("Wie zijn mijn beste klanten?")
    sums = Counter(
        {c: sum(o.cents for o in held) for c, held in per_customer(orders(company)).items()}
    )
    recount = {c: n for c, n in sums.items() if n > 0}
    assert {row.customer: f["revenue_minor"] for row, f in found.rows} == recount
    assert [recount[c] for c in listed] == sorted(recount.values(), reverse=True)
    assert found.total == len(recount)


def test_who_were_best_in_a_year(company: Sample) -> None:
    found, _listed = everybody("who are my best customers in 2025")
    first, last = clock.date_to_day(date(2025, 1, 1)), clock.date_to_day(date(2025, 12, 31))
    sums: Counter[int] = Counter()
    for order in orders(company):
        if first <= order.day <= last:
            sums[order.customer] += order.cents
    recount = {c: n for c, n in sums.items() if n > 0}
    assert {row.customer: f["revenue_minor"] for row, f in found.rows} == recount


def test_when_did_somebody_buy_last_and_what(company: Sample) -> None:
    held = per_customer(o for o in orders(company) if o.cents > 0)
    names = Counter(Profile.objects.values_list("name", flat=True))
    tried = 0
    for customer in sorted(held)[:200]:
        name = Profile.objects.get(pk=customer).name
        last_day = max(o.day for o in held[customer])
        last = [o for o in held[customer] if o.day == last_day]
        if names[name] != 1 or len(last) != 1 or len(name.split()) < 2:
            continue
        told = answered(f"wanneer kocht {name} voor het laatst en wat")
        if told is None:  # somebody else carries this name in a record
            told = answered("wanneer kocht deze klant het laatst", to_public("customer", customer))
        assert isinstance(told, Told)
        assert told.entries[0].day == clock.day_to_date(last_day)
        assert sorted(line.product for line in told.lines) == sorted(last[0].products)
        tried += 1
    assert tried > SHARE * 50


def test_who_bought_nothing_for_a_year(company: Sample) -> None:
    since = clock.today() - 365
    held = per_customer(o for o in orders(company) if o.cents > 0)
    recount = {c for c, all_of in held.items() if max(o.day for o in all_of) < since}
    for text in (
        "Wie kocht een jaar niets?",
        "who bought nothing for a year",
        "wie koct een jar niets",
    ):
        _found, listed = everybody(text)
        assert set(listed) == recount, text
    # It says what it counted, the subscriptions by name.
    assert "Onderhoud Basis" in shown("wie kocht een fiets maar nooit onderhoud").note
    assert "Onderhoud" not in shown("wie kocht een fiets maar nooit een slot").note
    view = shown("wie kocht een jaar niets")
    assert view.total == len(recount)
    assert view.screen is not None
    halves = {c for c, held_by in held.items() if max(o.day for o in held_by) < clock.today() - 182}
    assert set(everybody("wie kocht 6 maanden niets")[1]) == halves


def test_did_this_customer_complain_and_is_anything_open(company: Sample) -> None:
    rows = [
        row
        for name, delimiter in (("klachten.csv", ","),)
        for row in csv.DictReader(
            (company.data / name).open(encoding="utf-8-sig", newline=""), delimiter=delimiter
        )
    ]
    own = owners("complaint")
    complained: Counter[int] = Counter()
    numbers = {row["Klachtnr"]: row["Status"] for row in rows}
    for key, customer in own.items():
        if key in numbers:
            complained[customer] += 1
    assert complained
    for customer, times in complained.most_common(30):
        told = answered(
            "klaagde deze klant eerder en loopt er nog iets", to_public("customer", customer)
        )
        mine = [c for c in told.cases if c.number in numbers]
        assert len(mine) == min(times, 20)
        for case in mine:
            assert case.is_open == (numbers[case.number] not in ("afgehandeld", "gesloten"))


def test_who_spoke_with_them_last_and_what_was_agreed(company: Sample) -> None:
    story = company.truth.story
    number = story["keys"]["crm.xlsx/Particulier"][0]
    (hit,) = profiles.find(ADMINISTRATOR, number).hits[:1]
    view = shown("wie sprak hem het laatst en wat is afgesproken", hit.public_id)
    told = answered("wie sprak hem het laatst en wat is afgesproken", hit.public_id)
    kinds = {"mail", "complaint", "service", "question", "letter", "call", "chat", "visit"}
    mine = Membership.objects.filter(customer=hit.customer).values_list("record_id", flat=True)
    held = Interaction.objects.filter(record__in=list(mine))
    met = [i for i in held if i.kind.removesuffix("_closed") in kinds and i.at <= clock.now_us()]
    newest = max(met, key=lambda i: (i.at, i.pk))
    assert told.entries[0].interaction == newest.pk
    spoke = next((i.employee for i in sorted(met, key=lambda i: -i.at)[:5] if i.employee), "")
    assert told.employee == spoke
    assert spoke in view.headline
    agreed = " ".join(row.detail for section in view.sections for row in section.data)
    said = [i.details.get("resolution") for i in met if i.details.get("resolution")]
    assert said
    assert any(resolution in agreed for resolution in said)


def test_may_i_call_or_mail_this_customer(company: Sample) -> None:
    truth = {
        row["person"]: row for row in company.truth.persons.iter_rows(named=True) if row["is_known"]
    }
    number = company.truth.story["keys"]["crm.xlsx/Particulier"][0]
    (hit,) = profiles.find(ADMINISTRATOR, number).hits[:1]
    told = answered("mag ik deze klant bellen of mailen", hit.public_id)
    state = {"granted": "granted", "denied": "denied", "withdrawn": "denied", "unknown": "unknown"}
    person = truth[company.truth.story["person"]]
    assert state[told.consents["email"].state] == person["consent_email"]
    assert state[told.consents["phone"].state] == person["consent_phone"]
    for consent in (told.consents["email"], told.consents["phone"]):
        assert consent.state == "unknown" or (consent.since and consent.source_name)
    view = shown("may I call or mail this customer", hit.public_id)
    assert len(view.lamps) >= 2
    assert any(row.detail for row in view.sections[0].data)


def test_who_opens_the_newsletter_and_which_topics(company: Sample) -> None:
    found, listed = everybody("wie opent de nieuwsbrief en welke onderwerpen")
    first = clock.today() - 365
    members = dict(Membership.objects.values_list("record_id", "customer_id"))
    mails = {
        key.rpartition(":")[2]: members[pk]
        for key, pk in _records("nieuwsbrief") if pk in members
    }  # fmt: skip
    readers: set[int] = set()
    clicks: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for row in company.dicts("nieuwsbrief.csv", encoding="cp1252"):
        if (at := moment(row["Tijdstip"])) is None:
            continue
        mail = row["E-mailadres"].strip().lower()
        if row["Actie"] not in ("geopend", "geklikt") or mail not in mails:
            continue
        mark = tuple(row.values())
        if clock.date_to_day(at.date()) >= first and mark not in seen:
            seen.add(mark)
            readers.add(mails[mail])
            clicks[row["Thema"]] += row["Actie"] == "geklikt"
    assert set(listed) == readers
    assert {t.name: t.clicked for t in found.topics} == dict(clicks)
    assert [t.clicked for t in found.topics] == sorted(clicks.values(), reverse=True)


def moment(text: str) -> datetime | None:
    """A moment as the newsletter writes it; some days do not exist."""
    try:
        return datetime.strptime(text, "%d-%m-%Y %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None


def _records(source: str) -> list[tuple[str, int]]:
    return list(Record.objects.filter(source__key=source).values_list("key", "pk"))


def test_who_bought_a_bike_but_never_maintenance(company: Sample) -> None:
    held = per_customer(o for o in orders(company) if o.cents > 0)
    bought = {c: set().union(*(o.categories for o in all_of)) for c, all_of in held.items()}
    by_lines = {c for c, of in bought.items() if of & BIKES and "Onderhoud" not in of}
    plans = Subscription.objects.filter(name__contains="nderhoud").values_list("record", flat=True)
    served = set(Membership.objects.filter(record__in=plans).values_list("customer", flat=True))
    recount = by_lines - served
    assert SHARE * 100 < len(recount) < len(by_lines) < len(held)
    for text in (
        "Wie kocht een fiets maar nooit onderhoud?", "wie kocht een feits, maar nooit onderhoud",
        "nooit onderhoud maar wel een fiets: wie kocht dat", "FIETS gekocht zonder onderhoud, wie?",
        "who bought a bike but never maintenance",
    ):  # fmt: skip
        _found, listed = everybody(text)
        assert set(listed) == recount, text


def test_who_is_about_to_leave_and_whom_do_i_call(company: Sample) -> None:
    today = clock.today()
    held = per_customer(o for o in orders(company) if o.cents > 0)
    groups = dict(Profile.objects.values_list("pk", "group"))
    late = set()
    for customer, all_of in held.items():
        days = sorted({o.day for o in all_of})
        if len(all_of) < 3 or len(days) < 2 or groups[customer] == "other":
            continue
        usual = median(b - a for a, b in pairwise(days))
        away = today - days[-1]
        if usual > 0 and 1.5 * usual < away <= 730:
            late.add(customer)
    assert set(everybody("wie dreigt weg te lopen")[1]) == late
    callable_ones = set(Profile.objects.filter(contact__regex="^.a").values_list("pk", flat=True))
    angry = set(Profile.objects.filter(open_complaints__gt=0).values_list("pk", flat=True))
    _found, listed = everybody("wie dreigt weg te lopen en wie bel ik vandaag")
    assert set(listed) == (late & callable_ones) - angry
    assert listed, "nobody may be called: that says nothing"
    assert set(everybody("who should I call today")[1]) == set(listed)
    assert "ritme" in shown("wie bel ik vandaag").note


def test_how_many_doubles_and_wrong_addresses_are_there(company: Sample) -> None:
    view = shown("hoeveel dubbele en foute adressen heb ik")
    found = pipeline.checkup(ADMINISTRATOR)
    for number in (found.doubles, found.doubtful, found.wrong):
        assert f"{number:,}".replace(",", ".") in view.headline
    assert view.screen is not None
    assert view.screen.href == "/checkup/"


def test_the_check_up_counts_what_the_sample_put_in(company: Sample) -> None:
    found = pipeline.checkup(ADMINISTRATOR)
    by_name = {s.name: s for s in found.sources}
    flaws = company.truth.flaws
    problems = {"email": "invalid_email", "phone": "invalid_phone", "address": "invalid_postcode"}
    fields = {"email": "email", "phone": "phone", "address": "postcode"}
    for source, file in (("Crm", "crm.xlsx"), ("Spaarpas", "spaarpas.json")):
        data = dict(Record.objects.filter(source__name=source).values_list("key", "data"))
        for what, problem in problems.items():
            wrong = {
                row["key"]
                for row in flaws.iter_rows(named=True)
                if row["file"] == file and row["problem"] == problem
            }
            # Some are wrong only by a comma for a point, or a blank: those were mended.
            keys = {key.removeprefix("card:"): said for key, said in data.items()}
            mended = {k for k in wrong if what != "phone" and keys[k].get(fields[what])}
            counted = by_name[source].wrong.get(what, 0)
            assert abs(counted - len(wrong - mended)) <= 1, (source, what)
    for what in ("wrong-email", "wrong-phone", "old", "unreachable", "doubtful", "empty-phone"):
        rows = pipeline.checked_rows(ADMINISTRATOR, what, 0, MORE)
        kind, _dash, field = what.partition("-")
        held = {"wrong": "wrong", "empty": "empty_words"}.get(kind)
        counted = (
            sum(getattr(s, held).get(field, 0) for s in found.sources)
            if held else getattr(found, kind)
        )  # fmt: skip
        assert len(rows) == counted > 0, what


def test_doubles_are_a_plain_recount(company: Sample) -> None:
    members = dict(Membership.objects.values_list("record_id", "customer_id"))
    per: dict[int, list[int]] = defaultdict(list)
    for source, pk, key in Record.objects.filter(
        kind__in=("person", "organisation", "unknown"), seq__gt=0
    ).values_list("source", "pk", "key"):
        if "order:" not in key and "device:" not in key and pk in members:
            per[source].append(members[pk])
    found = pipeline.checkup(ADMINISTRATOR)
    assert {s.key: s.doubles for s in found.sources if s.records} == {
        source: len(held) - len(set(held)) for source, held in per.items()
    }


def test_a_name_in_another_spelling_is_found_or_offered(company: Sample) -> None:
    names = Counter(Profile.objects.filter(kind="person").values_list("name", flat=True))
    double = next(n for n, times in names.items() if times > 1 and len(n.split()) > 1)
    view = shown(f"wanneer kocht {double} voor het laatst")
    assert len(view.candidates) >= names[double]
    assert not view.is_answered
    picked = ask(
        ADMINISTRATOR,
        AskQuery(question="last_purchase", chosen={"customer": (view.candidates[0].public_id,)}),
    )
    assert picked.is_answered
    assert shown("wanneer kocht Xqzjw Bestaatniet voor het laatst").problem


def test_what_is_not_understood_is_said_with_the_nearest_forms(company: Sample) -> None:
    view = shown("wat is het weer vandaag in Parijs")
    assert view.problem
    assert len(view.offered) == 3
    assert not view.rows
    unknown = shown("wie kocht een ruimteschip maar nooit onderhoud")
    assert "ruimteschip" in unknown.problem
    slots = {p.slot: p for p in unknown.sentence if p.slot}
    assert slots["never"].chosen == ("c:Onderhoud",)
    assert len(slots["bought"].options) == 17


def test_a_sentence_is_changed_by_clicking(company: Sample) -> None:
    view = shown("wie kocht een helm maar nooit onderhoud")
    slots = {p.slot: p.chosen for p in view.sentence if p.slot}
    assert slots == {"bought": ("c:Helmen",), "never": ("c:Onderhoud",)}
    clicked = ask(ADMINISTRATOR, AskQuery(question="bought_never", chosen=slots))
    assert (clicked.total, clicked.rows) == (view.total, view.rows)
    wider = ask(
        ADMINISTRATOR,
        AskQuery(
            question="bought_never",
            chosen={"bought": ("c:Helmen", "c:Kleding"), "never": ("c:Onderhoud",)},
        ),
    )
    assert wider.total > view.total
    period = ask(ADMINISTRATOR, AskQuery(question="silent", chosen={"period": ("182",)}))
    assert period.total == shown("wie kocht 6 maanden niets").total
