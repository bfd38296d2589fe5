"""Settings: loaded from config.toml, the environment and the command line into one frozen value."""

from boss_bot_core.settings.catalog import CONFIG_FILE_VARIABLE, ENV_PREFIX, PLUGIN_PREFIX, read_setting_texts
from boss_bot_core.settings.conversion import ConversionSettings
from boss_bot_core.settings.discord import DiscordSettings
from boss_bot_core.settings.layer import PluginLayer, SettingProblem, build_settings_error
from boss_bot_core.settings.load import ResolvedSettings, find_config_file, load, load_with_sources
from boss_bot_core.settings.model import Settings, find_token
from boss_bot_core.settings.reference import MASK, SettingRow, config_template, describe_settings
from boss_bot_core.settings.review import review_settings
from boss_bot_core.settings.sections import BotSettings, DownloadSettings, LogSettings, NetworkSettings, QueueSettings
from boss_bot_core.settings.storage import Folders, StorageSettings

__all__ = [
    "CONFIG_FILE_VARIABLE",
    "ENV_PREFIX",
    "MASK",
    "PLUGIN_PREFIX",
    "BotSettings",
    "ConversionSettings",
    "DiscordSettings",
    "DownloadSettings",
    "Folders",
    "LogSettings",
    "NetworkSettings",
    "PluginLayer",
    "QueueSettings",
    "ResolvedSettings",
    "SettingProblem",
    "SettingRow",
    "Settings",
    "StorageSettings",
    "build_settings_error",
    "config_template",
    "describe_settings",
    "find_config_file",
    "find_token",
    "load",
    "load_with_sources",
    "read_setting_texts",
    "review_settings",
]
