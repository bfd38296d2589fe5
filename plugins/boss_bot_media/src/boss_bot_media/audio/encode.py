"""The encoding of a file's sound: into a file of its own, or as a part of a video's encoding."""

from pathlib import Path

from boss_bot_media.ffmpeg.run import Ffmpeg, ReportSeconds
from boss_bot_media.targets import SoundTarget

_ENCODERS = {"copy": "copy", "aac": "aac", "opus": "libopus"}


def build_sound_arguments(target: SoundTarget) -> list[str]:
    """Return ffmpeg's arguments for the sound of a result."""
    arguments = ["-c:a", _ENCODERS[target.codec]]
    if target.codec == "opus":
        # Its free variable rate gives a pure tone half as much again.
        arguments += ["-vbr", "constrained"]
    if target.codec != "copy":
        arguments += ["-b:a", str(target.rate_bps), "-ac", str(target.channels)]
        # Opus knows no 44.1 kHz; AAC's older decoders know nothing above 48 kHz.
        arguments += ["-ar", "48000"]
    return arguments


def encode_sound(
    ffmpeg: Ffmpeg,
    source: Path,
    output: Path,
    target: SoundTarget,
    duration_s: float,
    *,
    keep_tags: bool = False,
    has_cover: bool = False,
    report: ReportSeconds | None = None,
) -> None:
    """Write the first sound of a file into a file of its own, whose container its suffix tells.

    Args:
        ffmpeg: The program.
        source: The source.
        output: The file to write.
        target: The sound.
        duration_s: Length of the source in seconds.
        keep_tags: Whether title and artist stay.
        has_cover: Whether pictures of the source are covers, which stay.
        report: Called with the seconds that are done.

    Raises:
        FfmpegError: ffmpeg failed.
    """
    arguments: list[str | Path] = ["-protocol_whitelist", "file,pipe", "-i", source, "-map", "0:a:0"]
    if has_cover and output.suffix in {".m4a", ".mp3"}:
        arguments += ["-map", "0:v?", "-c:v", "copy", "-disposition:v", "attached_pic"]
    arguments += build_sound_arguments(target) + build_tag_arguments(keep_tags=keep_tags)
    if output.suffix == ".m4a":
        arguments += ["-movflags", "+faststart"]
    ffmpeg.run([*arguments, output], time_s=duration_s * 2 + 60, report=report)


def build_tag_arguments(*, keep_tags: bool) -> list[str]:
    """Return ffmpeg's arguments for the tags of a result: never a location, nor what the file's writer calls itself."""
    arguments = ["-map_chapters", "-1", "-fflags", "+bitexact", "-map_metadata", "0" if keep_tags else "-1"]
    names = ("location", "location-eng", "com.apple.quicktime.location.ISO6709", "comment") if keep_tags else ()
    for name in names:
        arguments += ["-metadata", f"{name}="]
    return arguments
