"""The copy of a file's streams into another container, packet by packet, without a new encoding and without ffmpeg."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av

from boss_bot_media.probe.reader import LOCATION_TAGS
from boss_bot_media.probe.source import find_picture_stream, open_source

if TYPE_CHECKING:
    from av.stream import Stream

_OWN_TAGS: Final = frozenset({"major_brand", "minor_version", "compatible_brands", "encoder"})
"""Tags that describe the container that was left."""


def copy_streams(source: Path, output: Path, *, keep_tags: bool, has_picture: bool = True) -> None:
    """Copy the first video and the first audio stream into a new container, of the type of the output's name.

    Args:
        source: The source.
        output: The file to write.
        keep_tags: Whether title and artist stay.
        has_picture: Whether the picture is copied, too.

    Raises:
        av.FFmpegError: A stream does not fit the container.
    """
    options = {"movflags": "+faststart"} if output.suffix in {".mp4", ".m4a"} else {}
    with open_source(source) as reader, av.open(str(output), "w", options=options) as writer:
        if keep_tags:
            writer.metadata.update(filter_tags(reader.metadata))
        picture = find_picture_stream(reader) if has_picture else None
        streams: list[Stream] = [*((picture,) if picture is not None else ()), *reader.streams.audio[:1]]
        copies = {stream.index: writer.add_stream_from_template(stream) for stream in streams}
        # Broadcasts begin at any time. A player would show nothing until then.
        start_s = Fraction(reader.start_time or 0, av.time_base)
        for packet in reader.demux(streams):
            # The last packet of each stream is empty: it would end an encoder.
            if packet.dts is not None and packet.size:
                shift = round(start_s / packet.time_base)
                packet.dts -= shift
                packet.pts = None if packet.pts is None else packet.pts - shift
                packet.stream = copies[packet.stream.index]
                writer.mux(packet)


def filter_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags of a copy: without those that say where a file was recorded, or what container it was in."""
    return {
        name: text
        for name, text in tags.items()
        if name.lower() not in _OWN_TAGS and not any(word in name.lower() for word in LOCATION_TAGS)
    }
