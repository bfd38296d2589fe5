"""The sources of settings: config.toml, the environment and the command line; each is read into a `SettingsLayer`."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path

import attrs

from boss_bot_core.settings.catalog import CONFIG_FILE_VARIABLE, ENV_PREFIX, PLUGIN_PREFIX, list_definitions
from boss_bot_core.settings.layer import SettingProblem, SettingsLayer, flatten_tables
from boss_bot_core.settings.parsers import read_text_file

COMMAND_LINE = "command line"
ENVIRONMENT = "environment"


def read_file(path: Path, *, required: bool) -> SettingsLayer:
    """Read config.toml; a missing file is a problem only if it is required."""
    layer = SettingsLayer(name=str(path), folder=path.resolve().parent)
    try:
        written = tomllib.loads(read_text_file(path))
    except FileNotFoundError:
        return attrs.evolve(layer, problems=_build_file_problem(path, "there is no such file") if required else ())
    except OSError as error:
        return attrs.evolve(layer, problems=_build_file_problem(path, f"cannot be read: {error.strerror}"))
    except ValueError as error:  # no text, or no TOML
        return attrs.evolve(layer, problems=_build_file_problem(path, f"is no TOML: {error}"))
    problems = []
    try:
        plugin_values = flatten_tables(written.pop("plugins", {}))
    except ValueError as error:
        plugin_values = {}
        problems.append(SettingProblem(path="plugins", source=str(path), text=f"expected {error}"))
    unknown = written.keys() - list_definitions()
    problems += [SettingProblem(path=name, source=str(path), text=_describe_unknown(name)) for name in unknown]
    return attrs.evolve(layer, values=_clear_empty(written), plugin_values=plugin_values, problems=tuple(problems))


def read_environment(environ: Mapping[str, str]) -> SettingsLayer:
    """Read every `BOSS_BOT_…` variable."""
    by_variable = {entry.env: entry for entry in list_definitions().values()}
    values: dict[str, str] = {}
    for_plugins = {variable: text for variable, text in environ.items() if variable.startswith(PLUGIN_PREFIX)}
    problems = []
    for variable, text in environ.items():
        if not variable.startswith(ENV_PREFIX) or variable in for_plugins or variable == CONFIG_FILE_VARIABLE:
            continue
        if entry := by_variable.get(variable):
            values[entry.name] = text
        else:
            name = variable.removeprefix(ENV_PREFIX).lower()
            problems.append(SettingProblem(path=variable, source=ENVIRONMENT, text=_describe_unknown(name, env=True)))
    return SettingsLayer(
        name=ENVIRONMENT,
        folder=Path.cwd(),
        values=_clear_empty(values),
        plugin_values=for_plugins,
        problems=tuple(problems),
    )


def read_overrides(overrides: Mapping[str, object]) -> SettingsLayer:
    """Read the options of the command line; None means that an option was not given."""
    given = {name: value for name, value in overrides.items() if value is not None}
    unknown = tuple(
        SettingProblem(path=name, source=COMMAND_LINE, text=_describe_unknown(name))
        for name in given.keys() - list_definitions()
    )
    return SettingsLayer(name=COMMAND_LINE, folder=Path.cwd(), values=_clear_empty(given), problems=unknown)


def _clear_empty(values: Mapping[str, object]) -> dict[str, object]:
    # In the environment and in config.toml, an empty text clears a setting that can have no value.
    optional = {name for name, entry in list_definitions().items() if entry.is_optional}
    return {name: None if value == "" and name in optional else value for name, value in values.items()}


def _build_file_problem(path: Path, text: str) -> tuple[SettingProblem, ...]:
    return (SettingProblem(path=str(path), source="config file", text=text),)


def _describe_unknown(name: str, *, env: bool = False) -> str:
    close = difflib.get_close_matches(name, list_definitions(), n=1)
    if not close:
        return "unknown setting"
    return f"unknown setting; did you mean {list_definitions()[close[0]].env if env else close[0]}?"
