"""The sample company: an invented Dutch bicycle business, its exports and the truth about them."""

from klantbeeld.sample.generate import DEFAULT_SEED, DEFAULT_TODAY, generate
from klantbeeld.sample.truth import Truth

__all__ = ["DEFAULT_SEED", "DEFAULT_TODAY", "Truth", "generate"]
