"""The types that a setting of a plugin can have, and how a written value becomes one of them.

A value is written in config.toml, in an environment variable (then it is a text), or in the message to a worker (then
it is JSON); one rule reads all three.
"""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from boss_bot_core.domain.secret import MIN_SECRET_LENGTH, Secret
from boss_bot_core.domain.service_address import ServiceAddress

SUPPORTED = "bool, int, float, str, Secret, ServiceAddress, tuple[str, ...], a Literal of texts, or one of them or None"

_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def is_setting_type(kind: Any) -> bool:  # noqa: ANN401 - an annotation has no type of its own, here and below
    """Return whether a setting can have this type."""
    if get_origin(kind) is Annotated:
        base, check = get_args(kind)[:2]
        return callable(check) and is_setting_type(base)
    if get_origin(kind) in (Union, UnionType):
        return NoneType in get_args(kind) and is_setting_type(_remove_none(kind))
    if get_origin(kind) is Literal:
        return all(isinstance(choice, str) for choice in get_args(kind))
    return kind in _PARSERS


def is_secret_type(kind: object) -> bool:
    """Return whether a setting of this type is never shown."""
    return kind is Secret or any(map(is_secret_type, get_args(kind)))


def parse_setting(kind: Any, written: object) -> object:  # noqa: ANN401
    """Return a written value as the type of its setting.

    Raises:
        ValueError: The value is wrong; the error's text ends the sentence "expected …".
    """
    if get_origin(kind) is Annotated:
        base, check = get_args(kind)[:2]
        return check(parse_setting(base, written))
    if get_origin(kind) in (Union, UnionType):
        return None if written in (None, "") else parse_setting(_remove_none(kind), written)
    if get_origin(kind) is Literal:
        word = written.strip() if isinstance(written, str) else written
        if word not in get_args(kind):
            raise ValueError("one of " + ", ".join(get_args(kind)))
        return word
    return _PARSERS[kind](written)


def _remove_none(kind: Any) -> Any:  # noqa: ANN401
    return Union[tuple(arm for arm in get_args(kind) if arm is not NoneType)]  # noqa: UP007 - the arms are not known here


def _parse_bool(written: object) -> bool:
    found = _WORDS.get(written.strip().lower()) if isinstance(written, str) else written
    if not isinstance(found, bool):
        raise ValueError("true or false")  # noqa: TRY004 - a wrong value is one kind of error, here and below
    return found


def _parse_int(written: object) -> int:
    number = int(written) if isinstance(written, str) and written.strip().lstrip("-").isdecimal() else written
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError("a whole number")  # noqa: TRY004
    return number


def _parse_float(written: object) -> float:
    try:
        number = math.nan if isinstance(written, bool) or not isinstance(written, str | int | float) else float(written)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("a number")
    return number


def _parse_text(written: object) -> str:
    if not isinstance(written, str) or not written.isprintable():
        raise ValueError("one line of text")
    return written.strip()


def _parse_secret(written: object) -> Secret:
    text = _parse_text(written)
    if len(text) < MIN_SECRET_LENGTH:
        raise ValueError(f"a secret of at least {MIN_SECRET_LENGTH} characters")
    return Secret(text)


def _parse_address(written: object) -> ServiceAddress:
    return ServiceAddress.parse(_parse_text(written))


def _parse_texts(written: object) -> tuple[str, ...]:
    parts = written.split(",") if isinstance(written, str) else written
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("texts, as an array or separated by commas")
    return tuple(_parse_text(part) for part in parts if part.strip())


_PARSERS: Mapping[object, Callable[[object], object]] = MappingProxyType(
    {
        bool: _parse_bool,
        int: _parse_int,
        float: _parse_float,
        str: _parse_text,
        Secret: _parse_secret,
        ServiceAddress: _parse_address,
        tuple[str, ...]: _parse_texts,
    }
)
