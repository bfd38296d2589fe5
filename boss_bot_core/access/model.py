"""The question whether somebody may download, and its two answers.

What people are refused, each with the next step.
The first two are the tree's own errors in another voice: that of a server's rules, not of a site.
"""

import attrs

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel, UserPreferences
from boss_bot_core.errors import PermissionDeniedError, QuotaExceededError

NO_IDS: frozenset[int] = frozenset()


@attrs.frozen(kw_only=True)
class AccessRequest:
    """Somebody asks for one download.

    Attributes:
        user_id: Who.
        guild_id: In which server; `LOCAL_ID` in a private message.
        channel_id: In which channel.
        parent_ids: What the channel lies in: a thread's channel, a channel's category.
        role_ids: Their roles there.
        is_admin: Whether they may manage the server.
        is_owner: Whether the bot is theirs.
        priority: What they asked for; None: they did not say.
    """

    user_id: int
    guild_id: int = LOCAL_ID
    channel_id: int
    parent_ids: frozenset[int] = NO_IDS
    role_ids: frozenset[int] = NO_IDS
    is_admin: bool = False
    is_owner: bool = False
    priority: DownloadPriority | None = None


@attrs.frozen(kw_only=True)
class AccessGranted:
    """They may.

    Attributes:
        level: Their level here.
        max_file_size_bytes: Largest file, whatever the channel takes.
        priority: What they get.
        requested_priority: What they wanted; more than they get where they may not have it.
        preferences: What they want otherwise.
    """

    level: PermissionLevel
    max_file_size_bytes: int
    priority: DownloadPriority
    requested_priority: DownloadPriority
    preferences: UserPreferences

    @property
    def is_priority_lowered(self) -> bool:
        """Whether they get less priority than they wanted."""
        return self.priority < self.requested_priority


@attrs.frozen(kw_only=True)
class AccessDenied:
    """They may not.

    Attributes:
        text: Why, one sentence.
        code: `permission_denied` or `quota_exceeded`.
    """

    text: str
    code: ErrorType


class AccessDeniedError(PermissionDeniedError):
    """A server's rules keep this person, or everybody in this channel, from downloading."""

    advice = "A server admin can change that."


class DailyLimitError(QuotaExceededError):
    """The person has used up their downloads of the day."""

    advice = "A server admin, or the bot's owner, can allow more."
