"""The visibility of delivered media: open, as a spoiler, or refused. Pure."""

from enum import Enum, auto

from boss_bot_core.delivery.deliverer import AdultMediaError


class Visibility(Enum):
    """The ways to show files."""

    OPEN = auto()
    SPOILER = auto()


def decide_visibility(*, adult: bool, spoiler_requested: bool, age_restricted: bool) -> Visibility:
    """Return how files are shown at a destination.

    Args:
        adult: Whether the platform marks the media as adult.
        spoiler_requested: Whether the requester wants spoilers.
        age_restricted: Whether the channel is age-restricted; direct messages never are.

    Raises:
        AdultMediaError: The media are marked as adult, and the channel is not age-restricted.
    """
    if adult and not age_restricted:
        raise AdultMediaError("Marked adult.")
    return Visibility.SPOILER if adult or spoiler_requested else Visibility.OPEN
