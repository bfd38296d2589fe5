"""A video in another container: its picture is copied, its sound is copied or encoded."""

from pathlib import Path

from boss_bot_media.audio.encode import build_sound_arguments, build_tag_arguments
from boss_bot_media.conversion import Conversion
from boss_bot_media.plan import Remux
from boss_bot_media.streams_copy import copy_streams


def remux_file(conversion: Conversion, plan: Remux) -> Path:
    """Copy the picture, copy or encode the sound as planned, and return the new file.

    Raises:
        av.FFmpegError: A stream does not fit the container.
        FfmpegError: The sound cannot be encoded.
    """
    output, keep_tags = conversion.name_output(plan.suffix), conversion.conditions.settings.keep_tags
    if plan.sound is None or plan.sound.codec == "copy":
        copy_streams(conversion.source, output, keep_tags=keep_tags)
        return output
    arguments: list[str | Path] = ["-protocol_whitelist", "file,pipe", "-i", conversion.source, "-map", "0:v:0"]
    arguments += ["-map", "0:a:0", "-c:v", "copy", *build_sound_arguments(plan.sound)]
    arguments += build_tag_arguments(keep_tags=keep_tags)
    arguments += ["-movflags", "+faststart"] if output.suffix == ".mp4" else []
    time_s = conversion.probe.duration_s * 2
    conversion.ffmpeg.run([*arguments, output], time_s=time_s, report=conversion.report_seconds(0.0, 1.0))
    return output
