"""What commands ask about people: whether they may, what they want, and to change either."""

import attrs

from boss_bot_core.access import profile
from boss_bot_core.access.model import AccessDenied, AccessDeniedError, AccessGranted, AccessRequest, DailyLimitError
from boss_bot_core.access.policy import decide_access
from boss_bot_core.access.profile import AccessProfile, OperatorLimits
from boss_bot_core.access.running_limits import OnChange, RunningLimitsCache, ignore_change
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import UtcClock, utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.users import UserPreferences
from boss_bot_core.queue import QueueLimits


class AccessService:
    """Everything about people, over an open database. Made by `open`, in the process that dispatches.

    Attributes:
        preferences_version: Increases whenever preferences may have changed. A reader that keeps preferences reads
            them again when the version differs.
    """

    def __init__(self, database: Database, operator_limits: OperatorLimits, clock: UtcClock, changed: OnChange) -> None:
        self._database = database
        self._operator_limits = operator_limits
        self._clock = clock
        self._running = RunningLimitsCache(database, changed)
        self.preferences_version = 0

    @classmethod
    async def open(
        cls,
        database: Database,
        operator_limits: OperatorLimits,
        *,
        clock: UtcClock = utc_now,
        changed: OnChange = ignore_change,
    ) -> "AccessService":
        """Return the service, its limits read; `allowances` are the operator's, `changed` is told of other limits."""
        access = cls(database, operator_limits, clock, changed)
        await access._running.refresh()
        return access

    async def authorize(self, request: AccessRequest) -> AccessGranted:
        """Return what this person may here.

        Raises:
            AccessDeniedError: A `PermissionDeniedError`: the server's rules do not let them.
            DailyLimitError: A `QuotaExceededError`: they have used up their downloads of today.
        """
        answer = decide_access(request, await self.profile(request.user_id, request.guild_id))
        if isinstance(answer, AccessDenied):
            refused = DailyLimitError if answer.code is ErrorType.QUOTA_EXCEEDED else AccessDeniedError
            raise refused(answer.text)
        return answer

    async def profile(self, user_id: int, guild_id: int = LOCAL_ID) -> AccessProfile:
        """Return everything that is known of the person in this server."""
        async with self._database.connect() as tx:
            return await profile.read_profile(tx, user_id, guild_id, self._operator_limits, self._clock())

    async def preferences(self, user_id: int, guild_id: int = LOCAL_ID) -> UserPreferences:
        """Return what the person wants, the server's defaults included."""
        async with self._database.connect() as tx:
            return await profile.read_preferences(tx, user_id, await profile.read_guild(tx, guild_id))

    def invalidate_preferences(self) -> None:
        """Make readers that keep preferences read them again, after a user or guild changed one."""
        self.preferences_version += 1

    async def refresh_limits(self) -> None:
        """Read the running limits of users and guilds again, after one of them was changed."""
        await self._running.refresh()

    async def learn_upload_limit(self, guild_id: int, limit_bytes: int | None) -> None:
        """Keep the largest request that Discord takes in this server, after a refusal told; None forgets it."""
        async with self._database.begin(exclusive=True) as tx:
            before = await profile.read_guild(tx, guild_id)
            learnt = attrs.evolve(before, learnt_upload_limit_bytes=limit_bytes, learnt_at=self._clock())
            await tx.guilds.put(learnt)

    async def learned_upload_limit(self, guild_id: int) -> int | None:
        """Return what was learnt lately, in bytes, or None."""
        async with self._database.connect() as tx:
            return (await profile.read_guild(tx, guild_id)).upload_limit_at(self._clock())

    async def forget_guild(self, guild_id: int) -> None:
        """Drop a server's settings, which the bot has left."""
        async with self._database.begin() as tx:
            await tx.guilds.forget(guild_id)
        self.invalidate_preferences()
        await self._running.refresh()

    def queue_limits(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with the limits of single people and servers in it; never waits."""
        return self._running.applied_to(base)
