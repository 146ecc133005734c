"""The page about questions has every form that is understood, and no other."""

from __future__ import annotations

import re

from klantbeeld.segments.questions import QUESTIONS
from tests.docs.pages import DOCS, sections

PAGE = DOCS / "questions.md"
FORM = re.compile(r"`([^`]+)`")


def test_every_form_stands_on_the_page_and_no_other() -> None:
    described = [
        {form for line in part.splitlines() if line.startswith("| ") for form in FORM.findall(line)}
        for part in sections(PAGE).values()
    ]
    declared = [
        {form.text.replace("|", "/") for form in (*question.nl, *question.en)}
        for question in QUESTIONS
    ]
    assert [part for part in described if part] == declared


def test_every_question_has_forms_and_slots_that_fit() -> None:
    for question in QUESTIONS:
        assert question.nl, question.key
        assert question.en, question.key
        slots = {slot.name for slot in question.slots}
        in_rule = set(re.findall(r"{(\w+)}", question.rule))
        assert in_rule == slots, question.key
        for form in (*question.nl, *question.en):
            assert set(re.findall(r"{(\w+)}", form.text)) <= slots, form.text
