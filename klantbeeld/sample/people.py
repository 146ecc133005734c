"""The people, households and organisations of the sample company: who they really are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    number: int
    suffix: str
    postcode: str
    city: str
    area_code: str

    @property
    def line(self) -> str:
        """Street, number and suffix as most people write it: 'Dorpsstraat 12-B'."""
        return f"{self.street} {self.house}"

    @property
    def house(self) -> str:
        return f"{self.number}-{self.suffix}" if self.suffix else str(self.number)


@dataclass(slots=True)
class Person:
    """One human being; `index` is also the number of the party in orders and events."""

    index: int
    household: int
    gender: str
    origin: str
    first_name: str
    nickname: str
    middle_initial: str
    prefix: str
    surname: str
    birth_date: date
    address: Address
    # Name of the partner, when carried: 'Postma' in 'Postma-van der Velde'.
    partner_prefix: str = ""
    partner_surname: str = ""
    old_address: Address | None = None
    profession: str = ""
    email: str = ""
    # A second address (work or former), used in some sources.
    second_email: str = ""
    mobile: str = ""
    landline: str = ""
    # Shared mailbox of the household, if there is one.
    family_email: str = ""
    relation: str = "klant"
    interests: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"P{self.index + 1:06d}"

    @property
    def initials(self) -> str:
        return f"{self.first_name[0]}.{self.middle_initial}"

    @property
    def birth_name(self) -> str:
        """Prefix and surname at birth: 'van der Velde'."""
        return f"{self.prefix} {self.surname}".strip()

    @property
    def family_name(self) -> str:
        """The name in daily use; with a partner's name in front when carried."""
        if not self.partner_surname:
            return self.birth_name
        partner = f"{self.partner_prefix} {self.partner_surname}".strip()
        return f"{partner}-{self.birth_name}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.family_name}"

    @property
    def salutation(self) -> str:
        return "mevrouw" if self.gender == "f" else "de heer"


@dataclass(slots=True)
class Organisation:
    """A business customer; `index` counts on after the last person."""

    index: int
    number: int
    name: str
    legal_form: str
    address: Address
    domain: str
    phone: str
    kvk: str
    vat: str
    iban: str
    # Index of the person who speaks for it, and that person's function.
    contact: int
    job_title: str
    branches: tuple[Address, ...] = ()
    relation: str = "klant"
    interests: tuple[str, ...] = field(default=("onderhoud",))

    @property
    def id(self) -> str:
        return f"O{self.number + 1:05d}"

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.legal_form}".strip()

    @property
    def email(self) -> str:
        return f"info@{self.domain}"


def household_id(household: int) -> str:
    return f"H{household + 1:06d}"


def iban_of(account: int) -> str:
    """IBAN with valid check digits (ISO 13616, mod 97) of the invented bank code KBLD."""
    bban = f"KBLD{account:010d}"
    digits = "".join(str(int(sign, 36)) for sign in f"{bban}NL00")
    return f"NL{98 - int(digits) % 97:02d}{bban}"


def vat_of(number: int) -> str:
    """VAT id in the form for sole traders (mod 97 over 'NL…B..'), of an unissued range.

    The older form would be a valid citizen number, which invented data must not contain.
    """
    text = f"NL{number:09d}B"
    remainder = int("".join(str(int(sign, 36)) for sign in text + "00")) % 97
    return f"{text}{(1 - remainder) % 97 or 97:02d}"
