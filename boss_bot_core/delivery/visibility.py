"""How media may be shown somewhere: openly, behind a spoiler veil, or not at all. Pure."""

from enum import Enum, auto

from boss_bot_core.delivery.deliverer import AdultMediaError


class Visibility(Enum):
    """How files are shown."""

    OPEN = auto()
    SPOILER = auto()


def decide_visibility(*, adult: bool, spoiler_requested: bool, age_restricted: bool) -> Visibility:
    """Return how files may be shown.

    Args:
        adult: Whether the platform marks them as adult.
        spoiler_requested: Whether the requester wants a veil.
        age_restricted: Whether the place is for adults only; direct messages never are.

    Raises:
        AdultMediaError: Adult media outside such a place.
    """
    if adult and not age_restricted:
        raise AdultMediaError("Marked adult.")
    return Visibility.SPOILER if adult or spoiler_requested else Visibility.OPEN
