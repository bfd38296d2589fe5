"""The processing of one picture: its plan, one act, and the check of what came out."""

import warnings

from PIL import Image

from boss_bot_core.plugin import FileTooLargeError, format_size
from boss_bot_media.images.animation import write_readable
from boss_bot_media.images.animation_encoder import encode_animation
from boss_bot_media.images.attempt import EncodedImage
from boss_bot_media.images.conversion import ImageConversion
from boss_bot_media.images.decoders import register_decoders
from boss_bot_media.images.encodings import EXTENSIONS, list_encodings
from boss_bot_media.images.facts import ImageFacts, read_facts
from boss_bot_media.images.metadata import strip_metadata
from boss_bot_media.images.plan import ImageAction, ImagePlan, plan_image
from boss_bot_media.images.result_check import find_decoding_fault, find_fault
from boss_bot_media.images.still_encoder import encode_still
from boss_bot_media.outcome import Outcome, keep_file


class ImageFaultError(Exception):
    """A picture cannot become what was planned; the text is the sentence that says why."""


def process_image(conversion: ImageConversion) -> Outcome:
    """Make a picture fit and be shown; one that cannot stays as it is, with the reason, if it fits.

    Raises:
        FileTooLargeError: The picture does not fit, and cannot be made to.
        ChoiceNeededError: An animation does not fit as a video either, and a person has to choose.
    """
    register_decoders()
    content = conversion.source.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _carry_out(conversion, content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        reason = "It would unfold to more pixels than are allowed."
    except (OSError, SyntaxError, ValueError) as error:
        reason = f"It cannot be decoded ({type(error).__name__})."
    except ImageFaultError as error:
        reason = str(error)
    if len(content) > conversion.limit_bytes:
        raise FileTooLargeError(reason)
    return keep_file(conversion.source, reason)


def _carry_out(conversion: ImageConversion, content: bytes) -> Outcome:
    facts = read_facts(content, conversion.limit_bytes)
    plan = plan_image(
        facts,
        conversion.limit_bytes,
        strip=conversion.settings.strip_image_metadata,
        has_ffmpeg=conversion.convert_to_video is not None,
    )
    match plan.action:
        case ImageAction.KEEP:
            return keep_file(conversion.source)
        case ImageAction.REFUSE:
            raise ImageFaultError(plan.reason)
        case ImageAction.STRIP:
            stripped = strip_metadata(content, facts.format) or content
            _check(find_fault(stripped, facts, conversion.limit_bytes))
            return conversion.write_result(stripped, conversion.source.suffix, plan.strip_note)
        case ImageAction.TO_VIDEO if conversion.convert_to_video is not None:
            conversion.directory.mkdir(parents=True, exist_ok=True)
            readable = write_readable(conversion.source, content, facts.format, conversion.directory)
            return conversion.convert_to_video(readable)
        case _:
            return _encode(conversion, content, facts, plan)


def _encode(conversion: ImageConversion, content: bytes, facts: ImageFacts, plan: ImagePlan) -> Outcome:
    limit_bytes, lowest_ssim = conversion.encoded_limit_bytes, conversion.settings.lowest_image_similarity
    still: EncodedImage | None = None
    if facts.is_animated:
        result = encode_animation(content, limit_bytes, lowest_ssim)
    else:
        still = encode_still(content, list_encodings(facts), limit_bytes, lowest_ssim)
        result = None if still is None else still.content
    if result is None:
        raise ImageFaultError(f"{plan.reason} Nothing like it fits.")
    _check(
        find_fault(result, facts, limit_bytes) or find_decoding_fault(result, content if facts.is_animated else None)
    )
    detail = _describe(still) if still is not None else f"It was converted to WebP, {format_size(len(result))}."
    suffix = ".webp" if still is None else EXTENSIONS[still.format]
    return conversion.write_result(result, suffix, f"{plan.reason} {detail}")


def _check(fault: str | None) -> None:
    if fault is not None:
        raise ImageFaultError(f"Its conversion failed: the result {fault}.")


def _describe(still: EncodedImage) -> str:
    exactly = "with the source's own quality" if still.format == "JPEG" else "without loss"
    quality = exactly if still.quality is None else f"of quality {still.quality}"
    width, height = still.size
    return f"It was converted to {width}×{height}, {still.format} {quality}, {format_size(len(still.content))}."  # noqa: RUF001 - the sign of a size
