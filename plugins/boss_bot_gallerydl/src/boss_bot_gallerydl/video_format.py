"""Which video and which sound of a stream to take, for gallery-dl's yt-dlp downloader.

yt-dlp's own expressions limit each part alone (`bv*[filesize<8M]+ba` chose 9.0 MB); this counts both against one
budget.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from boss_bot_core.plugin import DownloadOptions

_MARGIN: Final = 0.97
"""Share of the target that may be planned with: the container needs the rest."""

_TRUSTED_SHARE: Final = 0.1
"""An estimate below this share of the target is good enough: bitrates are seldom wrong by ten times."""

Format = dict[str, Any]
Measure = Callable[[str], int | None]


class VideoFormat:
    """A format selector for yt-dlp's option `format`.

    Args:
        options: The requester's wishes; the quality counts.
        target_bytes: Most bytes of video and sound together; where nothing fits, the smallest is taken.

    Attributes:
        duration_s: Length of the video at hand in seconds, when known: sizes are estimated with it.
        measure: Asks the site for the size of the file at an address, in bytes.
    """

    def __init__(self, options: DownloadOptions, target_bytes: int) -> None:
        self._tallest = None if options.quality == "best" else int(options.quality)
        self._budget = target_bytes * _MARGIN
        self.duration_s: float | None = None
        self.measure: Measure = _unknown

    def __call__(self, context: Mapping[str, Any]) -> Iterator[Format]:
        """Yield the choice; yt-dlp sorts its formats from worst to best."""
        formats: list[Format] = context["formats"]
        pictures = [it for it in formats if it.get("vcodec") != "none"]
        sounds = [it for it in formats if it.get("vcodec") == "none" and it.get("acodec") != "none"]
        sound = sounds[-1] if sounds else None
        low_enough = [it for it in pictures if self._tallest is None or lines(it) <= self._tallest]
        wanted = low_enough or pictures[:1]
        room = self._budget - self._size(sound)
        # The largest first: each that is measured costs a request.
        fitting = (it for it in reversed(wanted) if self._size(it) <= room)
        if picture := next(fitting, wanted[0] if wanted else None):
            yield _merged(picture, sound) if sound and picture.get("acodec") in (None, "none") else picture

    def _size(self, fmt: Format | None) -> float:
        if fmt is None:
            return 0.0
        if fmt.get("filesize"):
            return float(fmt["filesize"])
        estimate = float(fmt.get("filesize_approx") or (fmt.get("tbr") or 0) * 125 * (self.duration_s or 0))
        if 0 < estimate < self._budget * _TRUSTED_SHARE or not fmt.get("url") or fmt.get("fragments"):
            return estimate
        fmt["filesize"] = self.measure(fmt["url"])
        return float(fmt["filesize"] or estimate)


def _unknown(_: str) -> None:
    """Stand in for `measure` where nobody can be asked."""


def lines(fmt: Mapping[str, Any]) -> int:
    """Return a format's lines: its shorter side, so that an upright 720x1280 counts as 720."""
    return min(fmt.get("height") or 0, fmt.get("width") or fmt.get("height") or 0)


def _merged(picture: Format, sound: Format) -> Format:
    return {
        "format_id": f"{picture['format_id']}+{sound['format_id']}",
        "ext": "mp4" if picture.get("ext") == "mp4" else "mkv",
        "requested_formats": [picture, sound],
        "protocol": f"{picture.get('protocol')}+{sound.get('protocol')}",
        **{key: picture.get(key) for key in ("width", "height", "vcodec")},
        "acodec": sound.get("acodec"),
    }
