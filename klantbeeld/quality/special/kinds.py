"""What is recognised, how sure it is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """Numbers that the law or the card schemes guard, and the topics of articles 9 and 10 GDPR."""

    BSN = "bsn"
    OLD_VAT = "old_vat"  # tax number of a sole trader that holds the BSN: NL + BSN + B01
    NATIONAL_NUMBER = "national_number"  # of another country: Belgium, Germany, England
    RSIN = "rsin"  # the same check digits for legal persons: nobody's personal number
    CARD = "card"
    IBAN = "iban"  # an ordinary field where it is meant to be
    IDENTITY_DOCUMENT = "identity_document"
    DRIVING_LICENCE = "driving_licence"
    HEALTH_INSURANCE = "health_insurance"
    HEALTH = "health"
    UNION = "union"
    BELIEF = "belief"
    POLITICS = "politics"
    ORIENTATION = "orientation"
    ETHNICITY = "ethnicity"
    CRIMINAL = "criminal"


NUMBERS = frozenset(list(Kind)[:9])
TOPICS = frozenset(Kind) - NUMBERS


class Certainty(IntEnum):
    """POSSIBLE: a word that may mean it. LIKELY: it fits and nothing else explains it. CERTAIN:
    a heading or a word beside it says so as well."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, order=True)
class Span:
    """Characters start to end (exclusive) of a text. reason: see `REASONS`."""

    start: int
    end: int
    kind: Kind
    certainty: Certainty
    reason: str


# Why something is taken for what it is, for reports; never with the value itself.
REASONS = {
    "heading": "the heading of the column says so, and values fit",
    "check_digits": "nearly all values have the check digits, which chance does not explain",
    "many_check_digits": "many more values than by chance have the check digits",
    "word_and_check": "a word beside it says so, and the check digits are right",
    "check_alone": "the check digits are right, and no word beside it explains it otherwise",
    "word_and_shape": "a word beside it says so, and it has the shape",
    "shape": "it has a shape that nothing else has",
    "series": "in the series given to legal persons",
    "legal_person": "beside the name of a legal person",
    "topic_of_person": "a word of the topic, said of somebody",
    "topic_word": "a word of the topic that hardly means anything else",
    "way_of_saying": "it is said in a way that tells the topic of somebody",
    "in_heading": "it stands in the heading of the column",
    "in_table_name": "it stands in the name of the table",
    "in_file_name": "it stands in the name of the file",
    "weak_word": "a word that may mean something else",
    "topic_values": "most values are words of the topic",
}
