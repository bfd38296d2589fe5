"""The encoding of a video: the sound first, whose size is then known; then the picture, into what is left."""

from pathlib import Path
from typing import Final

import attrs

from boss_bot_media.audio.encode import build_tag_arguments
from boss_bot_media.conversion import Conversion
from boss_bot_media.plan import Transcode
from boss_bot_media.video.budget import GOOD_SHARES, TARGET_SHARE, correct_rate, find_picture_rate
from boss_bot_media.video.sound_input import WORK_SHARE, prepare_sound
from boss_bot_media.video.x264 import list_input_arguments, list_picture_arguments

_TIME_PER_SECOND: Final = 40.0
"""The longest time for a second of video: the slowest presets of large pictures, on one core."""
_MAX_TRIES: Final = 4
_KEY_FRAME_S: Final = 2
_FIRST_PASS_END: Final = 0.35
"""The share of the work that is done after the first pass."""


@attrs.frozen(kw_only=True)
class Encoded:
    """An encoded video.

    Attributes:
        path: The file.
        first_share: The size of the first try, as a share of the limit.
        tries: How often the last pass ran.
    """

    path: Path
    first_share: float
    tries: int


def encode_video(conversion: Conversion, plan: Transcode, output: Path) -> Encoded:
    """Encode a video as planned; a result that misses its budget is corrected by a further last pass.

    Raises:
        FfmpegError: ffmpeg failed.
    """
    return _VideoEncoder(conversion, plan, output).encode()


def encode_whole(conversion: Conversion, plan: Transcode, output: Path) -> None:
    """Encode a video for its parts, of any size, with a key frame every two seconds.

    Raises:
        FfmpegError: ffmpeg failed.
    """
    # Half of a part is the most that a piece between two key frames may become.
    most_bps = conversion.conditions.limit_for("video") * 8 // (2 * _KEY_FRAME_S)
    rate = ["-crf", str(plan.picture.crf), "-maxrate", str(most_bps), "-bufsize", str(most_bps)]
    keys = ["-force_key_frames", f"expr:gte(t,n_forced*{_KEY_FRAME_S})"]
    _VideoEncoder(conversion, plan, output).run([*rate, *keys], WORK_SHARE, 1.0)


class _VideoEncoder:
    def __init__(self, conversion: Conversion, plan: Transcode, output: Path) -> None:
        self._conversion, self._picture, self._output = conversion, plan.picture, output
        self._limit_bytes = conversion.conditions.limit_for("video")
        self._sound = prepare_sound(conversion, plan.sound)

    def encode(self) -> Encoded:
        if self._picture.rate_bps is None:
            self.run(["-crf", str(self._picture.crf)], WORK_SHARE, 1.0)
            first_share = self._output.stat().st_size / self._limit_bytes
            if first_share <= 1:
                return Encoded(path=self._output, first_share=first_share, tries=1)
        rate_bps, rest_bytes = self._find_rate(), self._estimate_rest()
        self._run_first_pass(rate_bps)
        low, high = (round(self._limit_bytes * share) for share in GOOD_SHARES)
        sizes: list[int] = []
        tries: list[tuple[int, float]] = []
        while True:
            self.run([*self._list_pass(2), "-b:v", str(rate_bps)], _FIRST_PASS_END, 1.0)
            sizes.append(self._output.stat().st_size)
            tries.append((rate_bps, max(1.0, sizes[-1] - rest_bytes)))
            # A picture that needs no more bits stays small, however many it is given.
            if low <= sizes[-1] <= high or len(tries) == _MAX_TRIES or (sizes[-1] < low and len(tries) > 1):
                return Encoded(path=self._output, first_share=sizes[0] / self._limit_bytes, tries=len(tries))
            rate_bps = correct_rate(tries, self._limit_bytes * TARGET_SHARE - rest_bytes)

    def _find_rate(self) -> int:
        fps = self._picture.fps or self._conversion.track.fps
        rate_bps = find_picture_rate(self._limit_bytes, self._conversion.probe.duration_s, fps, self._sound.size_bytes)
        return max(1_000, rate_bps)

    def _estimate_rest(self) -> float:
        """Return the bytes of the result that are not the picture: sound and tables."""
        probe, fps = self._conversion.probe, self._picture.fps or self._conversion.track.fps
        picture_bps = find_picture_rate(self._limit_bytes, probe.duration_s, fps, self._sound.size_bytes, share=1.0)
        return self._limit_bytes - picture_bps * probe.duration_s / 8

    def _run_first_pass(self, rate_bps: int) -> None:
        picture = list_picture_arguments(self._conversion, self._picture)
        arguments = [*list_input_arguments(self._conversion), *picture, *self._list_pass(1)]
        self._start([*arguments, "-b:v", str(rate_bps), "-an", "-f", "null", "-"], WORK_SHARE, _FIRST_PASS_END)

    def run(self, rate_arguments: list[str], first: float, last: float) -> None:
        """Encode the picture and add the sound; `first` and `last` are the shares of the work around it."""
        arguments = list_input_arguments(self._conversion)
        if self._sound.path is not None:
            arguments += ["-protocol_whitelist", "file,pipe", "-i", self._sound.path]
        # The picture comes first: the statistics of a pass have its number in their name.
        arguments += [*list_picture_arguments(self._conversion, self._picture), *rate_arguments]
        arguments += [] if self._sound.path is None else ["-map", "1:a:0", "-c:a", "copy"]
        arguments += build_tag_arguments(keep_tags=self._conversion.conditions.settings.keep_tags)
        self._start([*arguments, "-movflags", "+faststart", "-f", "mp4", self._output], first, last)

    def _start(self, arguments: list[str | Path], first: float, last: float) -> None:
        time_s = self._conversion.probe.duration_s * _TIME_PER_SECOND
        self._conversion.ffmpeg.run(arguments, time_s=time_s, report=self._conversion.report_seconds(first, last))

    def _list_pass(self, number: int) -> list[str]:
        return ["-pass", str(number), "-passlogfile", str(self._conversion.directory / "pass")]
