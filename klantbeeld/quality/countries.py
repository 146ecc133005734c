"""Countries and languages by name or code, Dutch, English, German and French."""

from __future__ import annotations

import gettext
from functools import cache

import polars as pl
import pycountry

from klantbeeld.quality.columns import filled, fold, lookup

LONGEST = 100

_SPOKEN = ("nl", "de", "fr")
_OTHER_NAMES = {
    "holland": "NL",
    "nederlnd": "NL",
    "nederlands": "NL",
    "ned": "NL",
    "nl nederland": "NL",
    "the netherlands": "NL",
    "belgie": "BE",
    "belgique": "BE",
    "b": "BE",
    "d": "DE",
    "f": "FR",
    "vlaanderen": "BE",
    "brd": "DE",
    "bundesrepublik deutschland": "DE",
    "uk": "GB",
    "england": "GB",
    "engeland": "GB",
    "scotland": "GB",
    "schotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "noord ierland": "GB",
    "great britain": "GB",
    "groot brittannie": "GB",
    "verenigd koninkrijk": "GB",
    "united kingdom": "GB",
    "usa": "US",
    "us": "US",
    "united states": "US",
    "united states of america": "US",
    "verenigde staten": "US",
    "verenigde staten van amerika": "US",
    "amerika": "US",
    "eire": "IE",
    "ierland": "IE",
    "republic of ireland": "IE",
    "rsa": "ZA",
    "channel islands": "JE",
    "czech republic": "CZ",
    "tsjechie": "CZ",
    "turkije": "TR",
    "turkey": "TR",
    "zwitserland": "CH",
    "suisse": "CH",
    "schweiz": "CH",
    "korea": "KR",
    "south korea": "KR",
    "zuid korea": "KR",
    "russia": "RU",
    "rusland": "RU",
    "vietnam": "VN",
    "iran": "IR",
    "syrie": "SY",
    "taiwan": "TW",
    "bolivia": "BO",
    "venezuela": "VE",
    "tanzania": "TZ",
    "moldavie": "MD",
    "moldova": "MD",
    "ivoorkust": "CI",
    "macedonie": "MK",
    "kosovo": "XK",
    "el": "GR",
    "luxemburg": "LU",
    "oostenrijk": "AT",
    "curacao": "CW",
    "bonaire": "BQ",
    "sint maarten": "SX",
    "uae": "AE",
    "vae": "AE",
    "ksa": "SA",
    "hong kong": "HK",
    "burma": "MM",
    "laos": "LA",
    "palestina": "PS",
    "vaticaanstad": "VA",
}
_LANGUAGE_NAMES = {
    "ned": "nl",
    "nld": "nl",
    "dut": "nl",
    "vlaams": "nl",
    "flemish": "nl",
    "hollands": "nl",
    "eng": "en",
    "gb": "en",
    "us": "en",
    "ger": "de",
    "deu": "de",
    "d": "de",
    "deutsch": "de",
    "fre": "fr",
    "fra": "fr",
    "f": "fr",
    "francais": "fr",
    "espanol": "es",
    "fries": "fy",
    "frysk": "fy",
    "n": "nl",
    "e": "en",
    "nl": "nl",
    "pools": "pl",
    "polski": "pl",
    "turks": "tr",
    "arabisch": "ar",
    "chinees": "zh",
    "mandarijn": "zh",
    "grieks": "el",
}


@cache
def country_codes() -> dict[str, str]:
    """Folded name or code to ISO 3166 alpha-2."""
    names: list[tuple[str, str]] = []
    for country in pycountry.countries:
        code = country.alpha_2
        short = [country.name, getattr(country, "common_name", country.name)]
        names += [(name, code) for name in _translated("iso3166-1", short)]
        names += [(getattr(country, "official_name", country.name), code)]
    for country in pycountry.countries:
        names += [(country.alpha_2, country.alpha_2), (country.alpha_3, country.alpha_2)]
    return _folded(names) | _OTHER_NAMES


@cache
def language_codes() -> dict[str, str]:
    """Folded name or code to ISO 639-1."""
    living = [language for language in pycountry.languages if hasattr(language, "alpha_2")]
    names: list[tuple[str, str]] = []
    for language in living:
        names += [(name, language.alpha_2) for name in _translated("iso639-3", [language.name])]
    for language in living:
        names += [(language.alpha_2, language.alpha_2), (language.alpha_3, language.alpha_2)]
    return _folded(names) | _LANGUAGE_NAMES


def _translated(domain: str, names: list[str]) -> list[str]:
    """The English names and those in the other languages spoken here."""
    spoken = [_translation(domain, language) for language in _SPOKEN]
    return [say.gettext(name) for say in spoken for name in names] + names


@cache
def _translation(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, pycountry.LOCALES_DIR, [language], fallback=True)


def _folded(names: list[tuple[str, str]]) -> dict[str, str]:
    """Of names that fold to the same the last one counts."""
    folded = fold(pl.Series([name for name, _ in names])).to_list()
    return dict(zip(folded, (code for _, code in names), strict=True))


def standard_countries(text: pl.Series) -> pl.DataFrame:
    """ISO 3166 alpha-2 ('NL'); issue unknown_country."""
    return _found(lookup(fold(text), country_codes()), "unknown_country")


def standard_languages(text: pl.Series) -> pl.DataFrame:
    """ISO 639-1 ('nl', also from 'nl-NL' and 'Nederlands'); issue unknown_language."""
    low = fold(text)
    found = lookup(low, language_codes())
    locale = lookup(
        text.str.to_lowercase().str.extract(r"^([a-z]{2})[-_][a-z]{2}\b"), language_codes()
    )
    return _found(found.zip_with(found.is_not_null(), locale), "unknown_language")


def _found(value: pl.Series, reason: str) -> pl.DataFrame:
    issue = filled(None, value)
    return pl.DataFrame({"value": value, "issue": issue.set(value.is_null(), reason)})
