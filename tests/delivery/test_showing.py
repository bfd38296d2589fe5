"""Who may be shown what."""

import pytest

from boss_bot_core.delivery.deliverer import AdultMediaError
from boss_bot_core.delivery.visibility import Showing, showing_of


@pytest.mark.parametrize(
    ("adult", "veil_wished", "age_restricted", "showing"),
    [
        (False, False, False, Showing.OPEN),
        (False, False, True, Showing.OPEN),
        (False, True, False, Showing.VEILED),
        (True, False, True, Showing.VEILED),
        (True, True, True, Showing.VEILED),
    ],
)
def test_how_media_are_shown(*, adult: bool, veil_wished: bool, age_restricted: bool, showing: Showing) -> None:
    assert showing_of(adult=adult, veil_wished=veil_wished, age_restricted=age_restricted) is showing


@pytest.mark.parametrize("veil_wished", [False, True])
def test_adult_media_are_refused_elsewhere_even_behind_a_veil(*, veil_wished: bool) -> None:
    with pytest.raises(AdultMediaError, match=r"^Marked adult\.$") as refused:
        showing_of(adult=True, veil_wished=veil_wished, age_restricted=False)
    assert refused.value.user_message == "Marked adult. Use an age-restricted channel."
