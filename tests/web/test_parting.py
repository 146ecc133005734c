"""What of a customer can be erased by itself, as it is shown."""

from __future__ import annotations

from django.utils import translation

from klantbeeld.web.filled.parting import said


def test_a_value_is_said_in_the_language_of_the_screen() -> None:
    with translation.override("nl"):
        assert said("gender", {"gender": "female"}) == "vrouw"
        assert said("birth_date", {"birth_date": "1984-05-14"}) == "14-5-1984"
    with translation.override("en"):
        assert said("gender", {"gender": "female"}) == "woman"
