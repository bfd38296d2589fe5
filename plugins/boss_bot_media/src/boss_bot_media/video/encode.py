"""The encoding of a video: the sound first, whose size is then known; then the picture, into what is left."""

from pathlib import Path
from typing import Final

import attrs

from boss_bot_media.conversion import Conversion
from boss_bot_media.plan import Transcode
from boss_bot_media.video.budget import GOOD_SHARES, TARGET_SHARE, correct_rate, find_picture_rate, raise_rate
from boss_bot_media.video.first_pass_quality import find_crf
from boss_bot_media.video.pass_runner import PassRunner
from boss_bot_media.video.samples import is_short
from boss_bot_media.video.sound_input import WORK_SHARE
from boss_bot_media.video.x264 import list_pass_arguments

_MAX_TRIES: Final = 4
_LEAST_CRF: Final = 1.0
_FULL_SHARE: Final = 0.93
"""The share of the limit from which on the first pass of a short clip is its result."""
_FIRST_PASS_END: Final = 0.35
"""The share of the work that is done after the first pass."""


@attrs.frozen(kw_only=True)
class Encoded:
    """An encoded video.

    Attributes:
        path: The file.
        first_share: The size of the first try, as a share of the limit.
        tries: How many results were encoded.
    """

    path: Path
    first_share: float
    tries: int


def encode_video(conversion: Conversion, plan: Transcode, output: Path) -> Encoded:
    """Encode a video as planned; a result that misses its budget is corrected by a further last pass.

    Raises:
        FfmpegError: ffmpeg failed.
    """
    limit_bytes = conversion.conditions.limit_for("video")
    sizes = _VideoEncoder(conversion, plan, output).encode()
    return Encoded(path=output, first_share=sizes[0] / limit_bytes, tries=len(sizes))


class _VideoEncoder:
    """Encodes one video; each method returns the sizes of its results, of which the last one stays."""

    def __init__(self, conversion: Conversion, plan: Transcode, output: Path) -> None:
        self._conversion, self._picture = conversion, plan.picture
        self._limit_bytes = conversion.conditions.limit_for("video")
        self._runner = PassRunner(conversion, plan, output)

    def encode(self) -> list[int]:
        rate_bps = max(1_000, self._find_rate(TARGET_SHARE))
        crf = None
        if self._picture.rate_bps is not None:
            crf = find_crf(self._conversion, self._picture, rate_bps, self._picture.crf)
        if crf is not None:
            return self._fill(crf, rate_bps)
        size_bytes = self._runner.run(["-crf", str(self._picture.crf)], WORK_SHARE, 1.0)
        if size_bytes <= self._limit_bytes:
            return [size_bytes]
        crf = find_crf(self._conversion, self._picture, rate_bps, _LEAST_CRF) or _LEAST_CRF
        return [size_bytes, *self._fill(crf, rate_bps)]

    def _fill(self, crf: float, rate_bps: int) -> list[int]:
        # What is not the picture: sound and tables.
        rest_bytes = self._limit_bytes - self._find_rate(1.0) * self._conversion.probe.duration_s / 8
        wanted_bytes = self._limit_bytes * TARGET_SHARE - rest_bytes
        first = [*list_pass_arguments(self._conversion, 1), "-crf", f"{crf:.2f}"]
        if is_short(self._conversion.probe.duration_s):
            # x264 has no time to even out what a quick pass leaves out. A whole one may be good enough by itself.
            size_bytes = self._runner.run([*first, "-fastfirstpass", "0"], WORK_SHARE, _FIRST_PASS_END)
            if _FULL_SHARE * self._limit_bytes <= size_bytes <= self._limit_bytes:
                return [size_bytes]
            rate_bps = raise_rate(rate_bps, max(1.0, size_bytes - rest_bytes), wanted_bytes)
        else:
            self._runner.run_without_result(first, _FIRST_PASS_END)
        low, high = (round(self._limit_bytes * share) for share in GOOD_SHARES)
        sizes: list[int] = []
        tries: list[tuple[int, float]] = []
        while True:
            second = [*list_pass_arguments(self._conversion, 2), "-b:v", str(rate_bps)]
            sizes.append(self._runner.run(second, _FIRST_PASS_END, 1.0))
            tries.append((rate_bps, max(1.0, sizes[-1] - rest_bytes)))
            # A picture that needs no more bits stays small, however many it is given.
            if low <= sizes[-1] <= high or len(tries) == _MAX_TRIES or (sizes[-1] < low and len(tries) > 1):
                return sizes
            rate_bps = correct_rate(tries, wanted_bytes)

    def _find_rate(self, share: float) -> int:
        """Return the bits per second with which the picture fills its part of a share of the limit."""
        duration_s, fps = self._conversion.probe.duration_s, self._picture.fps or self._conversion.track.fps
        return find_picture_rate(self._limit_bytes, duration_s, fps, self._runner.sound_bytes, share)
