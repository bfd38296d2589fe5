"""The access request, its two answers, and the errors that tell a user why access is denied."""

import attrs

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.guilds import NO_IDS
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.preferences import UserPreferences
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel
from boss_bot_core.errors import PermissionDeniedError, QuotaExceededError


@attrs.frozen(kw_only=True)
class AccessRequest:
    """A user's question whether one download is allowed.

    Attributes:
        user_id: The user.
        guild_id: The guild; `LOCAL_ID` in a private message.
        channel_id: The channel.
        parent_ids: The channel of a thread, and the category of a channel.
        role_ids: The user's roles in the guild.
        missing_permissions: Names of the permissions that the user lacks to post such media in the channel themselves.
        is_admin: Whether the user may manage the guild.
        is_owner: Whether the user owns the bot.
        priority: The requested priority; None means that the user's default applies.
    """

    user_id: int
    guild_id: int = LOCAL_ID
    channel_id: int
    parent_ids: frozenset[int] = NO_IDS
    role_ids: frozenset[int] = NO_IDS
    missing_permissions: tuple[str, ...] = ()
    is_admin: bool = False
    is_owner: bool = False
    priority: DownloadPriority | None = None


@attrs.frozen(kw_only=True)
class AccessGranted:
    """Access granted, with the limits that apply.

    Attributes:
        level: The user's permission level in the guild.
        max_file_size_bytes: Size of the largest allowed file; the channel's upload limit is not part of it.
        priority: The priority that the download gets.
        requested_priority: The priority that the user wanted; it may be higher than the allowed one.
        preferences: The user's preferences.
    """

    level: PermissionLevel
    max_file_size_bytes: int
    priority: DownloadPriority
    requested_priority: DownloadPriority
    preferences: UserPreferences

    @property
    def is_priority_lowered(self) -> bool:
        """Whether the download gets a lower priority than requested."""
        return self.priority < self.requested_priority


@attrs.frozen(kw_only=True)
class AccessDenied:
    """Access denied, with the reason shown to the user.

    Attributes:
        text: The reason, one sentence.
        code: `permission_denied` or `quota_exceeded`.
    """

    text: str
    code: ErrorType


class AccessDeniedError(PermissionDeniedError, advice="A server admin can change that."):
    """The guild's rules deny downloads to the user, or in the channel; the site itself denies nothing."""


class DailyLimitError(QuotaExceededError, advice="A server admin, or the bot's owner, can allow more."):
    """The user has used up the daily number of downloads."""
