"""The reference of the plugins' settings: rows for `boss-bot settings show`, the template and the manual."""

import json
from collections.abc import Iterator, Mapping

from boss_bot_core.app.plugin_settings import PluginSettings, get_variable, read_plugin_settings
from boss_bot_core.domain.secret import Secret
from boss_bot_core.plugin.declared_settings import list_setting_types, to_text
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import MASK, SettingRow, Settings, build_settings_error, read_setting_texts


def describe_plugin_settings(settings: Settings, plugins: PluginManager) -> tuple[SettingRow, ...]:
    """Return a row for every setting of every plugin in use, without any secret.

    Raises:
        SettingsError: Written values are wrong; the text lists all problems.
    """
    found = read_plugin_settings(settings, plugins)
    if problems := [problem for each in found.values() for problem in each.problems]:
        raise build_settings_error(problems)
    return tuple(row for name, each in found.items() for row in _build_rows(name, _get_default(plugins, name), each))


def build_plugin_template(plugins: PluginManager) -> str:
    """Return the part of a config.toml that explains every setting of the plugins, commented out, at its default."""
    lines = []
    for name in plugins.loaded:
        default = _get_default(plugins, name)
        for number, (setting, text) in enumerate(_read_texts(default).items()):
            value = getattr(default, setting)
            written = '""' if value is None else json.dumps(value, default=to_text, ensure_ascii=False)
            lines += ([] if number else [f"# [plugins.{name}]"]) + [f"# {text}", f"# {setting} = {written}", ""]
    return "\n".join(lines)


def _build_rows(plugin: str, default: object, found: PluginSettings) -> Iterator[SettingRow]:
    for setting, text in _read_texts(default).items():
        yield SettingRow(
            name=f"plugins.{plugin}.{setting}",
            env=get_variable(plugin, setting),
            group=f"plugins.{plugin}",
            default=_format(getattr(default, setting)),
            help=text,
            value=_format(getattr(found.values, setting)),
            source=found.sources.get(setting, "default"),
        )


def _get_default(plugins: PluginManager, plugin: str) -> object:
    # A plugin that is loaded for the bot has the operator's settings.
    settings = plugins.get_settings(plugin)
    return None if settings is None else type(settings)()


def _read_texts(default: object) -> Mapping[str, str]:
    return (
        {}
        if default is None
        else {name: read_setting_texts(type(default))[name] for name in list_setting_types(default)}
    )


def _format(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Secret):
        return MASK
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)
