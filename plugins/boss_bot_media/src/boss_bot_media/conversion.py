"""The conversion of one file, as a value: where from, where to, with which program, and whom it reports to."""

from collections.abc import Callable
from pathlib import Path

import attrs

from boss_bot_core.plugin import FfmpegMissingError
from boss_bot_media.conditions import Conditions
from boss_bot_media.ffmpeg.run import Ffmpeg, ReportSeconds
from boss_bot_media.probe.model import Probe, VideoTrack

ReportFraction = Callable[[float], None]
"""Called with the part of a conversion that is done, from 0 to 1."""


@attrs.frozen(kw_only=True)
class Conversion:
    """What the code that carries out a plan needs.

    Attributes:
        source: The file.
        directory: The folder for new files.
        probe: The file's facts; its length is measured, not only declared.
        conditions: What the plan depends on.
        program: The ffmpeg, or None if there is none.
        report: Called with the part that is done.
    """

    source: Path
    directory: Path
    probe: Probe
    conditions: Conditions
    program: Ffmpeg | None = None
    report: ReportFraction = attrs.field(default=lambda _: None)

    @property
    def ffmpeg(self) -> Ffmpeg:
        """The ffmpeg.

        Raises:
            FfmpegMissingError: There is none.
        """
        if self.program is None:
            raise FfmpegMissingError("This machine has no ffmpeg.")
        return self.program

    @property
    def track(self) -> VideoTrack:
        """The picture of a file that has one."""
        if self.probe.video is None:
            raise TypeError("a file without a picture is converted as a video")
        return self.probe.video

    def name_output(self, suffix: str, number: int | None = None) -> Path:
        """Return the path of a result: the source's name, with the number of a part."""
        part = "" if number is None else f"-{number}"
        return self.directory / f"{self.source.stem}{part}{suffix}"

    def report_seconds(self, first: float, last: float) -> ReportSeconds:
        """Return a function that reports the seconds of one step, which is the part of the work between two shares."""
        length_s = max(self.probe.duration_s, 0.1)
        return lambda done_s: self.report(first + (last - first) * min(1.0, done_s / length_s))
