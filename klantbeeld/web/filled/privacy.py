"""Taking along: everything of a customer, and one of its documents."""

from __future__ import annotations

import json

from klantbeeld.core import files
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.profiles import reads as profiles
from klantbeeld.timeline import reads as timeline
from klantbeeld.web.filled import places
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import Download

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
        content = files.opened(paper.sha256)
    except FileNotFoundError as error:
        raise NotFound("The contents of this document are not kept.") from error
    return Download(paper.name or document_id, paper.media_type or OCTETS, content)


OCTETS = "application/octet-stream"


@found
def customer_export(actor: Actor, public_id: str) -> bytes:
    """See `pages.Pages`."""
    bundle = pipeline.export_customer(actor, profiles.customer_id_of(actor, public_id))
    return json.dumps(bundle, ensure_ascii=False, indent=2, default=str).encode()
