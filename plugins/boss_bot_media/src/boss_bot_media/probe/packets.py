"""The packets of a file: how long it really lasts, how large its sound is, and where its video can be cut."""

from collections.abc import Iterator
from itertools import groupby, islice, pairwise
from pathlib import Path
from typing import Final

import attrs
import av
from av.container import InputContainer
from av.stream import Disposition

_MAX_FRAMES: Final = 3_000
"""So many frames show whether a video's frames last differently."""


@attrs.frozen(kw_only=True)
class PacketFacts:
    """One packet of the first video or audio track.

    Attributes:
        is_video: Whether it belongs to the picture.
        is_key: Whether the picture can be decoded from here on.
        start_s: Time at which it is shown, in seconds.
        end_s: Time at which it is over, in seconds.
        size_bytes: Size in bytes.
    """

    is_video: bool
    is_key: bool
    start_s: float
    end_s: float
    size_bytes: int


def read_packets(container: InputContainer) -> Iterator[PacketFacts]:
    """Yield the packets of the first video and the first audio track, in the order of the file."""
    moving = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    for packet in container.demux([*moving[:1], *container.streams.audio[:1]]):
        if packet.pts is None or packet.time_base is None:
            continue
        start_s = float(packet.pts * packet.time_base)
        yield PacketFacts(
            is_video=packet.stream.type == "video",
            is_key=packet.is_keyframe,
            start_s=start_s,
            end_s=start_s + float((packet.duration or 0) * packet.time_base),
            size_bytes=packet.size,
        )


def measure_duration_s(container: InputContainer) -> float:
    """Return how long the first video and the first audio track last together, in seconds."""
    start_s, end_s = float("inf"), 0.0
    for packet in read_packets(container):
        start_s, end_s = min(start_s, packet.start_s), max(end_s, packet.end_s)
    return max(0.0, end_s - start_s)


def measure_frame_durations(container: InputContainer) -> tuple[tuple[int, int], ...]:
    """Return runs of (number of frames, duration of each in the track's units) of the first frames of the picture."""
    moving = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    packets = islice(container.demux(moving[:1]), _MAX_FRAMES)
    times = sorted(packet.pts for packet in packets if packet.pts is not None)
    lengths = (after - before for before, after in pairwise(times))
    return tuple((len(list(run)), length) for length, run in groupby(lengths))


def measure_sound_bytes(path: Path) -> int:
    """Return the bytes of a file's first audio track, without its container."""
    with av.open(str(path), options={"protocol_whitelist": "file"}, metadata_errors="ignore") as container:
        return sum(packet.size for packet in container.demux(container.streams.audio[0]))
