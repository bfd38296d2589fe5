"""The catalog of all settings by flat name, for the loader and the reference."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType, NoneType
from typing import get_args

import attrs
from typed_settings import cls_utils
from typed_settings.types import OptionInfo

from boss_bot_core.settings.model import Settings

ENV_PREFIX = "BOSS_BOT_"
PLUGIN_PREFIX = f"{ENV_PREFIX}PLUGIN_"
"""The settings of plugins are `BOSS_BOT_PLUGIN_NAME_SETTING` in the environment."""

CONFIG_FILE_VARIABLE = "BOSS_BOT_CONFIG_FILE"


@attrs.frozen
class SettingDefinition:
    """One setting, as the operator sees it.

    Attributes:
        option: The setting in typed-settings.
    """

    option: OptionInfo

    @property
    def name(self) -> str:
        """Name in config.toml and in overrides."""
        return self.option.name

    @property
    def env(self) -> str:
        """Name of its environment variable."""
        return ENV_PREFIX + self.name.upper()

    @property
    def group(self) -> str:
        """Name of the attribute of `Settings` that holds the setting."""
        return self.option.path.partition(".")[0]

    @property
    def help(self) -> str:
        """What the setting does."""
        return _read_own_texts()[self.name]

    @property
    def is_secret(self) -> bool:
        """Whether the value is never shown."""
        return self.option.is_secret

    @property
    def is_confidential(self) -> bool:
        """Whether an error omits a wrong value: the address of a database or a proxy may contain a password."""
        return self.is_secret or self.name in {"database_url", "discord_proxy"}

    @property
    def is_optional(self) -> bool:
        """Whether the setting can have no value."""
        return NoneType in get_args(self.option.cls)

    def get_value(self, settings: Settings) -> object:
        """Return the value of the setting in `settings`."""
        return getattr(getattr(settings, self.group), self.name)


@cache
def list_definitions() -> Mapping[str, SettingDefinition]:
    """Return every setting by its flat name, group after group."""
    # A section has a point in the path of its settings; `plugins` is no section and no setting.
    with without_texts():
        found = [option for option in cls_utils.deep_options(Settings) if "." in option.path]
    return MappingProxyType({option.name: SettingDefinition(option) for option in found})


def read_setting_texts(settings_class: type) -> dict[str, str]:
    """Return what each setting of a plugin's class does, by name: the text below it."""
    options = cls_utils.deep_options(settings_class)
    return {option.name: str(option.metadata.get("click", {}).get("help") or "") for option in options}


@cache
def _read_own_texts() -> Mapping[str, str]:
    return read_setting_texts(Settings)


@contextmanager
def without_texts() -> Iterator[None]:
    """Let typed-settings list settings without their texts, for which it parses source files: most commands need none.

    It has no option for this. A version that reads the texts in another way still reads them.
    """
    name = "_get_attr_docs"
    read_texts = getattr(cls_utils, name, None)
    if read_texts is None:
        yield
        return
    setattr(cls_utils, name, lambda _: {})
    try:
        yield
    finally:
        setattr(cls_utils, name, read_texts)
