"""The reading of a file's facts: its headers, and one decoded frame."""

from pathlib import Path
from typing import Final

import attrs
from av.container import InputContainer

from boss_bot_core.plugin import FileRejectedError
from boss_bot_media.probe.iso_boxes import IsoLayout, read_iso_layout
from boss_bot_media.probe.model import ISO, MATROSKA, AudioTrack, Probe
from boss_bot_media.probe.packets import measure_duration_s, measure_frame_durations
from boss_bot_media.probe.picture import read_picture
from boss_bot_media.probe.source import find_picture_stream, open_source

_MICROSECONDS: Final = 1_000_000
_HEAD_BYTES: Final = 64
LOCATION_TAGS: Final = ("location", "gps", "xyz")
"""Parts of the names of tags that say where a file was recorded."""


def read_probe(path: Path) -> Probe:
    """Return the facts about a file.

    Raises:
        FileRejectedError: The file cannot be read, or has neither video nor sound.
    """
    with open_source(path) as container:
        layout = read_iso_layout(path) if container.format.name == ISO else IsoLayout()
        picture = find_picture_stream(container)
        durations = layout.frame_durations
        if picture is not None and container.format.name == MATROSKA:
            durations = _measure_durations(path)
        audio = _read_sound(container)
        if picture is None and audio is None:
            raise FileRejectedError("The file has neither video nor sound.")
        tags = [name.lower() for name in container.metadata]
        probe = Probe(
            container=container.format.name,
            brand=_read_brand(path, container),
            size_bytes=path.stat().st_size,
            duration_s=(container.duration or 0) / _MICROSECONDS,
            audio=audio,
            video=None if picture is None else read_picture(container, picture, durations),
            index_first=layout.index_first,
            has_location=layout.has_location or any(word in tag for tag in tags for word in LOCATION_TAGS),
        )
    return probe if probe.duration_s else attrs.evolve(probe, duration_s=read_duration_s(path))


def read_duration_s(path: Path) -> float:
    """Return how long a file really lasts, in seconds; its headers may lie, or say nothing."""
    with open_source(path) as container:
        return measure_duration_s(container)


def _measure_durations(path: Path) -> tuple[tuple[int, int], ...]:
    """Return the frame durations of a file that has no table of them."""
    with open_source(path) as container:
        return measure_frame_durations(container)


def _read_brand(path: Path, container: InputContainer) -> str:
    if container.format.name != MATROSKA:
        return container.metadata.get("major_brand", "").strip()
    with path.open("rb") as stream:
        return "webm" if b"webm" in stream.read(_HEAD_BYTES) else "matroska"


def _read_sound(container: InputContainer) -> AudioTrack | None:
    for stream in container.streams.audio:
        context = stream.codec_context
        return AudioTrack(
            codec=context.codec.canonical_name,
            channels=context.channels,
            sample_rate=context.sample_rate or 48_000,
            rate_bps=stream.bit_rate or context.bit_rate or 0,
        )
    return None
