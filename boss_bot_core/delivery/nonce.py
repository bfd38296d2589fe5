"""The nonce of a message with files: it names the download and which of its files the message carries.

Discord answers a repeated nonce with the first message, so two tries of one message must have the same, and two
messages never. As it also tells the files, what has arrived is known exactly, even when the rest is planned anew with
other limits.
"""

import string
from collections.abc import Sequence
from uuid import UUID

from boss_bot_core.delivery.plan import BATCH_SPAN

MAX_LENGTH = 25
"""Discord's."""

_ITEM_LENGTH = 12
_DIGITS = string.digits + string.ascii_lowercase


def nonce_of(item_id: UUID, positions: Sequence[int]) -> str:
    """Return the nonce of the message that carries the files at `positions`.

    Args:
        item_id: The download.
        positions: Places in source order, ascending, less than `BATCH_SPAN` apart.

    Raises:
        ValueError: They are further apart, or there are too many files to count.
    """
    first = positions[0]
    offsets = sum(1 << (position - first) for position in positions)
    nonce = f"{item_id.hex[:_ITEM_LENGTH]}.{_to_text(first)}.{_to_text(offsets)}"
    if offsets >> BATCH_SPAN or len(nonce) > MAX_LENGTH:
        raise ValueError(f"no nonce can name the files {positions}")
    return nonce


def positions_of(nonce: str) -> tuple[int, ...]:
    """Return the places in source order of the files in the message with this nonce."""
    _, first, offsets = nonce.split(".")
    mask = int(offsets, base=36)
    return tuple(int(first, base=36) + offset for offset in range(mask.bit_length()) if mask >> offset & 1)


def _to_text(number: int) -> str:
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text
