"""The reference of the settings: rows for `boss-bot settings show` and the docs, and a template of config.toml."""

import json
import re
from collections.abc import Mapping

import attrs

from boss_bot_core.domain.sizes import GIGABYTE, MEGABYTE
from boss_bot_core.settings.catalog import SettingDefinition, list_definitions
from boss_bot_core.settings.load import ResolvedSettings
from boss_bot_core.settings.model import Settings

MASK = "***"
_UNITS = ((GIGABYTE, "GB"), (MEGABYTE, "MB"))
_TABLES = {"cookies": 'twitter = "x-cookies.txt"', "host_overrides": '"x.com" = "127.0.0.1:8443"'}


@attrs.frozen(kw_only=True)
class SettingRow:
    """One setting as shown to the operator; no text contains a secret.

    Attributes:
        name: Name in config.toml.
        env: Name in the environment.
        group: The section that it belongs to.
        default: Its default value; empty if it has none.
        help: What the setting does.
        value: Its current value; empty if it has none.
        source: The source of the current value, or `default`.
    """

    name: str
    env: str
    group: str
    default: str
    help: str
    value: str
    source: str


def describe_settings(loaded: ResolvedSettings | None = None) -> tuple[SettingRow, ...]:
    """Return a row for every setting, with the values of `loaded` or the defaults, without any secret."""
    current = Settings() if loaded is None else loaded.settings
    sources: Mapping[str, str] = {} if loaded is None else loaded.sources
    return tuple(
        SettingRow(
            name=entry.name,
            env=entry.env,
            group=entry.group,
            default=_format_value(entry, Settings()),
            help=entry.help,
            value=_format_value(entry, current),
            source=sources.get(entry.name, "default"),
        )
        for entry in list_definitions().values()
    )


def config_template() -> str:
    """Return a config.toml in which every setting is explained and commented out, at its default."""
    plain = [entry for entry in list_definitions().values() if entry.name not in _TABLES]
    lines = ["# Settings of boss-bot. The environment (BOSS_BOT_…) and the command line win over this file.", ""]
    for entry in plain:
        default = _format_toml(entry, entry.get_value(Settings()))
        lines += [f"# {entry.help}", f"# {entry.name} = {default}", ""]
    for name, example in _TABLES.items():
        lines += [f"# {list_definitions()[name].help}", f"# [{name}]", f"# {example}", ""]
    return "\n".join(lines)


def _format_value(entry: SettingDefinition, settings: Settings) -> str:
    value = entry.get_value(settings)
    if value is None:
        return ""
    if entry.is_secret:
        return MASK
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if entry.is_confidential:
        return _hide_password(str(value))
    return _format_size_literal(value) if _is_size(entry) and isinstance(value, int) else str(value)


def _format_toml(entry: SettingDefinition, value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, tuple):
        return json.dumps([str(item) for item in value])
    if isinstance(value, int | float) and not _is_size(entry):
        return str(value)
    return json.dumps(_format_value(entry, Settings()), ensure_ascii=False)


def _is_size(entry: SettingDefinition) -> bool:
    return "_bytes" in entry.name


def _format_size_literal(size: int) -> str:
    return next((f"{size // unit}{name}" for unit, name in _UNITS if size % unit == 0), str(size))


def _hide_password(url: str) -> str:
    return re.sub(r"(://[^:/@]*:).*@", rf"\g<1>{MASK}@", url)
