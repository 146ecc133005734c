"""Gender, yes and no, countries, languages and kinds."""

from __future__ import annotations

import pytest

from tests.quality.cases import check, row, rows


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        ("gender", "M", "male"),
        ("gender", "vrouw", "female"),
        ("gender", "V", "female"),
        ("gender", "x", "other"),
        ("gender", "Dhr.", "male"),
        ("gender", "onbekend", "!placeholder"),
        ("gender", "u", "!placeholder"),
        ("gender", "q", "!unknown_value"),
        ("language", "nl-NL", "nl"),
        ("language", "Nederlands", "nl"),
        ("language", "English", "en"),
        ("language", "Duits", "de"),
        ("language", "français", "fr"),
        ("language", "NED", "nl"),
        ("language", "klingonees", "!unknown_language"),
        ("country", "Nederland", "NL"),
        ("country", "belgie", "BE"),
        ("country", "België", "BE"),
        ("country", "Deutschland", "DE"),
        ("country", "Verenigd Koninkrijk", "GB"),
        ("country", "United Kingdom", "GB"),
        ("country", "EIRE", "IE"),
        ("country", "nld", "NL"),
        ("country", "Holland", "NL"),
        ("country", "USA", "US"),
        ("country", "Unspecified", "!placeholder"),
        ("country", "Atlantis", "!unknown_country"),
        ("country", "Tsjechië", "CZ"),
        ("country", "Frankrijk", "FR"),
        ("country", "Channel Islands", "JE"),
        ("consent_email", "ja", True),
        ("consent_email", "X", True),
        ("consent_email", "✓", True),
        ("consent_email", "opt-in", True),
        ("consent_email", "aan", True),
        ("consent_email", 1, True),
        ("consent_email", 0.0, False),
        ("consent_email", True, True),
        ("consent_email", "Nee", False),
        ("consent_email", "afgemeld", False),
        ("consent_email", "niet mailen", False),
        ("consent_email", "onbekend", "!placeholder"),
        ("consent_email", "misschien", "!unknown_value"),
        ("consent_email", "", None),
        ("do_not_call", "niet bellen", True),
        ("do_not_call", "ja", True),
        ("do_not_call", "nee", False),
        ("do_not_email", "x", True),
        ("unsubscribed", "afgemeld", True),
        ("unsubscribed", "aangemeld", False),
        ("unsubscribed", "nee", False),
        ("payment_method", "iDEAL", "ideal"),
        ("payment_method", "Creditcard", "credit_card"),
        ("payment_method", "ruilhandel", "ruilhandel"),
        ("payment_method", "n.v.t.", "!placeholder"),
        ("relation_type", "Oud-medewerker", "former_employee"),
        ("relation_type", "Leverancier", "supplier"),
        ("event_kind", "geopend", "opened"),
        ("event_kind", "add_to_cart", "cart"),
        ("direction", "Uitgaand", "out"),
        ("preferred_channel", "E-mail", "email"),
        ("case_kind", "Klacht", "complaint"),
        ("period", "per maand", "month"),
        ("currency", "€", "EUR"),
        ("currency", "Euro", "EUR"),
        ("currency", "drachme", "!unknown_value"),
    ],
)
def test_choice(role: str, text: object, expected: object) -> None:
    check(role, text, expected)


def test_a_date_of_consent_is_a_yes_on_that_day() -> None:
    found = row("consent_email", "13-04-2023")
    assert (found["value"], found["local_day"], found["precision"]) == (True, "2023-04-13", "day")
    mixed = rows("unsubscribed", ["13-04-2023", "nee", "31-02-2023", None])
    assert [r["value"] for r in mixed] == [True, False, None, None]
    assert [r["local_day"] for r in mixed] == ["2023-04-13", None, None, None]
    assert mixed[2]["issue"] == "impossible_date"


@pytest.mark.parametrize(
    "role",
    [
        "gender",
        "language",
        "country",
        "payment_method",
        "relation_type",
        "event_kind",
        "direction",
        "channel",
        "case_kind",
        "period",
        "currency",
    ],
)
def test_standard_choices_are_their_own_standard(role: str) -> None:
    from klantbeeld.quality import choices, countries

    tables = {
        "gender": choices.GENDERS,
        "language": countries.language_codes(),
        "country": countries.country_codes(),
        "payment_method": choices.PAYMENT_METHODS,
        "relation_type": choices.RELATION_TYPES,
        "event_kind": choices.EVENT_KINDS,
        "direction": choices.DIRECTIONS,
        "channel": choices.CHANNELS,
        "case_kind": choices.CASE_KINDS,
        "period": choices.PERIODS,
        "currency": choices.CURRENCIES,
    }
    answers = sorted({v for v in tables[role].values() if v not in ("XK",)})
    assert [r["value"] for r in rows(role, answers)] == answers
