"""The copy of a file's streams into another container, without a new encoding."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import av

from boss_bot_media.outcome import Outcome, Processed, keep_file
from boss_bot_media.probe.iso_boxes import read_iso_layout

_LOCATION_TAGS: Final = ("location", "gps", "xyz")


def process_stream(path: Path, directory: Path) -> Outcome:
    """Put the index of an MP4 file in front."""
    layout = read_iso_layout(path)
    if layout.index_first and not layout.has_location:
        return keep_file(path)
    target = directory / f"{path.stem}.mp4"
    copy_streams(path, target, keep_tags=True)
    return Outcome(files=(Processed(path=target),), note="The index was put in front, so that playback starts at once.")


def copy_streams(source: Path, target: Path, *, keep_tags: bool) -> None:
    """Copy the first video and the first audio stream into a new container, of the type of the target's name.

    Raises:
        av.FFmpegError: A stream does not fit the container.
    """
    options = {"movflags": "+faststart"} if target.suffix in {".mp4", ".m4a"} else {}
    with (
        av.open(str(source), options={"protocol_whitelist": "file"}, metadata_errors="ignore") as reader,
        av.open(str(target), "w", options=options) as writer,
    ):
        if keep_tags:
            writer.metadata.update(drop_location(reader.metadata))
        streams = (*reader.streams.video[:1], *reader.streams.audio[:1])
        copies = {stream.index: writer.add_stream_from_template(stream) for stream in streams}
        for packet in reader.demux(streams):
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                writer.mux(packet)


def drop_location(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags without those that say where a file was recorded."""
    return {name: text for name, text in tags.items() if not any(word in name.lower() for word in _LOCATION_TAGS)}
