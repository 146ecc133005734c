"""What a bundle says of itself: what is in it, what another house takes over, and what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.pipeline.access.before import MOST

WIDTH = 78
# Tables of the folder csv of which the folder tables holds all that another house can take over.
COMES_BACK = frozenset(
    {"records", "record_versions", "profiles", "tags", "interactions", "orderlines",
     "subscriptions", "documents", "participations", "told_values", "told_history"}
)  # fmt: skip
# What another house does not take over: its tables in the folder csv, and why not.
LOST: Mapping[tuple[str, ...], str | Promise] = {
    ("told_looked", "looked_at", "audited"): gettext_lazy(
        "Who looked and what was changed by whom: that happened in this house and stands in its "
        "log, which nobody may add to."
    ),
    ("told_sources", "delivered_in"): gettext_lazy(
        "Which source said what, and values of a source that never held: for another house there "
        "is one source, this bundle."
    ),
    ("told_groups", "told_scores", "memberships", "compared", "links", "judgements"): gettext_lazy(
        "Groups, estimates, household and which records are one person: every house reckons these "
        "itself, from what it holds."
    ),
    ("consents", "told_consents"): gettext_lazy(
        "The wording, the proof and the topics of permissions: a permission was given to this "
        "company. Yes and no by channel come along, each with its day."
    ),
    ("requests", "corrections", "informed", "told_purposes"): gettext_lazy(
        "What you asked this company, how it told you of its data, and what it uses them for: "
        "another company has to do that itself."
    ),
    ("earlier",): gettext_lazy(
        "Earlier contents of one event (an order that was open and is closed now): of events the "
        "last state comes along, of your own data every change."
    ),
    ("quarantined", "coming_in"): gettext_lazy(
        "Rows that could not be used and files that wait to be read: they could not be used "
        "elsewhere either."
    ),
}


def text(page: str, zip_name: str, tables: frozenset[str], masked: int) -> str:
    """The readme; `page` is the page's name, `tables` those of the folder csv of this bundle."""
    return "\n\n".join(fill(part, WIDTH) for part in _parts(page, zip_name, tables, masked)) + "\n"


def _parts(page: str, zip_name: str, tables: frozenset[str], masked: int) -> Iterator[str]:
    yield _("Open %(page)s to read what is held about you.") % {"page": page}
    yield _(
        "Another house with Klantbeeld reads this bundle whole: klantbeeld import %(zip)s. Your "
        "profile, your history with its statuses, what you have running, your documents and what "
        "your data were before come back as they are here."
    ) % {"zip": zip_name}  # fmt: skip
    yield _(
        "Of more than %(most)d changes of your data the last %(most)d are read back; all of them "
        "stand in csv/record_versions.csv."
    ) % {"most": MOST}  # fmt: skip
    yield _("This does not come along, and why:")
    for sections, why in LOST.items():
        held = ", ".join(f"csv/{section}.csv" for section in sections if section in tables)
        yield f"- {why}" + (f" ({held})" if held else "")
    if masked:
        yield "- " + _("What tells of other people: it was made unreadable, for it is theirs.")
    yield "- " + _("Documents that are not handed out: the page says of each why not.")
