"""Which files go into which message: pure, so that every case can be tested without a Discord."""

from collections.abc import Iterable, Iterator

import attrs

from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.sizes import MEGABYTE

FILES_PER_MESSAGE = 10
"""Discord's limit; discord.py does not check it."""

BATCH_SPAN = 40
"""How far apart, in source order, the files of one message may be: its nonce names them all."""

DEFAULT_REQUEST_BYTES = 100 * MEGABYTE
"""More in one request, and a lost connection costs too much; the proxy before Discord has a limit as well."""


@attrs.frozen(kw_only=True)
class MessageLimits:
    """What one message may carry.

    Attributes:
        file_bytes: Largest file.
        request_bytes: Most bytes of all its files together.
        files: Most files.
    """

    file_bytes: int
    request_bytes: int = DEFAULT_REQUEST_BYTES
    files: int = FILES_PER_MESSAGE

    def is_sendable(self, file: DownloadedFile) -> bool:
        """Tell whether the file can be sent at all."""
        return file.size_bytes <= min(self.file_bytes, self.request_bytes)


@attrs.frozen
class Batch:
    """One message's files.

    Attributes:
        files: In source order, at least one.
    """

    files: tuple[DownloadedFile, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The files' places in source order."""
        return tuple(file.position for file in self.files)

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def largest_bytes(self) -> int:
        """The largest file alone."""
        return max(file.size_bytes for file in self.files)


@attrs.frozen(kw_only=True)
class DeliveryPlan:
    """How a download's files are delivered.

    Attributes:
        limits: What it was made with.
        batches: The messages, in source order.
        left_out: Files that no message may carry.
    """

    limits: MessageLimits
    batches: tuple[Batch, ...]
    left_out: tuple[DownloadedFile, ...] = ()


def build_plan(files: Iterable[DownloadedFile], limits: MessageLimits) -> DeliveryPlan:
    """Return every file once: in a batch, or among those left out.

    Args:
        files: What is to be delivered.
        limits: Of the place.
    """
    in_order = sorted(files, key=lambda file: file.position)
    left_out = tuple(file for file in in_order if not limits.is_sendable(file))
    batches = tuple(_split_into_batches((file for file in in_order if limits.is_sendable(file)), limits))
    return DeliveryPlan(limits=limits, batches=batches, left_out=left_out)


def _split_into_batches(files: Iterable[DownloadedFile], limits: MessageLimits) -> Iterator[Batch]:
    current: list[DownloadedFile] = []
    for file in files:
        if current and not _fits(current, file, limits):
            yield Batch(tuple(current))
            current = []
        current.append(file)
    if current:
        yield Batch(tuple(current))


def _fits(current: list[DownloadedFile], file: DownloadedFile, limits: MessageLimits) -> bool:
    size_bytes = sum(each.size_bytes for each in current) + file.size_bytes
    near = file.position - current[0].position < BATCH_SPAN
    return near and len(current) < limits.files and size_bytes <= limits.request_bytes
