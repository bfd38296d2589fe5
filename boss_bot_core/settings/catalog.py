"""The list of all settings by their flat names, as the loader and the documentation need it."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, NoneType
from typing import get_args

import attrs
from typed_settings.cls_utils import deep_options
from typed_settings.types import OptionInfo

from boss_bot_core.settings.model import Settings

ENV_PREFIX = "BOSS_BOT_"
CONFIG_FILE_VARIABLE = "BOSS_BOT_CONFIG_FILE"


@attrs.frozen
class SettingDefinition:
    """One setting as people meet it.

    Attributes:
        option: What typed-settings knows about it.
    """

    option: OptionInfo

    @property
    def name(self) -> str:
        """Name in config.toml and as an override."""
        return self.option.name

    @property
    def env(self) -> str:
        """Name in the environment."""
        return ENV_PREFIX + self.name.upper()

    @property
    def group(self) -> str:
        """The attribute of `Settings` that holds it."""
        return self.option.path.partition(".")[0]

    @property
    def help(self) -> str:
        """What it does, for people."""
        return str(self.option.metadata["click"]["help"])

    @property
    def is_secret(self) -> bool:
        """Whether its value is never shown."""
        return self.option.is_secret

    @property
    def is_confidential(self) -> bool:
        """Whether a wrong value is kept out of the error: a database's address may hold a password."""
        return self.is_secret or self.name == "database_url"

    @property
    def is_optional(self) -> bool:
        """Whether it can be without a value."""
        return NoneType in get_args(self.option.cls)

    def get_value(self, settings: Settings) -> object:
        """Return its value."""
        return getattr(getattr(settings, self.group), self.name)


@cache
def list_definitions() -> Mapping[str, SettingDefinition]:
    """Return every setting by its flat name, group after group."""
    return MappingProxyType({option.name: SettingDefinition(option) for option in deep_options(Settings)})
