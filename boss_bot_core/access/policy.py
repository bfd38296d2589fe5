"""The access policy: whether a user may download in a channel, and with which limits. Pure functions, without I/O."""

from collections.abc import Collection

from boss_bot_core.access.model import AccessDenied, AccessGranted, AccessRequest
from boss_bot_core.access.profile import AccessProfile, DailyUse
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.guilds import RoleRule
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel

_MAX_MENTIONS = 3


def decide_access(request: AccessRequest, profile: AccessProfile) -> AccessGranted | AccessDenied:
    """Return whether the rules of the guild and of the operator allow the download.

    For admins (of the guild, by a role, or set by the bot's owner) only the file size limit applies. For premium
    members the daily limit does not apply. A blocked role or channel overrides an allowed one. What users may not post
    themselves, the bot posts for nobody.
    """
    if request.missing_permissions:
        text = f"You need {' and '.join(request.missing_permissions)} here to have media posted."
        return AccessDenied(text=text, code=ErrorType.PERMISSION_DENIED)
    level = _effective_level(request, profile)
    if level is not PermissionLevel.ADMIN:
        reason = _channel_denial(request, profile) or _role_denial(request, profile)
        if reason is not None:
            return AccessDenied(text=reason, code=ErrorType.PERMISSION_DENIED)
    if level is PermissionLevel.NORMAL and profile.today.is_used_up:
        return AccessDenied(text=_daily_limit_denial(profile), code=ErrorType.QUOTA_EXCEEDED)
    return compute_grant(request, profile)


def compute_grant(request: AccessRequest, profile: AccessProfile) -> AccessGranted:
    """Return the limits of the user, without checking whether access is denied."""
    rules, level = _applicable_rules(request, profile), _effective_level(request, profile)
    requested = profile.preferences.default_priority if request.priority is None else request.priority
    return AccessGranted(
        level=level,
        max_file_size_bytes=_max_file_size_bytes(profile, rules),
        priority=min(requested, _max_priority(level, rules)),
        requested_priority=requested,
        preferences=profile.preferences,
    )


def _effective_level(request: AccessRequest, profile: AccessProfile) -> PermissionLevel:
    """Return the highest level that the user has in the guild: as its admin, by a role, or set by the bot's owner."""
    if request.is_owner or request.is_admin:
        return PermissionLevel.ADMIN
    levels = [rule.permission_level for rule in _applicable_rules(request, profile)]
    set_levels = [profile.user.permission_level, *(level for level in levels if level is not None)]
    return max(set_levels, key=list(PermissionLevel).index)


def _applicable_rules(request: AccessRequest, profile: AccessProfile) -> list[RoleRule]:
    return [rule for rule in profile.guild.role_rules if rule.role_id in request.role_ids]


def _channel_denial(request: AccessRequest, profile: AccessProfile) -> str | None:
    guild, channels = profile.guild, request.parent_ids | {request.channel_id}
    if channels & guild.blocked_channels:
        return "Downloads are switched off in this channel."
    if guild.allowed_channels and not channels & guild.allowed_channels:
        return f"Downloads are allowed in {_format_mentions('#', guild.allowed_channels)} only."
    return None


def _role_denial(request: AccessRequest, profile: AccessProfile) -> str | None:
    guild = profile.guild
    if request.role_ids & guild.blocked_roles:
        roles = _format_mentions("@&", request.role_ids & guild.blocked_roles)
        return f"Members with the role {roles} may not download here."
    if guild.allowed_roles and not request.role_ids & guild.allowed_roles:
        return f"Only members with the role {_format_mentions('@&', guild.allowed_roles)} may download here."
    return None


def _daily_limit_denial(profile: AccessProfile) -> str:
    today = profile.today
    return f"You have used your {today.allowed} downloads of today; the count starts again {_format_renewal(today)}."


def _max_file_size_bytes(profile: AccessProfile, rules: Collection[RoleRule]) -> int:
    role_limits = [rule.max_file_size_mb for rule in rules if rule.max_file_size_mb is not None]
    max_megabytes = profile.user.max_file_size_mb or max(role_limits, default=None)
    cap = profile.operator_limits.max_file_size_bytes
    return cap if max_megabytes is None else min(cap, max_megabytes * MEGABYTE)


def _max_priority(level: PermissionLevel, rules: Collection[RoleRule]) -> DownloadPriority:
    if level is not PermissionLevel.NORMAL:
        return DownloadPriority.HIGH
    role_priorities = [rule.priority for rule in rules if rule.priority is not None]
    return max(role_priorities, default=DownloadPriority.NORMAL)


def _format_renewal(today: DailyUse) -> str:
    # Discord shows such a timestamp as "in 5 hours", in the reader's language, and keeps it current.
    return f"<t:{int(today.renews_at.timestamp())}:R>"


def _format_mentions(sigil: str, ids: Collection[int]) -> str:
    names = [f"<{sigil}{number}>" for number in sorted(ids)]
    shown = ", ".join(names[:_MAX_MENTIONS])
    return f"{shown} and {len(names) - _MAX_MENTIONS} more" if len(names) > _MAX_MENTIONS else shown
