"""The texts of `$dls`, in the PRD's form."""

from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from boss_bot_core.access import AccessProfile, AccessRequest, DailyUse, OperatorLimits, compute_grant
from boss_bot_core.bot.texts.guild_settings import guild_settings_text
from boss_bot_core.bot.texts.settings import setting_help, user_settings_text
from boss_bot_core.chat_settings.user import USER_SETTINGS
from boss_bot_core.domain.guilds import GuildSettings, RoleRule
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, NotificationPreference, PreferenceChoices
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel, UserSettings

NOW = datetime(2026, 1, 1, tzinfo=UTC)


PROFILE = AccessProfile(
    user=UserSettings(user_id=1, created_at=NOW),
    guild=GuildSettings(guild_id=2),
    preferences=DEFAULT_PREFERENCES,
    today=DailyUse(used=5, allowed=10, renews_at=NOW),
    operator_limits=OperatorLimits(),
)

GRANT = compute_grant(AccessRequest(user_id=1, channel_id=3), PROFILE)


def test_the_prds_example() -> None:
    lines = user_settings_text(PROFILE, GRANT, 4).splitlines()
    assert lines[1:5] == [
        "Your Settings:",
        "Max concurrent downloads: 2",
        "Notification preference: Mentions, normal detail",
        "Default priority: Normal",
    ]
    assert {"Max file size: 50MB", "Total downloads today: 5/10"} <= set(lines)


def test_a_user_without_a_daily_limit_is_shown_none() -> None:
    lines = user_settings_text(PROFILE, attrs.evolve(GRANT, level=PermissionLevel.PREMIUM), 4).splitlines()
    assert {"Level: Premium", "Total downloads today: 5, no limit"} <= set(lines)


def test_a_user_without_notifications_is_promised_no_mention() -> None:
    preferences = attrs.evolve(DEFAULT_PREFERENCES, notification_level=NotificationPreference.NONE)
    lines = user_settings_text(attrs.evolve(PROFILE, preferences=preferences), GRANT, 3).splitlines()
    assert "Notification preference: None, only how it ended" in lines


def test_a_default_priority_that_is_not_granted_is_shown_as_such() -> None:
    preferences = attrs.evolve(DEFAULT_PREFERENCES, default_priority=DownloadPriority.HIGH)
    profile = attrs.evolve(PROFILE, preferences=preferences)
    owner = compute_grant(AccessRequest(user_id=1, channel_id=3, is_owner=True), profile)
    member = compute_grant(AccessRequest(user_id=1, channel_id=3), profile)
    assert "Default priority: High" in user_settings_text(profile, owner, 3).splitlines()
    told = "Default priority: High (you get Normal here: more needs premium or a role)"
    assert told in user_settings_text(profile, member, 3).splitlines()


@pytest.mark.parametrize(
    ("expected", "most_attempts", "shown"),
    [
        ({}, 4, "up to 3 times"),
        ({}, 3, "up to 2 times"),
        ({"max_retries": 5}, 6, "up to 5 times"),
        ({"max_retries": 5}, 3, "up to 2 times (the bot allows no more)"),
        ({"max_retries": 1}, 3, "up to 1 time"),
        ({"max_retries": 0}, 3, "Off"),
        ({"auto_retry": False}, 3, "Off"),
        ({}, 1, "Off"),
    ],
)
def test_the_shown_retries_are_those_that_the_bot_allows(
    expected: dict[str, Any], most_attempts: int, shown: str
) -> None:
    profile = attrs.evolve(PROFILE, preferences=attrs.evolve(DEFAULT_PREFERENCES, **expected))
    assert f"Retry by itself: {shown}" in user_settings_text(profile, GRANT, most_attempts).splitlines()


def test_the_settings_of_a_server_mention_roles_and_channels() -> None:
    rules = tuple(
        RoleRule(role_id=role, max_file_size_mb=25, priority=DownloadPriority.HIGH, permission_level=level)
        for role, level in ((7, PermissionLevel.PREMIUM), (8, None))
    )
    guild = GuildSettings(
        guild_id=2,
        allowed_roles=frozenset(range(12)),
        blocked_channels=frozenset({5}),
        role_rules=rules,
        daily_downloads_per_user=0,
        max_running=3,
        default_preferences=PreferenceChoices(default_priority=DownloadPriority.HIGH, mention_on_complete=False),
    )
    lines = guild_settings_text(guild).splitlines()
    assert lines[1].endswith("<@&9> and 2 more")
    assert lines[2:] == [
        "blocked-roles: none",
        "allowed-channels: all",
        "blocked-channels: <#5>",
        "running at a time: 3",
        "a day for each member: no limit",
        "prefix: the bot's own",
        "members-priority: high",
        "members-mention: off",
        "<@&7>: files up to 25 MB priority up to high level premium",
        "<@&8>: files up to 25 MB priority up to high",
    ]


def test_entries_left_out_of_a_long_list_are_counted() -> None:
    rules = tuple(RoleRule(role_id=role, max_file_size_mb=25) for role in range(1, 13))
    lines = guild_settings_text(GuildSettings(guild_id=2, role_rules=rules)).splitlines()
    assert lines[-2:] == ["<@&10>: files up to 25 MB", "and 2 more roles"]


def test_every_setting_has_a_help_text() -> None:
    for setting in USER_SETTINGS:
        assert setting_help(setting).startswith(f"`{setting.name}`: {setting.help}\nIt takes ")
