"""People: what each may do, and how each wants to be told about downloads."""

from datetime import datetime
from enum import StrEnum

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none
from boss_bot_core.domain.status import DownloadPriority

_AT_LEAST_1 = attrs.validators.optional(attrs.validators.ge(1))

MAX_RETRIES = 5
"""A person may ask for no more than this: each retry costs everybody else a place in the queue."""


class PermissionLevel(StrEnum):
    """User permission levels."""

    NORMAL = "normal"
    PREMIUM = "premium"
    ADMIN = "admin"


class NotificationPreference(StrEnum):
    """How much a person wants to be shown of a download."""

    NONE = "none"
    """Only how it ended."""
    MINIMAL = "minimal"
    """Its start and its end."""
    NORMAL = "normal"
    """Regular progress."""
    VERBOSE = "verbose"
    """Every detail."""


class BarStyle(StrEnum):
    """How a progress bar is drawn."""

    STANDARD = "standard"
    BLOCKS = "blocks"
    DOTS = "dots"


@attrs.frozen(kw_only=True)
class UserSettings:
    """What a person may do, wherever they ask, and what they have done.

    A limit that nobody set for this person is None, not a copy of the bot's: a changed bot's limit then counts at once.

    Attributes:
        user_id: Discord's id.
        permission_level: Set by the bot's owner.
        max_concurrent_downloads: How many may run at a time; None: as many as the bot allows everybody (2).
        max_file_size_mb: Largest file, in units of 1,048,576 bytes; None: as large as the bot allows (50).
        total_downloads: How many were completed, ever.
        created_at: When the bot first met them, UTC.
        last_download: When the last one was completed, UTC.
    """

    user_id: int
    permission_level: PermissionLevel = PermissionLevel.NORMAL
    max_concurrent_downloads: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    max_file_size_mb: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    total_downloads: int = 0
    created_at: datetime = attrs.field(converter=to_utc)
    last_download: datetime | None = attrs.field(default=None, converter=to_utc_or_none)


@attrs.frozen(kw_only=True)
class UserPreferences:
    """How a person wants to be told about downloads.

    Attributes:
        notification_level: How much of a download is shown.
        progress_bar_style: How the bar is drawn.
        default_priority: How urgent a download is when the command does not say.
        mention_on_complete: Ping them when it is done.
        auto_retry: Let the queue try again by itself.
        max_retries: How often it may.
    """

    notification_level: NotificationPreference = NotificationPreference.NORMAL
    progress_bar_style: BarStyle = BarStyle.STANDARD
    default_priority: DownloadPriority = DownloadPriority.NORMAL
    mention_on_complete: bool = True
    auto_retry: bool = True
    max_retries: int = attrs.field(default=3, validator=[attrs.validators.ge(0), attrs.validators.le(MAX_RETRIES)])

    @property
    def max_attempts(self) -> int:
        """How often a download may be begun, the first time included."""
        return 1 + self.max_retries if self.auto_retry else 1


DEFAULT_PREFERENCES = UserPreferences()
"""What holds where neither the person nor their server chose."""
