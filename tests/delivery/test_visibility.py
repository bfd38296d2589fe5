"""Who may be shown what."""

import pytest

from boss_bot_core.delivery.deliverer import AdultMediaError
from boss_bot_core.delivery.visibility import Visibility, decide_visibility


@pytest.mark.parametrize(
    ("adult", "veil_wished", "age_restricted", "showing"),
    [
        (False, False, False, Visibility.OPEN),
        (False, False, True, Visibility.OPEN),
        (False, True, False, Visibility.SPOILER),
        (True, False, True, Visibility.SPOILER),
        (True, True, True, Visibility.SPOILER),
    ],
)
def test_how_media_are_shown(*, adult: bool, veil_wished: bool, age_restricted: bool, showing: Visibility) -> None:
    assert decide_visibility(adult=adult, spoiler_requested=veil_wished, age_restricted=age_restricted) is showing


@pytest.mark.parametrize("veil_wished", [False, True])
def test_adult_media_are_refused_elsewhere_even_behind_a_veil(*, veil_wished: bool) -> None:
    with pytest.raises(AdultMediaError, match=r"^Marked adult\.$") as refused:
        decide_visibility(adult=True, spoiler_requested=veil_wished, age_restricted=False)
    assert refused.value.user_message == "Marked adult. Use an age-restricted channel."
