"""Loads the settings: the environment overrides config.toml, and the command line overrides both.

Every value of every source is checked, even if another source overrides it, and all problems are reported at once.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs
import platformdirs
import typed_settings as ts
from cattrs import Converter
from typed_settings.converters import get_path_converter_from
from typed_settings.dict_utils import merge_settings, set_path
from typed_settings.types import LoadedSettings, SettingsDict

from boss_bot_core.settings.catalog import CONFIG_FILE_VARIABLE, list_definitions, without_texts
from boss_bot_core.settings.converter import build_converter
from boss_bot_core.settings.layer import SettingProblem, SettingsLayer, build_settings_error
from boss_bot_core.settings.model import Settings
from boss_bot_core.settings.sources import ENVIRONMENT, read_environment, read_file, read_overrides
from boss_bot_core.settings.storage import APP_NAME

CONFIG_FILE_NAME = "config.toml"


@attrs.frozen(kw_only=True)
class ResolvedSettings:
    """The settings, and the source of each.

    Attributes:
        settings: The settings.
        sources: Source by flat name, for settings that are not at their default.
        config_file: The path of config.toml; the file may not exist.
    """

    settings: Settings
    sources: Mapping[str, str]
    config_file: Path


def find_config_file(environ: Mapping[str, str] | None = None) -> Path:
    """Return the path of config.toml: `BOSS_BOT_CONFIG_FILE`, or the file in the user's configuration folder."""
    named = (os.environ if environ is None else environ).get(CONFIG_FILE_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / CONFIG_FILE_NAME


def load(
    overrides: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    config_file: Path | None = None,
) -> Settings:
    """Load the settings.

    Args:
        overrides: Values of the command line by flat name; None means that an option was not given.
        environ: The environment; by default that of the process.
        config_file: The file to read; by default the result of `find_config_file`.

    Raises:
        SettingsError: The settings cannot be used; the text lists all problems.
    """
    return load_with_sources(overrides, environ=environ, config_file=config_file).settings


def load_with_sources(
    overrides: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    config_file: Path | None = None,
) -> ResolvedSettings:
    """Load the settings as `load` does, with the source of each.

    Raises:
        SettingsError: See `load`.
    """
    environ = os.environ if environ is None else environ
    file = config_file or find_config_file(environ)
    required = config_file is not None or bool(environ.get(CONFIG_FILE_VARIABLE))
    layers = (read_file(file, required=required), read_environment(environ), read_overrides(overrides or {}))
    converter = build_converter()
    problems = [problem for layer in layers for problem in (*layer.problems, *_find_problems(layer, converter))]
    if problems:
        raise build_settings_error(problems)
    with without_texts():
        state = ts.SettingsState(Settings, (), (), converter, Path.cwd())
    merged = merge_settings(state.options, [LoadedSettings(_to_nested(layer), layer.meta) for layer in layers])
    sources = {path.rpartition(".")[2]: value.loader_meta.name for path, value in merged.items()}
    plugins = tuple(layer.for_plugins for layer in layers if layer.plugin_values)
    settings = attrs.evolve(ts.convert(merged, state), plugins=plugins)
    return ResolvedSettings(settings=settings, sources=sources, config_file=file)


def _find_problems(layer: SettingsLayer, converter: Converter) -> Iterator[SettingProblem]:
    paths = get_path_converter_from(converter)
    for entry in [list_definitions()[name] for name in layer.values if name in list_definitions()]:
        value = layer.values[entry.name]
        try:
            with paths.chdir(layer.folder):
                converter.structure(value, entry.option.cls)
        except ValueError as error:
            got = "" if entry.is_confidential else f", got {value!r}"
            path = entry.env if layer.name == ENVIRONMENT else entry.name
            yield SettingProblem(path=path, source=layer.name, text=f"expected {error}{got}")


def _to_nested(layer: SettingsLayer) -> SettingsDict:
    nested: SettingsDict = {}
    for name, value in layer.values.items():
        set_path(nested, list_definitions()[name].option.path, value)
    return nested
