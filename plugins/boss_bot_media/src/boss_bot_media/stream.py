"""The processing of one file with video or sound: its plan, the act, and the check of the result."""

import logging
from pathlib import Path

import attrs
import av

from boss_bot_core.plugin import ChoiceNeededError, FileTooLargeError, format_size
from boss_bot_media.audio.sound_file import make_sound_file
from boss_bot_media.check import find_result_fault
from boss_bot_media.conversion import Conversion
from boss_bot_media.ffmpeg.run import FfmpegError
from boss_bot_media.outcome import Outcome, Processed, keep_file
from boss_bot_media.plan import ChoiceNeeded, Keep, Parts, Plan, Refuse, Remux, SoundOnly, Transcode
from boss_bot_media.planner import prepare_plan
from boss_bot_media.thumbnail import write_thumbnail
from boss_bot_media.video.budget import GOOD_SHARES
from boss_bot_media.video.encode import encode_video
from boss_bot_media.video.parts import cut_parts
from boss_bot_media.video.remux import remux_file

_LOG = logging.getLogger(__name__)


class ResultFaultError(Exception):
    """A result did not pass its check; the text says why."""


class CutError(ResultFaultError):
    """A file cannot be cut into parts; the text says why."""


def process_stream(conversion: Conversion) -> Outcome:
    """Make a file fit and play, or keep it.

    Raises:
        ChoiceNeededError: A person has to choose first.
        FileTooLargeError: The file does not fit, and cannot be made to.
    """
    plan: Plan | None = None
    try:
        conversion, plan = prepare_plan(conversion)
        return _carry_out(conversion, plan)
    except (FfmpegError, av.FFmpegError, ResultFaultError) as error:
        if isinstance(plan, Remux | Parts) and conversion.conditions.copy_fault is None:
            # What cannot be copied can be encoded.
            conditions = attrs.evolve(conversion.conditions, copy_fault=_describe_copy_fault(error), samples=None)
            return process_stream(attrs.evolve(conversion, conditions=conditions))
        _LOG.warning("The conversion of a file failed: %s", error)
        reason = str(error) if isinstance(error, ResultFaultError) else "ffmpeg cannot read or write it."
        return _refuse(conversion, f"Its conversion failed: {reason}")


def _describe_copy_fault(error: Exception) -> str:
    return str(error) if isinstance(error, CutError) else "a copy of its streams does not play"


def _carry_out(conversion: Conversion, plan: Plan) -> Outcome:
    if isinstance(plan, Keep):
        return Outcome(files=(_show(conversion, conversion.source),))
    if isinstance(plan, Refuse):
        return _refuse(conversion, plan.reason)
    if isinstance(plan, ChoiceNeeded):
        raise ChoiceNeededError(plan.reason, choices=plan.choices)
    outputs, done = _convert(conversion, plan)
    _check(conversion, plan, outputs)
    conversion.report(1.0)
    return Outcome(files=tuple(_show(conversion, output) for output in outputs), note=f"{plan.reason} {done}")


def _convert(conversion: Conversion, plan: Remux | Transcode | SoundOnly | Parts) -> tuple[list[Path], str]:
    if isinstance(plan, Remux):
        return [remux_file(conversion, plan)], "Its picture was copied into another file, without a loss."
    if isinstance(plan, SoundOnly):
        return [make_sound_file(conversion, plan.sound)], "Its sound was kept."
    if isinstance(plan, Parts):
        outputs = cut_parts(conversion, plan)
        if outputs is None:
            raise CutError("its key frames are too far apart for the parts")
        return outputs, f"It was cut into {len(outputs)} parts."
    encoded = encode_video(conversion, plan, conversion.name_output(".mp4"))
    size_bytes = encoded.path.stat().st_size
    is_small = plan.picture.rate_bps is None or size_bytes < conversion.conditions.limit_for("video") * GOOD_SHARES[0]
    what = f"It was converted to {plan.picture.width}×{plan.picture.height}, {format_size(size_bytes)}"  # noqa: RUF001 - the sign of a size
    return [encoded.path], what + (", the least that looks the same." if is_small else ".")


def _check(conversion: Conversion, plan: Remux | Transcode | SoundOnly | Parts, outputs: list[Path]) -> None:
    """Check every result.

    Raises:
        ResultFaultError: One is not as planned.
    """
    probe, conditions = conversion.probe, conversion.conditions
    has_video = probe.video is not None and not isinstance(plan, SoundOnly)
    limit_bytes = conditions.limit_for("video" if has_video else "audio")
    if isinstance(plan, Remux):
        limit_bytes = conditions.limit_bytes
    for output in outputs:
        fault = find_result_fault(
            output,
            limit_bytes,
            duration_s=None if isinstance(plan, Parts) else probe.duration_s,
            has_video=has_video,
            has_audio=probe.audio is not None,
        )
        if fault is not None:
            raise ResultFaultError(fault)


def _refuse(conversion: Conversion, reason: str) -> Outcome:
    if conversion.probe.size_bytes > conversion.conditions.limit_bytes:
        raise FileTooLargeError(reason)
    return keep_file(conversion.source, reason)


def _show(conversion: Conversion, path: Path) -> Processed:
    """Return a file with its thumbnail, if it has a picture."""
    return Processed(path=path, thumbnail=write_thumbnail(path, conversion.directory / f"{path.stem}.thumbnail.jpg"))
