"""Values of users and guilds: defaults, preferences, role rules, and invalid limits."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from boss_bot_core.domain.guilds import UPLOAD_LIMIT_LIFETIME, GuildSettings, RoleRule
from boss_bot_core.domain.preferences import (
    DEFAULT_PREFERENCES,
    NO_CHOICES,
    BarStyle,
    NotificationPreference,
    PreferenceChoices,
    UserPreferences,
)
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel, UserSettings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_defaults_are_the_specified_ones() -> None:
    assert attrs.asdict(DEFAULT_PREFERENCES) == {
        "notification_level": NotificationPreference.NORMAL,
        "progress_bar_style": BarStyle.STANDARD,
        "default_priority": DownloadPriority.NORMAL,
        "mention_on_complete": True,
        "auto_retry": True,
        "max_retries": 3,
        "language": None,
    }
    new = UserSettings(user_id=1, created_at=NOW)
    assert (new.permission_level, new.total_downloads, new.last_download) == (PermissionLevel.NORMAL, 0, None)


def test_choices_of_the_user_override_those_of_the_guild_and_the_defaults() -> None:
    guild = PreferenceChoices(progress_bar_style=BarStyle.DOTS, mention_on_complete=False, max_retries=0)
    user = PreferenceChoices(progress_bar_style=BarStyle.BLOCKS)
    both = user.apply_to(guild.apply_to(DEFAULT_PREFERENCES))
    assert both == attrs.evolve(
        DEFAULT_PREFERENCES, progress_bar_style=BarStyle.BLOCKS, mention_on_complete=False, max_retries=0
    )
    assert NO_CHOICES.apply_to(both) == both


@pytest.mark.parametrize(("retry", "retries", "attempts"), [(True, 3, 4), (True, 0, 1), (False, 3, 1)])
def test_the_first_attempt_is_not_a_retry(retry: bool, retries: int, attempts: int) -> None:  # noqa: FBT001 - a table
    assert UserPreferences(auto_retry=retry, max_retries=retries).max_attempts == attempts


def test_a_learned_upload_limit_expires() -> None:
    learnt = GuildSettings(guild_id=1, learnt_upload_limit_bytes=9, learnt_at=NOW)
    assert learnt.get_upload_limit(NOW + UPLOAD_LIMIT_LIFETIME - timedelta(seconds=1)) == 9
    assert learnt.get_upload_limit(NOW + UPLOAD_LIMIT_LIFETIME) is None
    assert GuildSettings(guild_id=1).get_upload_limit(NOW) is None


def test_a_role_has_one_rule_and_an_empty_rule_is_removed() -> None:
    guild = GuildSettings(guild_id=1)
    for size in (20, 10):
        guild = guild.with_role_rule(RoleRule(role_id=5, max_file_size_mb=size))
    guild = guild.with_role_rule(RoleRule(role_id=4, priority=DownloadPriority.LOW))
    assert [rule.role_id for rule in guild.role_rules] == [4, 5]
    assert guild.get_role_rule(5).max_file_size_mb == 10
    assert guild.get_role_rule(6).is_empty
    assert guild.with_role_rule(RoleRule(role_id=5)).role_rules == (RoleRule(role_id=4, priority=DownloadPriority.LOW),)


def test_invalid_limits_are_refused() -> None:
    with pytest.raises(ValueError, match="max_concurrent_downloads"):
        UserSettings(user_id=1, created_at=NOW, max_concurrent_downloads=0)
    with pytest.raises(ValueError, match="max_running"):
        GuildSettings(guild_id=1, max_running=0)
    with pytest.raises(ValueError, match="max_retries"):
        UserPreferences(max_retries=6)
