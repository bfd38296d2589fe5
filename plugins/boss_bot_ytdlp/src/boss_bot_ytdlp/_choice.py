"""Which version of a video to fetch: the best that plays everywhere and fits, picture and sound counted together.

yt-dlp's own selection language cannot say "together at most" (`bv*[filesize<8M]+ba` brings 9 MB); it takes a function
in its place.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs

from boss_bot_core.plugin import DownloadRequest, FileTooLargeError, NothingFoundError, UnsupportedUrlError
from boss_bot_ytdlp._units import megabytes
from boss_bot_ytdlp._versions import (
    Format,
    Version,
    has_picture,
    has_sound,
    is_exact,
    joined,
    lines,
    plays_everywhere,
    size_of,
    suits,
)

_BYPASSING: Final = ("rtmp", "rtsp", "rtp", "mms", "ftp", "udp")
"""Protocols that ffmpeg would speak past the proxy."""

_GUESS_TOLERANCE: Final = 2
"""A size guessed from a manifest's bit rate, which is the peak, is too high by at most about this factor."""


@attrs.frozen
class VersionChoice:
    """yt-dlp's `format` option as a function.

    Attributes:
        request: The wishes and the sizes.
        chosen: Is told what was chosen.
    """

    request: DownloadRequest
    chosen: Callable[[Version], None]

    def __call__(self, context: dict[str, Any]) -> Iterator[Format]:
        """Yield the one version to fetch.

        Raises:
            FileTooLargeError: Even the smallest is too large.
            NothingFoundError: There is neither picture nor sound.
            UnsupportedUrlError: Picture and sound would have to be joined, and there is no ffmpeg.
        """
        # yt-dlp sorts the worst first; it knows languages and each site's own preferences.
        formats = [part for part in context["formats"] if not str(part.get("protocol")).startswith(_BYPASSING)]
        version = self._pick(self._versions(formats[::-1]))
        self.chosen(version)
        yield version[0] if len(version) == 1 else joined(version)

    def _versions(self, formats: list[Format]) -> list[Version]:
        pictures = [part for part in formats if has_picture(part)]
        sounds = [part for part in formats if not has_picture(part) and has_sound(part)]
        if self.request.options.audio_only:
            return _each(sounds) or _each([part for part in pictures if has_sound(part)])
        pictures = self._low_enough(pictures)
        pictures.sort(key=lambda part: (plays_everywhere(part), lines(part)), reverse=True)
        complete = [version for picture in pictures for version in self._with_sound(picture, sounds)]
        if not complete and pictures and sounds:
            raise UnsupportedUrlError("Picture and sound come apart, and this bot has no ffmpeg to join them.")
        return complete or _each(pictures) or _each(sounds)

    def _with_sound(self, picture: Format, sounds: list[Format]) -> list[Version]:
        if has_sound(picture):
            return [(picture,)]
        if not sounds or self.request.ffmpeg is None:
            return []
        fitting = sorted(sounds, key=lambda sound: suits(picture, sound), reverse=True)
        leanest = min(fitting, key=lambda sound: size_of((sound,)) or 0)
        return [(picture, sound) for sound in (fitting[:1] if leanest is fitting[0] else (fitting[0], leanest))]

    def _low_enough(self, pictures: list[Format]) -> list[Format]:
        if self.request.options.quality == "best" or not pictures:
            return pictures
        limit = max(int(self.request.options.quality), min(lines(part) for part in pictures))
        return [part for part in pictures if lines(part) <= limit]

    def _pick(self, versions: list[Version]) -> Version:
        if not versions:
            raise NothingFoundError("There is neither a picture nor a sound that can be fetched.")
        limit = self.request.max_file_size_bytes
        target = min(limit, self.request.target_file_size_bytes)
        for version in versions:
            size = size_of(version)
            if size is None or size <= target:
                return version
        smallest = min(versions, key=lambda version: size_of(version) or 0)
        size = size_of(smallest) or 0
        if size > (limit if is_exact(smallest) else limit * _GUESS_TOLERANCE):
            raise FileTooLargeError(f"The smallest version has {megabytes(size)}; {megabytes(limit)} are allowed.")
        return smallest


def _each(formats: list[Format]) -> list[Version]:
    return [(part,) for part in formats]
