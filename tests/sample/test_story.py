"""The newsletter story runs through four systems, each with its own key for her."""

from __future__ import annotations

import polars as pl

from tests.sample.reading import Sample


def test_the_steps_come_in_order(sample: Sample) -> None:
    steps = [(one["kind"], one["file"]) for one in sample.truth.story["steps"]]
    kinds = [kind for kind, _ in steps]
    assert kinds == [
        "sent", "opened", "clicked", "clicked", "order", "mail_in", "service", "mail_out",
        "complaint",
    ]  # fmt: skip
    assert {file for _, file in steps} == {
        "nieuwsbrief.csv", "webshop.sqlite", "servicemail.mbox", "servicedesk.csv", "klachten.csv",
    }  # fmt: skip
    moments = [one["at"] for one in sample.truth.story["steps"]]
    assert moments == sorted(moments)


def test_the_newsletter_and_the_order(sample: Sample) -> None:
    story = sample.truth.story
    key = story["keys"]["nieuwsbrief.csv/nieuwsbrief"][0]
    sent = sample.dicts("nieuwsbrief.csv", "cp1252")
    mine = [one for one in sent if one["E-mailadres"].strip().lower() == key]
    mine = [one for one in mine if one["Campagne"] == story["campaign"]]
    assert [row["Actie"] for row in mine] == ["verzonden", "geopend", "geklikt", "geklikt"]
    assert {row["Thema"] for row in mine} == {"e-bikes"}
    account = story["keys"]["webshop.sqlite/customers"][0]
    ((number, code, amount, method),) = sample.query(
        "SELECT order_number, discount_code, total_amount, payment_method FROM orders"
        f" WHERE order_number = '{story['order']}' AND customer_id = {account}"
    )
    assert (number, code, method) == (story["order"], story["campaign"], "iDEAL")
    assert round(amount * 100) == story["order_cents"] > 0


def test_the_complaint_mail_the_registration_and_the_handling(sample: Sample) -> None:
    story = sample.truth.story
    mails = sample.mails
    address = story["keys"]["servicemail.mbox/servicemail"][0]
    asked = [one for one in mails if address in str(one["From"])]
    answered = [one for one in mails if address in str(one["To"])]
    assert len(asked) == len(answered) == 1
    assert story["order"] in asked[0].as_string()
    relation = story["keys"]["servicedesk.csv/servicedesk"][0]
    (case,) = [
        row for row in sample.dicts("servicedesk.csv", "utf-8") if row["Relatienr"] == relation
    ]
    assert case["Soort"] == "klacht" and case["Bestelnr"] == story["order"]
    assert case["Registratienr"] in answered[0].as_string()
    number = story["keys"]["klachten.csv/klachten"][0]
    (complaint,) = [row for row in sample.dicts("klachten.csv", delimiter=",")
                    if row["Klantnr"] == number]  # fmt: skip
    assert complaint["Status"] == "afgehandeld" and complaint["Tegemoetkoming"] == "50,00"
    assert complaint["Ordernummer"] == story["order"]


def test_each_system_has_its_own_key_for_her(sample: Sample) -> None:
    story = sample.truth.story
    keys = story["keys"]
    numbers = {
        keys[table][0]
        for table in (
            "crm.xlsx/Particulier", "webshop.sqlite/customers", "servicedesk.csv/servicedesk",
            "klachten.csv/klachten", "spaarpas.json/leden",
        )
    }  # fmt: skip
    assert len(numbers) == 5
    for table, found in keys.items():
        file = table.split("/")[0]
        for key in found:
            assert sample.truth.subject_of(file, key)["person"] == story["person"]


def test_her_numbers_mean_somebody_else_elsewhere_or_nobody(sample: Sample) -> None:
    """4219 in the complaints register and 2603 at the desk are not her number in the CRM."""
    subjects = sample.truth.subjects
    for number in ("004219", "002603"):
        hit = subjects.filter((pl.col("file") == "crm.xlsx") & (pl.col("key") == number))
        assert sample.truth.story["person"] not in hit["person"].to_list()


def test_her_family_lives_with_her_and_is_known(sample: Sample) -> None:
    story = sample.truth.story
    persons = sample.truth.persons
    family = persons.filter(pl.col("person").is_in(story["others_in_household"]))
    her = persons.row(by_predicate=pl.col("person") == story["person"], named=True)
    assert family["is_known"].all()
    assert set(family["landline"]) == {her["landline"]}
    assert set(family["household"]) == {her["household"]}
    assert her["open_complaints"] == 0 and her["complaints"] == 1
    assert her["group"] == "active" and her["consent_email"] == "granted"
