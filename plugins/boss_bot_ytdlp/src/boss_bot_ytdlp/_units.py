"""Sizes as people read them; a megabyte is 1,048,576 bytes throughout."""


def megabytes(size_bytes: int) -> str:
    """Return a size such as `8.0 MB`."""
    return f"{size_bytes / 1_048_576:.1f} MB"
