"""Questions spelled out, as they are offered to be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from klantbeeld.segments.reads import Question
from klantbeeld.web import formats
from klantbeeld.web.shapes import QuestionLine

_SLOT = re.compile(r"\{(\w+)\}")


def lines(questions: Iterable[Question]) -> Iterator[QuestionLine]:
    """Questions in the words of their first form."""
    for question in questions:
        yield QuestionLine(question.key, spelled(question))


def spelled(question: Question) -> str:
    """The first form of a question, with what its slots are called."""
    names = {
        "customer": _("this customer"),
        "period": _("for a year") if question.key == "silent" else "",
        "bought": _("a bike"),
        "never": _("maintenance"), "topic": "",
    }  # fmt: skip
    text = question.forms(formats.language())[0].text.replace("(", "").replace(")", "")
    text = re.sub(r"\|\w+", "", _SLOT.sub(lambda m: names.get(m[1], ""), text))
    text = re.sub(r"\bi\b", "I", " ".join(text.split()))
    return text[:1].upper() + text[1:] + "?"
