"""Comparisons, what they find and the rules that overrule them, in words for every door."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Words = dict[str, str | Promise]
COMPARISON_WORDS: Words = {
    "record": gettext_lazy("All that is compared"),
    "first_name": gettext_lazy("First name"),
    "surname": gettext_lazy("Surname"),
    "organisation": gettext_lazy("Name of the organisation"),
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
}
LEVEL_WORDS: Words = {
    "equal": gettext_lazy("the same"),
    "near": gettext_lazy("nearly the same"),
    "alike": gettext_lazy("alike"),
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
}
RULE_WORDS: Words = {
    "rule.names_alone": gettext_lazy("Only names agree, and there are namesakes"),
    "rule.identifier_email": gettext_lazy("One e-mail address belongs to one person"),
    "rule.identifier_login": gettext_lazy("One log-in belongs to one person"),
    "rule.identifier_number": gettext_lazy("One customer number belongs to one customer"),
    "rule.other_member": gettext_lazy("Different first names: another member of the family"),
    "rule.registered_kvk": gettext_lazy("The Chamber of Commerce number decides"),
    "rule.registered_vat": gettext_lazy("The VAT number decides"),
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
