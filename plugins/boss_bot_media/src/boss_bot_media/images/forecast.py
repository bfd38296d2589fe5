"""The forecast of a picture: its plan in a form for people and programs, made without a conversion."""

from pathlib import Path

from boss_bot_media._settings import MediaSettings
from boss_bot_media.forecast import Forecast
from boss_bot_media.images.decoders import register_decoders
from boss_bot_media.images.facts import ImageFacts, read_facts
from boss_bot_media.images.plan import plan_image


def forecast_image(path: Path, limit_bytes: int, settings: MediaSettings, *, has_ffmpeg: bool) -> Forecast:
    """Return the plan of a picture.

    Args:
        path: The file.
        limit_bytes: The limit for its size.
        settings: The operator's settings.
        has_ffmpeg: Whether an animation can become a video.

    Raises:
        OSError: The file cannot be read.
    """
    register_decoders()
    facts = read_facts(path.read_bytes(), limit_bytes)
    plan = plan_image(facts, limit_bytes, strip=settings.strip_image_metadata, has_ffmpeg=has_ffmpeg)
    return Forecast(
        size_bytes=facts.size_bytes, facts=describe_picture(facts), plan=plan.action.value, reason=plan.reason
    )


def describe_picture(facts: ImageFacts) -> str:
    """Return what a picture is, in words: its format, its size, and what is special about it."""
    words = [f"{facts.format} {facts.width}×{facts.height}"]  # noqa: RUF001 - the sign of a size
    words += [f"{facts.frames} frames"] if facts.is_animated else []
    words += ["turned"] if facts.is_turned else []
    words += [] if facts.stripped_bytes in {None, facts.size_bytes} else ["with metadata"]
    return ", ".join(words)
