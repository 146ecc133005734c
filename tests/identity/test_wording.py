"""Nothing of the matching is shown by its key alone."""

from __future__ import annotations

from klantbeeld.identity import reads
from klantbeeld.identity.core import COMPARISONS, KEY_KINDS
from klantbeeld.identity.core.identifiers import DETERMINISTIC
from klantbeeld.identity.wording import RULE_WORDS


def test_every_comparison_level_rule_and_key_has_words() -> None:
    comparisons = [c for kind in COMPARISONS.values() for c in kind]
    assert {c.name for c in comparisons} <= set(reads.COMPARISON_WORDS)
    assert {level for c in comparisons for level in c.levels} <= set(reads.LEVEL_WORDS)
    rules = {f"rule.{rule.words}" for kind in DETERMINISTIC.values() for rule in kind}
    assert rules <= set(RULE_WORDS)
    assert {kind.name for kind in KEY_KINDS} <= set(reads.KEY_WORDS)
