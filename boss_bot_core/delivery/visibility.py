"""How media may be shown somewhere: openly, behind a spoiler veil, or not at all. Pure."""

from enum import Enum, auto

from boss_bot_core.delivery.deliverer import AdultMediaError


class Showing(Enum):
    """How files are shown."""

    OPEN = auto()
    VEILED = auto()


def showing_of(*, adult: bool, veil_wished: bool, age_restricted: bool) -> Showing:
    """Return how files may be shown.

    Args:
        adult: Whether the platform marks them as adult.
        veil_wished: Whether the requester wants a veil.
        age_restricted: Whether the place is for adults only; direct messages never are.

    Raises:
        AdultMediaError: Adult media outside such a place.
    """
    if adult and not age_restricted:
        raise AdultMediaError("Marked adult.")
    return Showing.VEILED if adult or veil_wished else Showing.OPEN
