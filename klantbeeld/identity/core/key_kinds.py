"""The kinds of keys under which records can meet, in the order that stored keys go by."""

from __future__ import annotations

from dataclasses import dataclass

from .values import ORGANISATION, PERSON


@dataclass(frozen=True)
class KeyKind:
    """One way to meet: equal in all of `columns`, in a block of at most `cap` distinct rows.

    A column with a star behind it holds several words, of which one equal is enough.

    A block over its cap is cut whole: a value that so many share says little, and its pairs grow
    with the square. `uses` names the comparisons that agree by construction on such pairs.
    """

    name: str
    columns: tuple[str, ...]
    cap: int
    uses: tuple[str, ...] = ()
    largest_table: int = 1 << 40  # distinct rows up to which the kind is worth its pairs
    also: tuple[str, ...] = ()  # columns that meet as `columns` do, with them and each other

    @property
    def words_of(self) -> str:
        """The column of which every word is a key; '' where whole values are."""
        return self.columns[0].removesuffix("*") if self.columns[0].endswith("*") else ""


# In larger tables these kinds bring mostly strangers together.
SMALL = 100_000

# The order is part of the stored format: a key's kind is its place in this list.
PERSON_KEYS = (
    KeyKind("number", ("number",), 50),
    KeyKind("login", ("login",), 50),
    KeyKind("loyalty", ("loyalty",), 50),
    KeyKind("iban", ("iban",), 40),
    KeyKind("email", ("email",), 40, ("email",)),
    KeyKind("phone", ("phone",), 40, ("phone",), also=("other_phone",)),
    KeyKind("mailbox", ("mailbox",), 20, ("email",)),
    KeyKind("address", ("postcode", "house"), 200, ("address",)),
    KeyKind("street", ("street", "house", "city"), 100, ("address",)),
    KeyKind("name", ("first+surname",), 250, ("first_name", "surname")),
    KeyKind("surname_birth", ("sound", "birth~"), 200, ("surname", "birth_date")),
    KeyKind("first_birth", ("first", "birth~"), 200, ("first_name", "birth_date")),
    KeyKind("surname_postcode", ("sound", "postcode"), 200, ("surname", "address")),
    KeyKind("initial_postcode", ("initial", "birth^", "postcode"), 200, (), SMALL),
    KeyKind("birth_postcode", ("birth~", "postcode^"), 100, ("birth_date", "address")),
    KeyKind(
        "name_region", ("first^", "surname^", "postcode^"), 100, ("first_name", "surname"), SMALL
    ),
    KeyKind("birth", ("birth~",), 20, ("birth_date",), SMALL),
    KeyKind("sounding_name", ("root", "sound"), 40, ("first_name", "surname")),
    KeyKind("initial_name", ("initial", "sound"), 25, ("first_name", "surname"), SMALL),
    KeyKind("surname_region", ("sound", "postcode^"), 40, ("surname", "address"), SMALL),
    KeyKind("first_region", ("first", "postcode^"), 40, ("first_name", "address"), SMALL),
)
ORGANISATION_KEYS = (
    KeyKind("kvk", ("kvk",), 100),
    KeyKind("vat", ("vat",), 100),
    KeyKind("domain", ("domain",), 100, ("domain",)),
    KeyKind("organisation", ("organisation",), 200, ("organisation",)),
    KeyKind("organisation_start", ("organisation^", "postcode^"), 200, ("organisation",)),
    KeyKind("organisation_phone", ("phone",), 50, ("phone",), also=("other_phone",)),
    KeyKind("organisation_email", ("email",), 50, ("email",)),
    KeyKind(
        "organisation_address", ("postcode", "house"), 50, ("address",), also=("street", "house")
    ),
    KeyKind("organisation_number", ("number",), 50),
    KeyKind("organisation_iban", ("iban",), 50),
)
# Added later, hence at the end: of what only some tables tell, and of rare values in small ones.
FURTHER_PERSON_KEYS = (
    KeyKind("national", ("national",), 40, ("national_id",)),
    KeyKind("surname_birthplace", ("sound", "birthplace"), 60, ("surname", "birth_place")),
    KeyKind("first_birthplace", ("root", "birthplace"), 60, ("first_name", "birth_place")),
    KeyKind("initial_birthplace", ("initial", "birthplace"), 40, ("birth_place",), SMALL),
    KeyKind("profession_birthplace", ("profession", "birthplace"), 25, ("birth_place",), SMALL),
    KeyKind("street_city", ("street", "city"), 30, ("address",), SMALL),
    KeyKind("rare_postcode", ("postcode",), 25, ("address",), SMALL),
    KeyKind("rare_surname", ("sound",), 25, ("surname",), SMALL),
)
PERSON_DOCUMENTS = (KeyKind("document", ("documents*",), 20, ("document",)),)
# Of the words of a name the rare ones bring together: blocks of the others are over their cap.
FURTHER_ORGANISATION_KEYS = (
    KeyKind("organisation_word", ("organisation*",), 30, ("organisation",)),
    KeyKind("organisation_document", ("documents*",), 20, ("document",)),
)
KEY_KINDS = (
    PERSON_KEYS
    + ORGANISATION_KEYS
    + FURTHER_PERSON_KEYS
    + PERSON_DOCUMENTS
    + FURTHER_ORGANISATION_KEYS
)
KINDS_OF = {
    PERSON: PERSON_KEYS + FURTHER_PERSON_KEYS + PERSON_DOCUMENTS,
    ORGANISATION: ORGANISATION_KEYS + FURTHER_ORGANISATION_KEYS,
}


# Kinds of which the blocks grow with the table: of twice as many people twice as many have a name
# or were born on a day, while a mailbox or an address stays with those whose it is.
NAMESAKES = frozenset((
    "name", "surname_birth", "first_birth", "birth_postcode", "name_region", "birth",
    "sounding_name", "initial_name", "surname_region", "first_region", "surname_birthplace",
    "first_birthplace", "initial_birthplace", "profession_birthplace", "rare_surname",
))  # fmt: skip


def worthwhile(size: int) -> tuple[str, ...]:
    """The key kinds worth their pairs in a table of so many distinct rows."""
    return tuple(kind.name for kind in KEY_KINDS if size <= kind.largest_table)
