"""The delivery plan: distributes files over messages within their limits. Pure, and testable without Discord."""

from collections.abc import Iterable, Iterator

import attrs

from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.sizes import MEGABYTE

FILES_PER_MESSAGE = 10
"""Discord's limit, which discord.py does not check."""

BATCH_SPAN = 40
"""Largest distance in source order between the files of one message, because the message's nonce encodes them all."""

DEFAULT_REQUEST_BYTES = 100 * MEGABYTE
"""A lost connection wastes too much of a larger request, and the proxy in front of Discord has a limit as well."""


@attrs.frozen(kw_only=True)
class MessageLimits:
    """The limits of one message.

    Attributes:
        file_bytes: Largest file.
        request_bytes: Most bytes of all files together.
        files: Most files.
    """

    file_bytes: int
    request_bytes: int = DEFAULT_REQUEST_BYTES
    files: int = FILES_PER_MESSAGE

    def is_sendable(self, file: DownloadedFile) -> bool:
        """Return whether a message can carry the file."""
        return file.size_bytes <= min(self.file_bytes, self.request_bytes)


@attrs.frozen
class Batch:
    """The files of one message.

    Attributes:
        files: At least one file, in source order.
    """

    files: tuple[DownloadedFile, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions of the files in source order."""
        return tuple(file.position for file in self.files)

    @property
    def size_bytes(self) -> int:
        """The size of all files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def largest_bytes(self) -> int:
        """The size of the largest file."""
        return max(file.size_bytes for file in self.files)


@attrs.frozen(kw_only=True)
class DeliveryPlan:
    """The distribution of a download's files over messages.

    Attributes:
        limits: The limits of the plan.
        batches: The files of each message, in source order.
        left_out: The files that are too large for a message.
    """

    limits: MessageLimits
    batches: tuple[Batch, ...]
    left_out: tuple[DownloadedFile, ...] = ()


def build_plan(files: Iterable[DownloadedFile], limits: MessageLimits) -> DeliveryPlan:
    """Return a plan that contains every file once: in a batch, or in `left_out`.

    Args:
        files: The files to deliver.
        limits: The limits of the destination.
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
    is_near = file.position - current[0].position < BATCH_SPAN
    return is_near and len(current) < limits.files and size_bytes <= limits.request_bytes
