"""The cattrs converter of the settings, from written values to typed values.

A converter is built for each load because it holds the folder that relative paths refer to, and that differs by source.
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

_PathT = TypeVar("_PathT", bound=Path)
Parser = Callable[[object], object]


class _HomePaths(PathConverter):
    """Converts to absolute paths: `~` is the home folder, and other paths are relative to the folder set by `chdir`."""

    def __call__(self, value: Path | str, cls: type[_PathT]) -> _PathT:
        written = cast("object", value)  # TOML decides the type, not the annotation
        if not isinstance(written, str | Path) or not str(written).strip():
            raise ValueError("a path")
        return super().__call__(Path(written).expanduser(), cls)


def build_converter() -> Converter:
    """Return a converter for all types of settings; its `ValueError`s say which value is expected."""
    paths = _HomePaths()

    def parse_existing_file(value: object, owner: str = "") -> Path:
        path = paths(cast("str", value), Path)
        if not path.is_file() or not os.access(path, os.R_OK):
            raise ValueError(f"a file that can be read{owner}")
        return path

    def parse_cookie_files(value: object) -> Mapping[str, Path]:
        table = parse_table(value, entry="twitter=/path/cookies.txt")
        return MappingProxyType(
            {platform: parse_existing_file(path, f" for {platform}") for platform, path in table.items()}
        )

    converter = Converter()
    converter.register_structure_hook(Path, paths)
    converter.register_structure_hook_func(_has_parser, lambda value, kind: get_args(kind)[1](value))
    _register_type(converter, ExistingFile, parse_existing_file)
    _register_type(converter, CookieFiles, parse_cookie_files)
    _register_type(converter, ts.Secret[str], _parse_secret)
    return converter


def _register_type(converter: Converter, kind: object, parse: Parser) -> None:
    converter.register_structure_hook_func(lambda requested: requested == kind, lambda value, _: parse(value))


def _has_parser(kind: object) -> bool:
    return get_origin(kind) is Annotated and callable(get_args(kind)[1])


def _parse_secret(value: object) -> ts.Secret[str]:
    text = value.get_secret_value() if isinstance(value, ts.Secret) else value
    if not isinstance(text, str) or not text.strip() or not text.strip().isprintable():
        raise ValueError("one line of text")
    return ts.Secret(text.strip())
