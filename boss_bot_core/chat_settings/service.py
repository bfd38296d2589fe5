"""Changes a chat setting of a user, a guild, or a user on the owner's behalf, each in one exclusive transaction.

The transaction is exclusive because a change reads the old settings first: two changes at once must both survive.
"""

from boss_bot_core.access import AccessService
from boss_bot_core.chat_settings import catalog
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import UtcClock, utc_now
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.preferences import UserPreferences
from boss_bot_core.domain.users import UserSettings


class ChatSettingsService:
    """Writes chat settings and applies those that limit running downloads at once.

    Args:
        database: The open database.
        access: Reads effective preferences, and is told of every change, so that no outdated value stays in use.
        clock: The current time, UTC.
    """

    def __init__(self, database: Database, access: AccessService, *, clock: UtcClock = utc_now) -> None:
        self._database = database
        self._access = access
        self._clock = clock

    async def change_user_setting(
        self, user_id: int, key: str, value: str, guild_id: int = LOCAL_ID
    ) -> UserPreferences:
        """Set one of the user's preferences and return all that apply to the user in this guild.

        Raises:
            SettingRefusedError: The setting does not exist or does not accept this value.
        """
        async with self._database.begin(exclusive=True) as tx:
            await catalog.change_user_setting(tx, user_id, key, value)
        await self._access.refresh_preferences()
        return await self._access.preferences(user_id, guild_id)

    async def change_guild_setting(self, guild_id: int, key: str, value: str) -> GuildSettings:
        """Set one of the guild's settings and return all of them. The caller checks the invoker's permission.

        Raises:
            SettingRefusedError: The setting does not exist or does not accept this value.
        """
        async with self._database.begin(exclusive=True) as tx:
            changed = await catalog.change_guild_setting(tx, guild_id, key, value)
        await self._access.refresh_guilds()
        return changed

    async def change_owner_setting(self, key: str, value: str) -> UserSettings:
        """Set one of the owner's settings for the user whom `value` starts with, and return that user's settings.

        Raises:
            SettingRefusedError: The setting does not exist or does not accept this value.
        """
        async with self._database.begin(exclusive=True) as tx:
            changed = await catalog.change_owner_setting(tx, key, value, self._clock())
        await self._access.refresh_limits()
        return changed
