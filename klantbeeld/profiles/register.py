"""What the personal columns of the golden profiles are: all derived from records."""

from __future__ import annotations

from klantbeeld.core.fields import column

_CHOSEN = {"nature": "descriptive", "is_derived": True}

FIELDS = (
    column("profiles_profile.name", "Gekozen naam", "Chosen name", "user.name",
           **{**_CHOSEN, "nature": "identity"}),
    column("profiles_profile.sort_key", "Naam om op te sorteren", "Name to sort by", "user.name",
           **{**_CHOSEN, "nature": "identity"}),
    column("profiles_profile.city", "Gekozen plaats", "Chosen city", "user.contact.address.city",
           **_CHOSEN),
    column("profiles_profile.city_key", "Plaats om op te zoeken", "City to search by",
           "user.contact.address.city", **_CHOSEN),
    column("profiles_profile.data", "Gekozen waarden", "Chosen values", "user", **_CHOSEN),
    column("profiles_profile.group_reason", "Waarom in een klantgroep",
           "Why in a customer group", "user.demographic.profile", is_derived=True,
           purposes=("marketing", "sales", "service"), basis="legitimate_interest"),
    column("profiles_tagged.name", "Kenmerk om op te filteren", "Tag to filter by",
           "user.demographic.profile", is_derived=True,
           purposes=("marketing", "sales", "service"), basis="legitimate_interest"),
    column("profiles_search.words", "Woorden om op te zoeken", "Words to search by", "user",
           **_CHOSEN),
)  # fmt: skip
