"""What the queue refuses, each told in one sentence and with the facts as attributes."""

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import BossBotError


class QueueError(BossBotError):
    """The queue cannot do what was asked."""


class UnknownItemError(QueueError):
    """No download has this id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"There is no download #{wanted}.")
        self.wanted = wanted


class AmbiguousIdError(QueueError):
    """Several downloads' ids begin like this.

    Attributes:
        candidates: Some of them, newest first.
    """

    def __init__(self, prefix: str, candidates: tuple[DownloadItem, ...]) -> None:
        names = ", ".join(f"#{item.id.hex[: len(prefix) + 4]}" for item in candidates)
        super().__init__(f"#{prefix} may be any of {names}: give more of the id.")
        self.prefix = prefix
        self.candidates = candidates


class StaleClaimError(QueueError):
    """The writer no longer owns the download: it was given back, ended, or claimed again. Nothing was written.

    Attributes:
        claim: The claim under which the writer acted.
        current: The download as it is.
    """

    def __init__(self, claim: int, current: DownloadItem) -> None:
        super().__init__(
            f"Claim {claim} on download #{current.short_id} has ended: "
            f"the download is {current.status} under claim {current.claim}."
        )
        self.claim = claim
        self.current = current


class TransitionRefusedError(QueueError):
    """The transition table does not let the download become what was asked.

    Attributes:
        item: The download as it is.
        wanted: The status asked for.
    """

    def __init__(self, item: DownloadItem, wanted: DownloadStatus) -> None:
        super().__init__(f"Download #{item.short_id} is {item.status} and cannot become {wanted}.")
        self.item = item
        self.wanted = wanted


class DispatcherRunningError(QueueError):
    """Another process already works on this folder's queue."""
