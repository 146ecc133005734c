"""Taking along and erasing: everything of a customer, and one of its documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from klantbeeld.core import files
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.profiles import reads as profiles
from klantbeeld.timeline import reads as timeline
from klantbeeld.web.filled import customer_card, places
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import Download, ErasedPart, ErasePreview

MOST_DOCUMENTS = 100_000


@found
def document(actor: Actor, public_id: str, document_id: str, entry_id: str) -> Download:
    """See `pages.Pages`."""
    records = profiles.records_of(actor, public_id)
    key = from_public("document", document_id)
    if entry_id:
        held = timeline.entry(actor, records, places.interaction(entry_id)).documents
    else:
        held = tuple(timeline.documents(actor, records, MOST_DOCUMENTS))
    paper = next((d for d in held if d.document == key), None)
    if paper is None:
        raise NotFound("This customer has no such document.")
    try:
        content = files.read(paper.sha256)
    except FileNotFoundError as error:
        raise NotFound("The contents of this document are not kept.") from error
    return Download(paper.name or document_id, paper.media_type or OCTETS, content)


OCTETS = "application/octet-stream"


@found
def customer_export(actor: Actor, public_id: str) -> bytes:
    """See `pages.Pages`."""
    bundle = pipeline.export_customer(actor, profiles.customer_id_of(actor, public_id))
    return json.dumps(bundle, ensure_ascii=False, indent=2, default=str).encode()


@found
def erase_preview(actor: Actor, public_id: str) -> ErasePreview:
    """See `pages.Pages`."""
    customer = profiles.customer_id_of(actor, public_id)
    counts = counted.erasure_counts(actor, customer)
    held = profiles.card_for(actor, public_id)
    return ErasePreview(
        held.public_id,
        customer_card.name(held),
        customer_card.kind(held.kind),
        tuple(_parts(counts)),
        held.sources,
    )


def _parts(counts: counted.ErasureCounts) -> Iterator[ErasedPart]:
    yield ErasedPart(_("records of this customer, with all former versions"), counts.records)
    yield ErasedPart(_("events in the history"), counts.interactions)
    yield ErasedPart(_("subscriptions"), counts.subscriptions)
    yield ErasedPart(_("documents with their contents"), counts.documents)
    yield ErasedPart(_("statements about being contacted"), counts.consents)


@found
def erase(actor: Actor, public_id: str) -> int:
    """See `pages.Pages`."""
    customer = profiles.customer_id_of(actor, public_id)
    records = counted.erasure_counts(actor, customer).records
    pipeline.erase_customer(actor, customer)
    return records
