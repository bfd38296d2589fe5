"""The ways to encode a still picture, in the order in which they are tried: without loss first. Pure."""

from typing import Final, Literal

import attrs

from boss_bot_media.images.facts import ImageFacts

EncodedFormat = Literal["JPEG", "PNG", "WEBP"]

EXTENSIONS: Final[dict[EncodedFormat, str]] = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
LOWEST_QUALITY: Final = 40
"""Below it a smaller picture looks better than one of the same size with more pixels."""
_MAX_WEBP_SIDE: Final = 16_383


@attrs.frozen
class Encoding:
    """One way to encode a picture.

    Attributes:
        format: Pillow's name of the format.
        highest_quality: The quality at which the search begins; None encodes without loss, or as the source is encoded.
    """

    format: EncodedFormat
    highest_quality: int | None = None


def list_encodings(facts: ImageFacts) -> tuple[Encoding, ...]:
    """Return the ways to encode a picture: the first one whose result fits, and looks well enough, is taken."""
    has_webp = max(facts.width, facts.height) <= _MAX_WEBP_SIDE
    match facts.format:
        case "JPEG" | "MPO":
            # Turned and encoded with the tables of the source, it loses next to nothing.
            return Encoding("JPEG"), Encoding("JPEG", 95)
        case "WEBP":
            return (Encoding("WEBP") if facts.is_lossless else Encoding("WEBP", 95), Encoding("WEBP", 90))
        case "AVIF" | "HEIF":
            return (Encoding("JPEG", 90) if facts.is_opaque or not has_webp else Encoding("WEBP", 90),)
        case _:
            lossless = (Encoding("PNG"), Encoding("WEBP")) if has_webp else (Encoding("PNG"),)
            return (*lossless, Encoding("JPEG", 95) if facts.is_opaque or not has_webp else Encoding("WEBP", 95))
