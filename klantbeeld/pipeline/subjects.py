"""Who a row is about: the key of its record, and what the row says about that subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from klantbeeld.core.frames import json_objects
from klantbeeld.core.hashing import hash_column
from klantbeeld.core.models import Record
from klantbeeld.pipeline.episodes import WHO_ROLES
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.sources.tables import ROLE_GROUPS, ROW

# What can name a subject, best first, with the prefix of the record key.
KEY_ROLES = (
    ("customer_number", ""),
    ("record_key", ""),
    ("login", "login:"),
    ("loyalty_number", "card:"),
    ("email", "email:"),
    ("social_handle", "social:"),
    ("mobile", "phone:"),
    ("phone", "phone:"),
    ("kvk", "kvk:"),
)
CONSENT_ROLES = tuple(r for r in ROLE_GROUPS["consent"].split() if r != "preferred_channel")
_GROUPS = ("identifiers", "names", "address", "descriptive", "qualitative")
RECORD_ROLES = (
    *(r for group in _GROUPS for r in ROLE_GROUPS[group].split() if r != "address"),
    "email_2",
    "preferred_channel",
    "number_of",
    *CONSENT_ROLES,
)
# What a row of happenings says besides its subject: the remark on an order is about that order.
NOT_OF_SUBJECT = frozenset({"note"})
SUBJECT_ROLES = tuple(role for role in RECORD_ROLES if role not in NOT_OF_SUBJECT)
ATTENTION = r"(?i)\s+(?:t\.?\s?a\.?\s?v\.?|ter attentie van|attn\.?|c/o)\s+(.+)$"
# Roles in an address or name of their own that say more than the key that found the subject.
_ORGANISATION_HINTS = ("organisation_name",)
_PERSON_HINTS = ("surname", "first_name", "full_name", "birth_date")


@dataclass(frozen=True)
class Subjects:
    """How one table names its subjects.

    `facet` is put before the keys when the table says more about its subjects than who they
    are while another table of the source owns the plain keys: then what it says is a record of
    its own, and neither table overwrites the other. `has_rest` says that what a row tells besides
    its subject belongs to what happened, not to whom.
    """

    facet: str = ""
    has_rest: bool = False

    def keys(self, rows: Standardised, guest: str = "") -> pl.Series:
        """The record key per row, null where nothing names a subject.

        `guest` is the role (an order's number) that names a record of its own for rows that
        have some personal data but no customer number where others have one.
        """
        frame = rows.values
        choices = []
        roles: tuple[tuple[str, str], ...] = KEY_ROLES
        if rows.has("device_id"):
            episode = pl.col("episode") if rows.has("episode") else pl.lit("")
            named = pl.concat_str(pl.lit("device:"), pl.col("device_id"), pl.lit("/"), episode)
            choices.append(named)
        if guest and rows.has("customer_number"):
            roles = roles[:1]
        for role, prefix in roles:
            if rows.has(role):
                choices.append(pl.concat_str(pl.lit(prefix), pl.col(role).cast(pl.String)))
        if guest and rows.has(guest):
            says = self._says_something(rows)
            key = pl.concat_str(pl.lit("order:"), pl.col(guest).cast(pl.String))
            choices.append(pl.when(says).then(key))
        else:
            choices += self._name_key(rows)
        if not choices:
            return pl.Series("key", [None] * len(frame), dtype=pl.String)
        chosen = pl.coalesce(choices)
        if self.facet:
            # A row that tells no more than a number speaks of the plain record.
            more = self._says_something(rows)
            chosen = (
                pl.when(more)
                .then(pl.concat_str(pl.lit(self.facet + "/"), chosen))
                .otherwise(chosen)
            )
        return frame.select(chosen.alias("key"))["key"]

    def is_silent(self, rows: Standardised) -> pl.Series:
        """Which rows say nothing of anybody but perhaps a number."""
        return rows.values.select((~self._says_something(rows)).alias("is_silent"))["is_silent"]

    def _says_something(self, rows: Standardised) -> pl.Expr:
        silent = {"customer_number", "number_of"}
        roles = SUBJECT_ROLES if self.has_rest else (*RECORD_ROLES, *rows.custom)
        telling = [
            pl.col(role).is_not_null() for role in roles if role not in silent and rows.has(role)
        ]
        return pl.any_horizontal(telling) if telling else pl.lit(False)

    def _name_key(self, rows: Standardised) -> list[pl.Expr]:
        """Name with place or birth date, for tables whose rows have nothing better."""
        name = [r for r in ("organisation_name", "surname", "full_name") if rows.has(r)]
        if not name:
            return []
        more = ("initials", "first_name", "postcode", "house_number", "birth_date", "city")
        parts = [pl.coalesce(name), *(pl.col(r).fill_null("") for r in more if rows.has(r))]
        words = [part.cast(pl.String).str.to_lowercase() for part in parts]
        return [pl.concat_str(pl.lit("name:"), *words, separator="|")]


def telling_roles(holds: str) -> frozenset[str]:
    """The roles with which a table that holds this tells of its subjects."""
    return frozenset(RECORD_ROLES if holds == "customers" else SUBJECT_ROLES)


def says_one_thing(rows: Standardised) -> pl.Expr:
    """Which rows tell at most one thing of their subject, such as the e-mail that names it."""
    known = [pl.col(r).is_not_null() for r in (*RECORD_ROLES, *rows.custom) if rows.has(r)]
    return pl.sum_horizontal(pl.lit(0), *known) <= 1


def records(rows: Standardised, keys: pl.Series, default_updated: int) -> pl.DataFrame:
    """One record per row: key, kind, data, raw, issues, updated_at, hash (and `ROW`).

    Rows without key are left out.
    """
    frame = _without_attention(rows.values.with_columns(keys.alias("key")))
    roles = [r for r in RECORD_ROLES if r in frame.columns] + list(rows.custom)
    if "full_name" in roles and "surname" in roles:
        # The name taken apart says it all; whole names stay where they could not be taken apart.
        whole = pl.when(pl.col("surname").is_null()).then(pl.col("full_name"))
        frame = frame.with_columns(whole.alias("full_name"))
    updated = frame["updated_at"] if "updated_at" in frame.columns else None
    made = frame.select(ROW, "key").with_columns(
        _kinds(frame).alias("kind"),
        json_objects(frame, roles).alias("data"),
        _raw(rows, frame, roles).alias("raw"),
        _issues(rows).alias("issues"),
        (updated if updated is not None else pl.Series([None] * len(frame), dtype=pl.Int64))
        .fill_null(default_updated)
        .alias("updated_at"),
    )
    made = made.with_columns(
        hash_column(made["kind"] + made["data"] + made["issues"]).alias("hash")
    )
    return made.filter(pl.col("key").is_not_null())


def _without_attention(frame: pl.DataFrame) -> pl.DataFrame:
    """'Bakker B.V. t.a.v. Jan de Vries': the organisation, and its contact unless that is told."""
    if "organisation_name" not in frame.columns:
        return frame
    name = pl.col("organisation_name")
    contact = name.str.extract(ATTENTION, 1)
    said = pl.col("contact_name") if "contact_name" in frame.columns else pl.lit(None, pl.String)
    return frame.with_columns(
        name.str.replace(ATTENTION, "").alias("organisation_name"),
        pl.coalesce(said, contact).alias("contact_name"),
    )


def _kinds(frame: pl.DataFrame) -> pl.Series:
    organisation = _any_filled(frame, _ORGANISATION_HINTS)
    person = _any_filled(frame, _PERSON_HINTS)
    bare_device = _any_filled(frame, ("device_id",)) & ~_any_filled(frame, WHO_ROLES)
    chosen = (
        pl.when(bare_device).then(pl.lit(Record.DEVICE))
        .when(organisation).then(pl.lit(Record.ORGANISATION))
        .when(person).then(pl.lit(Record.PERSON))
        .otherwise(pl.lit(Record.UNKNOWN))
    )  # fmt: skip
    # Of nothing but literals a selection would be a single row.
    return frame.with_columns(chosen.alias("kind"))["kind"]


def _any_filled(frame: pl.DataFrame, roles: Sequence[str]) -> pl.Expr:
    filled = [pl.col(r).is_not_null() for r in roles if r in frame.columns]
    return pl.any_horizontal(filled) if filled else pl.lit(False)


def _raw(rows: Standardised, frame: pl.DataFrame, roles: Sequence[str]) -> pl.Series:
    """Originals of the fields whose standard form differs from what was delivered."""
    kept = [r for r in (*roles, "address", "full_name") if r in rows.raw]
    kept = list(dict.fromkeys(kept))
    if not kept:
        return pl.Series("raw", ["{}"] * len(frame))
    originals = pl.DataFrame([rows.raw[r].alias(r) for r in kept])
    standard = frame.select(
        [
            pl.col(r).cast(pl.String, strict=False).alias(f"std.{r}")
            for r in kept
            if r in frame.columns
        ]
    )
    both = originals.hstack(standard)
    differing = both.select(
        [
            pl.when(
                pl.col(r).is_not_null()
                & (pl.col(r).str.strip_chars() != "")
                & (pl.col(r).ne_missing(pl.col(f"std.{r}")) if f"std.{r}" in both.columns else True)
            )
            .then(pl.col(r))
            .alias(r)
            for r in kept
        ]
    )
    return json_objects(differing, kept)


def _issues(rows: Standardised) -> pl.Series:
    held = [r for r in rows.issues if r in RECORD_ROLES or r in rows.custom or r == "address"]
    if not held:
        return pl.Series("issues", ["{}"] * len(rows.values))
    frame = pl.DataFrame([rows.issues[r].alias(r) for r in held])
    return json_objects(frame, held)


def consents(rows: Standardised, default_at: int) -> pl.DataFrame:
    """What is said about contact: `ROW`, at, channel, purpose, topic, state, method, evidence.

    A yes in a consent column is a grant, a no a denial, an unsubscription a withdrawal; an
    empty cell says nothing. Where a row says yes and no about one channel, a yes without a date
    of its own does not count.
    """
    spoken = (
        ("consent_email", "email", "granted", "denied"),
        ("consent_phone", "phone", "granted", "denied"),
        ("consent_post", "post", "granted", "denied"),
        ("consent_sms", "sms", "granted", "denied"),
        ("do_not_email", "email", "denied", None),
        ("do_not_call", "phone", "denied", None),
        ("unsubscribed", "email", "withdrawn", None),
    )
    at = (
        pl.col("updated_at").fill_null(default_at) if rows.has("updated_at") else pl.lit(default_at)
    )
    found = []
    for role, channel, yes, no in spoken:
        if not rows.has(role):
            continue
        told = rows.values.with_columns(rows.raw[role].alias("said"))
        has_dates = f"{role}.at" in told.columns
        own_date = pl.col(f"{role}.at") if has_dates else pl.lit(None, dtype=pl.Int64)
        moment = pl.coalesce(own_date, at)
        state = pl.when(pl.col(role)).then(pl.lit(yes)).when(~pl.col(role)).then(pl.lit(no))
        found.append(
            told.select(
                ROW,
                moment.cast(pl.Int64).alias("at"),
                pl.lit(channel).alias("channel"),
                pl.lit("marketing").alias("purpose"),
                pl.lit("").alias("topic"),
                state.alias("state"),
                pl.lit("imported").alias("method"),
                pl.concat_str(pl.lit(f"{role}: "), pl.col("said").fill_null("")).alias("evidence"),
                own_date.is_not_null().alias("is_dated"),
            ).filter(pl.col("state").is_not_null())
        )
    return _without_weak(pl.concat(found)) if found else pl.DataFrame()


def _without_weak(said: pl.DataFrame) -> pl.DataFrame:
    """Leave out the undated grants of rows that also refuse on the same channel."""
    is_refusal = pl.col("state") != "granted"
    is_weak = ~is_refusal & ~pl.col("is_dated") & is_refusal.any().over(ROW, "channel")
    return said.filter(~is_weak).drop("is_dated")
