"""The inspection of video and audio: PyAV reads the whole file, and decodes its beginning and its end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from boss_bot_core.plugin import FileFacts, FileRejectedError
from boss_bot_core.verification.images import MAX_PIXELS
from boss_bot_core.verification.media_types import CONTAINERS, find_stream_type
from boss_bot_core.verification.tracks import Track, select_tracks
from boss_bot_core.verification.truncation import MICROSECONDS, check_end

_MAX_TIME_S = 20.0
_OPTIONS = {
    # Playlists are excluded, because they refer to other files and addresses. FFmpeg detects the container by content.
    "format_whitelist": ",".join(CONTAINERS),
    "protocol_whitelist": "file",
    "max_pixels": str(MAX_PIXELS),
    "threads": "1",
}


def inspect_stream(path: Path) -> FileFacts:
    """Read a video or audio file and return its facts.

    Raises:
        FileRejectedError: The file is damaged or truncated, has too many pixels, or has an unknown format.
    """
    with _reject_damage(), av.open(str(path), options=_OPTIONS, metadata_errors="ignore") as container:
        _check_pixels(container)
        tracks = select_tracks(container)
        if not tracks:
            raise FileRejectedError("The file has neither video nor sound.")
        deadline = time.monotonic() + _MAX_TIME_S
        _read_packets(container, tracks, deadline)
        if not all(track.frames for track in tracks):
            raise FileRejectedError("The file is damaged: nothing of it can be played.")
        _check_duration(container, tracks)
        check_end(container, tracks[0], deadline)
        return _build_facts(container, tracks)


def _check_pixels(container: InputContainer) -> None:
    # FFmpeg reports a size of 0 when the size exceeds the limit in the options.
    if any(not 0 < video.width * video.height <= MAX_PIXELS for video in container.streams.video):
        raise FileRejectedError("The video would unfold to more pixels than are allowed.")


def _read_packets(container: InputContainer, tracks: list[Track], deadline: float) -> None:
    by_index = {track.stream.index: track for track in tracks}
    for packet in container.demux([track.stream for track in tracks]):
        by_index[packet.stream.index].record_packet(packet)
        if time.monotonic() > deadline:
            raise FileRejectedError("The file takes too long to check.")


def _check_duration(container: InputContainer, tracks: list[Track]) -> None:
    declared_s = (container.duration or 0) / MICROSECONDS
    # The last frame of a Matroska file may last long. There, `is_truncated` has compared the sizes already.
    if "matroska" not in container.format.name and declared_s - _measure_duration_s(tracks) > max(0.5, declared_s / 10):
        raise FileRejectedError("The file is cut off.")


def _measure_duration_s(tracks: list[Track]) -> float:
    return max(track.end_s for track in tracks) - min(track.start_s or 0.0 for track in tracks)


def _build_facts(container: InputContainer, tracks: list[Track]) -> FileFacts:
    first = tracks[0]
    video = first.stream if isinstance(first.stream, VideoStream) else None
    codecs = frozenset(track.stream.codec.canonical_name for track in tracks)
    brand = container.metadata.get("major_brand", "")
    found = find_stream_type(container.format.name, video=video is not None, codecs=codecs, brand=brand)
    if found is None:
        raise FileRejectedError("The file's format is not supported.")
    size = (video.width, video.height) if video is not None else (None, None)
    width, height = reversed(size) if first.rotation else size
    return FileFacts(
        mime_type=found.mime_type,
        extension=found.extension,
        width=width,
        height=height,
        duration_s=round((container.duration or 0) / MICROSECONDS or _measure_duration_s(tracks), 3),
    )


@contextmanager
def _reject_damage() -> Iterator[None]:
    try:
        yield
    except FileRejectedError:
        raise
    except Exception as error:
        raise FileRejectedError("The file is damaged, or not of a supported format.") from error
