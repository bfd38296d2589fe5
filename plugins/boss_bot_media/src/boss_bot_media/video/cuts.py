"""Where a video is cut into parts: at key frames, so that each part fits; a pure function of its packets."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from boss_bot_media.probe.packets import PacketFacts

_PACKET_BYTES: Final = 18
"""Size of a packet's entries in the tables of a container."""
_HEAD_BYTES: Final = 4_000


def choose_cuts(packets: Sequence[PacketFacts], limit_bytes: int) -> list[float] | None:
    """Return the start of each part in seconds, or None if the bytes between two key frames do not fit.

    Args:
        packets: All packets of the file.
        limit_bytes: The limit for a part.
    """
    keys = sorted({packet.start_s for packet in packets if packet.is_video and packet.is_key})
    if not keys:
        return None
    sizes = _sum_groups(packets, keys)
    room = limit_bytes - _HEAD_BYTES
    if max(sizes) > room:
        return None
    cuts, used = [-math.inf], 0
    for start_s, size in zip(keys, sizes, strict=True):
        if used + size > room:
            cuts.append(start_s)
            used = 0
        used += size
    return cuts


def find_part(cuts: Sequence[float], start_s: float) -> int:
    """Return the index of the part that holds a time."""
    return max(0, bisect_right(cuts, start_s) - 1)


def _sum_groups(packets: Iterable[PacketFacts], keys: Sequence[float]) -> list[int]:
    """Return the bytes from each key frame to the next one."""
    sizes = [0] * len(keys)
    group = 0
    for packet in packets:
        if packet.is_video and packet.is_key:
            group = find_part(keys, packet.start_s)
        # Pictures that are shown before their key frame belong to it all the same: it is decoded first.
        place = group if packet.is_video else find_part(keys, packet.start_s)
        sizes[place] += packet.size_bytes + _PACKET_BYTES
    return sizes
