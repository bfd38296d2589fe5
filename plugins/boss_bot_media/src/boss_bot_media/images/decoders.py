"""The decoders that Pillow does not bring along: HEIC, by libheif."""

from functools import cache

import pi_heif


@cache
def register_decoders() -> None:
    """Let Pillow read HEIC pictures; the second and later calls do nothing."""
    pi_heif.register_heif_opener()
