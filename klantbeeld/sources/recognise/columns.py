"""What one column may mean: roles by its heading and by its values, each with a confidence.

Confidence is honest by construction: a heading alone stays below 0.9, values alone below 0.9, and
only a clear heading whose values agree goes above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klantbeeld.sources.recognise.checks import is_like_births
from klantbeeld.sources.recognise.headings import Said, said_by
from klantbeeld.sources.recognise.profile import Profile
from klantbeeld.sources.recognise.rules import RULES, fit

LEAST = 0.5  # below this a role is not worth proposing
NO_HEADING = re.compile(r"kolom \d+|column[_ ]?\d+|unnamed.*|field_?\d+|f\d+|_c?\d+|\d+", re.I)
# When the values contradict the heading, the role that people also call so.
OTHERWISE: dict[str, tuple[str, ...]] = {
    "address": ("street", "postcode"),
    "street": ("address", "postcode"),
    "discount_amount": ("discount_code",),
    "discount_code": ("discount_amount",),
    "satisfaction": ("answer",),
    "answer": ("satisfaction",),
    "title": ("salutation", "job_title"),
    "salutation": ("gender", "title"),
    "gender": ("salutation",),
    "full_name": ("organisation_name",),
    "organisation_name": ("full_name",),
    "first_name": ("full_name", "initials"),
    "initials": ("first_name",),
    "birth_date": ("age",),
    "age": ("birth_date",),
    "product_code": ("product_name",),
    "product_name": ("product_code",),
    "sender": ("sender_name",),
    "contact_name": ("organisation_name", "phone", "email"),
    "customer_number": ("device_id",),
    "website": ("url", "email"),
    "points": ("points_delta",),
    "closed_at": ("case_status",),
    "ended_at": ("subscription_status",),
    "consent_email": ("campaign",),
    "compensation": ("resolution",),
    "resolution": ("compensation",),
    "points_delta": ("event_kind",),
    "quantity": ("period",),
    "period": ("@date",),
    "url": ("subject",),
    "house_suffix": ("house_number",),
    "order_status": ("ordered_at",),
    "subject": ("body",),
    "body": ("case_number",),
    "case_number": ("body", "case_kind"),
    "topic": ("subject",),
    "note": ("tags",),
    "payment_method": ("order_amount",),
    "organisation": ("contact_name",),
    "shop": ("city",),
    "cost_amount": ("note",),
}


@dataclass(frozen=True)
class Candidate:
    """A role that a column may have. `is_told` when the heading says so."""

    column: str
    role: str
    confidence: float
    reason: str
    is_told: bool = True


def candidates(profile: Profile) -> list[Candidate]:
    """The roles that a column may have, the likeliest first; '@' roles depend on the table."""
    told = said_by(profile.name)
    found = [c for said in told if said.role != "-" for c in _by_heading(profile, said)]
    is_settled = any(c.confidence >= 0.62 for c in found)
    is_elsewhere = any(said.role == "-" and said.weight >= 0.8 for said in told)
    if not is_settled and not is_elsewhere:
        found += _by_values(profile, told)
    elif is_elsewhere and profile.share("postcode_place") >= 0.7:
        # The second line of an address mostly says nothing of ours.
        said = f"heading '{profile.name}', but postcode and place in one cell"
        found.append(Candidate(profile.name, "postcode", 0.77, said, False))
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(candidate.role)
        if known is None or known.confidence < candidate.confidence:
            best[candidate.role] = candidate
    kept = [candidate for candidate in best.values() if candidate.confidence >= LEAST]
    return sorted(kept, key=lambda candidate: -candidate.confidence)


def _by_heading(profile: Profile, said: Said) -> Iterator[Candidate]:
    weight = min(said.weight, 1.0)
    quoted = f"heading '{profile.name}'"
    if profile.is_empty:
        yield Candidate(
            profile.name, said.role, round(0.3 + 0.4 * weight, 2), f"{quoted}, no values"
        )
        return
    found = fit(said.role, profile)
    reason = f"{quoted}, {found.why}" if found.why else quoted
    yield Candidate(profile.name, said.role, _confidence(weight, found.score), reason)
    if weight < 0.8 and found.score < 0.5:
        yield from _rather(profile, said.role, quoted)
    if found.score < 0:
        for role in OTHERWISE.get(said.role, ()):
            other = fit(role, profile)
            if other.score > 0:
                confidence = min(_confidence(weight, other.score), 0.86)
                yield Candidate(
                    profile.name, role, confidence, f"{quoted}, but {other.why or role}"
                )


def _rather(profile: Profile, role: str, quoted: str) -> Iterator[Candidate]:
    """A vague heading over values of a short known list: the list decides."""
    for other, sign in (
        ("event_kind", "event"),
        ("payment_method", "payment"),
        ("channel", "channel"),
    ):
        if other != role and profile.share(sign) >= 0.4 and profile.share("yes_no") < 0.5:
            yield Candidate(
                profile.name, other, 0.8, f"{quoted}, and {profile.share(sign):.0%} {sign}s"
            )


def _confidence(weight: float, score: float) -> float:
    """From 0.1 (the values say otherwise) to 0.99 (a clear heading and values that agree)."""
    if score <= -1:
        return 0.1
    if score < 0:
        return round(0.3 + 0.25 * weight, 2)
    # A word in the heading that the values do not bear out is no more than that.
    if weight < 0.55 and score < 0.5:
        return 0.4
    lowest, share = 0.35 + 0.25 * score, 0.5 - 0.11 * score
    return round(min(lowest + share * weight, 0.99 if score > 0.55 else 0.89), 2)


def _by_values(profile: Profile, told: tuple[Said, ...]) -> Iterator[Candidate]:
    """Roles that the values give away by themselves."""
    has_no_heading = NO_HEADING.fullmatch(profile.name.strip()) is not None
    if not has_no_heading and profile.filled < 0.05 * profile.rows:
        return
    share = 1.0 if has_no_heading else 0.9
    contrary = [said.role for said in told if said.weight >= 0.65 and said.role[0] != "@"]
    for role, said in _telling(profile):
        confidence = RULES[role].alone * share
        reason = said
        if contrary and role not in contrary:
            reason = f"the heading says {contrary[0].replace('_', ' ')}, but {said}"
        yield Candidate(profile.name, role, round(confidence, 2), reason, False)
    if fit("period", profile).score == 1 and profile.distinct <= 6:
        yield Candidate(profile.name, "period", 0.6 * share, "the values are periods", False)
    if profile.dates.share >= 0.8:
        yield Candidate(profile.name, "@date", 0.55 * share, "the values are dates", False)
    if profile.share("text") >= 0.5 and profile.distinct > 2:
        yield Candidate(profile.name, "@text", 0.6 * share, "the values are texts", False)
    if has_no_heading and profile.is_unique and fit("@id", profile).score == 1:
        yield Candidate(profile.name, "@id", 0.6, "every row has another number", False)
    if has_no_heading and profile.share("decimal", "money") >= 0.8 and not profile.dates.years:
        yield Candidate(profile.name, "@amount", 0.5, "the values are amounts", False)


def _telling(profile: Profile) -> Iterator[tuple[str, str]]:
    share = profile.share
    if profile.is_empty:
        return
    if share("mobile") >= 0.6:
        yield "mobile", f"{share('mobile'):.0%} mobile numbers"
    elif share("phone") >= 0.7 and profile.dates.share < 0.3 and share("number") < 0.9:
        yield "phone", f"{share('phone'):.0%} phone numbers"
    for role, sign, enough in _SIGNS:
        if share(sign) >= enough:
            yield role, f"{share(sign):.0%} {sign.replace('_', ' ')}"
    if is_like_births(profile):
        yield "birth_date", "dates spread over decades"
    yield from _telling_names(profile)
    is_few = profile.distinct <= 8 and profile.filled >= 5
    if share("gender") >= 0.95 and is_few and share("yes_no") < 0.5 and share("prefix") < 0.6:
        yield "gender", "a few values such as m and v"


_SIGNS = (
    ("email", "email", 0.6),
    ("iban", "iban", 0.6),
    ("vat", "vat", 0.6),
    ("postcode", "postcode_nl", 0.7),
    ("postcode", "postcode_uk", 0.8),
    ("postcode", "postcode_place", 0.7),
    ("website", "url", 0.7),
    ("salutation", "salutation", 0.85),
    ("media_type", "media_type", 0.9),
    ("file_name", "file", 0.8),
)


def _telling_names(profile: Profile) -> Iterator[tuple[str, str]]:
    share = profile.share
    if share("prefix") >= 0.9 and profile.distinct >= 2:
        yield "surname_prefix", "name prefixes such as van de"
    elif share("organisation") >= 0.5:
        yield "organisation_name", f"{share('organisation'):.0%} organisations"
    elif share("address") >= 0.7 and share("letters") < 0.5 and share("street", "address") > 0.7:
        yield "address", f"{share('address'):.0%} addresses with a number"
    elif share("street") >= 0.6:
        yield "street", f"{share('street'):.0%} streets"
    elif share("city") >= 0.5 and share("letters") > 0.8:
        yield "city", f"{share('city'):.0%} known places"
    elif share("country") >= 0.85 and profile.distinct >= 2:
        yield "country", f"{share('country'):.0%} countries"
    elif share("first_name") >= 0.4 and profile.words < 1.5:
        yield "first_name", f"{share('first_name'):.0%} known first names"
    elif share("full_name") >= 0.6:
        yield "full_name", f"{share('full_name'):.0%} whole names"
    elif share("surname") >= 0.25 and share("letters") > 0.9 and profile.words < 3:
        yield "surname", f"{share('surname'):.0%} known surnames"
