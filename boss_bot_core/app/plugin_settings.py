"""The operator's settings for plugins: read from all sources, checked, and given to each plugin.

They are apart from the core's settings because only the loaded plugins say which ones there are. A wrong value ends the
use of its plugin, not the start, unless it inspects files: a new version of a plugin may know a setting no more.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping

import attrs

from boss_bot_core.app.cookies import unused_cookie_warnings
from boss_bot_core.log import hide_secrets
from boss_bot_core.plugin.declared_settings import build_settings, list_setting_types, pack_settings
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.setting_types import is_secret_type, parse_setting
from boss_bot_core.settings import PLUGIN_PREFIX, PluginLayer, SettingProblem, Settings, build_settings_error


@attrs.frozen(kw_only=True)
class PluginSettings:
    """The settings of one plugin.

    Attributes:
        values: An object of the plugin's own class; None if it declares no settings, or if there is a problem.
        sources: Source by name, for settings that are not at their default.
        problems: What is wrong with the written values.
    """

    values: object = attrs.field(default=None, repr=False)
    sources: Mapping[str, str] = attrs.field(factory=dict)
    problems: tuple[SettingProblem, ...] = ()


def load_plugins(settings: Settings) -> PluginManager:
    """Load the plugins that are not disabled, each with its settings; a plugin with wrong settings is not in use.

    It raises SettingsError if this plugin inspects files, which would pass unseen.
    """
    plugins = PluginManager.load(settings.download.disabled_plugins)
    for name, found in read_plugin_settings(settings, plugins).items():
        if found.problems:
            if "bossbot_inspect_file" in plugins.loaded[name].hooks:
                raise build_settings_error(found.problems)
            plugins.remove(name, "; ".join(map(str, found.problems)))
        elif found.values is not None:
            plugins.configure(name, found.values)
            hide_secrets(*pack_settings(found.values).secrets)
    return plugins


def read_plugin_settings(settings: Settings, plugins: PluginManager) -> dict[str, PluginSettings]:
    """Return the settings of every plugin in use, by its name."""
    names = _list_names(plugins)
    return {name: _read(name, plugin.settings, settings.plugins, names) for name, plugin in plugins.loaded.items()}


def plugin_warnings(settings: Settings, plugins: PluginManager) -> Iterator[str]:
    """Yield a warning for each plugin that is not in use, and for each value that no plugin uses."""
    for failure in plugins.failures:
        if not failure.disabled:
            yield f"Plugin {failure.name} is not in use: {failure.reason}"
    yield from unused_value_warnings(settings, plugins)


def unused_value_warnings(settings: Settings, plugins: PluginManager) -> Iterator[str]:
    """Yield a warning for each cookie file and each setting of a plugin that is not installed."""
    yield from unused_cookie_warnings(settings, plugins)
    names = _list_names(plugins)
    for layer in settings.plugins:
        for path in layer.values:
            if _find_owner(path, names) is None:
                yield f"{path} ({layer.source}) is a setting of a plugin that is not installed: nobody uses it."


def get_variable(plugin: str, setting: str) -> str:
    """Return the name of the environment variable of a plugin's setting."""
    return f"{PLUGIN_PREFIX}{plugin}_{setting}".upper().replace("-", "_")


def _read(name: str, default: object, layers: Iterable[PluginLayer], names: Iterable[str]) -> PluginSettings:
    kinds = {} if default is None else list_setting_types(default)
    written, sources = dict[str, object](), dict[str, str]()
    problems: list[SettingProblem] = []
    for layer in layers:
        for path, value in layer.values.items():
            if _find_owner(path, names) != name:
                continue
            setting = path.removeprefix(f"plugins.{name}.").removeprefix(get_variable(name, "")).lower()
            if text := _find_problem(setting, kinds, value):
                problems.append(SettingProblem(path=path, source=layer.source, text=text))
            written[setting], sources[setting] = value, layer.source
    if problems or default is None:
        return PluginSettings(problems=tuple(problems))
    try:
        return PluginSettings(values=build_settings(default, written), sources=sources)
    except ValueError as error:  # of the class itself, for values that do not fit together
        text, source = str(error.args[0]), ", ".join(sources.values())
        return PluginSettings(problems=(SettingProblem(path=f"plugins.{name}", source=source, text=text),))


def _find_problem(setting: str, kinds: Mapping[str, object], value: object) -> str | None:
    if setting not in kinds:
        close = difflib.get_close_matches(setting, kinds, n=1)
        return f"unknown setting; did you mean {close[0]}?" if close else "unknown setting"
    try:
        parse_setting(kinds[setting], value)
    except ValueError as error:
        return f"expected {error}" if is_secret_type(kinds[setting]) else f"expected {error}, got {value!r}"
    return None


def _find_owner(path: str, names: Iterable[str]) -> str | None:
    """Return the plugin that a written name belongs to; of two, such as `x` and `x_y`, the longer one."""
    found = [name for name in names if path.startswith((f"plugins.{name}.", get_variable(name, "")))]
    return max(found, key=len, default=None)


def _list_names(plugins: PluginManager) -> set[str]:
    return {*plugins.loaded, *(failure.name for failure in plugins.failures)}
