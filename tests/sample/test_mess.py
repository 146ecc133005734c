"""Every kind of mess that the sample promises is really in its files."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import phonenumbers
import polars as pl
import pypdf
import pytest
from docx import Document
from stdnum import iban
from stdnum.nl import btw

from tests.sample.reading import Sample

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def people(sample: Sample) -> Rows:
    return sample.sheet("crm.xlsx", "Particulier", 3)


@pytest.fixture(scope="module")
def mails(sample: Sample) -> list[EmailMessage]:
    return sample.mails


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_crm_has_a_merged_title_and_two_sheets(sample: Sample) -> None:
    book = openpyxl.load_workbook(sample.data / "crm.xlsx")
    assert book.sheetnames == ["Particulier", "Zakelijk"]
    for sheet in book:
        merged = {str(one) for one in sheet.merged_cells.ranges}
        assert any(one.startswith("A1:") for one in merged)
        assert any(re.match(r"[B-Z]+2:", one) for one in merged)
        assert sheet["A3"].value == "Klantnr"


def test_dates_in_the_crm_are_text_or_excel_dates(people: Rows) -> None:
    kinds = Counter(type(row["Geb.dat."]) for row in people)
    assert kinds[datetime] > 500 and kinds[str] > 500 and kinds[type(None)] > 100
    texts = [row["Geb.dat."] for row in people if isinstance(row["Geb.dat."], str)]
    for pattern in (r"\d\d-\d\d-\d{4}", r"\d\d/\d\d/\d{4}", r"\d+ [a-z]+ \d{4}", r"\d\d\.\d\d\."):
        assert any(re.match(pattern, text) for text in texts)
    assert any(text.startswith("31-02-") for text in texts)
    assert any(text in ("1-1-1900", "01-01-1900") for text in texts)


def test_numbers_keep_leading_noughts_and_lose_them_elsewhere(sample: Sample, people: Rows) -> None:
    numbers = [row["Klantnr"] for row in people if row["Klantnr"]]
    assert sum(str(one).startswith("00") for one in numbers) > 1_000
    lost = [row for row in sample.dicts("abonnementen.csv", "utf-8")
            if row["Klantnr CRM"] and len(row["Klantnr CRM"]) == 4]  # fmt: skip
    assert lost and any("00" + row["Klantnr CRM"] in numbers for row in lost)


def test_names_are_written_in_many_ways(people: Rows) -> None:
    prefixes = ("van", "de", "den", "der", "ter", "ten", "op", "in")
    inside = [row for row in people if str(row["Achternaam"]).split(" ")[0] in prefixes]
    apart = [row for row in people if row["Tussenv."]]
    assert len(inside) > 50 and len(apart) > 50
    assert any("-" in str(row["Achternaam"]) for row in people)
    assert sum(row["Voornaam"] is None for row in people) > 100
    surnames = [str(row["Achternaam"]) for row in people if row["Achternaam"]]
    assert any(one.isupper() for one in surnames) and any(one.islower() for one in surnames)
    assert any(one != one.strip() for one in surnames)


def test_names_follow_the_real_frequencies(sample: Sample) -> None:
    counted = sample.truth.persons["surname"].value_counts(sort=True)
    numbers = counted["count"].to_list()
    assert numbers[0] > 15 * numbers[len(numbers) // 2]
    top = set(counted["surname"][:15])
    assert {"Jong", "Jansen", "Vries"} & top
    assert {"Yılmaz", "El Amrani", "Nowak", "Ramdin"} & set(counted["surname"])


def test_consents_and_relations_are_in_the_crm(people: Rows) -> None:
    assert {"ja", "nee"} <= {row["Nieuwsbrief"] for row in people}
    assert {"ja", "nee"} <= {row["Bellen"] for row in people}
    assert any(row["Niet mailen"] == "x" for row in people)
    assert any(isinstance(row["Afgemeld op"], datetime) for row in people)
    relations = {row["Relatie"] for row in people}
    assert {"klant", "prospect", "leverancier", "oud-medewerker", "overleden"} <= relations
    assert any(row["Wensen"] for row in people) and any(row["Opmerkingen"] for row in people)


def test_placeholders_and_invalid_values_are_there(sample: Sample, people: Rows) -> None:
    mails = [str(row["E-mail"]).strip().lower() for row in people if row["E-mail"]]
    assert "noemail@example.nl" in mails
    assert any("@@" in one or one.count("@") == 0 or one.endswith(("@", ",")) for one in mails)
    assert any(row["Mobiel"] in ("0612345678", "06-12345678") for row in people)
    assert any(row["Beroep"] == "onbekend" for row in people)
    problems = set(sample.truth.flaws["problem"])
    assert problems >= {
        "placeholder_email", "placeholder_phone", "placeholder_date", "placeholder_text",
        "invalid_email", "invalid_phone", "invalid_postcode", "impossible_date", "invalid_kvk",
    }  # fmt: skip


def test_every_phone_number_is_out_of_ordinary_use(sample: Sample) -> None:
    for column in ("mobile", "landline"):
        for number in sample.truth.persons[column].unique():
            if not number:
                continue
            assert phonenumbers.is_possible_number(phonenumbers.parse(number, "NL"))
            assert number.startswith("+31970") or re.fullmatch(r"\+31\d{2,3}0{2,3}\d{4}", number)
    for number in sample.truth.organisations["phone"]:
        assert re.fullmatch(r"\+31\d{2,3}0{2,3}\d{4}", number)


def test_notations_of_one_number_parse_to_that_number(sample: Sample, people: Rows) -> None:
    crm = sample.members("Particulier")
    mobiles = dict(sample.truth.persons.select("person", "mobile").iter_rows())
    landlines = dict(sample.truth.persons.select("person", "landline").iter_rows())
    wrong = set(sample.truth.flaws.filter(pl.col("column") == "Mobiel")["key"])
    shapes = set()
    for row in people:
        person = crm.get(row["Klantnr"])
        if person is None:
            continue
        if row["Mobiel"] and row["Klantnr"] not in wrong:
            parsed = phonenumbers.parse(row["Mobiel"], "NL")
            assert phonenumbers.format_number(parsed, 0) == mobiles[person]
            shapes.add(re.sub(r"\d", "9", row["Mobiel"]))
        if row["Telefoon"]:
            parsed = phonenumbers.parse(row["Telefoon"], "NL")
            assert phonenumbers.format_number(parsed, 0) == landlines[person]
    assert len(shapes) >= 8


def test_addresses_are_on_example_domains_only(sample: Sample) -> None:
    pattern = re.compile(rb"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
    checked = 0
    for path in sample.data.iterdir():
        if path.suffix not in (".csv", ".json", ".jsonl", ".mbox"):
            continue
        for host in pattern.findall(path.read_bytes()):
            checked += 1
            assert re.search(rb"example\.(nl|com|org)", host.lower()), (path.name, host)
    assert checked > 10_000
    for (address,) in sample.query(
        "SELECT email FROM customers UNION SELECT customer_email FROM orders"
    ):
        if address and "@" in address and not address.endswith("@"):
            assert re.search(r"example\.(nl|com|org)", address.lower()), address


def test_postcodes_avoid_the_letters_that_were_never_issued(sample: Sample) -> None:
    for postcode in sample.truth.persons["postcode"].unique():
        assert re.fullmatch(r"[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}", postcode)


def test_company_numbers_are_valid_in_form_but_not_issued(sample: Sample) -> None:
    firms = sample.truth.organisations
    assert firms["kvk"].n_unique() == firms.height
    assert all(re.fullmatch(r"000\d{5}", one) for one in firms["kvk"])
    assert all(btw.is_valid(one) for one in firms["vat"])
    assert all(iban.is_valid(one) and one[4:8] == "KBLD" for one in firms["iban"])


def test_families_share_a_mailbox_and_a_landline(sample: Sample, people: Rows) -> None:
    crm = sample.members("Particulier")
    for column in ("E-mail", "Telefoon"):
        users: dict[str, set[str]] = {}
        for row in people:
            if row[column] and row["Klantnr"] in crm:
                value = re.sub(r"\D", "", row[column])[-9:] if column == "Telefoon" else row[column]
                users.setdefault(value.strip().lower(), set()).add(crm[row["Klantnr"]])
        assert sum(len(one) > 1 for one in users.values()) > 20


def test_lookalikes_are_known_to_the_files(sample: Sample) -> None:
    known = set(sample.truth.persons.filter(pl.col("is_known"))["person"]) | set(
        sample.truth.organisations["organisation"]
    )
    traps = Counter(
        kind
        for kind, first, second in sample.truth.traps.iter_rows()
        if first in known and second in known
    )
    assert traps["twins"] >= 10 and traps["same_initials"] >= 20
    assert traps["namesakes"] >= 20 and traps["sister_companies"] >= 5
    people = {row["person"]: row for row in sample.truth.persons.iter_rows(named=True)}
    for kind, first, second in sample.truth.traps.iter_rows():
        if kind == "twins":
            one, other = people[first], people[second]
            assert one["birth_date"] == other["birth_date"]
            assert one["household"] == other["household"]
            assert one["first_name"] != other["first_name"]
        if kind == "namesakes":
            one, other = people[first], people[second]
            assert one["household"] != other["household"] and one["city"] == other["city"]


def test_some_people_stand_twice_in_the_crm(sample: Sample) -> None:
    rows = sample.truth.subjects.filter(pl.col("table") == "Particulier")
    twice = rows["person"].value_counts().filter(pl.col("count") > 1)
    assert twice.height > 50


def test_old_addresses_live_on_in_some_source(sample: Sample, people: Rows) -> None:
    crm = sample.members("Particulier")
    old = dict(sample.truth.persons.select("person", "old_postcode").iter_rows())
    stale = 0
    for row in people:
        former = old[crm[row["Klantnr"]]] if row["Klantnr"] in crm else ""
        written = str(row["Postcode"]).upper().replace(" ", "")
        stale += bool(former) and written == former.replace(" ", "")
    assert stale > 30


def test_number_ranges_of_the_systems_overlap(sample: Sample, people: Rows) -> None:
    """The trap: the same number means somebody else in another system."""
    crm = {int(row["Klantnr"]) for row in people if str(row["Klantnr"]).isdigit()}
    desk = {int(row["Relatienr"]) for row in sample.dicts("servicedesk.csv", "utf-8")
            if row["Relatienr"].isdigit()}  # fmt: skip
    complaints = {int(row["Klantnr"]) for row in sample.dicts("klachten.csv", delimiter=",")
                  if row["Klantnr"].isdigit() and row["Klachtnr"] != "Totaal"}  # fmt: skip
    accounts = {key for (key,) in sample.query("SELECT customer_id FROM customers")}
    for other in (desk, complaints, accounts):
        assert len(crm & other) > 50
    same = 0
    for number in crm & desk:
        one = sample.truth.subject_of("crm.xlsx", f"{number:06d}")["person"]
        other = sample.truth.subject_of("servicedesk.csv", str(number))["person"]
        same += one is not None and one == other
    assert same < 0.05 * len(crm & desk)


def test_the_webshop_has_guests_cancellations_and_untidy_codes(sample: Sample) -> None:
    (guests,) = sample.query(
        "SELECT count(*) FROM orders WHERE customer_id IS NULL AND customer_name IS NOT NULL"
    )[0]
    (nameless,) = sample.query(
        "SELECT count(*) FROM orders WHERE customer_id IS NULL AND customer_name IS NULL"
    )[0]
    assert guests > 1_000 and nameless > 100
    assert sample.query("SELECT 1 FROM orders WHERE total_amount < 0 AND credit_of IS NOT NULL")
    assert sample.query("SELECT 1 FROM orders WHERE order_status = 'geannuleerd'")
    methods = {one for (one,) in sample.query("SELECT DISTINCT payment_method FROM orders")}
    assert {"iDEAL", "creditcard", "achteraf", "pin"} <= methods
    origins = {one for (one,) in sample.query("SELECT DISTINCT origin FROM orders")}
    assert {"advies", "funnel", "campagne", None} == origins
    codes = {one for (one,) in sample.query("SELECT DISTINCT discount_code FROM orders") if one}
    assert any(one != one.upper() for one in codes) and any(one.endswith(" ") for one in codes)
    credits = sample.query(
        "SELECT count(*) FROM orders c JOIN orders o ON c.credit_of = o.order_number"
        " WHERE c.ordered_at > o.ordered_at"
    )
    assert credits[0][0] == sample.query("SELECT count(*) FROM orders WHERE total_amount < 0")[0][0]


def test_the_newsletter_is_windows_1252(sample: Sample) -> None:
    raw = (sample.data / "nieuwsbrief.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    rows = sample.dicts("nieuwsbrief.csv", "cp1252")
    actions = {row["Actie"] for row in rows}
    assert {"verzonden", "geopend", "geklikt", "bounce", "afgemeld", "controlegroep"} <= actions
    assert len({row["Thema"] for row in rows if row["Actie"] == "geklikt"}) >= 6


def test_mails_have_threads_attachments_html_and_encoded_subjects(
    sample: Sample, mails: list[EmailMessage]
) -> None:
    ids = {str(one["Message-ID"]) for one in mails}
    assert len(ids) == len(mails)
    answers = [one for one in mails if one["In-Reply-To"]]
    assert len(answers) > 500 and all(str(one["In-Reply-To"]) in ids for one in answers)
    types = Counter(part.get_content_type() for one in mails for part in one.walk())
    for kind in ("text/html", "application/pdf", "image/jpeg", "multipart/mixed"):
        assert types[kind] > 20
    raw = (sample.data / "servicemail.mbox").read_bytes()
    assert raw.count(b"Subject: =?utf-8?B?") > 20 and b'charset="windows-1252"' in raw
    assert b"\n>From " in raw
    assert any("…" in str(one["Subject"]) or "–" in str(one["Subject"]) for one in mails)
    three = [one for one in mails if "drieën" in text_of(one)]
    assert len(three) == 3
    for one in three:
        assert len(one["To"].addresses) + len(one["Cc"].addresses) == 3
    assert not any("\ufffd" in text_of(one) for one in mails)


def test_attachments_can_be_opened(mails: list[EmailMessage], tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for mail in mails:
        for part in mail.iter_attachments():
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            seen[part.get_content_type()] += 1
            if part.get_content_type() == "application/pdf" and seen["application/pdf"] < 4:
                path = tmp_path / "one.pdf"
                path.write_bytes(data)
                assert "Spaken" in pypdf.PdfReader(path).pages[0].extract_text()
            if part.get_content_type() == "image/jpeg":
                assert data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9")
    assert min(seen.values()) > 20


def test_letters_say_who_they_are_about(sample: Sample) -> None:
    names = dict(sample.truth.persons.select("person", "surname").iter_rows())
    kinds: Counter[str] = Counter()
    for path in (sample.data / "brieven").iterdir():
        if path.suffix == ".pdf":
            text = pypdf.PdfReader(path).pages[0].extract_text()
        else:
            text = "\n".join(one.text for one in Document(str(path)).paragraphs)
        assert "Datum: " in text and re.search(r"\d{4} ? ?[A-Z]{2}", text)
        kinds[re.findall(r"Betreft: (\w+)", text)[0]] += 1
        person = sample.truth.subject_of("brieven", path.name)["person"]
        if person and names[person].isascii():
            assert names[person] in text
    assert set(kinds) == {"offerte", "opzegging", "brief"}
    files = [path.name for path in (sample.data / "brieven").iterdir()]
    assert any(one.startswith("scan") for one in files)


def test_registers_are_partly_filled_and_partly_open(sample: Sample) -> None:
    desk = sample.dicts("servicedesk.csv", "utf-8")
    assert any(not row["Relatienr"] for row in desk) and any(not row["E-mail"] for row in desk)
    assert {"open", "gesloten"} <= {row["Status"] for row in desk}
    complaints = sample.dicts("klachten.csv", delimiter=",")
    assert {"open", "afgehandeld"} <= {row["Status"] for row in complaints}
    assert any(row["Tegemoetkoming"] for row in complaints)
    assert any("\n" in row["Omschrijving"] for row in complaints)
    keys = Counter(row["Klachtnr"] for row in complaints)
    assert max(keys.values()) == 2


def test_two_members_of_a_household_use_one_device(sample: Sample) -> None:
    users: dict[str, set[str]] = {}
    for line in sample.lines("webevents.jsonl"):
        if '"login"' in line:
            event = json.loads(line)
            users.setdefault(event["device"], set()).add(event["user"])
    shared = {device: logins for device, logins in users.items() if len(logins) > 1}
    assert len(shared) >= 20
    emails = dict(sample.truth.persons.select("email", "household").iter_rows())
    for logins in shared.values():
        assert len({emails[one] for one in logins}) == 1


def test_an_episode_of_a_device_belongs_to_who_logged_in(sample: Sample) -> None:
    """What one may read from the file alone equals the truth, for every linkable episode."""
    emails = dict(sample.truth.persons.select("email", "person").iter_rows())
    episode: dict[str, int] = {}
    user: dict[str, str] = {}
    for line in sample.lines("webevents.jsonl"):
        if not line.startswith('{"id": "e0') or '"login"' not in line:
            continue
        event = json.loads(line)
        device = event["device"]
        if user.setdefault(device, event["user"]) != event["user"]:
            user[device] = event["user"]
            episode[device] = episode.get(device, 1) + 1
        key = f"{device}#{episode.get(device, 1)}"
        subject = sample.truth.subject_of("webevents.jsonl", key)
        assert subject["is_linkable"] and subject["person"] == emails[event["user"]]


def test_web_events_cover_the_funnel(sample: Sample) -> None:
    kinds = Counter(
        json.loads(line).get("type") for line in sample.lines("webevents.jsonl") if '"e0' in line
    )
    assert set(kinds) == {
        "page_view", "search", "product_view", "cart", "funnel", "configure", "request", "login",
    }  # fmt: skip
    assert min(kinds.values()) > 50


def test_the_survey_has_free_answers_and_anonymous_ones(sample: Sample) -> None:
    rows = sample.sheet("enquete.xlsx", "Antwoorden", 2)
    assert any(row["Toelichting"] for row in rows)
    assert any(row["E-mail"] is None and row["Bestelnummer"] is None for row in rows)
    scores = [row["Hoe waarschijnlijk is het dat u ons aanbeveelt? (0-10)"] for row in rows]
    wrong = [one for one in scores if not (isinstance(one, int) and 0 <= one <= 10)]
    assert len(wrong) == sample.counts("enquete.xlsx", "Antwoorden")["quarantined"]
