"""Links that let somebody decide about himself without logging in, from a message to him.

A token holds no address: the key of a record (opaque, see `core.public_ids`), what it is about, and
an HMAC-SHA256 over both with the installation's key. Whoever has the message has the link; a link
to end something never expires, as RFC 8058 wants it.
"""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass

from klantbeeld.core import lasting
from klantbeeld.core.public_ids import UnknownPublicId, from_public, to_public
from klantbeeld.privacy.rules import About

OUT, PREFERENCES, CONFIRM = "out", "preferences", "confirm"
_MAC_BYTES = 18
_MOST = 1_000


class BadLink(LookupError):
    """Not a link of this installation, or not for this."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a token opens: for which record (or request, of CONFIRM), and about what."""

    kind: str
    key: int
    about: About


def _macs(kind: str, body: str) -> list[str]:
    """What a body is signed with, under each lasting key, the newest first."""
    told = f"{kind}\x1f{body}".encode()
    keys = lasting.keys("contact-links")
    return [_text(hmac.digest(key, told, "sha256")[:_MAC_BYTES]) for key in keys]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def token(link: Link) -> str:
    """The token of a link: letters, digits, `-`, `_` and a `~` before the HMAC."""
    about = link.about
    said = [to_public(f"link-{link.kind}", link.key), *about]
    while len(said) > 2 and said[-1] == "":
        said.pop()
    body = _text(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{body}~{_macs(link.kind, body)[0]}"


def opened(kind: str, text: str) -> Link:
    """The link behind a token of this kind; raises `BadLink`."""
    body, _tilde, mac = text.partition("~")
    macs = _macs(kind, body) if len(text) <= _MOST else []
    if not any(hmac.compare_digest(one.encode(), mac.encode()) for one in macs):
        raise BadLink("This link is not of this installation.")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    try:
        return Link(kind, from_public(f"link-{kind}", said[0]), About(*said[1:]))
    except UnknownPublicId as error:
        raise BadLink("This link is not of this installation.") from error
