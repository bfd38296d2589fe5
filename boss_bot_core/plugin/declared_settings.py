"""The settings that a plugin declares: the check of their class, and their way from the bot to the plugin's worker.

The bot and the worker build the same value from the same class. Typed-settings has no part in it, because every worker
would have to load it.
"""

import inspect
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from boss_bot_core.domain.secret import Secret
from boss_bot_core.domain.service_address import ServiceAddress
from boss_bot_core.errors import PluginError
from boss_bot_core.plugin.setting_types import SUPPORTED, is_setting_type, parse_setting

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    SettingsT_co = TypeVar("SettingsT_co", covariant=True, default=object)
else:
    from typing import TypeVar  # a default exists from Python 3.13 on; type checkers alone need it

    SettingsT_co = TypeVar("SettingsT_co", covariant=True)


@attrs.frozen(kw_only=True)
class PackedSettings:
    """A plugin's settings on their way to its worker.

    Attributes:
        values: The values by name, as JSON.
        secrets: The texts among them that may never be shown.
    """

    values: str = attrs.field(repr=False)
    secrets: tuple[str, ...] = attrs.field(default=(), repr=False)


def build_default_settings(settings_class: object) -> object:
    """Return a plugin's settings with all their defaults.

    Raises:
        PluginError: The class cannot be used for settings.
    """
    if not inspect.isclass(settings_class) or not attrs.has(settings_class):
        raise PluginError(f"bossbot_settings returned {settings_class!r} instead of an attrs class")
    attrs.resolve_types(settings_class)
    for field in attrs.fields(settings_class):
        if field.name != field.name.lower() or field.name.startswith("_"):
            raise PluginError(f"its setting {field.name!r} has to be named in small letters")
        if field.default is attrs.NOTHING:
            raise PluginError(f"its setting {field.name!r} has no default")
        if not is_setting_type(field.type):
            raise PluginError(f"its setting {field.name!r} has the type {field.type}; a setting can be {SUPPORTED}")
    default: object = settings_class()
    return default


def list_setting_types(default: Any) -> dict[str, object]:  # noqa: ANN401 - of the plugin's own class, here and below
    """Return the types of a plugin's settings by name.

    Args:
        default: The plugin's settings with their defaults.
    """
    return {field.name: field.type for field in attrs.fields(type(default))}


def build_settings(default: Any, written: Mapping[str, object]) -> object:  # noqa: ANN401
    """Return a plugin's settings from written values.

    Args:
        default: The plugin's settings with their defaults.
        written: The written values by name; a setting that is missing keeps its default.

    Raises:
        ValueError: A value is wrong, or the class itself refuses the values together.
    """
    kinds = list_setting_types(default)
    built: object = attrs.evolve(
        default, **{name: parse_setting(kinds[name], value) for name, value in written.items()}
    )
    return built


def pack_settings(settings: object) -> PackedSettings:
    """Return settings in the form in which they travel to a worker."""
    values = {name: getattr(settings, name) for name in list_setting_types(settings)}
    secrets = tuple(value.get_secret_value() for value in values.values() if isinstance(value, Secret))
    return PackedSettings(values=json.dumps(values, default=to_text), secrets=secrets)


def to_text(value: Secret | ServiceAddress) -> str:
    """Return a setting that JSON has no form for as the text from which it is read again."""
    return value.get_secret_value() if isinstance(value, Secret) else str(value)


def list_services(settings: object) -> tuple[ServiceAddress, ...]:
    """Return the services that settings name, in order; None stands for a plugin without settings."""
    names = () if settings is None else list_setting_types(settings)
    return tuple(value for name in names if isinstance(value := getattr(settings, name), ServiceAddress))


def unpack_settings(packed: PackedSettings | None, default: object) -> object:
    """Return the settings that `pack_settings` has packed, or the default ones if there are none."""
    return default if packed is None else build_settings(default, json.loads(packed.values))
