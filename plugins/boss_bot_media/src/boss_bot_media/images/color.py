"""The conversion of an image's colors to those that every encoder takes: brightness or RGB, with alpha if visible."""

import io

from PIL import Image, ImageCms

from boss_bot_media.images.facts import is_opaque


def normalize_color(image: Image.Image) -> Image.Image:
    """Return an image in mode L, RGB or RGBA; its color profile stays in `info` unless the colors became sRGB."""
    if not is_opaque(image):
        return image.convert("RGBA")
    match image.mode:
        case "1" | "L" | "LA" | "La":
            return _with_profile_of(image, image.convert("L"))
        case "I" | "I;16" | "I;16L" | "I;16B" | "I;16N":
            # 16 bits for each pixel: Pillow's own conversion would cut them off at 255.
            return _with_profile_of(image, image.convert("I").point(lambda value: value * (1 / 256)).convert("L"))
        case "CMYK" | "LAB":
            return _convert_by_profile(image)
        case _:
            return _with_profile_of(image, image.convert("RGB"))


def _with_profile_of(source: Image.Image, result: Image.Image) -> Image.Image:
    profile = source.info.get("icc_profile")
    result.info = {"icc_profile": profile} if profile else {}
    return result


def _convert_by_profile(image: Image.Image) -> Image.Image:
    """Convert to sRGB; without a profile, CMYK is converted by Pillow's simple rule."""
    profile = image.info.get("icc_profile")
    try:
        if profile or image.mode == "LAB":
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile) if profile else ImageCms.createProfile("LAB"))
            result = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if result is not None:
                return _without_profile(result)
    except (ImageCms.PyCMSError, OSError):
        pass  # a damaged profile: the picture is shown without it, as viewers do
    return _without_profile(image.convert("RGB"))


def _without_profile(image: Image.Image) -> Image.Image:
    image.info = {}
    return image
