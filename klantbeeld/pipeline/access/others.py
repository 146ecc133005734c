"""Nothing of anybody else: what tells of other people in texts of a customer is made unreadable.

Known by their form are e-mail addresses, telephone numbers and bank accounts that are neither the
customer's own nor the company's; known by the house's own profiles are the names of other
customers, in full ("Bas van den Heuvel"). A first name alone in a letter is left: nobody can tell
whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.core.hashing import hash64
from klantbeeld.privacy.reads import Company

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\d(?:[\s().-]{0,2}\d){8,13}(?![\w-])")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_BETWEEN = r"(?:van|de|den|der|ter|ten|te|het|'t|op|in|von|la|le|du|da|di|dos|bin|al|el|y|zu)"
NAMES = re.compile(rf"{_CAPITAL}(?:\s+(?:{_BETWEEN}(?!\w)|{_CAPITAL}))+")
_IDENTIFIERS = ("email", "email_2", "login")
_NUMBERS = ("phone", "mobile", "iban", "customer_number", "loyalty_number", "kvk", "vat")
_LONGEST = 6
_PHONE_DIGITS = 9
_MANY = 400


class Others:
    """Finds and masks what tells of other people in the texts of one customer.

    `own` are what his records say and said, `customers` the ids that are him.
    """

    def __init__(
        self, own: Iterable[Mapping[str, Any]], customers: Sequence[int], company: Company,
        own_mailboxes: frozenset[int], mark: str,
    ) -> None:  # fmt: skip
        self.mark = mark
        self.masked = 0
        self._customers = frozenset(customers)
        self._mailboxes = own_mailboxes
        self._emails = {company.email.lower(), company.privacy_email.lower()} - {""}
        self._numbers = {_digits(company.phone)} - {""}
        self._names: set[str] = set()
        self._own_names: set[str] = set()
        self._of_own(own)

    def _of_own(self, own: Iterable[Mapping[str, Any]]) -> None:
        for said in own:
            for key in _IDENTIFIERS:
                if text := str(said.get(key) or "").strip().lower():
                    self._emails.add(text)
            for key in _NUMBERS:
                if text := _digits(str(said.get(key) or "")):
                    self._numbers.add(text)
            parts = [str(said.get(k) or "") for k in ("first_name", "surname_prefix", "surname")]
            self._own_names |= {_folded(" ".join(filter(None, parts)))}
            self._own_names |= {_folded(str(said.get(k) or "")) for k in
                                ("full_name", "organisation_name", "contact_name")}  # fmt: skip

    def learn(self, texts: Iterable[str]) -> None:
        """Look up which names in these texts are those of other customers."""
        candidates: dict[str, str] = {}
        for text in texts:
            for name in _names_in(text):
                if _folded(name) not in self._own_names:
                    candidates.setdefault(name, _folded(name))
        wanted = list(candidates)
        for first in range(0, len(wanted), _MANY):
            rows = bulk.rows_where(
                "SELECT name, customer_id FROM profiles_profile WHERE", "name",
                wanted[first : first + _MANY], kind="text",
            )  # fmt: skip
            self._names |= {name for name, customer in rows if customer not in self._customers}

    def know(self, names: Iterable[str]) -> None:
        """These names are of other people: those of the household, and who took part in a mail."""
        self._names |= {n for n in names if n.strip() and _folded(n) not in self._own_names}

    def clean(self, text: str) -> str:
        """The text with a mark in the place of what tells of somebody else."""
        text = EMAIL.sub(lambda m: self._kept(m.group(), self._is_own_email), text)
        text = IBAN.sub(lambda m: self._kept(m.group(), self._is_own_number), text)
        text = PHONE.sub(lambda m: self._kept(m.group(), self._is_own_phone), text)
        for name in sorted(self._names, key=len, reverse=True):
            if name in text:
                self.masked += text.count(name)
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self.mark, text)
        return text

    def tell_of_others(self, text: str) -> bool:
        """Whether a text tells of somebody else; counts nothing."""
        before = self.masked
        is_changed = self.clean(text) != text
        self.masked = before
        return is_changed

    def cleaned(self, value: Any) -> Any:
        """A JSON value with every text in it cleaned; keys stay."""
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, Mapping):
            return {str(k): self.cleaned(v) for k, v in value.items()}
        return [self.cleaned(v) for v in value] if isinstance(value, list | tuple) else value

    def _kept(self, text: str, is_own: Callable[[str], bool]) -> str:
        if is_own(text):
            return text
        self.masked += 1
        return self.mark

    def _is_own_email(self, text: str) -> bool:
        address = text.lower()
        return address in self._emails or hash64(address) in self._mailboxes

    def _is_own_number(self, text: str) -> bool:
        return _digits(text) in self._numbers

    def _is_own_phone(self, text: str) -> bool:
        # Numbers of orders and barcodes are long too: a telephone number begins with 0 or +.
        return not text.startswith(("0", "+")) or _digits(text) in self._numbers


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(one)


def _digits(text: str) -> str:
    """A number as it is compared: a bank account whole, of a telephone the last nine digits."""
    bare = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    return bare if bare[:1].isalpha() else bare[-_PHONE_DIGITS:]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _names_in(text: str) -> Iterator[str]:
    """Every run of words in a text that may be somebody's whole name."""
    for found in NAMES.finditer(text):
        words = found.group().split()
        for first in range(len(words)):
            for last in range(first + 2, min(len(words), first + _LONGEST) + 1):
                part = words[first:last]
                if part[0][0].isupper() and part[-1][0].isupper():
                    yield " ".join(part).rstrip(".,;:")
