"""The plan for a picture: what is done with it, and why. A pure function of facts, limit and settings."""

from enum import StrEnum
from typing import Final

import attrs

from boss_bot_core.plugin import format_size
from boss_bot_media.images.facts import ImageFacts

SHOWN_FORMATS: Final = frozenset({"JPEG", "MPO", "PNG", "GIF", "WEBP"})
"""Formats that Discord shows everywhere. Its own apps show AVIF too; an older browser or another program does not."""

MAX_PIXELS: Final = 64_000_000
"""Largest number of pixels of one frame, as in the core's inspection."""
MAX_ENCODED_PIXELS: Final = 128_000_000
"""Largest number of pixels of all frames that are encoded as a picture: all are in memory, with 4 bytes each."""
MAX_VIDEO_PIXELS: Final = 2_000_000_000
"""Largest number of pixels of an animation that becomes a video, which is encoded frame by frame."""

_NAMES: Final = {"HEIF": "HEIC"}


class ImageAction(StrEnum):
    """What is done with a picture."""

    KEEP = "keep"
    STRIP = "strip"
    CONVERT = "convert"
    SHRINK = "shrink"
    TO_VIDEO = "to_video"
    REFUSE = "refuse"


@attrs.frozen
class ImagePlan:
    """The plan for a picture.

    Attributes:
        action: What is done.
        reason: One sentence that says why.
    """

    action: ImageAction
    reason: str

    @property
    def strip_note(self) -> str:
        """What is noted about a picture that has lost its metadata."""
        return f"{self.reason} It was cut out."


def plan_image(facts: ImageFacts, limit_bytes: int, *, strip: bool, has_ffmpeg: bool) -> ImagePlan:
    """Return the plan for a picture.

    Args:
        facts: The picture.
        limit_bytes: Largest size of the result.
        strip: Whether metadata is removed.
        has_ffmpeg: Whether an animation can become a video.
    """
    if facts.width * facts.height > MAX_PIXELS:
        return ImagePlan(ImageAction.REFUSE, "It would unfold to more pixels than are allowed.")
    plan = _plan_untouched(facts, limit_bytes, strip=strip) or _plan_encoding(facts, limit_bytes, has_ffmpeg=has_ffmpeg)
    most = MAX_VIDEO_PIXELS if plan.action is ImageAction.TO_VIDEO else MAX_ENCODED_PIXELS
    if plan.action not in {ImageAction.KEEP, ImageAction.STRIP} and facts.total_pixels > most:
        return ImagePlan(ImageAction.REFUSE, "It has too many frames to encode it again.")
    return plan


def _plan_untouched(facts: ImageFacts, limit_bytes: int, *, strip: bool) -> ImagePlan | None:
    """Return the plan for a picture whose pixels stay as they are, or None when they cannot."""
    if facts.format not in SHOWN_FORMATS or (strip and (facts.stripped_bytes is None or facts.is_turned)):
        return None
    if facts.size_bytes <= limit_bytes and not (strip and facts.stripped_bytes != facts.size_bytes):
        return ImagePlan(ImageAction.KEEP, "It fits, and Discord shows it.")
    if facts.stripped_bytes is None or facts.stripped_bytes > limit_bytes or facts.is_turned:
        return None
    reason = "It has metadata." if strip else "It does not fit with its metadata."
    return ImagePlan(ImageAction.STRIP, reason)


def _plan_encoding(facts: ImageFacts, limit_bytes: int, *, has_ffmpeg: bool) -> ImagePlan:
    name = _NAMES.get(facts.format, facts.format)
    if facts.format not in SHOWN_FORMATS:
        return ImagePlan(ImageAction.CONVERT, f"Discord does not show {name} everywhere.")
    if facts.size_bytes <= limit_bytes and not facts.is_turned:
        return ImagePlan(ImageAction.CONVERT, "Its metadata cannot be cut out.")
    if facts.size_bytes <= limit_bytes:
        return ImagePlan(ImageAction.CONVERT, "It is turned by its metadata.")
    is_video = facts.is_animated and facts.is_opaque and has_ffmpeg
    reason = f"It has {format_size(facts.size_bytes)}, and {format_size(limit_bytes)} are allowed."
    return ImagePlan(ImageAction.TO_VIDEO if is_video else ImageAction.SHRINK, reason)
