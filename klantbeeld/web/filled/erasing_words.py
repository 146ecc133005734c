"""Erasing in words: reasons, states, stores, levels, and what a receipt does not cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klantbeeld.privacy.errors import OnHold
from klantbeeld.web.filled.words import Words, said
from klantbeeld.web.shapes import ErasedPart

REASONS: Words = {
    "request": _("The customer asked for it"),
    "objection": _("The customer objected"),
    "consent": _("The customer withdrew permission"),
    "expired": _("It is no longer needed"),
    "unlawful": _("It should never have been kept"),
}
PART_REASONS: Words = {
    "request": _("The customer asked for it"),
    "unlawful": _("It should never have been kept"),
    "expired": _("It is no longer needed"),
}
STATES: Words = {
    "waiting": _("waits for a second person"),
    "running": _("is being erased"),
    "done": _("erased"),
    "refused": _("not erased"),
}
TONES = {"waiting": "warn", "running": "info", "done": "good", "refused": "grey"}
STORES: Words = {
    "records": _("records of this customer, with all former versions"),
    "history": _("events in the history, with order lines"),
    "subscriptions": _("subscriptions"),
    "documents": _("documents with their contents"),
    "consents": _("statements about being contacted"),
    "matching": _("what shows which records are one customer"),
    "profile": _("the card, the tags and the words it is found by"),
    "quarantine": _("rows in quarantine"),
    "files": _("files on their way in, and names of files"),
    "log": _("values in the log of changes"),
    "other": _("other things"),
    "versions": _("versions of records in which it stands"),
    "special": _("sealed originals of special data"),
}
# In the order in which a preview tells them.
STORE_OF: Mapping[str, str] = {
    "core_record": "records", "core_recordversion": "records",
    "privacy_specialoriginal": "special",
    "timeline_interaction": "history", "timeline_orderline": "history",
    "timeline_participation": "history", "timeline_earlier": "history",
    "timeline_subscription": "subscriptions", "timeline_document": "documents",
    "privacy_consententry": "consents", "profiles_profile": "profile",
    "profiles_search": "profile", "profiles_tagged": "profile",
    "identity_link": "matching", "identity_judgement": "matching",
    "identity_compared": "matching", "identity_matchkey": "matching",
    "identity_pending": "matching", "identity_doubt": "matching",
    "identity_membership": "matching", "accounts_following": "other",
    "accounts_breakglass": "other", "privacy_contactnote": "consents",
    "privacy_contactpreference": "consents", "privacy_decision": "consents",
    "privacy_outgoing": "consents", "sources_quarantined": "quarantine",
    "pipeline_intake": "files", "core_delivery": "files", "core_auditvalue": "log",
}  # fmt: skip
STEPS: Words = {
    "out_of_sight": _("Screens, search, lists and matching; tombstones made"),
    "queue": _("Waiting work"),
    "fiscal": _("Orders kept for the tax"),
    "rows_pipeline": _("Files on their way in"),
    "rows_sources": _("Quarantine, and names of files"),
    "rows_timeline": _("History, orders, subscriptions and documents"),
    "rows_privacy": _("Statements about being contacted"),
    "rows_special": _("Sealed originals of special data"),
    "rows_core": _("Records with all versions, and values in the log"),
    "part": _("What came in meanwhile"),
    "recipients": _("Exports that were taken along"),
    "files_pipeline": _("Delivered files that were kept"),
    "files_timeline": _("Contents of documents"),
    "read_log": _("Log of who looked at whom"),
    "scratch": _("Leftovers of broken-off work"),
    "derived": _("Cards and figures of others"),
    "copy": _("Copy for analysis (Parquet)"),
    "index": _("Search index"),
    "database": _("Database files and their log"),
    "backups": _("Backups"),
    "probe": _("Search afterwards"),
}
LEVELS: Words = {
    "gone": _("gone"),
    "rewritten": _("rewritten without this customer"),
    "told": _("to be erased there"),
    "overwritten_at": _("overwritten by a date"),
    "kept_under_law": _("kept under the law"),
    "not_covered": _("not covered"),
}
PART_LEVELS: Words = {**LEVELS, "rewritten": _("rewritten without it")}
LEVEL_TONES = {
    "gone": "good", "rewritten": "good", "told": "warn", "overwritten_at": "warn",
    "kept_under_law": "info", "not_covered": "bad",
}  # fmt: skip
NOTES: Words = {
    "log_emptied": _("Deleted bytes are overwritten and the log is emptied."),
    "log_busy": _("Somebody read the database all the while; the log begins anew by itself."),
    "wal_recycled": _("Tables are rewritten; the server recycles its log."),
    "no_backups": _("No backup in the home was made before this."),
    "backups": _(
        "Backups made before still hold the bytes. Putting one back erases this customer again"
        " before anybody can read."
    ),
    "nobody_took": _("Nobody took an export with this customer along."),
    "takers": _("These people have to erase it as well."),
    "copy_read": _("A report was reading the copy; old files go when it is done."),
    "searched": _("Nothing was found."),
    "unread": _("Nothing was found in what could be read."),
    "mentions": _("Somebody else's text or file names this customer; that is theirs."),
    "kept_fiscal": _("Without saying whose, used for nothing else, and erased by itself then."),
}
NOT_COVERED: Words = {
    "files_elsewhere": _("Files outside Klantbeeld: the exports and files that were delivered."),
    "disks": _(
        "What a solid-state disk or a copying file system keeps of overwritten bytes: encrypt the"
        " disk."
    ),
    "mentions": _("A name in running text that somebody else wrote."),
    "backups_elsewhere": _(
        "Backups outside the home. Keep the file erasures/ledger.jsonl with them: it tells a"
        " restore who to erase again."
    ),
}
TAKEN: Words = {"list": _("a list of customers"), "customer": _("everything of one customer")}


def parts(counts: Mapping[str, int], *, is_part: bool = False) -> Iterator[ErasedPart]:
    """Counts by store in words, the tables of one store together; of a part only what goes."""
    sums: dict[str, int] = {}
    for table, count in counts.items():
        label = said(STORES, STORE_OF.get(table, "other"))
        sums[label] = sums.get(label, 0) + count
    for label, count in sums.items():
        if count or not is_part:
            yield ErasedPart(label, count)


def places(found: Sequence[str]) -> Iterator[str]:
    """Where something was found, by store: a path may tell a name."""
    stores = dict.fromkeys(_store_of(place) for place in found)
    return (said(STORES, store) for store in stores)


def _store_of(place: str) -> str:
    of_files = {"files/": "documents", "intake/": "files", "staging/": "files"}
    named = (store for start, store in of_files.items() if place.startswith(start))
    return next(named, STORE_OF.get(place.split(".")[0], "other"))


def on_hold(error: Exception) -> str:
    """Why nothing can be asked for."""
    if isinstance(error, OnHold):
        return gettext("A legal hold keeps this: %(matters)s.") % {
            "matters": ", ".join(error.matters)
        }
    return gettext("Nothing is held of this customer any more.")
