"""The catalog of all chat settings, and the change of one stored setting inside an exclusive transaction."""

from datetime import datetime
from typing import Any

import attrs

from boss_bot_core.access.profile import read_guild
from boss_bot_core.chat_settings.guild import GUILD_SETTINGS
from boss_bot_core.chat_settings.owner import OWNER_GUILD_SETTINGS, OWNER_SETTINGS
from boss_bot_core.chat_settings.parsers import parse_user
from boss_bot_core.chat_settings.setting import Setting, build_refusal, find_setting
from boss_bot_core.chat_settings.user import USER_SETTINGS
from boss_bot_core.database import UnitOfWork
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.preferences import NO_CHOICES, PreferenceChoices
from boss_bot_core.domain.users import UserSettings


@attrs.frozen(kw_only=True)
class SettingsCatalog:
    """All settings, grouped by who decides about them, in the order in which they are shown.

    Attributes:
        user: The settings that each user changes for themselves.
        guild: The settings that users who may manage the guild change.
        owner: The settings that the bot's owner changes, each for one user.
        owner_guild: The settings that the bot's owner changes for a guild.
    """

    user: tuple[Setting[PreferenceChoices], ...] = USER_SETTINGS
    guild: tuple[Setting[GuildSettings], ...] = GUILD_SETTINGS
    owner: tuple[Setting[UserSettings], ...] = OWNER_SETTINGS
    owner_guild: tuple[Setting[GuildSettings], ...] = OWNER_GUILD_SETTINGS

    def find(self, typed: str) -> Setting[Any]:
        """Return the setting whose name or alias was typed.

        Raises:
            SettingRefusedError: No setting has this name.
        """
        settings: tuple[Setting[Any], ...] = (*self.user, *self.guild, *self.owner, *self.owner_guild)
        return find_setting(settings, typed)


async def change_user_setting(tx: UnitOfWork, user_id: int, key: str, value: str) -> None:
    """Change a setting of a user.

    Raises:
        SettingRefusedError: The setting does not exist or does not accept the value; this holds for all changes.
    """
    before = await tx.users.get_preferences(user_id) or NO_CHOICES
    await tx.users.put_preferences(user_id, find_setting(USER_SETTINGS, key).apply(before, value))


async def change_guild_setting(tx: UnitOfWork, guild_id: int, key: str, value: str) -> GuildSettings:
    """Change a setting of a guild, and return all settings of the guild."""
    after = find_setting((*GUILD_SETTINGS, *OWNER_GUILD_SETTINGS), key).apply(await read_guild(tx, guild_id), value)
    await tx.guilds.put(after)
    return after


async def change_owner_setting(tx: UnitOfWork, key: str, value: str, now: datetime) -> UserSettings:
    """Change an owner's setting for the user whom `value` starts with, and return all settings of the user."""
    setting = find_setting(OWNER_SETTINGS, key)
    mention, _, user_value = value.strip().partition(" ")
    try:
        user_id = parse_user(mention)
    except ValueError as exc:
        raise build_refusal(setting, exc) from exc
    after = setting.apply(await tx.users.get_or_create(user_id, now), user_value)
    await tx.users.put(after)
    return after
