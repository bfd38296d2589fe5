"""A JPEG is decoded to an eighth of its size: that finds exactly the damage that a whole decoding finds."""

import io
import random
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from boss_bot_core.plugin import FileRejectedError
from boss_bot_core.verification.images import inspect_image

PICTURES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "baseline": ("RGB", {}),
    "full colors": ("RGB", {"subsampling": 0}),
    "progressive": ("RGB", {"progressive": True}),
    "with restarts": ("RGB", {"restart_marker_rows": 1}),
    "grey": ("L", {}),
    "print colors": ("CMYK", {"progressive": True}),
}
DAMAGES = 150


@pytest.mark.parametrize("name", PICTURES)
def test_damage_is_found_as_by_decoding_the_whole_picture(name: str) -> None:
    mode, options = PICTURES[name]
    content = build_picture(mode, options)
    randomness = random.Random(name)
    found = {True: 0, False: 0}
    for _ in range(DAMAGES):
        damaged = damage(content, randomness)
        is_whole = decodes_whole(damaged)
        assert is_accepted(damaged) == is_whole
        found[is_whole] += 1
    assert all(found.values()), "some damage is only seen, and some ends every decoder"


@pytest.mark.parametrize("size", [(1, 1), (7, 9), (8, 8), (123, 45)])
def test_the_size_of_a_reduced_picture_is_its_own(size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG")
    facts = inspect_image(file)
    assert (facts.width, facts.height) == size


def build_picture(mode: str, options: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((120, 90), 50).convert(mode).save(file, "JPEG", quality=80, **options)
    return file.getvalue()


def damage(content: bytes, randomness: random.Random) -> bytes:
    """Cut a file off, overwrite some of its bytes, or take some out."""
    start = randomness.randrange(2, len(content))
    match randomness.randrange(3):
        case 0:
            return content[:start]
        case 1:
            end = start + randomness.randrange(1, 30)
            return content[:start] + randomness.randbytes(end - start) + content[end:]
        case _:
            return content[:start] + content[start + randomness.randrange(1, 200) :]


def decodes_whole(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return True


def is_accepted(content: bytes) -> bool:
    try:
        inspect_image(io.BytesIO(content))
    except FileRejectedError:
        return False
    return True
