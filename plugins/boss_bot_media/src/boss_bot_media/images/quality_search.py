"""The search for the best quality whose result fits: pure, over any function that measures a result's size."""

from collections.abc import Callable


def search_quality(measure_size: Callable[[int], int], limit_bytes: int, lowest: int, highest: int) -> int | None:
    """Return the highest quality whose result has at most `limit_bytes`, or None when the lowest one has more.

    Args:
        measure_size: Returns the size in bytes at a quality; sizes grow with the quality.
        limit_bytes: Largest size.
        lowest: The lowest quality.
        highest: The highest quality; tried first, because most pictures fit at once.
    """
    if measure_size(highest) <= limit_bytes:
        return highest
    if lowest == highest or measure_size(lowest) > limit_bytes:
        return None
    while highest - lowest > 1:
        middle = (lowest + highest) // 2
        if measure_size(middle) <= limit_bytes:
            lowest = middle
        else:
            highest = middle
    return lowest
