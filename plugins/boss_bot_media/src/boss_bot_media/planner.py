"""The plan of any file with streams: by its facts, and once more with samples where an encoding is in question."""

import attrs

from boss_bot_media.audio.plan import plan_audio
from boss_bot_media.conditions import Conditions
from boss_bot_media.conversion import Conversion
from boss_bot_media.ffmpeg.capabilities import read_capabilities
from boss_bot_media.plan import ChoiceNeeded, Keep, Plan, Transcode
from boss_bot_media.probe.model import Probe, VideoTrack
from boss_bot_media.probe.reader import read_duration_s
from boss_bot_media.targets import PictureTarget
from boss_bot_media.video.ladder import list_steps
from boss_bot_media.video.plan import plan_video
from boss_bot_media.video.samples import encode_samples


def plan_file(probe: Probe, conditions: Conditions) -> Plan:
    """Return what is done with a file; a pure function of its arguments."""
    return plan_audio(probe, conditions) if probe.video is None else plan_video(probe, probe.video, conditions)


def prepare_plan(conversion: Conversion, *, with_samples: bool = True) -> tuple[Conversion, Plan]:
    """Return the plan of a file, and the conversion with everything that was found out on the way.

    A file that stays as it is costs one look at its headers. Only for another one, ffmpeg is asked what it can do, the
    length is measured, and samples are encoded.

    Args:
        conversion: The conversion.
        with_samples: Whether samples may be encoded.

    Raises:
        FfmpegError: The samples cannot be encoded.
    """
    plan = plan_file(conversion.probe, conversion.conditions)
    if isinstance(plan, Keep):
        return conversion, plan
    duration_s = read_duration_s(conversion.source) or conversion.probe.duration_s
    tools = read_capabilities(None if conversion.program is None else conversion.program.program)
    conversion = attrs.evolve(
        conversion,
        probe=attrs.evolve(conversion.probe, duration_s=duration_s),
        conditions=attrs.evolve(conversion.conditions, tools=tools),
    )
    plan = plan_file(conversion.probe, conversion.conditions)
    picture = conversion.probe.video
    if with_samples and picture is not None and isinstance(plan, Transcode | ChoiceNeeded):
        target = plan.picture if isinstance(plan, Transcode) else _find_lowest(picture, conversion.conditions)
        samples = encode_samples(conversion, target)
        conversion = attrs.evolve(conversion, conditions=attrs.evolve(conversion.conditions, samples=samples))
        plan = plan_file(conversion.probe, conversion.conditions)
    return conversion, plan


def _find_lowest(track: VideoTrack, conditions: Conditions) -> PictureTarget:
    *_, (width, height, fps) = list_steps(track, conditions.settings.min_height)
    return PictureTarget(width=width, height=height, fps=fps, preset=conditions.settings.preset)
