"""Contact: what is said holds at once, nothing is sent without its verdict, links decide alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from klantbeeld.core import bulk, changes, clock, registry, regular
from klantbeeld.core.clock import DAY
from klantbeeld.core.models import Delivery, Record, Source
from klantbeeld.core.public_ids import to_public
from klantbeeld.engine import read
from klantbeeld.pipeline import actions, copying
from klantbeeld.pipeline.confirming import preferences_path
from klantbeeld.privacy import ledger, links, rules
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.actions import choose_contact
from klantbeeld.privacy.contact import may_contact
from klantbeeld.privacy.contact_choices import ContactChoices
from klantbeeld.privacy.errors import BadLink, BadStatement, NotDecided
from klantbeeld.privacy.models import ConsentEntry, ConsentText, Decision, Outgoing
from klantbeeld.privacy.rules import About, Statement, standing_for
from klantbeeld.privacy.saying import Said
from klantbeeld.privacy.tables import consent_at
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.actions import refresh
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.reads import Question
from klantbeeld.web.filled import consents
from tests.privacy.test_ledger import replayed, world
from tests.records import (
    NOW,
    SYSTEM,
    actor,
    customer,
    happened,
    line,
    record,
    said_of_contact,
    source,
)

pytestmark = pytest.mark.django_db
SERVICE = actor("service")
MAIL = About("email")


@pytest.fixture
def home(settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def posted(settings: Any) -> None:
    """A house that sends mail."""
    settings.MAIL_SERVER, settings.MAIL_FROM = "smtp://mail", "winkel@example.nl"
    settings.PUBLIC_ADDRESS = "https://klant.example.nl"


@pytest.fixture
def held() -> Iterator[tuple[int, int, int]]:
    """A customer of two records: the CRM refuses mail, the webshop has the address."""
    crm = record({"surname": "Heuvel", "first_name": "Klaartje"})
    shop = record({"email": "klaartje@example.nl", "surname": "Heuvel"}, of="webshop")
    said_of_contact(crm, "email", "denied", at=clock.now_us() - 9 * DAY)
    made = customer(crm, shop)
    refresh(SYSTEM, [made])
    yield made, crm, shop


def state(of: int, channel: str = "email") -> str:
    records = profiles.known_customer(SERVICE, of).records
    return privacy.state_of(SERVICE, records, About(channel))


def letters(of: int) -> str:
    return Profile.objects.get(pk=of).consents


def yes(channel: str = "email", **more: Any) -> Said:
    return Said(About(channel), "granted", "telephone", evidence="call of 14:05", **more)


def test_a_yes_takes_back_the_no_of_another_record_and_is_on_every_list_at_once(
    held: tuple[int, int, int],
) -> None:
    who, crm, shop = held
    assert (state(who), letters(who)) == ("denied", "duuu")
    made = actions.say_consent(SERVICE, who, yes(text="Ja, mail mij.", language="nl"))
    assert {m.record for m in made} == {crm, shop}
    assert (state(who), letters(who)) == ("granted", "guuu")
    assert {m.said_by for m in made} == {"some service"}
    assert ConsentText.objects.get(pk=made[0].text_hash).text == "Ja, mail mij."
    actions.say_consent(SERVICE, who, Said(MAIL, "withdrawn", "telephone"))
    assert (state(who), letters(who)) == ("withdrawn", "wuuu")
    # The refusal stays with each of them when they turn out to be two people.
    for one in (crm, shop):
        assert standing_for(ledger.statements([one]), MAIL, clock.now_us()).state == "withdrawn"


def test_everything_is_withdrawn_without_brand_and_topic(held: tuple[int, int, int]) -> None:
    who, *_ = held
    actions.say_consent(SERVICE, who, yes("sms"))
    newsletter = About("email", brand="A", topic="fietsen")
    actions.say_consent(SERVICE, who, Said(newsletter, "granted", "paper", evidence="form"))
    actions.withdraw_everything(SERVICE, who, "by telephone")
    assert letters(who) == "wwww"
    records = profiles.known_customer(SERVICE, who).records
    assert privacy.state_of(SERVICE, records, newsletter) == "withdrawn"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Said(About("email"), "granted", "telephone"), "evidence"),
        (Said(About("pigeon"), "denied", "telephone"), "channel"),
        (Said(About("email", "spying"), "denied", "telephone"), "purpose"),
        (Said(About("email"), "denied", "telephone", at=clock.now_us() + DAY), "at"),
    ],
)
def test_what_cannot_be_said_is_not(held: tuple[int, int, int], wrong: Said, field: str) -> None:
    before = ConsentEntry.objects.count()
    with pytest.raises(BadStatement) as told:
        actions.say_consent(SERVICE, held[0], wrong)
    assert set(told.value.problems) == {field}
    assert ConsentEntry.objects.count() == before


def verdict(of: int, channel: str, **more: Any) -> Any:
    known = profiles.known_customer(SERVICE, of)
    (judged,) = profiles.may_contact(SERVICE, known, [Question(channel, **more)])
    return judged


def test_a_customer_could_be_called_until_30_june_2026() -> None:
    """Journey 2: the same customer, the same offer, a day later."""
    held = record({"mobile": "+31697012345", "surname": "Heuvel", "email": "k@example.nl"})
    who = customer(held)
    order = happened(held, "order", day=clock.date_to_day(date(2025, 9, 1)), amount_minor=9900)
    line(order, "Gazelle", "fietsen", 9900)
    Source.objects.filter(key="crm").update(obtained_through="sale", offered_way_out=True)
    choose_contact(actor("privacy"), ContactChoices(offers_way_out=True))
    refresh(SYSTEM, [who])
    before, after = date(2026, 6, 30), date(2026, 7, 1)
    called = verdict(who, "phone", day=before, offered="fietsen")
    assert (called.verdict.answer, called.verdict.reason) == ("allowed", "customer_exception")
    later = verdict(who, "phone", day=after, offered="fietsen")
    assert later.verdict.reason == "customer_exception_ended"
    assert later.is_refused
    for day in (before, after):
        mailed = verdict(who, "email", day=day, offered="fietsen")
        assert mailed.verdict.reason == "soft_opt_in"
    # What it is about was not said: then the answer says what to record, and stays grey.
    open_ended = verdict(who, "email", day=after)
    assert (open_ended.verdict.answer, open_ended.is_refused) == ("unknown", False)
    assert open_ended.verdict.changes == ("similar",)
    actions.say_consent(SERVICE, who, Said(About("phone"), "withdrawn", "telephone"))
    now = verdict(who, "phone", offered="fietsen")
    assert (now.verdict.reason, now.is_refused) == ("withdrawn", True)
    assert verdict(who, "phone", day=before, offered="fietsen").verdict.is_allowed


def test_somebody_is_asked_by_mail_and_counts_once_he_pressed_the_button(
    held: tuple[int, int, int], posted: None, client: Client
) -> None:
    who, _crm, shop = held
    choose_contact(actor("privacy"), ContactChoices(name="De Fietsenmaker"))
    asked = Said(MAIL, "requested", "web_form", text="Ja, stuur mij de nieuwsbrief.")
    actions.request_consent(SERVICE, who, asked)
    assert state(who) == "denied"  # a sign-up takes nothing back
    ConsentEntry.objects.filter(state="denied").delete()
    assert (state(who), letters(who)) == ("pending", "duuu")
    assert actions.send_waiting(SYSTEM) == {"sent": 1}
    assert actions.send_waiting(SYSTEM) == {}
    (message,) = mail.outbox
    assert message.to == ["klaartje@example.nl"]
    assert "Ja, stuur mij de nieuwsbrief." in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = next(w for w in message.body.split() if "/contact/confirm/" in w)
    assert link.startswith("https://klant.example.nl/")
    assert "klaartje" not in link
    path = link.removeprefix("https://klant.example.nl")
    looked = client.get(path)
    assert looked.status_code == 200
    assert not looked.cookies
    assert state(who) == "pending"  # looking confirms nothing
    pressed = client.post(path)
    assert (pressed.status_code, state(who), letters(who)) == (200, "granted", "guuu")
    count = ConsentEntry.objects.count()
    assert client.post(path).status_code == 200
    assert ConsentEntry.objects.count() == count
    (decision,) = Decision.objects.all()
    assert (decision.answer, decision.reason, decision.record_id) == ("allowed", "requested", shop)
    told = privacy.said_of(SERVICE, [shop])[0]
    assert (told.said.method, told.text) == ("double_opt_in", "Ja, stuur mij de nieuwsbrief.")


def test_a_sign_up_that_was_withdrawn_is_not_mailed_and_not_confirmed(posted: None) -> None:
    held = record({"email": "k@example.nl"})
    who = customer(held)
    refresh(SYSTEM, [who])
    actions.request_consent(SERVICE, who, Said(MAIL, "requested", "web_form", text="Ja."))
    actions.withdraw_everything(SERVICE, who)
    assert actions.send_waiting(SYSTEM) == {"refused": 1}
    assert mail.outbox == []
    assert Decision.objects.get().answer != "allowed"
    entry = ConsentEntry.objects.get(state="requested").pk
    token = links.token(links.Link(links.CONFIRM, entry, About("", "")))
    assert actions.confirm_by_link(actions.THEMSELVES, token) == "withdrawn"
    assert state(who) == "withdrawn"


def test_without_mail_it_waits_and_says_so(held: tuple[int, int, int]) -> None:
    who, *_ = held
    actions.request_consent(SERVICE, who, Said(MAIL, "requested", "web_form", text="Ja."))
    assert actions.send_waiting(SYSTEM) == {}
    assert privacy.waiting_mails(SERVICE) == {"waiting": 1}
    assert Decision.objects.count() == 0


BROKEN = (
    "klantbeeld.privacy.deciding.may_contact",
    "klantbeeld.privacy.reads.standing_for",
    "klantbeeld.privacy.reads.refused.has_objected",
    "klantbeeld.privacy.reads.refused.is_restricted",
    "klantbeeld.privacy.reads.contact_notes.holding",
    "klantbeeld.profiles.contacting.facts_for",
    "klantbeeld.privacy.deciding.stored_facts",
    "klantbeeld.privacy.deciding.Decision.objects.create",
    "klantbeeld.pipeline.contacting.identity.customers_of",
)


@pytest.mark.parametrize("broken", ["", *BROKEN])
def test_whatever_breaks_in_the_check_nothing_is_sent(
    posted: None, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    for n in range(20):
        who = customer(record({"email": f"k{n}@example.nl"}))
        refresh(SYSTEM, [who])
        actions.request_consent(SERVICE, who, Said(MAIL, "requested", "web_form", text="Ja."))

    def breaks(*_args: Any, **_more: Any) -> Any:
        raise RuntimeError("broken")

    if broken:
        monkeypatch.setattr(broken, breaks)
    actions.send_waiting(SYSTEM)
    assert len(mail.outbox) == (0 if broken else 20)
    sent = Outgoing.objects.filter(state=Outgoing.SENT).count()
    assert sent == len(mail.outbox)


def test_the_door_to_sending_opens_on_yes_alone(held: tuple[int, int, int]) -> None:
    who, _crm, shop = held
    sent: list[Decision] = []
    assert actions.send_decided(SERVICE, shop, "letter", Question(), sent.append).reason == "denied"
    assert sent == []
    actions.say_consent(SERVICE, who, yes())
    made = actions.send_decided(SERVICE, shop, "letter", Question(), sent.append)
    assert sent == [made]
    for decision in Decision.objects.all():
        again = may_contact(privacy.facts_of(decision.facts))
        assert (again.answer, again.reason, again.rule) == (
            decision.answer, decision.reason, decision.rule,
        )  # fmt: skip
    with pytest.raises(NotDecided):
        actions.decided(SERVICE, 999_999, "letter", Question())


def test_a_check_that_breaks_leaves_the_card_whole_and_every_lamp_grey(
    held: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    who, *_ = held
    public_id = to_public("customer", who)
    assert profiles.card_for(SYSTEM, public_id).contact["email"] is not None

    def breaks(*_args: Any, **_more: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr("klantbeeld.profiles.contacting.facts_for", breaks)
    shown = profiles.card_for(SYSTEM, public_id)
    assert set(shown.contact.values()) == {None}
    lamps = consents.lamps(shown.consents, shown.contact)
    assert {lamp.state for lamp in lamps} == {"unknown"}


def test_who_reaches_only_his_own_customers_speaks_for_those_alone(
    held: tuple[int, int, int],
) -> None:
    who, *_ = held
    alone = actor("own")
    for forbidden in (
        lambda: actions.say_consent(alone, who, yes()),
        lambda: actions.withdraw_everything(alone, who),
        lambda: profiles.known_for_contact(alone, to_public("customer", who)),
        lambda: actions.decided(alone, held[2], "letter", Question()),
    ):
        with pytest.raises(PermissionError):
            forbidden()
    assert state(who) == "denied"


def out_link(shop: int, about: About = MAIL) -> str:
    return reverse("web:contact_out", args=[links.token(links.Link(links.OUT, shop, about))])


def test_one_click_withdraws_without_cookie_log_in_or_redirect(
    held: tuple[int, int, int],
) -> None:
    who, crm, shop = held
    actions.say_consent(SERVICE, who, yes())
    client = Client(enforce_csrf_checks=True)
    path = out_link(shop)
    assert client.get(path).status_code == 200
    assert state(who) == "granted"
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, state(who), letters(who)) == (200, "withdrawn", "wuuu")
    assert not answer.cookies
    assert "klaartje" not in path
    count = ConsentEntry.objects.count()
    assert client.post(path).status_code == 200
    assert ConsentEntry.objects.count() == count
    last = privacy.said_of(SERVICE, [crm])[0].said
    assert (last.state, last.method, last.said_by) == ("withdrawn", "one_click", "")


@pytest.mark.parametrize("page", ["confirm", "out", "preferences"])
@pytest.mark.parametrize("by", ["header", "script"])
def test_a_signal_of_the_browser_opts_out_of_sale_and_sharing(
    held: tuple[int, int, int], page: str, by: str
) -> None:
    """Global Privacy Control, 11 CCR 7025, on every page that people come to by a link."""
    who, crm, shop = held
    sharing = About("email", "sharing")
    records = profiles.known_customer(SERVICE, who).records
    asked = Said(MAIL, "requested", "web_form", text="Ja.")
    entry = actions.request_consent(SERVICE, who, asked).entry
    link = links.Link(page, entry if page == "confirm" else shop, MAIL)
    path = reverse(f"web:contact_{page}", args=[links.token(link)])
    shown = Client().get(path).content.decode()
    assert "data-signal" not in shown and "signal.js" in shown
    assert privacy.state_of(SERVICE, records, sharing) == "unknown"
    for wrong in ({"Sec-GPC": "0"}, {"DNT": "1"}):
        Client().get(path, headers=wrong)
    assert privacy.state_of(SERVICE, records, sharing) == "unknown"
    before = state(who)
    headers = {"Sec-GPC": "1"} if by == "header" else {}
    told = Client().get(path if by == "header" else f"{path}?gpc=1", headers=headers)
    assert "data-signal" in told.content.decode()
    for one in records:
        assert privacy.state_of(SERVICE, [one], sharing) == "withdrawn"
    assert state(who) == before, "mail is another question than sale"
    said = privacy.said_of(SERVICE, [crm])[0].said
    assert (said.method, said.purpose, said.said_by) == ("opt_out_signal", "sharing", "")
    known = profiles.known_customer(SERVICE, who)
    judged = profiles.may_contact(SERVICE, known, [Question("email", "sharing")])[0]
    assert judged.facts.opted_out_of_sharing and judged.verdict.answer == "not_allowed"
    count = ConsentEntry.objects.count()
    Client().post(path, headers={"Sec-GPC": "1"})
    Client().get(path, headers={"Sec-GPC": "1"})
    again = ConsentEntry.objects.filter(purpose="sharing").count()
    assert again == len(records) * len(privacy.CHANNELS) and count >= again


def test_a_signal_of_somebody_who_is_not_here_any_more_notes_nothing(
    held: tuple[int, int, int],
) -> None:
    path = reverse("web:contact_out", args=[links.token(links.Link(links.OUT, 987_654, MAIL))])
    answer = Client().get(path, headers={"Sec-GPC": "1"})
    assert answer.status_code == 200
    assert not ConsentEntry.objects.filter(purpose="sharing").exists()


def test_one_click_of_a_newsletter_leaves_the_rest(held: tuple[int, int, int]) -> None:
    who, _crm, shop = held
    actions.say_consent(SERVICE, who, yes())
    topic = About("email", topic="fietsen")
    actions.withdraw_by_link(actions.THEMSELVES, links.token(links.Link(links.OUT, shop, topic)))
    records = profiles.known_customer(SERVICE, who).records
    assert privacy.state_of(SERVICE, records, topic) == "withdrawn"
    assert state(who) == "granted"


def test_a_link_of_somebody_who_was_erased_does_no_harm(held: tuple[int, int, int]) -> None:
    _who, crm, shop = held
    path = out_link(shop)
    with transaction.atomic():
        for store in registry.stores():
            store.erase([crm, shop])
    assert Client().post(path).status_code == 200
    assert ConsentEntry.objects.count() == 0


def test_a_link_that_was_tampered_with_opens_nothing(held: tuple[int, int, int]) -> None:
    who, _crm, shop = held
    good = links.token(links.Link(links.OUT, shop, MAIL))
    other = links.token(links.Link(links.OUT, shop + 1, MAIL))
    body, _tilde, mac = good.partition("~")
    forged = other.partition("~")[0] + "~" + mac
    for bad in (forged, body + "~" + mac[::-1], links.token(links.Link("confirm", shop, MAIL))):
        with pytest.raises(BadLink):
            links.opened(links.OUT, bad)
        assert Client().post(reverse("web:contact_out", args=[bad])).status_code == 404
    assert links.opened(links.OUT, good) == links.Link(links.OUT, shop, MAIL)
    assert state(who) == "denied"


def test_on_the_own_page_one_refuses_and_prefers_and_never_grants(
    held: tuple[int, int, int],
) -> None:
    who, *_ = held
    actions.say_consent(SERVICE, who, yes())
    actions.say_consent(SERVICE, who, yes("sms"))
    path = preferences_path(held[2])
    client = Client(enforce_csrf_checks=True)
    told = client.get(path)
    assert told.status_code == 200
    assert "Heuvel" not in told.content.decode()
    client.post(path, {"out": ["sms"], "channel": "post", "form": "brochure"})
    assert (state(who), state(who, "sms")) == ("granted", "withdrawn")
    likes = privacy.preference(SERVICE, [held[2]])
    assert likes is not None
    assert (likes.channel, likes.form, likes.said_by) == ("post", "brochure", "")
    client.post(path, {})
    assert state(who, "sms") == "withdrawn"
    client.post(path, {"all": "yes"})
    assert letters(who) == "wwww"


def test_what_else_decides_is_recorded(held: tuple[int, int, int]) -> None:
    who, *_ = held
    actions.say_consent(SERVICE, who, yes())
    today = clock.today()
    actions.note_about_contact(SERVICE, who, "do_not_contact", True, today)
    assert verdict(who, "email").verdict.reason == "do_not_contact"
    actions.note_about_contact(SERVICE, who, "do_not_contact", False, today)
    assert verdict(who, "email").verdict.reason == "consent"
    actions.note_about_contact(SERVICE, who, "deceased", True, today)
    assert verdict(who, "email").verdict.reason == "deceased"
    with pytest.raises(BadStatement):
        actions.note_about_contact(SERVICE, who, "post_register", True, today + 1)


def test_an_objection_and_a_restriction_go_before_every_yes_from_their_moment(
    held: tuple[int, int, int],
) -> None:
    from klantbeeld.privacy import restricting

    who, crm, shop = held
    privacy_officer = actor("privacy")
    actions.say_consent(SERVICE, who, yes())
    asked = verdict(who, "email")
    assert asked.verdict.is_allowed
    for kind, reason in (("objected", "objected"), ("restricted", "restricted")):
        restricting.restrict(privacy_officer, [crm], kind)
        assert verdict(who, "email").verdict.reason == reason
        sent: list[Decision] = []
        actions.send_decided(SERVICE, shop, "letter", Question(), sent.append)
        assert sent == []
        restricting.lift(privacy_officer, [crm], kind)
        assert verdict(who, "email").verdict.is_allowed
    yesterday = date.fromordinal(asked.question.day.toordinal() - 1)
    restricting.restrict(privacy_officer, [shop], "objected")
    assert verdict(who, "email", day=yesterday).verdict.reason != "objected"


def test_what_kind_of_business_it_is_can_be_recorded_where_the_name_does_not_tell() -> None:
    firm = record({"organisation_name": "Bakker Fietsen", "phone": "+31850001234"},
                  kind="organisation")  # fmt: skip
    who = customer(firm)
    refresh(SYSTEM, [who])
    assert verdict(who, "phone").verdict.changes == ("kind_legal",)
    actions.note_about_contact(SERVICE, who, "legal_person", True, clock.today())
    assert verdict(who, "phone").verdict.reason == "company_call"
    # Of two notes the one that protects more.
    actions.note_about_contact(SERVICE, who, "sole_trader", True, clock.today())
    assert verdict(who, "phone").verdict.changes == ("published",)
    assert verdict(who, "phone").facts.kind == "sole_trader"


def test_a_term_that_passes_is_on_the_lists_without_anything_happening() -> None:
    held = record({"email": "k@example.nl"})
    now = clock.now_us()
    said_of_contact(held, "email", "granted", at=now - 9 * DAY, expires_at=now - 10)
    who = customer(held)
    refresh(SYSTEM, [who])
    Profile.objects.filter(pk=who).update(consents="guuu")
    assert actions.pass_terms(SYSTEM, now - 20, now) == 1
    assert letters(who) == "uuuu"
    assert actions.pass_terms(SYSTEM, now, now + 10) == 0
    assert {one.name for one in regular.everything()} >= {"consent-terms", "mails"}


def test_what_was_said_on_a_screen_survives_the_file_it_was_about(
    tmp_path: Any, home: None
) -> None:
    path = tmp_path / "crm.csv"
    path.write_text("klantnummer;naam;email\n1;Klaartje Heuvel;k@example.nl\n", encoding="utf-8")
    actions.import_paths(SYSTEM, [path])
    who = Profile.objects.get().pk
    actions.withdraw_everything(SERVICE, who)
    actions.undo_deliveries(SYSTEM, list(Delivery.objects.filter(state="loaded")))
    actions.import_paths(SYSTEM, [path])
    assert letters(Profile.objects.get(data__email="k@example.nl").pk) == "wwww"


def _stored(frames: dict[str, pl.DataFrame]) -> None:
    """The invented ledger of `test_ledger` in the database, with its customers."""
    base = NOW // DAY * DAY - 60 * DAY
    origin = source()
    with transaction.atomic():
        for key, _who in frames["memberships"].iter_rows():
            bulk.insert(
                Record, ("id", "source_id", "key", "kind", "data", "hash", "seq",
                                 "updated_at", "created_at"),
                [(key, origin.pk, f"r{key}", "person", "{}", 0, 1, NOW, NOW)],
            )  # fmt: skip
        names = ("record_id", "channel", "purpose", "brand", "topic", "state", "at", "id",
                 "confirms", "expires_at", "method", "evidence")  # fmt: skip
        rows = [
            (*row[:6], row[6] + base, row[7], row[8], None if row[9] is None else row[9] + base,
             "imported", "x")
            for row in frames["entries"].iter_rows()
        ]  # fmt: skip
        bulk.insert(ConsentEntry, names, rows)
        changes.note("consent", {row[0] for row in rows})


def test_consent_is_the_same_at_ten_thousand_past_moments_in_database_and_copy(home: None) -> None:
    base = NOW // DAY * DAY - 60 * DAY
    frames, answers = world(20_261_123, 400, 10_000)
    _stored(frames)
    members: dict[int, list[int]] = {}
    for key, who in frames["memberships"].iter_rows():
        members.setdefault(who, []).append(key)
    held = {who: ledger.statements(keys) for who, keys in members.items()}
    assert sum(map(len, held.values())) == len(frames["entries"])
    wrong = 0
    for (_q, who, *scope, at), (state, entry) in zip(
        frames["questions"].iter_rows(), answers, strict=True
    ):
        found = standing_for(held[who], About(*scope), at + base)
        because = found.because.id if found.because else None
        wrong += (found.state, because) != (state, entry)
    assert wrong == 0
    copying.refresh()
    questions = frames["questions"].with_columns(pl.col("at") + base)
    with read(copying.store(), "consent") as copied:
        found = nw.to_native(
            consent_at(
                copied.frame.rename({"record_id": "record"}),
                nw.from_native(frames["memberships"].lazy()), nw.from_native(questions.lazy()),
            )
        ).collect().sort("question")  # fmt: skip
    assert list(found.select("state", "entry").iter_rows()) == answers


def test_the_reads_of_the_room_answer_for_any_moment(held: tuple[int, int, int]) -> None:
    who, crm, shop = held
    dice = random.Random(3)
    said: list[Statement] = []
    now = clock.now_us()
    for n in range(40):
        key = dice.choice((crm, shop))
        what = dice.choice(("granted", "denied", "withdrawn"))
        said_of_contact(key, "phone", what, at=now - 50 * DAY + n * DAY)
    said = ledger.statements([crm, shop])
    for _ in range(200):
        at = now - dice.randint(0, 60 * DAY)
        expected = replayed(said, About("phone"), at)[0]
        assert privacy.state_of(SERVICE, [crm, shop], About("phone"), at) == expected
        assert privacy.consents(SERVICE, [crm, shop], at=at)["phone"].state == expected
    assert rules.letters(said, now)[1] == letters_of(who, crm, shop)[1]


def letters_of(who: int, *records: int) -> str:
    return privacy.letters(SERVICE, dict.fromkeys(records, who))[who]


def test_somebody_leaves_a_topic_of_the_company_on_his_own_page(
    held: tuple[int, int, int], home: None, client: Client, settings: Any
) -> None:
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    choose_contact(SYSTEM, ContactChoices(topics=("E-bikes", "Acties"), brands=("Spaakje",)))
    _made, crm, shop = held
    path = preferences_path(shop)
    page = client.get(path).content.decode()
    assert "E-bikes" in page and "Acties" in page
    done = client.post(path, {"out": ["topic_1", "topic_9"]}).content.decode()
    assert done.count("checked disabled") == 2, "mail, which the CRM refuses, and Acties"
    said = ConsentEntry.objects.filter(method="preference_page")
    assert set(said.values_list("topic", flat=True)) == {"Acties"}
    state = privacy.state_of(SYSTEM, [crm, shop], About("phone", topic="Acties"))
    other = privacy.state_of(SYSTEM, [crm, shop], About("phone", topic="E-bikes"))
    assert (state, other) == ("withdrawn", "unknown")


def test_own_brands_and_topics_are_typed_one_a_line() -> None:
    assert privacy.names_listed(" E-bikes \n\nActies\r\nE-bikes\n" + "x" * 99) == (
        "E-bikes", "Acties", "x" * 80,
    )  # fmt: skip
