"""The terms on screen that are not plain language, each explained in a sentence or two.

One registry for `<c-term>`, in both languages; docs/glossary.md is checked against it. `code` is
what the code calls it, the glossary's second column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Term:
    """A word, what it is called in the code, and what it means."""

    key: str
    code: str
    label: Text
    meaning: Text


_TERMS = (
    Term("source", "Source", _("Source"),
         _("A system or file that customer data comes from: the webshop, the CRM, your Excel.")),
    Term("delivery", "Delivery", _("Delivery"),
         _("One file that was loaded. It can be taken back whole, as if it had never come.")),
    Term("record", "Record", _("Record"),
         _("What one source says about one customer. A customer is often several records, one in "
           "each list.")),
    Term("quarantined", "Quarantined", _("Quarantined rows"),
         _("Rows that could not be used as they are, for instance with a date that does not exist. "
           "They wait until somebody mends them; nothing is lost.")),
    Term("unchanged", "unchanged", _("Unchanged"),
         _("Rows that were here already and say the same as before.")),
    Term("suppressed", "suppressed", _("Suppressed"),
         _("Rows about somebody or something that was erased, or older than you keep them: they do "
           "not come back by loading an old file.")),
    Term("rejected", "rejected", _("Rejected"),
         _("Rows that hold no data, such as totals and empty lines, or that somebody left out.")),
    Term("group", "group", _("Customer group"),
         _("Every customer is in one of five groups, by what was bought and when: active, "
           "inactive, potential, possibly interested, other.")),
    Term("active", "active", _("Active"),
         _("Bought in the last 365 days, or has a subscription that runs.")),
    Term("inactive", "inactive", _("Inactive"),
         _("Bought or had a subscription once, but not in the last 365 days.")),
    Term("potential", "potential", _("Potential"),
         _("Never bought, but asked for a quote or filled a cart in the last 365 days.")),
    Term("possibly_interested", "possibly_interested", _("Possibly interested"),
         _("Never bought, but read a newsletter, visited the website or got in touch in the last "
           "365 days.")),
    Term("other", "other", _("Other"),
         _("Everybody else, and suppliers, former employees and the like.")),
    Term("household", "household", _("Household"),
         _("Different people at one address. They stay customers of their own.")),
    Term("consent", "ConsentEntry", _("Permission"),
         _("Whether somebody said that you may mail or call. Where sources differ, no goes before "
           "yes.")),
    Term("one_customer", "Explanation", _("Why is this one customer?"),
         _("On what grounds records were put together: the same number, e-mail, or name and "
           "address. You can take them apart.")),
    Term("bits", "weight", _("Evidence"),
         _("How much something says, in doublings: +1 makes one customer twice as likely, +10 a "
           "thousand times; below zero it speaks against.")),
    Term("certainty", "certainty", _("Certainty"),
         _("How likely it is that these records are one customer, reckoned from what agrees and "
           "how rare that is.")),
)  # fmt: skip
TERMS: Mapping[str, Term] = {term.key: term for term in _TERMS}
