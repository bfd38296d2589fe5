"""Tests for the visibility of adult media and spoilers."""

import pytest

from boss_bot_core.delivery.deliverer import AdultMediaError
from boss_bot_core.delivery.visibility import Visibility, decide_visibility


@pytest.mark.parametrize(
    ("adult", "spoiler_requested", "age_restricted", "visibility"),
    [
        (False, False, False, Visibility.OPEN),
        (False, False, True, Visibility.OPEN),
        (False, True, False, Visibility.SPOILER),
        (True, False, True, Visibility.SPOILER),
        (True, True, True, Visibility.SPOILER),
    ],
)
def test_the_visibility_depends_on_media_request_and_channel(
    *, adult: bool, spoiler_requested: bool, age_restricted: bool, visibility: Visibility
) -> None:
    assert (
        decide_visibility(adult=adult, spoiler_requested=spoiler_requested, age_restricted=age_restricted) is visibility
    )


@pytest.mark.parametrize("spoiler_requested", [False, True])
def test_adult_media_are_refused_outside_age_restricted_channels_even_as_spoilers(*, spoiler_requested: bool) -> None:
    with pytest.raises(AdultMediaError, match=r"^Marked adult\.$") as refused:
        decide_visibility(adult=True, spoiler_requested=spoiler_requested, age_restricted=False)
    assert refused.value.user_message == "Marked adult. Use an age-restricted channel."
