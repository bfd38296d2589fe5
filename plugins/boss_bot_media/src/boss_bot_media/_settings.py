"""The operator's settings of the plugin; the bot imports this module, which imports no decoder."""

from typing import Annotated, Final, Literal

import attrs

KINDS: Final = ("video", "audio", "image")

Preset = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]


def _check_kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    if set(kinds) - set(KINDS):
        raise ValueError("some of " + ", ".join(KINDS))
    return kinds


def _check_nice(number: int) -> int:
    if not 0 <= number <= 19:
        raise ValueError("a number from 0 to 19")
    return number


def _check_share(number: float) -> float:
    if not 0 <= number <= 1:
        raise ValueError("a number from 0 to 1")
    return number


def _check_not_negative(number: int) -> int:
    if number < 0:
        raise ValueError("0 or more")
    return number


NotNegative = Annotated[int, _check_not_negative]


@attrs.frozen(kw_only=True)
class MediaSettings:
    """The settings of the plugin, `[plugins.media]` in config.toml."""

    kinds: Annotated[tuple[str, ...], _check_kinds] = KINDS
    """Kinds of files that are converted, of video, audio and image; others stay as they are."""
    keep_tags: bool = True
    """Whether a converted file keeps its title, artist and other tags; a recorded location is removed in any case."""
    preset: Preset = "medium"
    """x264's preset: a slower one makes better pictures of the same size, and takes more CPU time."""
    nice: Annotated[int, _check_nice] = 10
    """How far conversions give way to other programs, from 0 to 19."""
    min_height: NotNegative = 360
    """Lines that a video never gets below to fit; a person is then offered parts, or the sound alone."""
    min_video_kbps: NotNegative = 300
    """Rate in kbit/s that a video's picture never gets below to fit, unless its picture needs less."""
    ask_after_cpu_s: NotNegative = 120
    """Seconds of CPU time after which a person is asked before a conversion; 0 never asks."""
    strip_image_metadata: bool = True
    """Whether pictures lose their metadata, such as the place where a photo was taken; pixels stay as they are."""
    lowest_image_similarity: Annotated[float, _check_share] = 0.9
    """Least similarity (SSIM, 0 to 1) of a picture that is made to fit; below it the picture gets fewer pixels."""
