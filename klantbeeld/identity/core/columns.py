"""The columns a matching table may have: roles, their synonyms, and reading a table into roles."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

ROLES = (
    "kind",
    "source",
    "record_key",
    "updated_at",
    "full_name",
    "salutation",
    "initials",
    "first_name",
    "surname_prefix",
    "surname",
    "organisation_name",
    "birth_date",
    "gender",
    "email",
    "phone",
    "mobile",
    "address",
    "street",
    "house_number",
    "house_suffix",
    "postcode",
    "city",
    "iban",
    "kvk",
    "vat",
    "website",
    "login",
    "loyalty_number",
    "customer_number",
    "number",
    "national_id",
    "birth_place",
    "profession",
    "locality",
)

SYNONYMS: dict[str, tuple[str, ...]] = {
    "kind": ("record_type", "soort"),
    "source": ("data_source", "bron", "source_dataset"),
    "updated_at": ("updated", "modified", "last_modified", "gewijzigd"),
    "full_name": ("name", "naam", "fullname", "primary_name_full", "contact_name"),
    "salutation": ("aanhef", "title", "titel"),
    "initials": ("voorletters", "initialen"),
    "first_name": (
        "given_name",
        "firstname",
        "forename",
        "voornaam",
        "roepnaam",
        "primary_name_first",
    ),
    "surname_prefix": ("tussenvoegsel", "prefix", "voorvoegsel"),
    "surname": (
        "last_name",
        "lastname",
        "family_name",
        "achternaam",
        "familienaam",
        "primary_name_last",
    ),
    "organisation_name": (
        "organisation",
        "organization",
        "organization_name",
        "company",
        "company_name",
        "bedrijf",
        "bedrijfsnaam",
        "site_name",
        "primary_name_org",
    ),
    "birth_date": ("dob", "date_of_birth", "birthdate", "birthday", "geboortedatum", "geb_datum"),
    "gender": ("sex", "geslacht"),
    "email": ("e_mail", "email_address", "mail", "emailadres", "e_mailadres"),
    "phone": ("telephone", "phone_number", "tel", "telefoon", "telefoonnummer"),
    "mobile": ("mobile_number", "cell", "cellphone", "mobiel", "gsm"),
    "address": ("address_line", "adres", "addr_full", "addr_line1"),
    "street": ("straat", "straatnaam", "street_name", "address_1"),
    "house_number": ("house_no", "street_number", "housenumber", "huisnummer", "huisnr"),
    "house_suffix": ("suffix", "toevoeging", "huisnummertoevoeging", "addition"),
    "postcode": ("zip", "zip_code", "postal_code", "zipcode", "addr_postal_code", "postcode_fake"),
    "city": ("suburb", "town", "place", "plaats", "woonplaats", "addr_city"),
    "iban": ("bank_account", "rekeningnummer"),
    "kvk": ("kvk_number", "kvk_nummer", "company_number", "coc_number"),
    "vat": ("vat_number", "btw", "btw_nummer"),
    "website": ("url", "web"),
    "login": ("username", "user_name", "gebruikersnaam"),
    "loyalty_number": ("loyalty_card", "spaarkaart", "kaartnummer"),
    "customer_number": ("customer_id", "customer_no", "klantnummer", "klantnr"),
    # Dutch law leaves the BSN to who may process it by statute, so the product never reads one:
    # the role exists for registers and studies that give it to `resolve` themselves.
    "national_id": (
        "ssn",
        "soc_sec_id",
        "social_security_number",
        "social_security_id",
        "national_number",
        "national_insurance_number",
        "rijksregisternummer",
        "bsn",
    ),
    "birth_place": ("birthplace", "place_of_birth", "birth_city", "geboorteplaats"),
    "profession": ("occupation", "job", "beroep"),
    "locality": ("address_2", "address_line_2", "addr_line2", "district", "wijk"),
}

_ROLE_OF = {name: role for role, names in SYNONYMS.items() for name in names} | {
    role: role for role in ROLES
}


class UnreadableTable(ValueError):
    """A table given to `resolve` cannot be read; the text says what to do."""


def read_table(frame_or_path: Any) -> pl.DataFrame:
    """Polars frame of a Polars, pandas or Arrow table, or of a path to CSV, Parquet or JSONL.

    Raises UnreadableTable when the kind of table is not known or the file cannot be read.
    """
    if isinstance(frame_or_path, pl.LazyFrame):
        return frame_or_path.collect()
    if isinstance(frame_or_path, pl.DataFrame):
        return frame_or_path
    if isinstance(frame_or_path, (str, Path)):
        return _read_path(Path(frame_or_path))
    try:
        frame: pl.DataFrame = nw.from_native(frame_or_path, eager_only=True).to_polars()
    except TypeError as error:
        raise UnreadableTable(
            f"cannot read a table from {type(frame_or_path).__name__}; "
            "give a Polars, pandas or Arrow table, or a path to CSV, Parquet or JSONL"
        ) from error
    return frame


def _read_path(path: Path) -> pl.DataFrame:
    """The table in one file; text formats come back as strings, so leading zeros survive."""
    if not path.is_file():
        raise UnreadableTable(f"{path}: no such file")
    suffix = path.suffix.lower()
    try:
        if suffix == ".parquet":
            return pl.read_parquet(path)
        if suffix in {".jsonl", ".ndjson"}:
            return pl.read_ndjson(path)
        if suffix in {".csv", ".tsv", ".txt"}:
            return _read_text(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableTable(f"{path}: {error}") from error
    raise UnreadableTable(f"{path}: unknown kind of file {suffix!r}; use CSV, Parquet or JSONL")


def _read_text(path: Path) -> pl.DataFrame:
    with path.open(encoding="utf-8", errors="replace", newline="") as handle:
        sample = handle.readline()
    try:
        separator = csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
    except csv.Error:
        separator = ","
    frame = pl.read_csv(path, separator=separator, infer_schema=False, encoding="utf8-lossy")
    return frame.rename(str.strip).with_columns(pl.all().str.strip_chars())


def normal_header(name: str) -> str:
    """'Geb. datum' and 'geb_datum' are one header: lower case, words joined by underscores."""
    return re.sub(r"[^0-9a-z]+", "_", name.strip().lower()).strip("_")


def recognised_columns(
    names: list[str], columns: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Which column holds which role: {role: column}; `columns` ({theirs: ours}) goes first."""
    chosen: dict[str, str] = {}
    for theirs, ours in (columns or {}).items():
        if ours not in ROLES:
            raise ValueError(f"unknown role {ours!r}; known roles: {', '.join(ROLES)}")
        if theirs not in names:
            raise ValueError(f"no column {theirs!r} in the table; it has: {', '.join(names)}")
        chosen[ours] = theirs
    taken = set(chosen.values())
    by_header = [(normal_header(name), name) for name in names if name not in taken]
    for header, name in by_header:  # an exact role name wins from a synonym
        if header in ROLES:
            chosen.setdefault(header, name)
    for header, name in by_header:
        role = _ROLE_OF.get(header)
        if role and name not in chosen.values():
            chosen.setdefault(role, name)
    return chosen


def in_roles(frame: pl.DataFrame, columns: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The table with its recognised columns under their role names; other columns are left out."""
    chosen = recognised_columns(frame.columns, columns)
    if not chosen:  # nothing to match by, but as many rows
        return pl.DataFrame({"full_name": [None] * len(frame)}, schema={"full_name": pl.String})
    return frame.select(pl.col(column).alias(role) for role, column in chosen.items())
