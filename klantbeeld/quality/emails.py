"""E-mail addresses: one normal form, one matching form, placeholders found out."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl
from email_validator import EmailNotValidError, validate_email

from klantbeeld.quality.columns import filled, put

LONGEST = 2_000  # a field may hold several addresses

# The shape of nearly every address; equal to the library by test. Digits and letters, parts
# divided by single dots, hyphens or underscores; a name of letters as top level.
_COMMON = (
    r"^[a-z0-9_]+(?:[.+_-][a-z0-9_]+)*@(?:[a-z0-9]{1,40}(?:-[a-z0-9]{1,20})?\.){1,4}[a-z]{2,24}$"
)
_COMMON_LONGEST = 64
_RESERVED = r"\.(?:arpa|invalid|local|localhost|onion|test)$"

_NOBODY = (
    r"^(?:(?:geen|no|niet|zonder)[._-]?(?:e?[._-]?mail(?:adres|address)?)?(?:bekend)?"
    r"|onbekend|unknown|nvt|n\.v\.t|none|null|nomail|nobody|niemand|dummy|fake|anoniem|anonymous"
    r"|asdf|qwerty|xx+|test|tester|testtest|no-?reply|do-?not-?reply|donotreply"
    r"|email|e-mail|invalid|leeg|(?:jouw|uw|your)[._-]?(?:naam|name|e?mail))@"
    r"|@(?:geen|noemail|nomail|geenmail|geenemail|onbekend|none|null|nvt|test|email|domain"
    r"|domein|mail)\.(?:nl|be|com|net|org|eu)$"
    r"|^(?:a@a|a@b|b@b|x@x|x@y|abc@abc|aa@aa|aa@bb|123@123|1@1|q@q)\.[a-z]+$"
)
_BETWEEN = re.compile(r"[;,:|\s]+|\s+(?:of|en|or|and|/)\s+")
# A name may hold these signs, a domain does not: after one they divide.
_AFTER_DOMAIN = re.compile(r"(@[\w.-]+)[/&+]")
_ADDRESS = re.compile(r"[^\s<>;,|()\[\]\"']+@[^\s<>;,|()\[\]\"']+")


def standard_emails(text: pl.Series) -> pl.DataFrame:
    """value (lower case), issue, match (no tag, no dots at Gmail) and also (further addresses)."""
    low = _out_of_brackets(text.str.to_lowercase())
    common = common_shape(low)
    value = low.set(~common, None)
    also = filled(None, text)
    issue = also
    rest = (~common).arg_true()
    if len(rest):
        checked = [_read(v) for v in text.gather(rest).to_list()]
        value = put(value, rest, pl.Series([c[0] for c in checked], dtype=pl.String))
        issue = put(issue, rest, pl.Series([c[1] for c in checked], dtype=pl.String))
        also = put(also, rest, pl.Series([c[2] for c in checked], dtype=pl.String))
    nobody = value.str.contains(_NOBODY).fill_null(False)
    value = value.set(nobody, None)
    issue = issue.set(nobody, "placeholder")
    return pl.DataFrame(
        {"value": value, "issue": issue, "match": matching_form(value), "also": also}
    )


def _out_of_brackets(low: pl.Series) -> pl.Series:
    """'Jan <jan@example.nl>' as its address."""
    bracketed = low.str.contains(r"^[^@<>]*<[^@<>\s]+@[^@<>\s]+>$")
    if not bracketed.any():
        return low
    return low.str.extract(r"<(?:mailto:)?([^<>]+)>$").zip_with(bracketed, low)


def common_shape(low: pl.Series) -> pl.Series:
    """Boolean: lower-case addresses so plain that the library need not look at them."""
    short = low.str.len_bytes() <= _COMMON_LONGEST
    return low.str.contains(_COMMON) & short & ~low.str.contains(_RESERVED)


def matching_form(email: pl.Series) -> pl.Series:
    """Addresses that reach one mailbox are equal: no '+tag', and at Gmail no dots either."""
    tagged = email.str.contains(r"\+[^@]*@|@g(?:oogle)?mail\.com$").fill_null(False)
    if not tagged.any():
        return email
    plain = (
        email.filter(tagged)
        .str.replace(r"\+[^@]*@", "@")
        .str.replace(r"@googlemail\.com$", "@gmail.com")
    )
    gmail = plain.str.ends_with("@gmail.com")
    dotless = plain.str.strip_suffix("@gmail.com").str.replace_all(".", "", literal=True)
    plain = (dotless + "@gmail.com").zip_with(gmail & (dotless.str.len_bytes() > 0), plain)
    # A mailbox of nothing but a tag keeps its own form.
    plain = plain.zip_with(~plain.str.starts_with("@"), email.filter(tagged))
    return put(email, tagged.arg_true(), plain)


def library_form(text: str) -> str | None:
    """Lower-case normal form by email-validator without network, null when not valid."""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True, strict=True)
    except (EmailNotValidError, ValueError):
        return None
    return found.normalized.lower()


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str | None, str | None, str | None]:
    """First usable address in a text, the reason when there is none, the further ones."""
    if "@" not in text:
        return None, "no_at_sign", None
    whole = library_form(text)
    if whole is not None:
        return whole, None, None
    plain = re.sub(r"(?i)^mailto:|\s*\((?:at|apenstaartje)\)\s*", "", text)
    plain = re.sub(r"\s*@\s*", "@", plain)
    plain = _AFTER_DOMAIN.sub(r"\1 ", plain)
    found = []
    for candidate in _ADDRESS.findall(plain) if "<" in plain else _BETWEEN.split(plain):
        candidate = re.sub(r"(?i)^mailto:", "", candidate).strip(" <>()[]\"'.,;:")
        address = library_form(candidate)
        if address is not None and address not in found:
            found.append(address)
    if not found:
        return None, "invalid_email", None
    return found[0], None, "; ".join(found[1:]) or None
