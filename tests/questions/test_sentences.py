"""Reading sentences: every form, in other orders and spellings, and what is none of them."""

from __future__ import annotations

import itertools

import pytest

from klantbeeld.core import clock
from klantbeeld.segments.periods import bounds, is_period, period_in
from klantbeeld.segments.questions import BY_KEY, QUESTIONS
from klantbeeld.segments.sentences import nearest, readings

FORMS = [
    (q.key, form.text) for q in QUESTIONS for form in (*q.nl, *q.en)
]  # fmt: skip
FILLED = {
    "customer": "Jan de Vries", "period": "in 2025", "bought": "fiets", "never": "onderhoud",
    "topic": "e-bikes",
}  # fmt: skip


def filled(form: str) -> str:
    """A form as somebody would type it, with everything in it."""
    text = form.replace("(", "").replace(")", "").format(**FILLED)
    return " ".join(word.partition("|")[0] for word in text.split())


@pytest.mark.parametrize(("key", "form"), FORMS)
def test_every_form_is_read_as_its_question(key: str, form: str) -> None:
    for text in (filled(form), filled(form).upper() + "?!", f"  {filled(form)} ..."):
        reading = readings(text)[0]
        assert reading.question.key == key, text
        assert not reading.missing
        for slot, words in reading.words.items():
            wanted = FILLED[slot].lower().replace("-", " ")
            assert words == (wanted if f"{{{slot}}}" in form else ""), text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("niets gekocht in het afgelopen jaar, wie?", "silent"),
        ("laatst kocht Jan de Vries wanneer", "last_purchase"),
        ("wie kocht ooit een fiéts maar nóóit onderhoud", "bought_never"),
        ("wie dreigd weg te lopen", "leaving"),
        ("hoeveel dubele en foute adressen heb ik", "checkup"),
        ("who opens the newsleter and which topics", "newsletter"),
        ("mag ik deze klant bellen of mailen", "may_contact"),
        ("did this customer complain before and is anything still open", "complaints"),
    ],
)
def test_word_order_signs_and_spelling_may_differ(text: str, key: str) -> None:
    assert readings(text)[0].question.key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "jan de vries",
        "wat is het weer vandaag",
        "20418",
        "Dorpsstraat 12 Utrecht",
        "wie dreicht wech te lopen",
    ],
)
def test_what_is_no_question_is_not_taken_for_one(text: str) -> None:
    assert readings(text) == []


def test_this_customer_is_the_one_on_the_screen() -> None:
    for words in ("deze klant", "hem", "haar"):
        reading = readings(f"mag ik {words} bellen")[0]
        assert (reading.is_this, reading.words["customer"]) == (True, "")
    assert not readings("mag ik Hem van Dijk bellen")[0].is_this


def test_names_keep_their_small_words() -> None:
    for name in ("van der berg", "de vries", "jan van den heuvel", "in t veld"):
        assert readings(f"mag ik {name} bellen")[0].words["customer"] == name


def test_the_nearest_forms_are_those_with_the_same_words() -> None:
    assert nearest("nieuwsbrief lezers", "nl")[0] is BY_KEY["newsletter"]
    assert nearest("oude klachten", "nl")[0] is BY_KEY["complaints"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("een jaar", "365"), ("a year", "365"), ("6 maanden", "182"), ("zes maanden", "182"),
        ("een half jaar", "182"), ("anderhalf jaar", "547"), ("de afgelopen 30 dagen", "30"),
        ("two years", "730"), ("in 2025", "2025"), ("ooit", "all"), ("in maart 2026", "2026-3"),
        ("een jar", "365"), ("the last quarter", "91"), ("drie weken", "21"),
    ],
)  # fmt: skip
def test_periods_in_words(words: str, key: str) -> None:
    found, used = period_in(words.split())
    assert (found, used) == (key, frozenset(range(len(words.split()))))
    assert is_period(found)


def test_a_period_has_both_its_ends() -> None:
    today = clock.today()
    assert bounds("365", today) == (today - 365, today)
    first, last = bounds("2025", today)
    assert (str(clock.day_to_date(first)), str(clock.day_to_date(last))) == (
        "2025-01-01", "2025-12-31",
    )  # fmt: skip
    first, last = bounds("2024-2", today)
    assert last - first + 1 == 29
    assert bounds("all", today) == (0, today)
    assert not any(map(is_period, ("", "0", "x", "2025-13", "99999", "-3", "1e3", "2025-")))


def test_reading_is_quick() -> None:
    """A sentence is read while somebody types: far below what can be noticed."""
    import time

    texts = [filled(form) for _key, form in FORMS]
    readings(texts[0])
    start = time.perf_counter()
    for text in itertools.islice(itertools.cycle(texts), 100):
        readings(text)
    assert (time.perf_counter() - start) / 100 < 0.1
