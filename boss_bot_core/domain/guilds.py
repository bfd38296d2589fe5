"""The settings of a guild: which members may download, in which channels, and with which limits."""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.domain.preferences import NO_CHOICES, PreferenceChoices
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel

_AT_LEAST_1 = attrs.validators.optional(attrs.validators.ge(1))
NO_IDS: frozenset[int] = frozenset()
DEFAULT_PREFIX = "$"
"""The prefix of typed commands where neither the operator nor the guild chose another."""

MAX_PREFIX_LENGTH = 5

UNLIMITED = 0
"""The daily number that stands for no limit."""

UPLOAD_LIMIT_LIFETIME = timedelta(days=7)
"""How long a learned upload limit is used: guilds gain and lose boosts."""


def is_command_prefix(text: str) -> bool:
    """Tell whether typed commands may begin with `text`; it must not look like a mention, a slash command or code."""
    is_visible = text.isprintable() and " " not in text and "`" not in text
    return is_visible and 0 < len(text) <= MAX_PREFIX_LENGTH and text[0] not in "/<@#"


@attrs.frozen(kw_only=True)
class RoleRule:
    """The limits of members with one role; among several roles of a member, the highest limit applies.

    Attributes:
        role_id: Id of the role in Discord.
        max_file_size_mb: Largest file, in units of 1,048,576 bytes; None sets no limit.
        priority: Highest priority that the members may request; None sets none.
        permission_level: The members' level in this guild; None sets none.
    """

    role_id: int
    max_file_size_mb: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    priority: DownloadPriority | None = None
    permission_level: PermissionLevel | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the rule sets nothing."""
        return self.max_file_size_mb is None and self.priority is None and self.permission_level is None


@attrs.frozen(kw_only=True)
class GuildSettings:
    """A guild's settings. An empty set of allowed roles or channels allows all that are not blocked.

    Attributes:
        guild_id: Id of the guild in Discord.
        allowed_roles: Only members with one of these roles may download.
        blocked_roles: Members with one of these roles may not download.
        allowed_channels: Downloads are allowed only in these channels.
        blocked_channels: Downloads are not allowed in these channels. As with the allowed ones, the id of a category or
            parent channel includes the channels and threads below it.
        role_rules: Limits by role, at most one rule for each role.
        max_running: Number of downloads of this guild that run at the same time; None means the bot's setting.
        daily_downloads_per_user: Number of downloads of one member in this guild per day (UTC); None means the bot's
            setting, `UNLIMITED` means no limit.
        command_prefix: The prefix of typed commands in this guild; None means the operator's.
        language: The language of cards and answers that everyone here sees; None means the guild's own in Discord.
        default_preferences: Preferences of members who did not choose their own.
        is_premium: Whether the bot's owner made the guild premium: its files are kept longer.
        learnt_upload_limit_bytes: Size of the largest upload that Discord accepts here, learned from a refusal.
        learnt_at: Time at which that was learned, UTC.
    """

    guild_id: int
    allowed_roles: frozenset[int] = NO_IDS
    blocked_roles: frozenset[int] = NO_IDS
    allowed_channels: frozenset[int] = NO_IDS
    blocked_channels: frozenset[int] = NO_IDS
    role_rules: tuple[RoleRule, ...] = ()
    max_running: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    daily_downloads_per_user: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.ge(UNLIMITED))
    )
    command_prefix: str | None = None
    language: str | None = None
    default_preferences: PreferenceChoices = NO_CHOICES
    is_premium: bool = False
    learnt_upload_limit_bytes: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    learnt_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)

    def get_upload_limit(self, now: datetime) -> int | None:
        """Return the learned upload limit in bytes, or None if it is unknown or too old at `now`."""
        is_fresh = self.learnt_at is not None and self.learnt_at > now - UPLOAD_LIMIT_LIFETIME
        return self.learnt_upload_limit_bytes if is_fresh else None

    def get_role_rule(self, role_id: int) -> RoleRule:
        """Return the rule of the role, or an empty rule if there is none."""
        return next((rule for rule in self.role_rules if rule.role_id == role_id), RoleRule(role_id=role_id))

    def with_role_rule(self, rule: RoleRule) -> "GuildSettings":
        """Return the settings with `rule` as the rule of its role; an empty rule is removed."""
        others = [each for each in self.role_rules if each.role_id != rule.role_id]
        rules = others if rule.is_empty else [*others, rule]
        return attrs.evolve(self, role_rules=tuple(sorted(rules, key=lambda each: each.role_id)))
