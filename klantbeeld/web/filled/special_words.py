"""Special data in words: kinds, what is done, why, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.reads import Sighting
from klantbeeld.privacy import reads as held
from klantbeeld.web import formats
from klantbeeld.web.filled import places, words
from klantbeeld.web.shapes import special as shapes

KINDS: words.Words = {
    "bsn": gettext_lazy("Citizen service numbers (BSN)"),
    "old_vat": gettext_lazy("VAT numbers with a citizen service number in them"),
    "national_number": gettext_lazy("National numbers of other countries"),
    "card": gettext_lazy("Numbers of payment cards"),
    "identity_document": gettext_lazy("Numbers of identity documents"),
    "driving_licence": gettext_lazy("Numbers of driving licences"),
    "health_insurance": gettext_lazy("Health insurance numbers"),
    "rsin": gettext_lazy("Numbers of legal persons (RSIN)"),
    "iban": gettext_lazy("Bank account numbers (IBAN)"),
    "health": gettext_lazy("Health"),
    "union": gettext_lazy("Membership of a trade union"),
    "belief": gettext_lazy("Religion or belief"),
    "politics": gettext_lazy("Political opinion"),
    "orientation": gettext_lazy("Sexual orientation"),
    "ethnicity": gettext_lazy("Ethnic origin"),
    "criminal": gettext_lazy("Criminal matters"),
}
DONE: words.Words = {
    "block": gettext_lazy("not stored"),
    "mask": gettext_lazy("masked; the original waits sealed for a month"),
    "apart": gettext_lazy("kept apart, sealed"),
    "allow": gettext_lazy("an ordinary field"),
}
WHY: words.Words = {
    "heading": gettext_lazy("the heading of the column says so, and values fit"),
    "check_digits": gettext_lazy("nearly all values have the check digits"),
    "many_check_digits": gettext_lazy("far more values than by chance have the check digits"),
    "word_and_check": gettext_lazy("a word beside it says so, and the check digits are right"),
    "check_alone": gettext_lazy("the check digits are right, and nothing else explains it"),
    "word_and_shape": gettext_lazy("a word beside it says so, and it has the shape"),
    "shape": gettext_lazy("it has a shape that nothing else has"),
    "topic_of_person": gettext_lazy("a word about it, said of somebody"),
    "way_of_saying": gettext_lazy("it is said of somebody in other words"),
    "topic_word": gettext_lazy("a word that hardly means anything else"),
    "topic_values": gettext_lazy("most values are words about it"),
    "in_heading": gettext_lazy("it stands in the heading of the column"),
}
# Where it stands when that is no column, by reason.
PLACES: words.Words = {
    "in_file_name": gettext_lazy("the name of the file"),
    "in_table_name": gettext_lazy("the name of the table"),
}
PROBLEMS: words.Words = {
    "kind": gettext_lazy("Choose what it is about."),
    "law": gettext_lazy("Name the article of the law that requires or allows it."),
    "purpose": gettext_lazy("Say what it is for."),
    "until": gettext_lazy("Choose a day that is still to come."),
    "why": gettext_lazy("Say how you know that it is something else."),
    "reason": gettext_lazy("Say why you want to read it: it is written down."),
}
# Of a topic that is not looked for in one source.
OFF_PROBLEMS: words.Words = {
    "source": gettext_lazy("Choose the source."),
    "law": gettext_lazy("Name the article of the law that allows it."),
    "why": gettext_lazy("Say why, such as: we sell medical aids."),
}
# Why nobody could look into a document.
UNREAD: words.Words = {
    "locked": gettext_lazy("locked with a password"),
    "damaged": gettext_lazy("damaged or cut off"),
    "picture": gettext_lazy("a picture"),
    "large": gettext_lazy("too large"),
    "unknown": gettext_lazy("not a kind of file that is read"),
}
SHOWN_RUNS = 6
SURE = 3


def not_looked_into(why: str) -> str:
    """What stands with a document into which nobody could look, "" with the others."""
    return _("not looked into: %(why)s") % {"why": words.said(UNREAD, why)} if why else ""


def rows_said(runs: Sequence[tuple[int, int]]) -> str:
    """'2–48, 51 and further'."""
    said = [
        "–".join(dict.fromkeys((formats.number(first), formats.number(last))))
        for first, last in runs[:SHOWN_RUNS]
    ]
    text = ", ".join(said)
    return _("%(rows)s and further") % {"rows": text} if len(runs) > SHOWN_RUNS else text


def found_row(
    seen: Sighting | held.FindingLine, table: str, number: int = 0, **more: object
) -> shapes.FoundRow:
    """One finding in words."""
    counted = _("%(n)s of %(of)s cells") % {
        "n": formats.number(seen.count), "of": formats.number(max(seen.filled, seen.count))
    }  # fmt: skip
    is_cell = seen.reason not in PLACES and seen.reason != "in_heading"
    place = words.said(PLACES, seen.reason) if seen.reason in PLACES else _("the row as a whole")
    return shapes.FoundRow(
        column=seen.column, table=table, kind=seen.kind, said=words.said(KINDS, seen.kind),
        rows=rows_said(seen.rows), counted=counted if is_cell else "", place=place,
        treatment=cast(shapes.Done, seen.treatment), done=words.said(DONE, seen.treatment),
        why=words.said(WHY, seen.reason) if seen.reason in WHY else "",
        is_guess=seen.certainty < SURE, number=number,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def of_deliveries(actor: Actor, deliveries: Sequence[int] | None) -> tuple[shapes.FoundRow, ...]:
    """What was found in deliveries, or lately."""
    return tuple(
        found_row(
            line, line.table, source=line.source_name, file=line.file,
            href=places.delivery(line.delivery), at=line.at,
        )
        for line in held.special_findings(actor, deliveries)
    )  # fmt: skip
