"""The access service: permissions, preferences and limits of users and guilds, over an open database."""

import attrs

from boss_bot_core.access import profile
from boss_bot_core.access.chosen_languages import ChosenLanguages
from boss_bot_core.access.command_prefixes import CommandPrefixes
from boss_bot_core.access.erased_use import ErasedUse
from boss_bot_core.access.model import AccessDenied, AccessDeniedError, AccessGranted, AccessRequest, DailyLimitError
from boss_bot_core.access.policy import decide_access
from boss_bot_core.access.profile import AccessProfile, OperatorLimits
from boss_bot_core.access.running_limits import ChangeCallback, RunningLimitsCache, ignore_change
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import UtcClock, utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.guilds import DEFAULT_PREFIX
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.preferences import UserPreferences
from boss_bot_core.queue import QueueLimits


class AccessService:
    """Answers whether users may download, and what their preferences and limits are.

    It is built by `open`, in the process that dispatches: its cached limits follow only the changes of this process.

    Attributes:
        prefixes: The prefixes of typed commands.
        languages: The languages that guilds and users chose.
        preferences_version: Increases when preferences may have changed: a reader that keeps some reads them again.
    """

    def __init__(
        self,
        database: Database,
        operator_limits: OperatorLimits,
        prefixes: CommandPrefixes,
        clock: UtcClock,
        on_change: ChangeCallback,
    ) -> None:
        self.prefixes, self.languages = prefixes, ChosenLanguages(database)
        self._database = database
        self._operator_limits, self._clock = operator_limits, clock
        self._running_limits = RunningLimitsCache(database, on_change)
        self._erased_use = ErasedUse()
        self.preferences_version = 0

    @classmethod
    async def open(
        cls,
        database: Database,
        operator_limits: OperatorLimits,
        *,
        command_prefix: str = DEFAULT_PREFIX,
        clock: UtcClock = utc_now,
        on_change: ChangeCallback = ignore_change,
    ) -> "AccessService":
        """Return the service with the current running limits and prefixes; `on_change` is called when limits change."""
        access = cls(database, operator_limits, CommandPrefixes(database, command_prefix), clock, on_change)
        await access.refresh_guilds()
        return access

    async def authorize(self, request: AccessRequest) -> AccessGranted:
        """Return the limits that apply to the user's download.

        Raises:
            AccessDeniedError: The guild's rules deny the download; a `PermissionDeniedError`.
            DailyLimitError: The user has used up the daily number of downloads; a `QuotaExceededError`.
        """
        answer = decide_access(request, await self.profile(request.user_id, request.guild_id))
        if isinstance(answer, AccessDenied):
            error = DailyLimitError if answer.code is ErrorType.QUOTA_EXCEEDED else AccessDeniedError
            raise error(answer.text)
        return answer

    async def profile(self, user_id: int, guild_id: int = LOCAL_ID) -> AccessProfile:
        """Return the access profile of the user in the guild."""
        async with self._database.connect() as tx:
            stored = await profile.read_profile(tx, user_id, guild_id, self._operator_limits, self._clock())
        return self._erased_use.add_to(stored)

    async def preferences(self, user_id: int, guild_id: int = LOCAL_ID) -> UserPreferences:
        """Return the user's preferences, completed with the guild's defaults."""
        async with self._database.connect() as tx:
            return await profile.read_preferences(tx, user_id, await profile.read_guild(tx, guild_id))

    async def refresh_preferences(self) -> None:
        """Read the users' languages again, and make readers that keep preferences do so, after a user changed one."""
        self.preferences_version += 1
        await self.languages.refresh()

    async def forget_deleted(self, items: list[DownloadItem]) -> None:
        """Read everything again after the deletion of a user's data; the downloads of today keep their count."""
        self._erased_use.remember(items)
        await self.refresh_guilds()

    async def refresh_limits(self) -> None:
        """Read the running limits of users and guilds again, after one of them was changed."""
        await self._running_limits.refresh()

    async def refresh_guilds(self) -> None:
        """Read again everything that is kept of guilds, after the settings of one were changed."""
        await self.refresh_preferences()
        await self.prefixes.refresh()
        await self._running_limits.refresh()

    async def learn_upload_limit(self, guild_id: int, limit_bytes: int | None) -> None:
        """Store the size of the largest upload that Discord accepts in the guild, in bytes; None clears it."""
        async with self._database.begin(exclusive=True) as tx:
            before = await profile.read_guild(tx, guild_id)
            await tx.guilds.put(attrs.evolve(before, learnt_upload_limit_bytes=limit_bytes, learnt_at=self._clock()))

    async def learned_upload_limit(self, guild_id: int) -> int | None:
        """Return the upload limit learned from a recent refusal, in bytes, or None."""
        async with self._database.connect() as tx:
            return (await profile.read_guild(tx, guild_id)).get_upload_limit(self._clock())

    def queue_limits(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with the limits of single users and guilds added; never waits."""
        return self._running_limits.apply_to(base)
