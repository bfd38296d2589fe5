"""The forecast of a file: its plan in a form for people and programs, made without a conversion."""

import os
import re
import tempfile
from pathlib import Path
from typing import Any

import attrs

from boss_bot_media._settings import MediaSettings
from boss_bot_media.conditions import Conditions
from boss_bot_media.conversion import Conversion
from boss_bot_media.ffmpeg.run import Ffmpeg
from boss_bot_media.plan import ChoiceNeeded, Parts, Plan, Remux, SoundOnly, Transcode
from boss_bot_media.planner import prepare_plan
from boss_bot_media.probe.model import Probe
from boss_bot_media.probe.reader import read_probe
from boss_bot_media.video.target import estimate_cpu_s


@attrs.frozen(kw_only=True)
class Forecast:
    """What would become of a file.

    Attributes:
        size_bytes: Its size.
        facts: What it is, in words.
        plan: The name of the plan, such as `transcode`.
        reason: One sentence that says why.
        picture: The picture of the result by field; None where none is encoded.
        sound: The sound of the result by field; None where there is none, or where it stays as it is.
        choices: What a person can choose.
        cpu_s: Seconds of CPU time that an encoding takes.
    """

    size_bytes: int
    facts: str
    plan: str
    reason: str
    picture: dict[str, Any] | None = None
    sound: dict[str, Any] | None = None
    choices: tuple[str, ...] = ()
    cpu_s: float | None = None


def forecast_file(
    path: Path, limit_bytes: int, settings: MediaSettings, ffmpeg: Path | None, *, with_samples: bool
) -> Forecast:
    """Return the plan of a video or audio file.

    Args:
        path: The file.
        limit_bytes: The limit for its size.
        settings: The operator's settings.
        ffmpeg: The program, or None.
        with_samples: Whether short samples are encoded.

    Raises:
        FileRejectedError: The file cannot be read.
    """
    probe = read_probe(path)
    conditions = Conditions(limit_bytes=limit_bytes, settings=settings)
    program = None
    if ffmpeg is not None:
        program = Ffmpeg(program=ffmpeg, threads=os.cpu_count() or 1, nice=settings.nice)
    with tempfile.TemporaryDirectory() as folder:
        conversion = Conversion(
            source=path, directory=Path(folder), probe=probe, conditions=conditions, program=program
        )
        conversion, plan = prepare_plan(conversion, with_samples=with_samples)
    return _build(conversion, plan)


def _build(conversion: Conversion, plan: Plan) -> Forecast:
    picture = plan.picture if isinstance(plan, Transcode | Parts) else None
    sound = plan.sound if isinstance(plan, Transcode | Parts | Remux | SoundOnly) else None
    cpu_s = None
    if picture is not None:
        cpu_s = estimate_cpu_s(conversion.probe.duration_s, picture, conversion.conditions.samples)
    return Forecast(
        size_bytes=conversion.probe.size_bytes,
        facts=describe_file(conversion.probe),
        plan=re.sub(r"(?<=.)([A-Z])", r"_\1", type(plan).__name__).lower(),
        reason=plan.reason,
        picture=None if picture is None else attrs.asdict(picture),
        sound=None if sound is None else attrs.asdict(sound),
        choices=plan.choices if isinstance(plan, ChoiceNeeded) else (),
        cpu_s=cpu_s,
    )


def describe_file(probe: Probe) -> str:
    """Return what a file is, in words: its length, its picture and its sound."""
    words = [f"{probe.duration_s:.1f} s"]
    if probe.video is not None:
        width, height = probe.video.shown_size
        words.append(f"{probe.video.codec} {width}×{height} with {probe.video.fps:.4g} frames/s")  # noqa: RUF001
    if probe.audio is not None:
        words.append(probe.audio.codec)
    return ", ".join(words)
