"""`VideoFormatSelector`: selects the video and the audio format of a stream, for gallery-dl's yt-dlp downloader.

yt-dlp's own format expressions limit each part alone (`bv*[filesize<8M]+ba` selected 9.0 MB); this selector counts both
against one budget.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from boss_bot_core.plugin import DownloadOptions, FfmpegMissingError

_MARGIN: Final = 0.97
"""Share of the target size that formats may use: the container needs the rest."""

_TRUSTED_SHARE: Final = 0.1
"""An estimate below this share of the target needs no measurement: bitrates are seldom wrong by a factor of ten."""

_SEPARATE: Final = "Picture and sound are separate, and this bot has no ffmpeg to join them."

Format = dict[str, Any]


class VideoFormatSelector:
    """A format selector for yt-dlp's option `format`.

    Args:
        options: The requester's options; only the quality is used.
        target_bytes: Maximum size of video and audio together; if no format fits, the smallest one is selected.
        has_ffmpeg: Whether separate video and audio can be merged.

    Attributes:
        error: Why no format was selected; None if that was not for the lack of ffmpeg. gallery-dl drops exceptions.
        duration_s: Length of the current video in seconds, if known; sizes are estimated with it.
        measure_size: Asks the site for the size in bytes of the file at an address; returns None if it is unknown.
    """

    def __init__(self, options: DownloadOptions, target_bytes: int, *, has_ffmpeg: bool) -> None:
        self._has_ffmpeg = has_ffmpeg
        self.error: FfmpegMissingError | None = None
        self._max_height = None if options.quality == "best" else int(options.quality)
        self._budget = target_bytes * _MARGIN
        self.duration_s: float | None = None
        self.measure_size: Callable[[str], int | None] = lambda _: None

    def start_file(self, measure_size: Callable[[str], int | None]) -> None:
        """Forget the error of the previous file, and measure sizes with this function."""
        self.error, self.measure_size = None, measure_size

    def __call__(self, context: Mapping[str, Any]) -> Iterator[Format]:
        """Yield the selected format; yt-dlp sorts its formats from worst to best."""
        formats: list[Format] = context["formats"]
        videos = [it for it in formats if it.get("vcodec") != "none"]
        audios = [it for it in formats if it.get("vcodec") == "none" and it.get("acodec") != "none"]
        videos.sort(key=_rank_video)
        audio = _choose_audio(audios, videos)
        if audio and not self._has_ffmpeg and videos:
            audio, videos = None, [it for it in videos if _has_audio(it)]
            if not videos:
                self.error = FfmpegMissingError(_SEPARATE)
                return
        allowed = [it for it in videos if self._max_height is None or _get_shorter_side(it) <= self._max_height]
        candidates = allowed or videos[:1]
        video_budget = self._budget - self._get_size(audio)
        # Best first: measuring a format costs one request.
        fitting = (it for it in reversed(candidates) if self._get_size(it) <= video_budget)
        if video := next(fitting, candidates[0] if candidates else None):
            yield video if audio is None or _has_audio(video) else _merge_formats(video, audio)

    def _get_size(self, fmt: Format | None) -> float:
        if fmt is None:
            return 0.0
        if fmt.get("filesize"):
            return float(fmt["filesize"])
        estimate = float(fmt.get("filesize_approx") or (fmt.get("tbr") or 0) * 125 * (self.duration_s or 0))
        if 0 < estimate < self._budget * _TRUSTED_SHARE or not fmt.get("url") or fmt.get("fragments"):
            return estimate
        fmt["filesize"] = self.measure_size(fmt["url"])
        return float(fmt["filesize"] or estimate)


def _has_audio(fmt: Mapping[str, Any]) -> bool:
    return fmt.get("acodec") not in (None, "none")


def _rank_video(fmt: Mapping[str, Any]) -> tuple[bool, int, bool]:
    """Return a sort key, best last: no high dynamic range, then the height, then the codec that every player shows."""
    is_hdr = fmt.get("dynamic_range") not in {None, "SDR"}
    return not is_hdr, _get_shorter_side(fmt), _is_h264(fmt)


def _is_h264(fmt: Mapping[str, Any]) -> bool:
    codec = fmt.get("vcodec")
    return fmt.get("ext") == "mp4" if codec is None else str(codec).startswith(("avc", "h264"))


def _choose_audio(audios: list[Format], videos: list[Format]) -> Format | None:
    """Return the best audio that an MP4 can have, if the best video is for an MP4; yt-dlp's best one otherwise."""
    is_mp4 = bool(videos) and _is_h264(videos[-1])
    aac = [it for it in audios if str(it.get("acodec")).startswith(("mp4a", "aac"))]
    return next(reversed((aac if is_mp4 else []) or audios), None)


def _get_shorter_side(fmt: Mapping[str, Any]) -> int:
    """Return the shorter side of a format in pixels, so that an upright 720x1280 counts as 720."""
    return min(fmt.get("height") or 0, fmt.get("width") or fmt.get("height") or 0)


def _merge_formats(video: Format, audio: Format) -> Format:
    return {
        "format_id": f"{video['format_id']}+{audio['format_id']}",
        "ext": "mp4" if video.get("ext") == "mp4" else "mkv",
        "requested_formats": [video, audio],
        "protocol": f"{video.get('protocol')}+{audio.get('protocol')}",
        **{key: video.get(key) for key in ("width", "height", "vcodec")},
        "acodec": audio.get("acodec"),
    }
