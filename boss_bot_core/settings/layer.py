"""The values of one source of settings, as they are written there, and the problems of that source.

The values of plugins are apart: their names and types are known only when the plugins are loaded.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

import attrs
from typed_settings.types import LoaderMeta

from boss_bot_core.errors import SettingsError


@attrs.frozen(kw_only=True)
class SettingProblem:
    """One problem of the settings.

    Attributes:
        path: The setting or file with the problem.
        source: The source that contains it.
        text: The problem, and the expected value.
    """

    path: str
    source: str
    text: str

    def __str__(self) -> str:
        return f"{self.path} ({self.source}): {self.text}"


@attrs.frozen(kw_only=True)
class PluginLayer:
    """The values of one source for plugins, which `app/plugin_settings.py` checks.

    Attributes:
        source: Name of the source, as shown to the operator.
        values: The values as written, by `plugins.NAME.SETTING` in a file and by the variable in the environment.
    """

    source: str
    values: Mapping[str, object] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class SettingsLayer:
    """The values of one source.

    Attributes:
        name: Name of the source, as shown to the operator.
        folder: The folder that its relative paths refer to.
        values: The values as written, by flat name.
        plugin_values: The values for plugins, see `PluginLayer`.
        problems: The problems found while reading.
    """

    name: str
    folder: Path
    values: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    plugin_values: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    problems: tuple[SettingProblem, ...] = ()

    @property
    def meta(self) -> LoaderMeta:
        """Name and folder of the source, for typed-settings."""
        return LoaderMeta(self.name, base_dir=self.folder)

    @property
    def for_plugins(self) -> PluginLayer:
        """The values for plugins with the name of their source."""
        return PluginLayer(source=self.name, values=self.plugin_values)


def flatten_tables(tables: object) -> dict[str, object]:
    """Return the values of the tables `[plugins.NAME]` by `plugins.NAME.SETTING`.

    Raises:
        ValueError: They are no such tables; the error's text ends the sentence "expected …".
    """
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ValueError("a table for each plugin, such as [plugins.ytdlp]")
    return {f"plugins.{plugin}.{name}": value for plugin, table in tables.items() for name, value in table.items()}


def build_settings_error(problems: Collection[SettingProblem]) -> SettingsError:
    """Return the error that lists all problems."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return SettingsError("\n  ".join([f"{count} in the settings:", *map(str, problems)]))
