"""All settings there are, as `dls` lists them.

Changes one setting of one person or server, inside one writing transaction that is alone.
"""

from datetime import datetime
from typing import Any

import attrs

from boss_bot_core.access.profile import read_guild
from boss_bot_core.chat_settings.guild import GUILD_SETTINGS
from boss_bot_core.chat_settings.owner import OWNER_SETTINGS
from boss_bot_core.chat_settings.parsers import parse_user
from boss_bot_core.chat_settings.setting import Setting, build_refusal, find_setting
from boss_bot_core.chat_settings.user import USER_SETTINGS
from boss_bot_core.database import UnitOfWork
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.preferences import NO_CHOICES, PreferenceChoices
from boss_bot_core.domain.users import UserSettings


@attrs.frozen(kw_only=True)
class SettingsCatalog:
    """Every setting, by whose decision it is, in the order in which they are shown.

    Attributes:
        own: Everybody's for themselves.
        server: Those of people who may manage the server.
        owner: Those of the bot's owner, each about one person.
    """

    user: tuple[Setting[PreferenceChoices], ...] = USER_SETTINGS
    guild: tuple[Setting[GuildSettings], ...] = GUILD_SETTINGS
    owner: tuple[Setting[UserSettings], ...] = OWNER_SETTINGS

    def find(self, typed: str) -> Setting[Any]:
        """Return the setting of that name, whoever decides it.

        Raises:
            SettingRefusedError: There is none.
        """
        everything: tuple[Setting[Any], ...] = (*self.user, *self.guild, *self.owner)
        return find_setting(everything, typed)


async def change_user_setting(tx: UnitOfWork, user_id: int, key: str, value: str) -> None:
    """Change what a person chose for themselves.

    Raises:
        SettingRefusedError: There is no such setting, or it does not take this value; as in the others here.
    """
    before = await tx.users.get_preferences(user_id) or NO_CHOICES
    await tx.users.put_preferences(user_id, find_setting(USER_SETTINGS, key).apply(before, value))


async def change_guild_setting(tx: UnitOfWork, guild_id: int, key: str, value: str) -> GuildSettings:
    """Change what a server's admins decided, and return its settings."""
    after = find_setting(GUILD_SETTINGS, key).apply(await read_guild(tx, guild_id), value)
    await tx.guilds.put(after)
    return after


async def change_owner_setting(tx: UnitOfWork, key: str, value: str, now: datetime) -> UserSettings:
    """Change what the bot's owner decided about one person, who comes first in `value`, and return their settings."""
    setting = find_setting(OWNER_SETTINGS, key)
    who, _, rest = value.strip().partition(" ")
    try:
        user_id = parse_user(who)
    except ValueError as exc:
        raise build_refusal(setting, exc) from exc
    after = setting.apply(await tx.users.get_or_create(user_id, now), rest)
    await tx.users.put(after)
    return after
