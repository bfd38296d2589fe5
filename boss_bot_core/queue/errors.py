"""The errors of the queue, each with a one-sentence message and its facts as attributes."""

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import BossBotError


class QueueError(BossBotError):
    """Base class of the queue's errors."""


class UnknownItemError(QueueError):
    """No download has the given id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"There is no download #{wanted}.")
        self.wanted = wanted


class AmbiguousIdError(QueueError):
    """The ids of several downloads start with the given prefix.

    Attributes:
        candidates: Some of these downloads, newest first.
    """

    def __init__(self, prefix: str, candidates: tuple[DownloadItem, ...]) -> None:
        names = ", ".join(f"#{item.id.hex[: len(prefix) + 4]}" for item in candidates)
        super().__init__(f"#{prefix} may be any of {names}: give more of the id.")
        self.prefix = prefix
        self.candidates = candidates


class StaleClaimError(QueueError):
    """The writer's claim has ended: the download was released, finished, or claimed again. Nothing was written.

    Attributes:
        claim: The writer's claim.
        current: The download's current state.
    """

    def __init__(self, claim: int, current: DownloadItem) -> None:
        super().__init__(
            f"Claim {claim} on download #{current.short_id} has ended: "
            f"the download is {current.status} under claim {current.claim}."
        )
        self.claim = claim
        self.current = current


class TransitionRefusedError(QueueError):
    """The transition table does not allow the requested status.

    Attributes:
        item: The download's current state.
        wanted: The requested status.
    """

    def __init__(self, item: DownloadItem, wanted: DownloadStatus) -> None:
        super().__init__(f"Download #{item.short_id} is {item.status} and cannot become {wanted}.")
        self.item = item
        self.wanted = wanted


class DispatcherRunningError(QueueError):
    """Another process already dispatches the queue of this data folder."""


class DispatcherElsewhereError(DispatcherRunningError):
    """A process with another data folder dispatches the queue; it cannot deliver to folders of this machine."""
