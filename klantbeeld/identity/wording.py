"""Comparisons, what they find and the rules that overrule them, in words for every door."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from klantbeeld.identity.core import COMPARISONS

Words = dict[str, str | Promise]
COMPARISON_WORDS: Words = {
    "record": gettext_lazy("All that is compared"),
    "first_name": gettext_lazy("First name"),
    "surname": gettext_lazy("Surname"),
    "organisation": gettext_lazy("Name of the organisation"),
    "branch": gettext_lazy("Spread"),
    "birth_date": gettext_lazy("Date of birth"),
    "address": gettext_lazy("Address"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "number": gettext_lazy("Customer number"),
    "gender": gettext_lazy("Gender"),
    "login": gettext_lazy("Log-in"),
    "loyalty": gettext_lazy("Loyalty card"),
    "iban": "IBAN",
    "kvk": gettext_lazy("Chamber of Commerce number"),
    "vat": gettext_lazy("VAT number"),
    "domain": gettext_lazy("Internet domain"),
    "document": gettext_lazy("Number of a document"),
    "middle_names": gettext_lazy("Other first names"),
    "national_id": gettext_lazy("National number"),
    "birth_place": gettext_lazy("Place of birth"),
    "profession": gettext_lazy("Profession"),
    "locality": gettext_lazy("Second line of the address"),
}
LEVEL_WORDS: Words = {
    "equal": gettext_lazy("the same"),
    "near": gettext_lazy("nearly the same"),
    "alike": gettext_lazy("alike"),
    "word": gettext_lazy("a telling word in common"),
    "initial": gettext_lazy("the same initial"),
    "other": gettext_lazy("different"),
    "mailbox": gettext_lazy("the same name before the @"),
    "fixed": gettext_lazy("the same fixed number"),
    "mobile": gettext_lazy("the same mobile number"),
    "city": gettext_lazy("the same place"),
    "postcode": gettext_lazy("the same postcode"),
    "postcode_near": gettext_lazy("nearly the same postcode"),
    "year": gettext_lazy("the same year"),
    "two_parts": gettext_lazy("two of day, month and year the same"),
    "swapped": gettext_lazy("day and month swapped"),
    "digit": gettext_lazy("one digit different"),
    "elsewhere": gettext_lazy("at another address"),
    "anywhere": gettext_lazy("an address is not known"),
    "here": gettext_lazy("at the same address"),
    "own": gettext_lazy("a name of few places"),
}
RULE_WORDS: Words = {
    "rule.names_alone": gettext_lazy("Only names agree, and there are namesakes"),
    "rule.identifier_email": gettext_lazy("One e-mail address belongs to one person"),
    "rule.identifier_login": gettext_lazy("One log-in belongs to one person"),
    "rule.identifier_number": gettext_lazy("One customer number belongs to one customer"),
    "rule.other_member": gettext_lazy("Different first names: another member of the family"),
    "rule.registered_kvk": gettext_lazy("The Chamber of Commerce number decides"),
    "rule.registered_vat": gettext_lazy("The VAT number decides"),
    "rule.registered_document": gettext_lazy("The number of a registration decides"),
    "rule.identifier_document": gettext_lazy("One document belongs to one person"),
    "rule.branch": gettext_lazy("One name at two addresses: a branch"),
    "rule.name_and_place": gettext_lazy("One name in one place is one organisation"),
    "rule.attached": gettext_lazy("Says little more than an identifier: goes with its owner"),
    "rule.shared": gettext_lazy("Others share these details just as well"),
}
OTHER_RULE = gettext_lazy("A rule that goes before the sum")


def finding(words: str) -> str:
    """What a comparison or rule found, by its key such as ``surname.near`` or ``rule.shared``."""
    if words.startswith("rule."):
        return str(RULE_WORDS.get(words, OTHER_RULE))
    key = words.partition(".")[2]
    return str(LEVEL_WORDS.get(key, key.replace("_", " ")))


# What brings records together to be compared at all.
KEY_WORDS: Words = {
    "number": gettext_lazy("Customer number"),
    "login": gettext_lazy("Log-in"),
    "loyalty": gettext_lazy("Loyalty card"),
    "iban": "IBAN",
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "mailbox": gettext_lazy("Name before the @"),
    "address": gettext_lazy("Postcode and house number"),
    "street": gettext_lazy("Street, house number and place"),
    "name": gettext_lazy("First name and surname"),
    "surname_birth": gettext_lazy("Surname and date of birth"),
    "first_birth": gettext_lazy("First name and date of birth"),
    "surname_postcode": gettext_lazy("Surname and postcode"),
    "initial_postcode": gettext_lazy("Initial, year of birth and postcode"),
    "birth_postcode": gettext_lazy("Date of birth and postcode area"),
    "name_region": gettext_lazy("Start of the name and postcode area"),
    "birth": gettext_lazy("Date of birth"),
    "sounding_name": gettext_lazy("Name as it sounds"),
    "initial_name": gettext_lazy("Initial and surname"),
    "surname_region": gettext_lazy("Surname and postcode area"),
    "first_region": gettext_lazy("First name and postcode area"),
    "kvk": gettext_lazy("Chamber of Commerce number"),
    "vat": gettext_lazy("VAT number"),
    "domain": gettext_lazy("Internet domain"),
    "organisation": gettext_lazy("Name of the organisation"),
    "organisation_start": gettext_lazy("Start of the name and postcode area"),
    "organisation_phone": gettext_lazy("Phone"),
    "organisation_email": gettext_lazy("E-mail"),
    "organisation_address": gettext_lazy("Postcode and house number"),
    "organisation_number": gettext_lazy("Customer number"),
    "organisation_iban": "IBAN",
    "national": gettext_lazy("National number"),
    "surname_birthplace": gettext_lazy("Surname and place of birth"),
    "first_birthplace": gettext_lazy("First name and place of birth"),
    "initial_birthplace": gettext_lazy("Initial and place of birth"),
    "profession_birthplace": gettext_lazy("Profession and place of birth"),
    "street_city": gettext_lazy("Street and place"),
    "rare_postcode": gettext_lazy("Postcode"),
    "rare_surname": gettext_lazy("Rare surname"),
    "document": gettext_lazy("Number of a document"),
    "organisation_word": gettext_lazy("Rare word of the name"),
    "organisation_document": gettext_lazy("Number of a document"),
}


def level_names(comparison: str) -> tuple[str, ...]:
    """The names of a comparison's levels, from different to equal; see `finding`."""
    for kind in COMPARISONS.values():
        for known in kind:
            if known.name == comparison:
                return tuple(known.levels)
    return ()
