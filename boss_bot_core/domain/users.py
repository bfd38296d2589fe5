"""The settings of a user that the bot's owner decides: the permission level and the limits."""

from datetime import datetime
from enum import StrEnum

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none

_AT_LEAST_1 = attrs.validators.optional(attrs.validators.ge(1))


class PermissionLevel(StrEnum):
    """User permission levels."""

    NORMAL = "normal"
    PREMIUM = "premium"
    ADMIN = "admin"


@attrs.frozen(kw_only=True)
class UserSettings:
    """A user's level and limits in all guilds, and totals of the user's downloads.

    A limit that was not set for this user is None and not a copy of the bot's limit, so that a change of the bot's
    limit applies at once.

    Attributes:
        user_id: Id of the user in Discord.
        permission_level: The level, set by the bot's owner.
        max_concurrent_downloads: Number of downloads that run at the same time; None means the bot's limit (2).
        max_file_size_mb: Largest file, in units of 1,048,576 bytes; None means the bot's limit (50).
        total_downloads: Number of downloads completed so far.
        created_at: Time at which the bot first met the user, UTC.
        last_download: Time at which the last download completed, UTC.
    """

    user_id: int
    permission_level: PermissionLevel = PermissionLevel.NORMAL
    max_concurrent_downloads: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    max_file_size_mb: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    total_downloads: int = 0
    created_at: datetime = attrs.field(converter=to_utc)
    last_download: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
