"""The processing of one picture: its plan, one act, and the check of what came out."""

import warnings
from pathlib import Path

import attrs
from PIL import Image

from boss_bot_core.plugin import format_size
from boss_bot_media._settings import MediaSettings
from boss_bot_media.images.animation_encoder import encode_animation
from boss_bot_media.images.decoders import register_decoders
from boss_bot_media.images.encodings import EXTENSIONS, list_encodings
from boss_bot_media.images.facts import ImageFacts, read_facts
from boss_bot_media.images.metadata import strip_metadata
from boss_bot_media.images.plan import ImageAction, ImagePlan, plan_image
from boss_bot_media.images.result_check import find_decoding_fault, find_fault
from boss_bot_media.images.still_encoder import encode_still
from boss_bot_media.outcome import Outcome, Processed, keep_file


@attrs.frozen
class _Result:
    content: bytes
    extension: str
    detail: str = ""


def process_image(path: Path, directory: Path, limit_bytes: int, settings: MediaSettings) -> Outcome:
    """Return what becomes of a picture; one that cannot be read, or made to fit, stays as it is, with the reason.

    Args:
        path: The picture.
        directory: Folder of the result; created when there is one.
        limit_bytes: Largest size of the result.
        settings: The operator's settings.
    """
    register_decoders()
    content = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            facts = read_facts(content, limit_bytes)
            plan = plan_image(facts, limit_bytes, strip=settings.strip_image_metadata, has_ffmpeg=False)
            if plan.action in {ImageAction.KEEP, ImageAction.REFUSE}:
                return keep_file(path, plan.reason if plan.action is ImageAction.REFUSE else None)
            result = _act(content, facts, plan, limit_bytes, settings)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return keep_file(path, "The picture would unfold to more pixels than are allowed.")
        except (OSError, SyntaxError, ValueError) as error:
            return keep_file(path, f"The picture stays as it is: it cannot be decoded ({type(error).__name__}).")
    if result is None:
        return keep_file(path, f"The picture stays as it is: nothing like it fits into {format_size(limit_bytes)}.")
    if fault := _find_fault(result, content, facts, plan, limit_bytes):
        return keep_file(path, f"The picture stays as it is: the new one {fault}.")
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / f"{path.stem}{result.extension or path.suffix}"
    target.write_bytes(result.content)
    return Outcome(files=(Processed(path=target),), note=f"{plan.reason}{result.detail}")


def _act(
    content: bytes, facts: ImageFacts, plan: ImagePlan, limit_bytes: int, settings: MediaSettings
) -> _Result | None:
    if plan.action is ImageAction.STRIP:
        stripped = strip_metadata(content, facts.format)
        return None if stripped is None else _Result(stripped, "")
    if facts.is_animated:
        animation = encode_animation(content, limit_bytes, settings.lowest_image_similarity)
        return None if animation is None else _Result(animation, ".webp")
    still = encode_still(content, list_encodings(facts), limit_bytes, settings.lowest_image_similarity)
    if still is None:
        return None
    exactly = "with the source's own quality" if still.format == "JPEG" else "without loss"
    quality = exactly if still.quality is None else f"quality {still.quality}"
    width, height = still.size
    detail = f" It is now {still.format}, {quality}, {width} by {height} pixels, {format_size(len(still.content))}."
    return _Result(still.content, EXTENSIONS[still.format], detail)


def _find_fault(result: _Result, content: bytes, facts: ImageFacts, plan: ImagePlan, limit_bytes: int) -> str | None:
    # Where only metadata was cut out, every byte of the compressed picture is the source's own.
    fault = find_fault(result.content, facts, limit_bytes)
    if fault is None and plan.action is not ImageAction.STRIP:
        fault = find_decoding_fault(result.content, content if facts.is_animated else None)
    return fault
