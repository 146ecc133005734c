"""The receipt of an erasure: per store how gone it is, what is not covered, and a signature.

Signed with HMAC-SHA256 under the installation's key over the receipt as canonical JSON, so that one
shown later can be held against it; it holds nothing about who was erased.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

import klantbeeld
from klantbeeld.core import lasting
from klantbeeld.privacy.models import Erasure

FORMAT = 1
# What no program can answer for; the screen says each in words.
NOT_COVERED = ("files_elsewhere", "disks", "mentions", "backups_elsewhere")


def written(held: Erasure, done_at: int) -> dict[str, Any]:
    """The receipt as plain values: moments in µs UTC, keys that screens put into words."""
    return {
        "format": FORMAT,
        "version": klantbeeld.__version__,
        "number": held.number,
        "kind": held.kind,
        "reason": held.reason,
        "asked": {"by": held.asked_by, "at": held.asked_at},
        "decided": {"by": held.decided_by, "at": held.decided_at, "alone": held.exception},
        "done_at": done_at,
        "kept_until": held.kept_until,
        "steps": {key: dict(outcome) for key, outcome in held.position.items()},
        "not_covered": list(NOT_COVERED),
    }


def signed(receipt: Mapping[str, Any]) -> str:
    """The signature of a receipt, in hexadecimals."""
    return _signatures(receipt)[0]


def is_genuine(receipt: Mapping[str, Any], signature: str) -> bool:
    """Whether this installation signed just this, with any of its keys."""
    return any(hmac.compare_digest(one, signature) for one in _signatures(receipt))


def _signatures(receipt: Mapping[str, Any]) -> list[str]:
    text = json.dumps(receipt, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return [hmac.digest(key, text.encode(), "sha256").hex() for key in lasting.keys("receipts")]
