"""Names of organisations: legal forms (NL, BE, DE, UK, US), filler words, internet domains."""

from __future__ import annotations

import re

import polars as pl

from .text import PLACEHOLDERS, folded, present

# Dots are taken out first, so 'B.V.' arrives here as 'bv'.
_LEGAL_FORMS = (
    "besloten vennootschap", "naamloze vennootschap", "commanditaire vennootschap",
    "vennootschap onder firma", "eenmanszaak", "maatschap", "stichting", "vereniging",
    "cooperatie", "incorporated", "corporation", "limited", "company", "holding", "bvba", "sprl",
    "gmbh", "ggmbh", "mbh", "llc", "llp", "plc", "inc", "ltd", "corp", "cv", "co", "bv", "nv",
    "vof", "sa", "srl", "ag", "kg", "ohg", "ug", "ev", "se", "vzw", "asbl", "lp", "ua", "ba",
    "aktiengesellschaft", "gesellschaft mit beschrankter haftung", "eingetragener verein", "ek",
    "eg", "gbr", "kgaa", "partg", "commv", "comm va", "cvba", "scrl", "snc", "sprlu", "cic", "cio",
    "pllc", "pc", "lllp", "public limited company", "limited liability company", "stg", "coop",
)  # fmt: skip
_FILLERS = ("the", "de", "het", "en", "and", "und", "et", "van", "of", "voor")
_BARE = re.compile(rf"\b(?:{'|'.join((*_LEGAL_FORMS, *_FILLERS))})\b")
_DOTS = re.compile(r"[.'’]")
_BETWEEN = re.compile(r"[\W_]+")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/:?#\s]+\.[^/:?#\s]+)")

# A mailbox at one of these says nothing about where somebody works.
PUBLIC_MAIL = frozenset((
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl",
    "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "mac.com",
    "ziggo.nl", "kpnmail.nl", "kpnplanet.nl", "planet.nl", "hetnet.nl", "home.nl", "xs4all.nl",
    "upcmail.nl", "chello.nl", "quicknet.nl", "telfort.nl", "online.nl", "casema.nl", "gmx.de",
    "gmx.net", "web.de", "t-online.de", "telenet.be", "skynet.be", "proximus.be", "aol.com",
    "protonmail.com", "proton.me", "tele2.nl", "solcon.nl", "caiway.nl", "zonnet.nl",
))  # fmt: skip


def organisation_name(value: str) -> str | None:
    """The telling words of a name, legal form and filler left out: 'Bakker B.V.' gives 'bakker'.

    Where nothing telling is left ('De Holding B.V.'), the folded name itself.
    """
    known = present(value)
    if not known:
        return None
    plain = _BETWEEN.sub(" ", _DOTS.sub("", folded(known).replace("&", " en "))).strip()
    return " ".join(_BARE.sub(" ", plain).split()) or plain or None


_PLAIN = "^[ -~]{1,110}$"


def plain_names(texts: pl.Series) -> pl.Series:
    """As `organisation_name`, of a column; null where that has to be asked: names not in ASCII."""
    lower = texts.str.to_lowercase().str.strip_chars(" ")
    is_plain = texts.str.contains(_PLAIN) & ~lower.is_in(sorted(PLACEHOLDERS))
    plain = lower.str.replace_all("&", " en ", literal=True).str.replace_all("[.']", "")
    plain = plain.str.replace_all("[^a-z0-9]+", " ").str.strip_chars(" ")
    bare = plain.str.replace_all(_BARE.pattern, " ").str.replace_all(" +", " ")
    bare = bare.str.strip_chars(" ")
    is_plain &= plain != ""
    found = pl.when(is_plain).then(pl.when(bare == "").then(plain).otherwise(bare))
    return pl.select(found).to_series()


def website_domain(value: str) -> str | None:
    """The host of a web address without 'www.'."""
    found = _HOST.match(value[:200].strip().lower())
    return found.group(1) if found else None


def mail_domain(email: str) -> str | None:
    """The host of a normal e-mail address, None at public mail services."""
    host = email.rpartition("@")[2]
    return None if host in PUBLIC_MAIL else host
