"""The house's words for what happened and how it stands, from the standard words of a column."""

from __future__ import annotations

import polars as pl

# Standard event words -> kind of interaction; others keep their own word.
EVENT_KINDS = {
    "sent": "newsletter_sent",
    "opened": "newsletter_opened",
    "clicked": "newsletter_clicked",
    "bounced": "newsletter_bounced",
    "unsubscribed": "newsletter_unsubscribed",
    "subscribed": "newsletter_subscribed",
    "complained": "newsletter_spam",
    "configure": "configuration",
    "used": "portal_use",
    "gebruikt": "portal_use",
    # Who was left out of a mailing on purpose: it never reached them.
    "control": "holdout",
    "controlegroep": "holdout",
    "control_group": "holdout",
    "purchase": "web_purchase",
    "like": "social_like",
    "comment": "social_comment",
    "follow": "social_follow",
    "share": "social_share",
    "mention": "social_mention",
    "earned": "points",
    "redeemed": "points",
    "expired": "points",
}

# Names of tables (social exports have one per kind) -> kind, for rows that do not say.
TABLE_KINDS = {
    "like": "social_like", "volger": "social_follow", "follower": "social_follow",
    "reactie": "social_comment", "comment": "social_comment", "vermelding": "social_mention",
    "mention": "social_mention", "share": "social_share", "login": "login", "inlog": "login",
    "klik": "newsletter_clicked", "click": "newsletter_clicked", "open": "newsletter_opened",
    "zoek": "search", "search": "search", "bezoek": "page_view", "visit": "page_view",
}  # fmt: skip


CASE_TABLES = {
    "klacht": "complaint", "complaint": "complaint", "reclamatie": "complaint",
    "vraag": "question", "vragen": "question", "question": "question",
}  # fmt: skip


def kind_of_table(name: str, kinds: dict[str, str], otherwise: str) -> str:
    """The kind that a table's name tells of, when its rows do not say."""
    words = name.lower()
    return next((kind for word, kind in kinds.items() if word in words), otherwise)


# Where a kind happens when the source does not say.
CHANNELS = {
    "page_view": "web", "product_view": "web", "search": "web", "cart": "web",
    "configuration": "web", "request": "web", "web_purchase": "web", "login": "portal",
    "mail": "email", "letter": "post", "call": "phone", "visit": "shop", "points": "loyalty",
    "survey": "survey", "portal_use": "portal",
}  # fmt: skip
CHANNEL_PREFIXES = {"newsletter_": "email", "social_": "social"}

OPEN = ("open", "nieuw", "new", "in_behandeling", "lopend", "wacht", "wachtend", "pending",
        "in_progress", "heropend", "toegewezen", "wacht_op_klant", "verzonden", "uitstaand",
        "concept")  # fmt: skip
CLOSED = ("closed", "gesloten", "afgehandeld", "opgelost", "resolved", "done", "klaar",
          "afgerond", "solved", "afgewezen", "ingetrokken")  # fmt: skip
CANCELLED = ("cancelled", "canceled", "geannuleerd", "annulering", "failed", "mislukt", "opgezegd",
             "beeindigd", "beëindigd", "vervallen", "expired", "verlopen", "trash",
             "gestopt", "stopped")  # fmt: skip
ACTIVE = ("active", "actief", "loopt", "running", "lopend")


def folded(text: pl.Expr) -> pl.Expr:
    """Lower-case, trimmed, with blanks and dashes as underscores."""
    return text.str.strip_chars().str.to_lowercase().str.replace_all(r"[\s\-/]+", "_")


def kind_of(event: pl.Expr) -> pl.Expr:
    """The kind of interaction for a standard event word."""
    return folded(event).replace(EVENT_KINDS).str.slice(0, 24)


def channel_of(kind: pl.Expr) -> pl.Expr:
    """The channel on which a kind of interaction takes place; empty when it may be any."""
    found = kind.replace_strict(CHANNELS, default=None, return_dtype=pl.String)
    for prefix, channel in CHANNEL_PREFIXES.items():
        found = pl.when(kind.str.starts_with(prefix)).then(pl.lit(channel)).otherwise(found)
    return found.fill_null("")


def status_of(text: pl.Expr) -> pl.Expr:
    """`open`, `closed`, `cancelled`, `active`, else the source's own word, shortened."""
    word = folded(text)
    return (
        pl.when(word.is_in(ACTIVE)).then(pl.lit("active"))
        .when(word.is_in(OPEN)).then(pl.lit("open"))
        .when(word.is_in(CLOSED)).then(pl.lit("closed"))
        .when(word.is_in(CANCELLED)).then(pl.lit("cancelled"))
        .otherwise(word.str.slice(0, 16))
        .fill_null("")
    )  # fmt: skip
