"""The recogniser: fifty messy files, real data, and the single judgements it is made of."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.sources.mappings import Mapping, TableMapping
from klantbeeld.sources.readers import Table, tables_in
from klantbeeld.sources.recognise import recognise
from klantbeeld.sources.recognise.dates import read_dates
from klantbeeld.sources.recognise.headings import is_heading, said_by, words_of
from tests.sources.messy import measure, messy_files

DATA = Path(os.environ.get("KLANTBEELD_DATA") or "../shared/data")


def mapping_of(columns: dict[str, list[object]], name: str = "tabel") -> TableMapping:
    frame = pl.DataFrame(columns, strict=False)
    table = Table(name, f"{name}.csv", tuple(columns), lambda: iter([frame]))
    return recognise(table, frame)


def roles_of(columns: dict[str, list[object]], name: str = "tabel") -> dict[str, str]:
    return mapping_of(columns, name).roles()


def test_fifty_messy_files(tmp_path: Path) -> None:
    made = messy_files(tmp_path)
    assert len(made) >= 50
    score = measure(made)
    assert score.kinds_wrong == []
    assert score.sure_but_wrong == []
    assert score.share >= 0.95, score.wrong


def test_the_measure_measures(tmp_path: Path) -> None:
    """With a truth that is wrong the score falls and the sure mistakes are seen."""
    made = messy_files(tmp_path)[0]
    truth = dict.fromkeys(next(iter(made.columns.values())), "nps_score")
    wrong = type(made)(made.path, {"klanten": "costs"}, {"klanten": truth})
    score = measure([wrong])
    assert (score.right, score.kinds_right) == (0, 0)
    assert len(score.sure_but_wrong) > 5


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Klnr", "customer_number"), ("Tel. mob.", "mobile"), ("PC", "postcode"),
        ("Pltsnaam", "city"), ("geb.dat", "birth_date"), ("e-mail adres", "email"),
        ("Naam relatie", "full_name"), ("CustomerID", "customer_number"),
        ("InvoiceDate", "ordered_at"), ("UnitPrice", "unit_price"), ("given_name", "first_name"),
        ("soc_sec_id", "-"), ("dob", "birth_date"), ("birth_place", "-"), ("K.v.K.-nr.", "kvk"),
        ("E-MAIL 1 - Value", "email"), ("Toestemming / Telefoon", "consent_phone"),
        ("Best.nr.", "order_number"), ("Besteld d.d.", "ordered_at"), ("Voorn.", "first_name"),
        ("Leeft.", "age"), ("T.n.v.", "full_name"), ("Mailing (j/n)", "consent_email"),
        ("Kl.", None), ("Offerte", "quote_number"), ("Tijdstempel", "event_at"),
        ("Contactmoment-ID", "message_id"), ("Volledige omschr.", "@description"),
        ("Hoe waarschijnlijk is het dat je ons aanbeveelt?", "nps_score"),
        ("How likely are you to recommend us to a friend?", "nps_score"),
        ("Hoe tevreden ben je over de levering? (1-5)", "satisfaction"),
        ("Welk cijfer geef je ons?", "satisfaction"), ("Waarom geef je dit cijfer?", "answer"),
        ("Heb je nog tips?", "answer"), ("What could we do better?", "answer"),
        ("Wat is je e-mailadres?", "email"), ("Hoe heb je ons gevonden?", None),
        ("klant.adres.straat", "street"), ("Achternaamm", "surname"), ("bedrag (€)", "@amount"),
        ("zomaar iets", None), ("", None),
    ],
)  # fmt: skip
def test_what_headings_say(heading: str, role: str | None) -> None:
    said = said_by(heading)
    assert (said[0].role if said else None) == role


def test_words_of_headings() -> None:
    assert words_of("GebDatum (dd-mm)") == ["geb", "datum", "dd", "mm"]
    assert words_of("CustomerID") == ["customer", "id"]
    assert is_heading("Postcode")
    assert not is_heading("Jan de Vries")
    assert not is_heading("jan@example.nl")


@pytest.mark.parametrize(
    ("values", "order", "is_decided"),
    [
        (["01-02-2024", "13-02-2024"], "dmy", True),
        (["01/02/2024", "02/13/2024"], "mdy", True),
        (["01-02-2024", "03-04-2024"], "dmy", False),
        (["2024-02-01", "2024-02-13T10:00:00Z"], "ymd", True),
        (["20240201", "20241231"], "ymd", True),
        (["1 februari 2024", "3 mrt 2023"], "dmy", True),
        (["1-2-24", "31-12-99"], "dmy", True),
    ],
)
def test_the_column_decides_the_order_of_dates(
    values: list[str], order: str, is_decided: bool
) -> None:
    reading = read_dates(values)
    assert (reading.share, reading.order, reading.is_decided) == (1.0, order, is_decided)


def test_no_date_is_seen_where_there_is_none() -> None:
    assert read_dates(["12345", "31-31-2024", "0970-00012345", "1.2.3.4"]).share == 0


NAMES: list[object] = ["Jan de Vries", "Anna Smit", "Piet Bakker", "Sanne van Dijk"] * 5
MAILS: list[object] = [f"klant{n}@example.nl" for n in range(20)]
PHONES: list[object] = [f"020-000{n}" for n in range(1000, 1020)]
MOBILES: list[object] = [f"0970-0001{n}" for n in range(1000, 1020)]
NUMBERS: list[object] = list(range(1000, 1020))


def test_content_that_contradicts_beats_the_heading() -> None:
    mapping = mapping_of({"naam": NAMES, "telefoon": MAILS, "e-mail": PHONES})
    assert mapping.roles() == {"naam": "full_name", "telefoon": "email", "e-mail": "phone"}
    assert "the heading says phone" in mapping["telefoon"].reason
    assert mapping["telefoon"].confidence < 0.9


def test_a_second_phone_is_the_mobile_and_a_second_mail_is_kept() -> None:
    columns = {"naam": NAMES, "Telefoon 1": MOBILES, "Telefoon 2": PHONES, "Mail": MAILS,
               "Mail 2": [f"x{mail}" for mail in MAILS]}  # fmt: skip
    assert roles_of(columns) == {
        "naam": "full_name", "Telefoon 1": "mobile", "Telefoon 2": "phone", "Mail": "email",
        "Mail 2": "keep",
    }  # fmt: skip


def test_values_alone_are_enough_where_there_is_no_header() -> None:
    columns = {"kolom 1": NUMBERS, "kolom 2": NAMES, "kolom 3": MAILS, "kolom 4": MOBILES,
               "kolom 5": ["1234 AB", "2345 BC"] * 10, "kolom 6": ["Ede", "Tiel"] * 10}  # fmt: skip
    mapping = mapping_of(columns)
    assert list(mapping.roles().values()) == [
        "customer_number", "full_name", "email", "mobile", "postcode", "city",
    ]  # fmt: skip
    assert all(column.confidence < 0.9 for column in mapping.columns)


def test_the_same_heading_means_something_else_elsewhere() -> None:
    dates: list[object] = [f"{n:02}-11-2024" for n in range(1, 21)]
    amounts: list[object] = [f"{n},50" for n in range(20)]
    texts: list[object] = ["Het pakket kwam kapot aan bij ons thuis."] * 20
    quotes = roles_of({"Offertenr": NUMBERS, "Datum": dates, "Bedrag": amounts})
    assert quotes == {"Offertenr": "quote_number", "Datum": "quoted_at", "Bedrag": "quote_amount"}
    cases = roles_of({"Klachtnr": NUMBERS, "Datum": dates, "Omschrijving": texts, "Oorzaak": texts})
    assert (cases["Datum"], cases["Omschrijving"]) == ("opened_at", "body")


def test_questions_over_columns_make_a_survey() -> None:
    texts: list[object] = ["Prima geholpen in de winkel, dank", "De levering duurde te lang"] * 10
    mapping = mapping_of(
        {"Tijdstempel": [f"2025-09-{n:02} 12:00:00" for n in range(1, 21)], "E-mailadres": MAILS,
         "Hoe tevreden ben je over de levering? (1-5)": [1, 2, 3, 4, 5] * 4,
         "Heb je nog tips?": texts}
    )  # fmt: skip
    assert mapping.holds == "surveys"
    assert list(mapping.roles().values()) == ["answered_at", "email", "satisfaction", "answer"]


def test_what_is_told_of_a_complaint_is_its_text_where_the_solution_stands_apart() -> None:
    texts: list[object] = ["Het pakket kwam kapot aan bij ons.", "Niemand belde terug, jammer"] * 10
    dates: list[object] = [f"{n:02}-11-2024" for n in range(1, 21)]
    columns = {"Klachtnr": NUMBERS, "Ontvangen": dates, "Toelichting": texts,
               "Oplossing": ["geld terug", "nieuw exemplaar"] * 10}  # fmt: skip
    roles = roles_of(columns, "klachten")
    assert (roles["Toelichting"], roles["Oplossing"]) == ("body", "resolution")


def test_the_browser_of_an_analytics_export_is_no_customer() -> None:
    mapping = mapping_of(
        {"client_id": [f"{n}82366.91588{n}" for n in range(1000, 1020)],
         "event_name": ["page_view", "view_item", "search", "login"] * 5,
         "event_timestamp": [str(1_719_225_300_000_000 + n) for n in range(20)],
         "user_id": [str(n) for n in NUMBERS]},
        "events",
    )  # fmt: skip
    assert mapping.holds == "events"
    assert mapping.roles() == {
        "client_id": "device_id", "event_name": "event_kind", "event_timestamp": "event_at",
        "user_id": "customer_number",
    }  # fmt: skip


def test_names_of_periods_and_of_channels_are_known_by_their_values() -> None:
    dates: list[object] = [f"{n:02}-11-2024" for n in range(1, 21)]
    plans: list[object] = ["Onderhoud Basis", "Onderhoud Plus"] * 10
    sold = roles_of(
        {"Abonnementsnr": NUMBERS, "Abonnement": plans, "Ingangsdatum": dates,
         "Betaling per": ["maand", "jaar"] * 10, "Actief (j/n)": ["j", "n"] * 10}, "abonnementen",
    )  # fmt: skip
    assert (sold["Betaling per"], sold["Actief (j/n)"]) == ("period", "subscription_status")
    listed = roles_of({"Klantnr": NUMBERS, "Naam": NAMES, "Voorkeur": ["e-mail", "telefoon"] * 10})
    assert listed["Voorkeur"] == "preferred_channel"


def test_orders_with_what_was_bought_are_lines_whatever_the_file_is_called() -> None:
    dates: list[object] = [f"{n:02}-11-2024" for n in range(1, 21)]
    columns: dict[str, list[object]] = {
        "Order Number": [9000 + n // 2 for n in range(20)], "Order Status": ["paid", "open"] * 10,
        "Order Date": dates, "Email": MAILS, "Order Total Amount": [f"{n}.50" for n in range(20)],
        "Item Name": ["Bidon", "Fietspomp"] * 10, "Quantity": [1, 2] * 10,
        "Item Cost": [f"{n}.25" for n in range(20)],
    }  # fmt: skip
    mapping = mapping_of(columns, "orders")
    assert mapping.holds == "lines"
    assert mapping.roles()["Order Total Amount"] == "order_amount"
    columns["Order Number"] = list(NUMBERS)
    assert mapping_of(columns, "orders").holds == "orders"


def test_firms_under_a_heading_for_people_are_firms() -> None:
    firms: list[object] = ["Kok Catering VOF", "Bakkerij De Wit B.V.", "Stichting De Brink"] * 6
    dates: list[object] = [f"{n:02}-11-2024" for n in range(1, 19)]
    roles = roles_of(
        {"Factuurnr": NUMBERS[:18], "Factuurdatum": dates, "Contact": firms,
         "Bedrag": [f"{n},50" for n in range(18)]}, "facturen",
    )  # fmt: skip
    assert roles["Contact"] == "organisation_name"


def test_formats_and_decimal_signs_are_told() -> None:
    mapping = mapping_of(
        {"Ordernr": NUMBERS, "Orderdatum": [f"{n:02}-11-2024" for n in range(1, 21)],
         "Totaal": [f"1.{n}00,50" for n in range(20)]}
    )  # fmt: skip
    assert mapping["Orderdatum"].format == "dmy"
    assert mapping["Totaal"].decimal == ","
    assert mapping.key == "Ordernr"


def test_dates_that_decide_nothing_are_told() -> None:
    mapping = mapping_of({"Ordernr": NUMBERS, "Orderdatum": ["01-02-2024", "03-04-2024"] * 10})
    assert mapping["Orderdatum"].format == "dmy"
    assert mapping["Orderdatum"].confidence <= 0.8
    assert any("no value tells day from month" in note for note in mapping.notes)


def test_numbers_that_come_back_are_no_key() -> None:
    mapping = mapping_of({"Klantnr": [1, 1, 2, 3] * 5, "Naam": NAMES, "E-mail": MAILS})
    assert mapping.key is None


def test_a_citizen_service_number_is_never_mapped_and_told() -> None:
    mapping = mapping_of({"Klantnr": NUMBERS, "Naam": NAMES, "BSN": range(900000000, 900000020)})
    assert "BSN" in mapping.not_mapped
    assert any("BSN" in note for note in mapping.notes)


def test_nothing_of_use_is_unknown() -> None:
    mapping = mapping_of({"a": [1.5, 2.5] * 10, "b": ["x", "y"] * 10})
    assert (mapping.holds, mapping.columns, mapping.not_mapped) == ("unknown", (), ("a", "b"))


def test_a_list_of_products_is_no_sale_and_tells_what_products_are_called() -> None:
    names: list[object] = [f"Stadsfiets {n}" for n in range(20)]
    prices: list[object] = [n + 0.95 for n in range(20)]
    codes: list[object] = [f"FT-{n}" for n in range(20)]
    mapping = mapping_of({"artikelnr": codes, "artikelnaam": names, "prijs": prices}, "artikelen")
    assert mapping.holds == "unknown"
    assert mapping.roles() == {
        "artikelnr": "product_code", "artikelnaam": "product_name", "prijs": "unit_price",
    }  # fmt: skip


def test_an_empty_table_is_recognised_by_its_headings() -> None:
    mapping = mapping_of({"klantnr": [], "naam": [], "email": []}, "klanten")
    assert (mapping.holds, len(mapping.columns)) == ("customers", 3)
    assert all(column.confidence < 0.75 for column in mapping.columns)


def test_the_description_of_an_order_is_what_was_bought_and_no_remark_about_the_buyer() -> None:
    made = mapping_of(
        {
            "Order": ["B500", "B501", "B502"], "Relatienr.": ["10001", "10002", "10001"],
            "Datum": ["03-05-2026", "04-05-2026", "25-05-2026"],
            "Omschrijving": ["Helm", "Stadsfiets", "Helm"], "Aantal": ["1", "1", "2"],
            "Bedrag": ["39,95", "749,00", "79,90"],
        },
        "Bestellingen",
    )  # fmt: skip
    assert made.holds == "orders"
    assert made.roles()["Omschrijving"] == "product_name"


def test_short_lists_of_people_are_customers_whatever_the_file_is_called() -> None:
    phones = {"naam": ["Jan de Boer", "Mia Smit"], "telefoon": ["0970 00 12 34", "0970 00 12 35"]}
    assert roles_of(phones) == {"naam": "full_name", "telefoon": "phone"}
    readers: dict[str, list[object]] = {
        "E-mail": [f"lid{number}@example.nl" for number in range(30)],
        "Nieuwsbrief": ["ja", "nee", "ja"] * 10,
        "Aangemeld op": ["2024-05-01 10:00"] * 30,
    }
    for name in ("nieuwsbrief", "events", "mail"):
        found = mapping_of(readers, name)
        assert found.holds == "customers"
        assert set(found.roles().values()) == {"email", "consent_email", "customer_since"}


def test_one_row_is_a_list_of_customers_too() -> None:
    made = mapping_of({"Klantnummer": ["2"], "Naam": ["Noor Bos"], "Opmerking": ["kort"]})
    assert made.holds == "customers"
    assert made.roles()["Klantnummer"] == "customer_number"


def test_every_mapping_can_be_written_down(tmp_path: Path) -> None:
    for made in messy_files(tmp_path)[:12]:
        mapping = Mapping("bron", tuple(recognise(table) for table in tables_in(made.path)))
        assert Mapping.load(mapping.dump()) == mapping


REAL = {
    "online_retail.parquet": ("lines", {"CustomerID": "customer_number",
                              "InvoiceDate": "ordered_at", "Quantity": "quantity",
                              "UnitPrice": "unit_price",
                              "Description": "product_name", "Country": "country"}),
    "historical_50k.parquet": ("customers", {"unique_id": "record_key", "full_name": "full_name",
                               "first_name": "first_name", "surname": "surname",
                               "dob": "birth_date", "gender": "gender",
                               "occupation": "profession", "postcode_fake": "postcode"}),
    "febrl/dataset3.csv": ("customers", {"rec_id": "record_key", "given_name": "first_name",
                           "surname": "surname", "street_number": "house_number",
                           "address_1": "street", "suburb": "city", "postcode": "postcode",
                           "date_of_birth": "birth_date"}),
    "telco.csv": ("customers", {"customerID": "customer_number", "gender": "gender"}),
    "hillstrom.csv": ("customers", {}),
    "m3.parquet": ("unknown", {}),
    "path_data.csv": ("unknown", {}),
    "dedupe_examples/csv_example_input_with_true_ids.csv": (
        "customers", {"Id": "customer_number", "Site name": "organisation_name",
                      "Address": "address", "Zip": "postcode"}),
    "senzing/truthsets_demo_v3_customers.csv": (
        "customers", {"RECORD_ID": "record_key", "PRIMARY_NAME_LAST": "surname",
                      "PRIMARY_NAME_FIRST": "first_name", "DATE_OF_BIRTH": "birth_date",
                      "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email"}),
}  # fmt: skip


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_real_data(name: str) -> None:
    holds, roles = REAL[name]
    (table,) = tables_in(DATA / name)
    mapping = recognise(table)
    assert mapping.holds == holds
    assert {column: mapping.roles().get(column) for column in roles} == roles
    silly = {
        "soc_sec_id",
        "SSN_NUMBER",
        "PASSPORT_NUMBER",
        "PhoneService",
        "zip_code",
        "birth_place",
    }
    assert not silly & set(mapping.roles())


TOGETHER = ["3511 AB Utrecht", "1012AB  AMSTERDAM", "NL-9712 CD Groningen", "5211 AB 's-Hertogenbosch"]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Postcode/Plaats", "postcode"), ("PC Woonplaats", "postcode"), ("pc_plaats", "postcode"),
        ("Postcode en plaats", "postcode"), ("Postcode + woonplaats", "postcode"),
        ("Postcode / Plaats", "postcode"), ("Zip City", "postcode"), ("Plaats", "city"),
        ("Woonplaats", "city"), ("Postcode", "postcode"), ("Plaats en postcode", "postcode"),
        ("Adresregel 2", "postcode"), ("Kolom 4", "postcode"), ("Zit in", "postcode"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_belgian", [False, True])
def test_postcode_and_place_in_one_cell(heading: str, role: str, *, is_belgian: bool) -> None:
    cells = ["9000 Gent", "B-1000 Brussel", "2000 ANTWERPEN", "8000 Brugge"] * 5
    columns: dict[str, list[object]] = {
        "Klantnr": list(range(100, 120)),
        "Naam": ["Anouk Eekhoornstra", "Bram Fluitsma", "Daan Haverkort", "Fenna Proefneus"] * 5,
        "Straat": ["Dorpsstraat 1", "Kerkstraat 12", "Molenweg 4", "Lindelaan 9"] * 5,
        heading: [*(cells if is_belgian else TOGETHER * 5)],
    }
    if is_belgian and heading in {"Adresregel 2", "Kolom 4", "Zit in"}:
        return
    found = mapping_of(columns, "klanten")
    assert found.roles()[heading] == role
    assert next(c for c in found.columns if c.column == heading).confidence >= 0.7


def test_a_place_column_is_no_postcode() -> None:
    found = roles_of({
        "Klantnr": list(range(100, 104)), "Naam": ["Anouk Eekhoornstra", "Bram Fluitsma"] * 2,
        "Postcode": ["3511 AB", "7884 TA", "1012AB", "5211 AB"],
        "Plaats": ["Utrecht", "2e Exloërmond", "Amsterdam", "'s-Hertogenbosch"],
    }, "klanten")  # fmt: skip
    assert (found["Postcode"], found["Plaats"]) == ("postcode", "city")
    both = roles_of({
        "Klantnr": list(range(100, 104)), "Naam": ["Anouk Eekhoornstra", "Bram Fluitsma"] * 2,
        "Postcode": ["3511 AB", "1012AB", "9712 CD", "5211 AB"], "Plaats": TOGETHER,
    }, "klanten")  # fmt: skip
    assert (both["Postcode"], both["Plaats"]) == ("postcode", "city")
