"""From what was written to a typed value: the one cattrs converter of the settings.

Paths are why it is made anew for each load: they are relative to whatever names them, and that changes on the way.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar, cast, get_args, get_origin

import typed_settings as ts
from cattrs import Converter
from typed_settings.converters import PathConverter

from boss_bot_core.settings.network_parsers import parse_table

ExistingFile = Annotated[Path, "a file that can be read"]
CookieFiles = Annotated[Mapping[str, Path], "files by platform"]

_P = TypeVar("_P", bound=Path)
Parse = Callable[[object], object]


class _HomePaths(PathConverter):
    """Absolute paths: `~` is the home folder, and the rest is relative to the folder that `chdir` set."""

    def __call__(self, value: Path | str, cls: type[_P]) -> _P:
        written = cast("object", value)  # TOML decides what it is, not the annotation
        if not isinstance(written, str | Path) or not str(written).strip():
            raise ValueError("a path")
        return super().__call__(Path(written).expanduser(), cls)


def build_converter() -> Converter:
    """Return a converter for every type of setting; what it raises is a `ValueError` that names what is expected."""
    paths = _HomePaths()

    def existing(value: object, owner: str = "") -> Path:
        path = paths(cast("str", value), Path)
        if not path.is_file() or not os.access(path, os.R_OK):
            raise ValueError(f"a file that can be read{owner}")
        return path

    def cookies(value: object) -> Mapping[str, Path]:
        table = parse_table(value, entry="twitter=/path/cookies.txt")
        return MappingProxyType({platform: existing(path, f" for {platform}") for platform, path in table.items()})

    converter = Converter()
    converter.register_structure_hook(Path, paths)
    converter.register_structure_hook_func(_has_parser, lambda value, kind: get_args(kind)[1](value))
    _register_type(converter, ExistingFile, existing)
    _register_type(converter, CookieFiles, cookies)
    _register_type(converter, ts.Secret[str], _parse_secret)
    return converter


def _register_type(converter: Converter, kind: object, parse: Parse) -> None:
    converter.register_structure_hook_func(lambda asked: asked == kind, lambda value, _: parse(value))


def _has_parser(kind: object) -> bool:
    return get_origin(kind) is Annotated and callable(get_args(kind)[1])


def _parse_secret(value: object) -> ts.Secret[str]:
    text = value.get_secret_value() if isinstance(value, ts.Secret) else value
    if not isinstance(text, str) or not text.strip() or not text.strip().isprintable():
        raise ValueError("one line of text")
    return ts.Secret(text.strip())
