"""Which rows of tables are one person or organisation: plain functions on arrays and tables."""

from .cluster import Clustering, Constraints, Judgement, cluster
from .columns import ROLES, UnreadableTable, in_roles, recognised_columns
from .compare import COMPARISONS, compare
from .explain import Explanation, Field, explain
from .identifiers import contradicts
from .judging import judge
from .key_kinds import KEY_KINDS
from .keys import candidate_pairs, match_keys, oversized
from .limits import Limit
from .link import Links, canonical_order, learn, link, link_prepared, prepare, ties
from .model import Model, Parameters, Thresholds
from .reading import read_table
from .resolution import Resolution, resolve, resolve_values, values_of
from .review import review
from .score import score
from .splink import from_splink, to_splink
from .values import ORGANISATION, PERSON, match_values

__all__ = [
    "COMPARISONS",
    "KEY_KINDS",
    "ORGANISATION",
    "PERSON",
    "ROLES",
    "Clustering",
    "Constraints",
    "Explanation",
    "Field",
    "Judgement",
    "Limit",
    "Links",
    "Model",
    "Parameters",
    "Resolution",
    "Thresholds",
    "UnreadableTable",
    "candidate_pairs",
    "canonical_order",
    "cluster",
    "compare",
    "contradicts",
    "explain",
    "from_splink",
    "in_roles",
    "judge",
    "learn",
    "link",
    "link_prepared",
    "match_keys",
    "match_values",
    "oversized",
    "prepare",
    "read_table",
    "recognised_columns",
    "resolve",
    "resolve_values",
    "review",
    "score",
    "ties",
    "to_splink",
    "values_of",
]
