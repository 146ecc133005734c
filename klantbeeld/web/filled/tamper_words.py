"""What does not fit in the log, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.web.filled import words

# A test holds that whatever verifying can find has its words.
FINDINGS: words.Words = {
    "entry missing": gettext_lazy("A line is missing"),
    "entry does not follow": gettext_lazy("A line was changed, or stands in another order"),
    "entry outside the log": gettext_lazy("A line stands outside the log"),
    "person edited": gettext_lazy("Whom a line is about was changed"),
    "people do not fit": gettext_lazy("Whom a line is about does not fit the line"),
    "people of no entry": gettext_lazy("People are named without a line"),
    "subject outside the log": gettext_lazy("People are named outside the log"),
    "change edited": gettext_lazy("A change that was noted in the database was edited"),
    "change missing or edited": gettext_lazy("A noted change is missing here, or was edited"),
    "end cut off": gettext_lazy("The end was cut off"),
    "head forged": gettext_lazy("The end is forged"),
    "anchor differs": gettext_lazy("A signature is missing in the log or beside it"),
    "anchor forged": gettext_lazy("A signature is forged"),
    "anchor without its entry": gettext_lazy("A line is not the one that was signed"),
    "noted anchor missing": gettext_lazy("The signature that was noted outside is not there"),
    "cut forged": gettext_lazy("Where the beginning was cut off is forged"),
}


def finding(text: str) -> str:
    """A `core.walking.Finding`, as it is kept, in words."""
    code, _at, number = text.rpartition(" at ")
    return _("%(what)s (no. %(number)s)") % {
        "what": words.said(FINDINGS, code), "number": number,
    }  # fmt: skip
