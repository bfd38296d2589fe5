"""`FormatSelector`: selects the best version of a video that every player supports and that fits the size limit.

yt-dlp's format expressions cannot limit video and audio together (`bv*[filesize<8M]+ba` selects 9 MB), but yt-dlp also
accepts a function.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs

from boss_bot_core.plugin import DownloadRequest, FfmpegMissingError, FileTooLargeError, NothingFoundError, format_size
from boss_bot_ytdlp._formats import (
    Format,
    Version,
    estimate_size,
    get_shorter_side,
    has_audio,
    has_video,
    is_size_exact,
    merge_formats,
    rank_audio,
    rank_video,
    replace_unknown_extension,
)
from boss_bot_ytdlp._refused_versions import RefusedVersions
from boss_bot_ytdlp._settings import YtdlpSettings

_UNPROXIED_PROTOCOLS: Final = ("rtmp", "rtsp", "rtp", "mms", "ftp", "udp")
"""Protocols that ffmpeg would use without the proxy."""

_ESTIMATE_TOLERANCE: Final = 2
"""A size estimated from a manifest's bit rate, which is the peak, is too high by at most about this factor."""


@attrs.frozen
class FormatSelector:
    """yt-dlp's `format` option as a function.

    Attributes:
        request: The options and the size limits.
        on_selected: Called with the selected version.
        refused: The versions that were refused, which are left out.
    """

    request: DownloadRequest[YtdlpSettings]
    on_selected: Callable[[Version], None]
    refused: RefusedVersions = attrs.field(factory=RefusedVersions, eq=False)

    def __call__(self, context: dict[str, Any]) -> Iterator[Format]:
        """Yield the one version to fetch.

        Raises:
            FileTooLargeError: Even the smallest version is too large.
            NothingFoundError: There is neither video nor audio.
            FfmpegMissingError: Video and audio would have to be merged or separated, and there is no ffmpeg.
        """
        # yt-dlp sorts from worst to best; its order includes languages and each site's own preferences.
        formats = self.refused.select_allowed(
            [part for part in context["formats"] if not str(part.get("protocol")).startswith(_UNPROXIED_PROTOCOLS)]
        )
        for part in formats:
            replace_unknown_extension(part)
        version = self._select_version(self._list_versions(formats[::-1]))
        self.refused.set_current(version, formats)
        self.on_selected(version)
        yield version[0] if len(version) == 1 else merge_formats(version)

    def _list_versions(self, formats: list[Format]) -> list[Version]:
        videos = [part for part in formats if has_video(part)]
        audios = [part for part in formats if not has_video(part) and has_audio(part)]
        if self.request.options.audio_only:
            sources = audios or [part for part in videos if has_audio(part)]
            if sources and not audios and self.request.ffmpeg is None:
                raise FfmpegMissingError("The sound is part of a video, and this bot has no ffmpeg to take it out.")
            return _as_versions(sources)
        videos = self._limit_quality(videos)
        prefers_h264 = self.request.settings.prefer_h264
        videos.sort(key=lambda part: rank_video(part, prefers_h264=prefers_h264), reverse=True)
        complete = [version for video in videos for version in self._add_audio(video, audios)]
        if not complete and videos and audios:
            raise FfmpegMissingError("Picture and sound are separate, and this bot has no ffmpeg to join them.")
        return complete or _as_versions(videos) or _as_versions(audios)

    def _add_audio(self, video: Format, audios: list[Format]) -> list[Version]:
        if has_audio(video):
            return [(video,)]
        if not audios or self.request.ffmpeg is None:
            return []
        ranked = sorted(audios, key=lambda audio: rank_audio(video, audio), reverse=True)
        smallest = min(ranked, key=lambda audio: estimate_size((audio,)) or 0)
        return [(video, audio) for audio in (ranked[:1] if smallest is ranked[0] else (ranked[0], smallest))]

    def _limit_quality(self, videos: list[Format]) -> list[Format]:
        if self.request.options.quality == "best" or not videos:
            return videos
        limit = max(int(self.request.options.quality), min(get_shorter_side(part) for part in videos))
        return [part for part in videos if get_shorter_side(part) <= limit]

    def _select_version(self, versions: list[Version]) -> Version:
        if not versions:
            raise NothingFoundError("There is neither a picture nor a sound that can be fetched.")
        limit = self.request.max_file_size_bytes
        target = min(limit, self.request.target_file_size_bytes)
        for version in versions:
            size = estimate_size(version)
            if size is None or size <= target:
                return version
        smallest = min(versions, key=lambda version: estimate_size(version) or 0)
        size = estimate_size(smallest) or 0
        if size > (limit if is_size_exact(smallest) else limit * _ESTIMATE_TOLERANCE):
            raise FileTooLargeError(f"The smallest version has {format_size(size)}; {format_size(limit)} are allowed.")
        return smallest


def _as_versions(formats: list[Format]) -> list[Version]:
    return [(part,) for part in formats]
