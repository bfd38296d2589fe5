"""The verdict on a waiting download's room: the start policy asks for it, and whoever knows the disk gives it.

The queue does not know how much room there is; it only keeps its order when there is none.
"""

from collections.abc import Callable
from enum import Enum, auto

from boss_bot_core.domain.items import DownloadItem


class StartVerdict(Enum):
    """Whether an item has room on the disk to start."""

    START = auto()
    """It has, or will never have and fails at once."""
    HOLD = auto()
    """It has as soon as the running downloads end; until then, no item behind it starts either."""
    PASS_OVER = auto()
    """It has not, and the items behind it may start."""


RoomJudge = Callable[[DownloadItem], StartVerdict]
