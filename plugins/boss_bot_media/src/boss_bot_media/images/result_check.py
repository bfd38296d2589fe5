"""The check of a result: nothing that was encoded is believed before it was read back."""

import io

from PIL import Image, ImageSequence

from boss_bot_media.images.facts import ImageFacts, read_facts


def find_fault(content: bytes, facts: ImageFacts, limit_bytes: int) -> str | None:
    """Return what is wrong with a result, or None; reads its structure, and decodes nothing.

    Args:
        content: The result.
        facts: The picture that it was made from.
        limit_bytes: Largest size of the result.
    """
    if len(content) > limit_bytes:
        return "is larger than allowed"
    try:
        result = read_facts(content, limit_bytes)
    except (OSError, SyntaxError, ValueError) as error:
        return f"cannot be read ({type(error).__name__})"
    # Encoders of animations join equal frames; their durations are checked in `find_decoding_fault`.
    if result.frames > facts.frames or result.is_animated != facts.is_animated:
        return f"has {result.frames} frames in place of {facts.frames}"
    if result.stripped_bytes != len(content) or result.orientation != 1:
        return "still has metadata"
    is_sideways = facts.is_turned and facts.orientation >= 5
    width, height = (facts.height, facts.width) if is_sideways else (facts.width, facts.height)
    # A picture with fewer pixels is rounded to whole ones.
    if abs(result.width * height - result.height * width) > max(width, height):
        return f"has {result.width} by {result.height} pixels"
    return None


def find_decoding_fault(content: bytes, animation: bytes | None) -> str | None:
    """Return what is wrong with an encoded result when it is decoded to its end, or None.

    Args:
        content: The result.
        animation: The animation that must last as long; None for a still picture.
    """
    try:
        duration_ms = _measure_duration_ms(content)
    except (OSError, SyntaxError, ValueError) as error:
        return f"cannot be decoded ({type(error).__name__})"
    if animation is None:
        return None
    expected_ms = _measure_duration_ms(animation)
    return None if abs(duration_ms - expected_ms) <= 100 else f"lasts {duration_ms} ms in place of {expected_ms} ms"


def _measure_duration_ms(content: bytes) -> int:
    """Decode every frame, and return the sum of their durations."""
    duration_ms = 0.0
    with Image.open(io.BytesIO(content)) as image:
        for frame in ImageSequence.Iterator(image):
            frame.load()
            duration_ms += float(frame.info.get("duration") or 0)
    return round(duration_ms)
