"""Hooks that accept a plain value of a message only in its own type: cattrs alone would turn 7 into "7" for a text."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any

_INT64 = 2**63


def _structure_str(value: Any, _: type) -> str:  # noqa: ANN401 - decoded JSON can be any value, here and below
    if type(value) is not str:
        raise TypeError
    # A lone surrogate would raise an error when the text is written to a database or a terminal later.
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _structure_path(value: Any, _: type) -> Path:  # noqa: ANN401
    if type(value) is not str or "\0" in value:
        raise TypeError
    return Path(value)


def structure_int(value: Any, _: type) -> int:  # noqa: ANN401
    """Return a whole number that a database column can hold; raises TypeError for anything else."""
    if type(value) is not int or not -_INT64 <= value < _INT64:
        raise TypeError
    return value


def _structure_float(value: Any, _: type) -> float:  # noqa: ANN401
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _structure_bool(value: Any, _: type) -> bool:  # noqa: ANN401
    if type(value) is not bool:
        raise TypeError
    return value


def _structure_none(value: Any, _: type) -> None:  # noqa: ANN401
    if value is not None:
        raise TypeError


STRICT_HOOKS: Mapping[type, Callable[[Any, type], Any]] = MappingProxyType(
    {
        str: _structure_str,
        Path: _structure_path,
        int: structure_int,
        float: _structure_float,
        bool: _structure_bool,
        NoneType: _structure_none,
    }
)
"""For each type the function that returns a value of it, and raises TypeError for a value of another type."""
