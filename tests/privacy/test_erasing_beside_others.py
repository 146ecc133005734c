"""Who goes while others stay whose words or addresses hold theirs: the erasure is finished, and the
others keep what they said."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from pytest_django import Settings

from klantbeeld.accounts.models import User
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import copying
from klantbeeld.pipeline import erasing as agreeing
from klantbeeld.pipeline.wanted import alone
from klantbeeld.privacy import erasing as saga
from klantbeeld.privacy.errors import StillFound
from klantbeeld.privacy.models import ConsentEntry, Erasure, LegalHold
from klantbeeld.privacy.tables import suppressed
from klantbeeld.profiles.models import Profile, SavedView
from klantbeeld.web.filled import erasing as erasing_page
from klantbeeld.web.filled import erasing_words
from tests.records import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
ALONE = "Nobody else works here"
ERIK, PHONE, NUMBER = "erik@example.nl", "+31648231975", "KL1000"
HEADS = "Klantnummer;Voornaam;Achternaam;E-mail;Mobiel;Postcode;Huisnummer;Opmerkingen"


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return tmp_path


def bring(folder: Path, *others: str) -> None:
    """Erik, a few who have nothing to do with him, and these others, by a file."""
    rows = [
        HEADS, f"{NUMBER};Erik;Zandloper;{ERIK};06-48231975;9751 NK;88;vaste klant",
        *(f"AB22{n};Piet;Wortel{n};wortel{n}@example.nl;06-2233{n}{n}10;97{n}1 XA;{n};prima"
          for n in range(1, 9)),
        *others,
    ]  # fmt: skip
    (folder / "relaties.csv").write_text("\n".join(rows) + "\n", "utf-8")
    pipeline.import_paths(SYSTEM, [folder / "relaties.csv"])
    copying.refresh()


def of(text: str) -> int:
    """The customer with this in the values of the card."""
    (found,) = [p.pk for p in Profile.objects.all() if text == p.data.get("email")]
    return found


def erase_erik() -> Erasure:
    done = pipeline.erase_customer(SYSTEM, of(ERIK), alone=ALONE)
    assert done.state == Erasure.DONE
    return done


def test_somebody_elses_remark_may_name_him(house: Path) -> None:
    remark = f"Overleg met {ERIK}, 06-48231975"
    bring(house, f"KL2000;Wilma;Kruisheer;wilma@example.org;06-33221144;8011 AB;3;{remark}")
    wilma = of("wilma@example.org")
    done = erase_erik()
    told = done.receipt["steps"]["probe"]
    assert (told["level"], told["note"]) == ("not_covered", "mentions")
    assert {"core_record.data", "profiles_profile.data"} <= set(told["counts"])
    assert Profile.objects.get(pk=wilma).data["note"] == remark
    assert ERIK not in json.dumps(done.receipt)


def test_what_employees_wrote_of_others_may_name_him(house: Path) -> None:
    bring(house, "KL2000;Wilma;Kruisheer;wilma@example.org;06-33221144;8011 AB;3;")
    wilma = Record.objects.get(key="KL2000").pk
    ConsentEntry.objects.create(
        id=1_000, record_id=wilma, channel="email", state="granted", method="phone", at=1,
        evidence=f"via {ERIK}",
    )  # fmt: skip
    LegalHold.objects.create(record=wilma, matter=f"Zaak {ERIK}", since=1, by="Anna")
    owner = User.objects.create_user(email="anna@example.com", name="Anna", password="x" * 14)
    SavedView.objects.create(owner=owner, name=f"actie {ERIK}", at=1)
    told = erase_erik().receipt["steps"]["probe"]
    assert told["counts"] == {
        "privacy_consententry.evidence": 1, "privacy_legalhold.matter": 1,
        "profiles_savedview.name": 1,
    }  # fmt: skip


def test_an_employee_who_is_a_customer_keeps_his_log_in(house: Path) -> None:
    bring(house)
    User.objects.create_user(email=ERIK, name="Erik", password="x" * 14)
    told = erase_erik().receipt["steps"]["probe"]
    assert (told["level"], told["counts"]) == ("gone", {})


@pytest.mark.parametrize(
    "other",
    [
        "KL2000;Frederik;Kruisheer;frederik@example.nl;06-33221144;8011 AB;3;",
        "KL2000;Jan;Kruisheer;j.erik@example.nl;06-33221144;8011 AB;3;",
        "KL10001;Jan;Kruisheer;jan@example.org;06-33221144;8011 AB;3;",
        "KL2000;Jan;Kruisheer;jan@example.org;06-33221144;8011 AB;3;order 9KL10009",
    ],
)
def test_a_longer_value_of_somebody_else_is_not_his(house: Path, other: str) -> None:
    bring(house, other)
    told = erase_erik().receipt["steps"]["probe"]
    assert (told["level"], told["counts"]) == ("gone", {})
    assert Record.objects.filter(key=other.split(";")[0]).exists()


def test_what_is_left_of_himself_is_found_beside_them(house: Path) -> None:
    """His own row is no mention, and a file is searched for just his address."""
    bring(house, "KL2000;Frederik;Kruisheer;frederik@example.nl;06-33221144;8011 AB;3;")
    asked = pipeline.ask_erasure(SYSTEM, of(ERIK))
    begun = agreeing._begin(SYSTEM, asked, ALONE)
    (house / "home" / "left.txt").write_text(f"mail frederik@example.nl;{ERIK}")
    with pytest.raises(StillFound, match=r"left\.txt"):
        pipeline.finish_erasure(SYSTEM, begun)
    (house / "home" / "left.txt").write_text("mail frederik@example.nl;")
    assert pipeline.finish_erasure(SYSTEM, begun).state == Erasure.DONE


@pytest.mark.parametrize(
    ("text", "is_his"),
    [
        (ERIK, True), (f"mail {ERIK}.", True), (f"<{ERIK}>", True), (f'"regel\\n{ERIK}"', True),
        (f"%3A{ERIK}", True), (f"x{ERIK}", False), (f"j.{ERIK}", False), (f"{ERIK}.be", False),
        (f"{ERIK}s", False), (f"ë{ERIK}", False),
    ],
)  # fmt: skip
def test_a_value_stands_alone_or_is_part_of_a_longer_one(text: str, is_his: bool) -> None:
    assert bool(alone(ERIK).search(text.encode())) == is_his


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("Klantnummer;Naam;Telefoon", "ZZ9;Erik Zandloper;(06) 4823 19 75"),
        ("Klantnummer;Naam;Telefoonnummer", "ZZ9;Erik Zandloper;0031 6-48231975"),
        ("Klantnummer;Naam;E-mail", f"ZZ9;Erik Zandloper;{ERIK.upper()}"),
    ],
)
def test_his_number_or_address_in_another_column_does_not_bring_him_back(
    house: Path, heads: str, cells: str
) -> None:
    bring(house)
    erase_erik()
    value = "koen{0}@example.org" if "@" in cells else "020-62{0}{0}{0}10"
    rows = [f"YY{n};Koen Turfsteker{n};{value.format(n)}" for n in range(1, 9)]
    (house / "anders.csv").write_text("\n".join([heads, cells, *rows]) + "\n", "utf-8")
    report = pipeline.import_paths(SYSTEM, [house / "anders.csv"])
    assert report.counts["rows_suppressed"] == 1
    assert not Record.objects.filter(key="ZZ9").exists()


@pytest.mark.parametrize(
    "cells",
    [
        f"ann@example.org, {ERIK};", f"ann@example.org / {ERIK};", f"ann@example.org/{ERIK};",
        f"ann@example.org {ERIK.upper()};", f"Ann <ann@example.org>, Erik <{ERIK}>;",
        f'"ann@example.org\n{ERIK}";', f'"ann@example.org;{ERIK}";', f"noreply@example.org, {ERIK};",
        f"privé:{ERIK};", f"werk:ann@example.org privé:{ERIK};",
        ";020-6221010 / 06-48231975", ";020-6221010 06-48231975", ";06 22331010 06 48231975",
        ';"020-6221010\n+31 6 48231975"', ";06-22331010 Erik 06-48231975",
        ";Erik 06-48231975 (mobiel)", ";06-48231975, 06-22331010",
    ],
)  # fmt: skip
def test_his_address_or_number_beside_another_in_a_cell_does_not_come_in(
    house: Path, cells: str
) -> None:
    bring(house)
    erase_erik()
    rows = [f"YY{n};Koen Turfsteker{n};koen{n}@example.org;020-62{n}{n}{n}10" for n in range(1, 9)]
    text = "\n".join(["Klantnummer;Naam;E-mail;Telefoon", *rows, f"ZZ9;Ann Kruisheer;{cells}"])
    (house / "anders.csv").write_text(text + "\n", "utf-8")
    report = pipeline.import_paths(SYSTEM, [house / "anders.csv"])
    assert report.counts["rows_suppressed"] == 1
    assert not Record.objects.filter(key="ZZ9").exists()
    held = json.dumps(list(RecordVersion.objects.values_list("data", "raw")))
    assert ERIK not in held.lower() and "48231975" not in held


def test_an_order_with_his_address_beside_another_does_not_come_in(house: Path) -> None:
    bring(house)
    erase_erik()
    mails = [*(f"koen{n}@example.org" for n in range(1, 9)), f"ann@example.org / {ERIK}"]
    rows = [f"{n};{n:02d}-03-2020;{mail};12,50" for n, mail in enumerate(mails, 1)]
    text = "\n".join(["Bestelnummer;Besteldatum;E-mail;Bedrag", *rows])
    (house / "bestellingen.csv").write_text(text + "\n", "utf-8")
    report = pipeline.import_paths(SYSTEM, [house / "bestellingen.csv"])
    assert report.counts["rows_suppressed"] == 1
    keys = list(Record.objects.filter(key__startswith="email:").values_list("key", flat=True))
    assert "email:koen8@example.org" in keys and "email:ann@example.org" not in keys
    assert ERIK not in json.dumps(list(RecordVersion.objects.values_list("data", "raw")))


def test_a_mobile_number_in_the_one_column_of_telephones_is_remembered(house: Path) -> None:
    bring(house, "KL2000;Wilma;Kruisheer;wilma@example.org;;8011 AB;3;")
    (house / "bel.csv").write_text(
        "Klantnummer;Naam;Telefoon\nB1;Truus Waterhoen;06-55667788\nB2;Ans Meerkoet;020-6221010\n"
        + "".join(f"B{n};Koen Turfsteker{n};020-62{n}{n}{n}15\n" for n in range(3, 9)), "utf-8",
    )  # fmt: skip
    pipeline.import_paths(SYSTEM, [house / "bel.csv"])
    for key in ("B1", "B2"):
        customer = Membership.objects.get(record__key=key).customer_id
        pipeline.erase_customer(SYSTEM, customer, alone=ALONE)
    phones = pl.Series(["+31655667788", "+31206221010"])
    assert suppressed({"phone": phones}).to_list() == [True, False]
    assert suppressed({"mobile": phones}).to_list() == [True, False]


def test_a_receipt_names_every_step_in_words() -> None:
    told = {saga.OUT_OF_SIGHT, *(step.key for step in saga.walk())}
    assert told - erasing_words.STEPS.keys() == set()


def test_done_all_over_the_receipt_counts_what_went_the_first_time(house: Path) -> None:
    bring(house)
    asked = pipeline.ask_erasure(SYSTEM, of(ERIK))
    begun = agreeing._begin(SYSTEM, asked, ALONE)
    left = house / "home" / "left.txt"
    for text in (ERIK, f"{ERIK} again"):
        left.write_text(text)
        with pytest.raises(StillFound):
            pipeline.finish_erasure(SYSTEM, begun)
    held = Erasure.objects.get(number=begun.number)
    assert saga.still_in(held) == ["left.txt"]
    administrator = Actor(name="Anna", role="administrator", purpose="administration",
                          interface="web")  # fmt: skip
    view = erasing_page.erasure(administrator, to_public("erasure", held.pk))
    assert len(view.still) == 1 and "left" not in view.still[0], "a path may tell a name"
    left.unlink()
    steps = pipeline.finish_erasure(SYSTEM, begun).receipt["steps"]
    assert steps["rows_core"]["counts"]["core_record"] == 1
    assert steps["rows_core"]["counts"]["core_recordversion"] == 1
    assert set(steps["rows_core"]) == set(steps[saga.OUT_OF_SIGHT])


SECOND, SECOND_MOBILE = "zandloper@example.org", "+31648231986"


def erase_of(key: str) -> None:
    """The customer of the record with this key goes."""
    customer = Membership.objects.get(record__key=key).customer_id
    done = pipeline.erase_customer(SYSTEM, customer, alone=ALONE)
    assert done.state == Erasure.DONE


def keeps_away(kind: str, *values: str) -> list[bool]:
    """Whether rows with these standard values stay out."""
    return suppressed({kind: pl.Series(values)}).to_list()


def write(folder: Path, name: str, heads: str, *rows: str) -> None:
    """Import a list of these rows, and of a few who have nothing to do with anybody."""
    cells = ["koen{0}@example.org", "020-62{0}{0}{0}10", "", "", "", ""]
    width = heads.count(";") - 1
    plain = (f"B{n};Koen Turfsteker{n};" + ";".join(cells[:width]).format(n) for n in range(1, 9))
    (folder / name).write_text("\n".join([heads, *plain, *rows]) + "\n", "utf-8")
    pipeline.import_paths(SYSTEM, [folder / name])


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (f"{ERIK}; {SECOND}", "email", SECOND),
        (f"{ERIK} / {SECOND.upper()}", "email", SECOND),
        (f"{ERIK}, 06-48231986", "mobile", SECOND_MOBILE),
        ("; ".join([ERIK, *(f"oud{n:03d}.zandloper@example.org" for n in range(70)), SECOND]),
         "email", SECOND),
    ],
)  # fmt: skip
def test_the_second_address_of_a_cell_keeps_him_away(
    house: Path, cell: str, kind: str, value: str
) -> None:
    write(house, "relaties.csv", "Klantnummer;Naam;E-mail", f'{NUMBER};Erik Zandloper;"{cell}"')
    erase_of(NUMBER)
    assert keeps_away(kind, value, "koen1@example.org") == [True, False]
    assert kind != "email" or keeps_away("email", ERIK) == [True]


@pytest.mark.parametrize(
    "cell",
    [
        "010-4401010 / 06-48231986", "06-48231975 / 06-48231986", "06-48231975 Erik 06-48231986",
        "vaste lijn op kantoor, bellen kan alleen voor twaalven en anders pas weer na vieren, of "
        "de volgende morgen; 010-4401010 / thuis is er niemand voor zessen en ook op zaterdag niet;"
        " 010-4401012 / 06-48231986",
    ],
)  # fmt: skip
def test_the_second_number_of_a_cell_keeps_him_away(house: Path, cell: str) -> None:
    heads = "Klantnummer;Naam;E-mail;Telefoon"
    write(house, "relaties.csv", heads, f'{NUMBER};Erik Zandloper;{ERIK};"{cell}"')
    erase_of(NUMBER)
    assert keeps_away("mobile", SECOND_MOBILE) == keeps_away("phone", SECOND_MOBILE) == [True]


def test_what_stands_in_a_column_that_nobody_knows_keeps_him_away(house: Path) -> None:
    """But a remark there may tell of anybody."""
    heads = "Klantnummer;Naam;E-mail;Telefoon;Veld A;Veld B;Veld C"
    cells = f";{SECOND};06 4823 1986;mail ook met marie@example.org"
    write(house, "relaties.csv", heads, f"{NUMBER};Erik Zandloper;{ERIK};{cells}")
    erase_of(NUMBER)
    assert keeps_away("email", SECOND, "marie@example.org") == [True, False]
    assert keeps_away("mobile", SECOND_MOBILE) == [True]


def test_what_he_was_known_by_before_keeps_him_away(house: Path) -> None:
    heads = "Klantnummer;Naam;E-mail;Telefoon"
    old = f"{NUMBER};Erik Zandloper;vroeger@example.org / toen@example.org;06-48231986"
    write(house, "relaties.csv", heads, old)
    write(house, "relaties.csv", heads, f"{NUMBER};Erik Zandloper;{ERIK};06-48231975")
    assert Record.objects.get(key=NUMBER).data["email"] == ERIK
    erase_of(NUMBER)
    former = ("vroeger@example.org", "toen@example.org")
    assert keeps_away("email", ERIK, *former) == [True, True, True]
    assert keeps_away("mobile", "+31648231975", SECOND_MOBILE) == [True, True]


@pytest.mark.parametrize(
    "theirs",
    [
        f"KL2000;Wilma Kruisheer;{SECOND};06-33221144;",
        f"KL2000;Wilma Kruisheer;wilma@example.org, {SECOND};06-33221144 / 06-48231986;",
        f"KL2000;Wilma Kruisheer;wilma@example.org;(06) 4823-1986;{SECOND}",
        f"KL2000;Erik Zandloper;wilma@example.org;+31 6 48231986;{SECOND}",
    ],
)
def test_what_somebody_who_stays_goes_by_as_well_keeps_nobody_away(
    house: Path, theirs: str
) -> None:
    heads = "Klantnummer;Naam;E-mail;Telefoon;Veld A"
    numbers = "06-48231975 / 06-48231986"
    his = f'{NUMBER};Erik Zandloper;"{ERIK}; {SECOND}";{numbers};beheer@example.org'
    jan = "KL3000;Jan Wortel;jan@example.org;;beheer@example.org"
    write(house, "relaties.csv", heads, his, theirs, jan)
    erase_of(NUMBER)
    assert keeps_away("email", ERIK, SECOND, "beheer@example.org") == [True, False, False]
    is_shared = "48231986" in theirs.replace("-", "").replace(" ", "")
    assert keeps_away("mobile", "+31648231975", SECOND_MOBILE) == [True, not is_shared]
    count = Record.objects.count()
    pipeline.import_paths(SYSTEM, [house / "relaties.csv"])
    assert Record.objects.filter(key="KL2000").exists() and Record.objects.count() == count


def test_who_is_known_by_an_order_alone_stays_away_by_its_address(house: Path) -> None:
    rows = [f"{n};{n:02d}-03-2020;koen{n}@example.org;12,50" for n in range(1, 9)]
    text = "\n".join(["Bestelnummer;Besteldatum;E-mail;Bedrag", *rows, f"9;09-03-2020;{ERIK};10"])
    (house / "bestellingen.csv").write_text(text + "\n", "utf-8")
    pipeline.import_paths(SYSTEM, [house / "bestellingen.csv"])
    erase_of(f"email:{ERIK}")
    assert keeps_away("email", ERIK, "koen1@example.org") == [True, False]


def test_a_later_list_with_the_second_address_alone_leaves_him_out(house: Path) -> None:
    heads = "Klantnummer;Naam;E-mail;Telefoon"
    write(house, "relaties.csv", heads, f"{NUMBER};Erik Zandloper;{ERIK} / {SECOND};")
    erase_of(NUMBER)
    rows = [f"koen{n}@example.org;Koen Turfsteker{n}" for n in range(1, 9)]
    text = "\n".join(["E-mailadres;Naam", *rows, f"{SECOND};E. Zandloper"])
    (house / "nieuwsbrief.csv").write_text(text + "\n", "utf-8")
    assert pipeline.import_paths(SYSTEM, [house / "nieuwsbrief.csv"]).counts["rows_suppressed"] == 1
    assert not RecordVersion.objects.filter(data__email=SECOND).exists()


def test_whose_term_is_over_together_keep_no_address_for_each_other(house: Path) -> None:
    heads = "Klantnummer;Naam;E-mail;Telefoon"
    his = f"{NUMBER};Erik Zandloper;{ERIK} / {SECOND};"
    hers = f"KL2000;Wilma Kruisheer;wilma@example.org / {SECOND};"
    write(house, "relaties.csv", heads, his, hers)
    both = Membership.objects.filter(record__key__in=(NUMBER, "KL2000"))
    agreeing.erase_expired(SYSTEM, sorted(both.values_list("customer", flat=True)))
    assert not Record.objects.filter(key__in=(NUMBER, "KL2000")).exists()
    assert keeps_away("email", ERIK, SECOND, "koen1@example.org") == [True, True, False]
