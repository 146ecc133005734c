"""Every reason for which a row or value is not used has its words, in both languages."""

from __future__ import annotations

import ast

import pytest
from django.utils import translation

from klantbeeld.pipeline.tables import OF_ROWS, OF_VALUES, OWN
from klantbeeld.pipeline.tables import REASONS as CODES
from klantbeeld.profiles.rules import CRITERIA
from klantbeeld.web.filled import reasons
from tests.house.plan import PACKAGE, sources, tree


def _last_constant(call: ast.Call) -> list[str]:
    last = call.args[-1] if call.args else None
    return [last.value] if isinstance(last, ast.Constant) and isinstance(last.value, str) else []


def given_by_the_pipeline() -> set[str]:
    """Codes in the pipeline's own code: what `unplaced` is called with or `reasons` are set to."""
    found: set[str] = set()
    for path in (PACKAGE / "pipeline").glob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "unplaced":
                found.update(_last_constant(node))
            if isinstance(node, ast.Assign) and "reasons[" in ast.unparse(node.targets[0]):
                values = ast.walk(node.value)
                found.update(v.value for v in values if isinstance(v, ast.Constant)
                             and isinstance(v.value, str))  # fmt: skip
    return found


def test_every_code_of_the_pipeline_is_registered() -> None:
    assert {"missing", "no_subject", "order_unknown"} <= given_by_the_pipeline()
    assert given_by_the_pipeline() <= set(CODES)
    assert set(OWN) <= given_by_the_pipeline()


def test_every_code_has_words() -> None:
    assert len(CODES) > 40
    assert {*OF_ROWS, *OWN} - set(reasons.REASONS) == set()
    assert set(OF_VALUES) - set(reasons.PROBLEMS) == set()
    assert set(CRITERIA) | {"only", "agreed", "together"} <= set(reasons.CHOSEN)
    assert set(CRITERIA) | {"invalid"} <= set(reasons.LOST)


@pytest.mark.parametrize("code", CODES)
def test_the_words_are_there_in_both_languages(code: str) -> None:
    said = {}
    for language in ("nl", "en"):
        with translation.override(language):
            said[language] = [reasons.reason(code), reasons.advice(code)]
            if code in OF_VALUES:
                said[language].append(reasons.problem(code))
    for dutch, english in zip(said["nl"], said["en"], strict=True):
        assert dutch and english
        assert dutch != english
        assert code not in (dutch, english)


def test_no_text_hides_behind_a_name_that_is_not_collected() -> None:
    """`gettext as _t` would never be found by scripts/messages.py, and stay English."""
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                assert {a.asname for a in node.names} <= {None, "_"}, path
