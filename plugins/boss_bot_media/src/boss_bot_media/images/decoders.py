"""The decoder that Pillow does not bring along: HEIC, by libheif, where the extra `heif` is installed."""

from contextlib import suppress
from functools import cache


@cache
def register_decoders() -> None:
    """Let Pillow read HEIC pictures if it can; the second and later calls do nothing."""
    with suppress(ImportError):
        from pi_heif import register_heif_opener  # noqa: PLC0415 - 8 MB, which not every installation has

        register_heif_opener()
