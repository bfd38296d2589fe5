"""What is known of a person in one place when they ask: the facts that a decision is made of."""

from datetime import datetime

import attrs

from boss_bot_core.domain.clock import as_utc
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.users import PermissionLevel, UserPreferences, UserSettings

MEGABYTE = 1_048_576


@attrs.frozen(kw_only=True)
class Allowances:
    """What the bot's operator allows everybody.

    Attributes:
        max_file_size_bytes: Largest file; nobody is allowed more.
        max_running_per_user: Downloads of one person that run at a time.
        downloads_per_day: Of one person, each day (UTC), wherever they ask; None: no limit.
    """

    max_file_size_bytes: int = 50 * MEGABYTE
    max_running_per_user: int = 2
    downloads_per_day: int | None = 10


@attrs.frozen(kw_only=True)
class DailyUse:
    """A person's downloads of today (UTC).

    Attributes:
        used: How many they asked for; what failed or was cancelled does not count.
        allowed: How many they may; None: no limit.
        renews_at: When the count starts again, UTC.
    """

    used: int
    allowed: int | None
    renews_at: datetime = attrs.field(converter=as_utc)

    @property
    def is_used_up(self) -> bool:
        """Whether no more is allowed today."""
        return self.allowed is not None and self.used >= self.allowed


@attrs.frozen(kw_only=True)
class Standing:
    """The facts.

    Attributes:
        user: Their own settings.
        guild: Their server's; nothing set in a private message.
        preferences: What they want, the server's defaults included.
        today: What they asked for today.
        allowances: The operator's limits.
    """

    user: UserSettings
    guild: GuildSettings
    preferences: UserPreferences
    today: DailyUse
    allowances: Allowances


def highest(*levels: PermissionLevel) -> PermissionLevel:
    """Return the one that may most."""
    return max(levels, key=list(PermissionLevel).index)
