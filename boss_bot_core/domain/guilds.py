"""What a server's admins decided about downloads in their server."""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.domain.preferences import NO_CHOICES, PreferenceChoices
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel

_AT_LEAST_1 = attrs.validators.optional(attrs.validators.ge(1))
NO_IDS: frozenset[int] = frozenset()
UNLIMITED = 0
"""As a daily number: as many as anybody likes."""

UPLOAD_LIMIT_LIFETIME = timedelta(days=7)
"""A learnt upload limit is believed this long: servers gain and lose boosts."""


@attrs.frozen(kw_only=True)
class RoleRule:
    """What the members with one role may do; of several roles, the most generous counts.

    Attributes:
        role_id: Discord's id.
        max_file_size_mb: Largest file, in units of 1,048,576 bytes; None: this rule says nothing of it.
        priority: The most urgent priority that they may ask for; None: this rule says nothing of it.
        permission_level: Their level in this server; None: this rule says nothing of it.
    """

    role_id: int
    max_file_size_mb: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    priority: DownloadPriority | None = None
    permission_level: PermissionLevel | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return self.max_file_size_mb is None and self.priority is None and self.permission_level is None


@attrs.frozen(kw_only=True)
class GuildSettings:
    """A server's settings. An empty set of allowed roles or channels allows all of them; a blocked one stays blocked.

    Attributes:
        guild_id: Discord's id.
        allowed_roles: Only members with one of these may download.
        blocked_roles: Members with one of these may not.
        allowed_channels: Only there.
        blocked_channels: Not there; a category's or parent channel's id stands for what is below it.
        role_rules: Size, priority and level by role; one rule for each role.
        max_running: Downloads of this server that run at a time; None: as the bot is set up.
        daily_downloads_per_user: Of one member, in this server, each day (UTC); None: as the bot is set up;
            `UNLIMITED`: no limit.
        default_preferences: Of its members, where they chose nothing themselves.
        learnt_upload_limit_bytes: Largest request that Discord took here, learnt from a refusal.
        learnt_at: When that was learnt, UTC.
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
    default_preferences: PreferenceChoices = NO_CHOICES
    learnt_upload_limit_bytes: int | None = attrs.field(default=None, validator=_AT_LEAST_1)
    learnt_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)

    def get_upload_limit(self, now: datetime) -> int | None:
        """Return the learnt limit in bytes, or None where nothing was learnt lately."""
        is_fresh = self.learnt_at is not None and self.learnt_at > now - UPLOAD_LIMIT_LIFETIME
        return self.learnt_upload_limit_bytes if is_fresh else None

    def get_role_rule(self, role_id: int) -> RoleRule:
        """Return the role's rule; one that says nothing where there is none."""
        return next((rule for rule in self.role_rules if rule.role_id == role_id), RoleRule(role_id=role_id))

    def with_role_rule(self, rule: RoleRule) -> "GuildSettings":
        """Return the settings with `rule` in place of the role's; one that says nothing is left out."""
        others = [each for each in self.role_rules if each.role_id != rule.role_id]
        rules = others if rule.is_empty else [*others, rule]
        return attrs.evolve(self, role_rules=tuple(sorted(rules, key=lambda each: each.role_id)))
