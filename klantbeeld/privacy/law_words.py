"""The words around a citation of the law, in the language of the screen; laws keep their names."""

from __future__ import annotations

import re
from functools import cache

from django.utils.dates import MONTHS
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

# What the sources of the rules say beside names, articles and dates. Longer ones go first.
PHRASES = (
    _("transactional or relationship message"),
    _("the company's own do-not-call list"),
    _("calls by tax-exempt nonprofits are no solicitation"),
    _("surveys are no solicitation"),
    _("prior express consent"),
    _("residential subscribers only"),
    _("as amended by the CPRA"),
    _("sale or sharing"),
    _("consumers only"),
    _("papers, periodicals and magazines"),
    _("addresses of legal persons"),
    _("solicitation that is not commercial"),
    _("each country chooses opt-in or opt-out"),
    _("each country decides about legal persons"),
    _("legal persons have no personal data"),
    _("unsolicited only"),
    _("the rules on advertising exempt market research"),
    _("on advertising by electronic mail"),
    _("self-regulation, FEVAD and others"),
    _("No federal rule on addressed advertising by post"),
    _("National Register of Deceased Persons"),
    _("self-regulation of the Belgian direct marketing trade"),
    _("sole traders and partnerships are natural persons"),
    _("it protects natural persons only"),
    _("for the person who answers"),
    _("electronic mail only"),
    _("at most three years after the last deal"),
    _("The company's own record that these data are not to be used"),
    _("The company's own record that this person died"),
    _("The company's own record that this person is not to be approached"),
    _("The country's own register of people who want no advertising by post"),
    _("The law of the person's own country"),
    _("The law of the person's own state, which is not held here"),
    _("list in use since"),
    _("visibly unwanted"),
    _("a confirmed e-mail address proves no consent to calls"),
    _("advertising includes asking how satisfied customers are"),
    _("in force"), _("revised"), _("as of"), _("since"), _("until"), _("before"), _("proof"),
    _("sale"), _("recitals"), _("recital"), _("Recital"), _("Directive"), _("GDPR"), _("EC"),
    _("ECJ"), _("Act of"), _("with"), _("and"), _("or"), pgettext_lazy("articles", "to"),
    _("of"),
)  # fmt: skip
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Words that are part of a name: they stay, whatever language the screen has.
NAMES = ("CAN-SPAM Act", "California Civil Code")


def cited(text: str) -> str:
    """A citation as the screen's language says it."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    kept = {f"\0{n}\0": name for n, name in enumerate(NAMES)}
    for mark, name in kept.items():
        text = text.replace(name, mark)
    for number, english in enumerate(_ENGLISH_MONTHS, 1):
        text = re.sub(rf"(\d) {english}\b", rf"\1 {str(MONTHS[number]).lower()}", text)
    # One after the other at a place, the longest that fits, so that nothing is said twice over.
    said = {english: str(phrase) for english, phrase in zip(_english(), PHRASES, strict=True)}
    longest = "|".join(re.escape(key) for key in sorted(said, key=len, reverse=True))
    text = re.sub(rf"(?<![\w-])(?:{longest})(?![\w-])", lambda m: said[m[0]], text)
    for mark, name in kept.items():
        text = text.replace(mark, name)
    return text


@cache
def _english() -> tuple[str, ...]:
    with override("en"):
        return tuple(str(phrase) for phrase in PHRASES)
