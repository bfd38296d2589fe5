"""One pass of an encoding: ffmpeg's arguments for picture and sound, and the part of the work that the pass is."""

from pathlib import Path
from typing import Final

from boss_bot_media.audio.encode import build_tag_arguments
from boss_bot_media.conversion import Conversion
from boss_bot_media.plan import Transcode
from boss_bot_media.video.sound_input import WORK_SHARE, prepare_sound
from boss_bot_media.video.x264 import list_input_arguments, list_picture_arguments

_TIME_PER_SECOND: Final = 40.0
"""The longest time for a second of video: the slowest presets of large pictures, on one core."""
_KEY_FRAME_S: Final = 2


class PassRunner:
    """Runs the passes of one encoding; its sound is made at the beginning, so that its size is known.

    Attributes:
        sound_bytes: Size of the sound.
    """

    def __init__(self, conversion: Conversion, plan: Transcode, output: Path) -> None:
        """Prepare the sound.

        Raises:
            FfmpegError: ffmpeg failed.
        """
        self._conversion, self._picture, self._output = conversion, plan.picture, output
        self._sound = prepare_sound(conversion, plan.sound)
        self.sound_bytes = self._sound.size_bytes

    def run(self, rate_arguments: list[str], first: float, last: float) -> int:
        """Encode the picture, add the sound, and return the size of the result.

        Args:
            rate_arguments: ffmpeg's arguments for the rate of the picture.
            first: The share of the work that is done before.
            last: The share of the work that is done afterwards.

        Raises:
            FfmpegError: ffmpeg failed.
        """
        arguments = list_input_arguments(self._conversion)
        if self._sound.path is not None:
            arguments += ["-protocol_whitelist", "file,pipe", "-i", self._sound.path]
        # The picture comes first: the statistics of a pass have its number in their name.
        arguments += [*list_picture_arguments(self._conversion, self._picture), *rate_arguments]
        arguments += [] if self._sound.path is None else ["-map", "1:a:0", "-c:a", "copy"]
        arguments += build_tag_arguments(keep_tags=self._conversion.conditions.settings.keep_tags)
        self._start([*arguments, "-movflags", "+faststart", "-f", "mp4", self._output], first, last)
        return self._output.stat().st_size

    def run_without_result(self, rate_arguments: list[str], last: float) -> None:
        """Encode the picture only for its statistics; `last` is the share of the work that is done afterwards.

        Raises:
            FfmpegError: ffmpeg failed.
        """
        picture = list_picture_arguments(self._conversion, self._picture)
        arguments = [*list_input_arguments(self._conversion), *picture, *rate_arguments]
        self._start([*arguments, "-an", "-f", "null", "-"], WORK_SHARE, last)

    def _start(self, arguments: list[str | Path], first: float, last: float) -> None:
        time_s = self._conversion.probe.duration_s * _TIME_PER_SECOND
        self._conversion.ffmpeg.run(arguments, time_s=time_s, report=self._conversion.report_seconds(first, last))


def encode_whole(conversion: Conversion, plan: Transcode, output: Path) -> None:
    """Encode a video for its parts, of any size, with a key frame every two seconds.

    Raises:
        FfmpegError: ffmpeg failed.
    """
    # Half of a part is the most that a piece between two key frames may become.
    most_bps = conversion.conditions.limit_for("video") * 8 // (2 * _KEY_FRAME_S)
    rate = ["-crf", str(plan.picture.crf), "-maxrate", str(most_bps), "-bufsize", str(most_bps)]
    keys = ["-force_key_frames", f"expr:gte(t,n_forced*{_KEY_FRAME_S})"]
    PassRunner(conversion, plan, output).run([*rate, *keys], WORK_SHARE, 1.0)
