"""Verdicts in words: the answer, the reason, what to record or what would change it, the duties.

Every code of `contact` and `contact_law` has its words here; a test holds that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klantbeeld.privacy.contact import Verdict

Words = dict[str, str | Promise]

ANSWERS: Words = {
    "allowed": _("Allowed"),
    "not_allowed": _("Not allowed"),
    "unknown": _("Not clear yet: something has to be recorded first"),
}
REASONS: Words = {
    "consent": _("Agreed to this"),
    "soft_opt_in": _("A customer, about one's own similar products, with a way out each time"),
    "customer_exception": _(
        "A customer: until 1 July 2026 customers could be called about similar products"
    ),
    "customer_exception_ended": _(
        "Since 1 July 2026 being a customer is no longer enough to be called"
    ),
    "press_or_lottery": _("The exception for the press and for licensed lotteries"),
    "gift": _("Gave to this charity, or took part in its work"),
    "published": _("The address was made public for receiving offers"),
    "generic": _("An impersonal address of a company"),
    "professional": _("About the person's profession, and told so when the address was collected"),
    "presumed_consent": _("A business that the offer concerns: its consent is presumed"),
    "company_call": _("A company: the protection is for people"),
    "company_post": _("A company: there are no personal data to weigh"),
    "running_contract": _("About the contract that runs"),
    "opt_out_regime": _("Allowed as long as the person does not refuse"),
    "opt_out_regime_ended": _("It was allowed until somebody refused; that rule has ended"),
    "established_relation": _("Bought or asked something not long ago"),
    "not_commercial": _("Not commercial: a charity asks"),
    "legitimate_interest": _("A legitimate interest, weighed against that of the person"),
    "survey": _("A question for an opinion, without advertising"),
    "contract": _("Needed for an order or a contract"),
    "legal_duty": _("The law requires this message"),
    "requested": _("The person asked for this"),
    "ccpa": _("Did not opt out of sale or sharing of data"),
    "no_rule_against": _("No rule forbids it"),
    "no_consent": _("No consent is on record"),
    "consent_pending": _("The sign-up was not confirmed yet"),
    "consent_expired": _("The consent has ended"),
    "consent_invalid": _("The consent does not count: nobody did anything to give it"),
    "consent_unproven": _("The consent cannot be shown in the form that the law asks for"),
    "withdrawn": _("Withdrew the consent, or unsubscribed"),
    "denied": _("Said no to this"),
    "objected": _("Objected to being approached"),
    "restricted": _("Use of the data is restricted"),
    "do_not_contact": _("It is recorded that this person is not to be approached"),
    "deceased": _("The person has died"),
    "minor": _("A child, without consent of a parent"),
    "on_phone_register": _("The number is in a do-not-call register"),
    "on_post_register": _("The person is in a register against advertising by post"),
    "call_register": _("In the do-not-call register, or no way out is offered in the calls"),
    "no_authorisation": _("Health information: the person signed no authorization for this"),
    "no_opt_out": _("The messages offer no way out"),
    "no_contract": _("There is no order or contract that this is about"),
    "not_requested": _("The person did not ask for this"),
    "no_ground": _("Nothing in the law allows it"),
    "opted_out_of_sharing": _("Opted out of sale or sharing of data"),
    "facts_missing": _("The law allows it or not depending on something that is not recorded"),
    "register_unchecked": _("The register against advertising was not consulted"),
    "law_not_held": _("The law of that country or state is not known to the program"),
    "no_rule": _("The program has no rule for that day"),
}
# Each fits behind "Record whether" and behind "It would be allowed if".
CLAUSES: Words = {
    "consent": _("the person agrees to this"),
    "consent_how": _("the person gave the consent by an act of his own"),
    "proof": _("it can be shown what was agreed to, when and how"),
    "proof_for_number": _("the consent is proven for this telephone number itself"),
    "guardian": _("a parent or guardian gave the consent"),
    "written": _("the consent is in writing, with what the law says that has to stand beside it"),
    "customer": _("the person is a customer"),
    "current": _("a contract with the person runs now"),
    "similar": _("what is offered resembles what the person bought"),
    "own_address": _("the person gave the address to this company himself"),
    "at_sale": _("the address was given when something was sold"),
    "at_gift": _("the address was given with a gift"),
    "at_gift_or_work": _("the address was given with a gift, at volunteering or at an event"),
    "opt_out_at_collection": _("a free and easy way out was offered when the address was given"),
    "opt_out_in_messages": _("every message or call offers a way out"),
    "within_three_years": _(
        "the last purchase or the end of the contract is less than three years ago"
    ),
    "within_eighteen_months": _("the last purchase is less than eighteen months ago"),
    "inquired": _("the person asked something in the last three months"),
    "asked": _("the person asked for this contact"),
    "kind_natural": _("it is a person, not a company"),
    "kind_legal": _("it is a company with legal personality"),
    "kind_business": _("it is a company or somebody in business"),
    "published": _("the address was made public for receiving offers"),
    "generic": _("it is an impersonal address of the company, such as info@"),
    "concerns_business": _("the offer concerns the person's business"),
    "interest": _("the interests were weighed and that was written down"),
    "by_charity": _("a charity asks for its own cause"),
    "by_covered": _("a provider of care or an insurer sends it"),
    "authorisation": _("the person signed an authorization for this use of health information"),
    "by_press": _("the sender publishes papers or magazines"),
    "by_press_or_lottery": _("the sender is of the press or holds a lottery licence"),
    "by_hand": _("the message is sent by hand and not by a machine"),
    "phone_register": _("the number is in no do-not-call register"),
    "post_register": _("the person is in no register against advertising by post"),
    "california": _("the person lives in California"),
    "law_of_country": _("the law of that country or state allows it"),
    "promotion": _("the message advertises as well"),
    "new_consent": _("the person agrees to it again himself"),
    "restriction_lifted": _("the restriction is lifted"),
    "do_not_contact_lifted": _("the record that forbids it is taken away"),
}
DUTIES: Words = {
    "identify_sender": _("Say who sends it"),
    "offer_opt_out": _("Offer a free and easy way out each time"),
    "show_number": _("Call from a number that is shown"),
    "keep_proof": _("Keep the proof of the consent"),
    "postal_address": _("Put the postal address of the sender in it"),
    "notice_of_sharing": _("Tell that data are sold or shared, and how to opt out"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict in the reader's language; `source` is a citation, in the language of the law."""

    answer: str
    reason: str
    changes: tuple[str, ...]
    duties: tuple[str, ...]
    rule: str
    source: str


def told(verdict: Verdict) -> Told:
    """The verdict as it is said to people, in the active language."""
    return Told(
        str(ANSWERS[verdict.answer]),
        str(REASONS[verdict.reason]),
        tuple(_changes(verdict)),
        tuple(str(DUTIES[duty]) for duty in verdict.duties),
        verdict.rule,
        verdict.source,
    )


def _changes(verdict: Verdict) -> Iterator[str]:
    """What to record first, what would make it allowed, or when it is no longer."""
    if verdict.answer == "allowed":
        yield gettext("It ends when the person withdraws or objects.")
        if verdict.until is not None:
            day = date_format(verdict.until, "DATE_FORMAT")
            yield gettext("The rule holds until %(day)s.") % {"day": day}
        return
    if verdict.changes == ("nothing",):
        yield gettext("Nothing changes this.")
        return
    for key in verdict.changes:
        what = {"what": str(CLAUSES[key])}
        if verdict.answer == "unknown":
            yield gettext("Record whether %(what)s.") % what
        else:
            yield gettext("It would be allowed if %(what)s.") % what
