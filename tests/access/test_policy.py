"""The access policy: each rule, and the properties that hold for all rules."""

from datetime import UTC, datetime
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.access import (
    AccessDenied,
    AccessGranted,
    AccessProfile,
    AccessRequest,
    DailyUse,
    OperatorLimits,
    decide_access,
)
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.guilds import GuildSettings, RoleRule
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel, UserSettings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HIGH, NORMAL, LOW = DownloadPriority.HIGH, DownloadPriority.NORMAL, DownloadPriority.LOW
MEMBER, GUEST, BOOSTER = 1, 2, 3
REQUEST = AccessRequest(user_id=7, guild_id=8, channel_id=50, role_ids=frozenset({MEMBER}))
GUILD = GuildSettings(guild_id=8)
PROFILE = AccessProfile(
    user=UserSettings(user_id=7, created_at=NOW),
    guild=GUILD,
    preferences=DEFAULT_PREFERENCES,
    today=DailyUse(used=0, allowed=10, renews_at=NOW),
    operator_limits=OperatorLimits(),
)


def in_guild(guild: GuildSettings) -> AccessProfile:
    return attrs.evolve(PROFILE, guild=guild)


def at_level(level: PermissionLevel, profile: AccessProfile = PROFILE) -> AccessProfile:
    return attrs.evolve(profile, user=attrs.evolve(profile.user, permission_level=level))


def expect_granted(request: AccessRequest = REQUEST, profile: AccessProfile = PROFILE) -> AccessGranted:
    answer = decide_access(request, profile)
    assert isinstance(answer, AccessGranted), answer
    return answer


def expect_denied(request: AccessRequest = REQUEST, profile: AccessProfile = PROFILE) -> str:
    answer = decide_access(request, profile)
    assert isinstance(answer, AccessDenied), answer
    return answer.text


@pytest.mark.parametrize("level", PermissionLevel)
def test_the_bot_posts_for_nobody_what_they_may_not_post_themselves(level: PermissionLevel) -> None:
    request = attrs.evolve(REQUEST, missing_permissions=("Attach Files", "Embed Links"), is_owner=True)
    told = "You need Attach Files and Embed Links here to have media posted."
    assert expect_denied(request, at_level(level)) == told


def test_without_settings_every_user_may_download() -> None:
    assert expect_granted(AccessRequest(user_id=7, channel_id=1)).max_file_size_bytes == 50 * MEGABYTE


def test_a_denial_in_a_channel_names_the_allowed_channels() -> None:
    profile = in_guild(attrs.evolve(GUILD, allowed_channels=frozenset(range(60, 65))))
    assert expect_denied(profile=profile) == "Downloads are allowed in <#60>, <#61>, <#62> and 2 more only."
    expect_granted(attrs.evolve(REQUEST, channel_id=64), profile)


def test_a_rule_of_a_channel_or_category_applies_to_its_threads_and_channels() -> None:
    thread = attrs.evolve(REQUEST, parent_ids=frozenset({40, 41}))
    expect_granted(thread, in_guild(attrs.evolve(GUILD, allowed_channels=frozenset({41}))))
    assert "switched off" in expect_denied(thread, in_guild(attrs.evolve(GUILD, blocked_channels=frozenset({40}))))


def test_a_blocked_channel_or_role_overrides_an_allowed_one() -> None:
    both = frozenset({50}), frozenset({MEMBER})
    assert "switched off" in expect_denied(
        profile=in_guild(attrs.evolve(GUILD, allowed_channels=both[0], blocked_channels=both[0]))
    )
    assert "may not" in expect_denied(
        profile=in_guild(attrs.evolve(GUILD, allowed_roles=both[1], blocked_roles=both[1]))
    )


def test_only_members_with_an_allowed_role_may_download() -> None:
    profile = in_guild(attrs.evolve(GUILD, allowed_roles=frozenset({BOOSTER})))
    assert expect_denied(profile=profile) == "Only members with the role <@&3> may download here."
    expect_granted(attrs.evolve(REQUEST, role_ids=frozenset({MEMBER, BOOSTER})), profile)


def test_a_denial_names_the_blocked_role() -> None:
    profile = in_guild(attrs.evolve(GUILD, blocked_roles=frozenset({GUEST, MEMBER})))
    assert expect_denied(profile=profile) == "Members with the role <@&1> may not download here."


def test_a_used_up_daily_limit_is_denied_with_its_renewal_time() -> None:
    used_up = attrs.evolve(PROFILE, today=DailyUse(used=10, allowed=10, renews_at=NOW))
    answer = decide_access(REQUEST, used_up)
    assert answer == AccessDenied(
        text=f"You have used your 10 downloads of today; the count starts again <t:{int(NOW.timestamp())}:R>.",
        code=ErrorType.QUOTA_EXCEEDED,
    )
    expect_granted(profile=attrs.evolve(PROFILE, today=DailyUse(used=9, allowed=10, renews_at=NOW)))
    expect_granted(profile=attrs.evolve(PROFILE, today=DailyUse(used=99, allowed=None, renews_at=NOW)))
    expect_granted(profile=at_level(PermissionLevel.PREMIUM, used_up))


@pytest.mark.parametrize(
    "admin",
    [
        (attrs.evolve(REQUEST, is_admin=True), PermissionLevel.NORMAL),
        (attrs.evolve(REQUEST, is_owner=True), PermissionLevel.NORMAL),
        (REQUEST, PermissionLevel.ADMIN),
        (attrs.evolve(REQUEST, role_ids=frozenset({MEMBER, BOOSTER})), PermissionLevel.NORMAL),
    ],
)
def test_only_the_file_size_limit_applies_to_admins(admin: tuple[AccessRequest, PermissionLevel]) -> None:
    rules = GuildSettings(
        guild_id=8,
        blocked_roles=frozenset({MEMBER}),
        blocked_channels=frozenset({50}),
        role_rules=(RoleRule(role_id=BOOSTER, permission_level=PermissionLevel.ADMIN),),
    )
    profile = attrs.evolve(in_guild(rules), today=DailyUse(used=99, allowed=10, renews_at=NOW))
    given = expect_granted(admin[0], at_level(admin[1], profile))
    assert (given.level, given.max_file_size_bytes) == (PermissionLevel.ADMIN, 50 * MEGABYTE)


@pytest.mark.parametrize(
    ("requested", "preferred", "level", "rule", "expected"),
    [
        (None, NORMAL, PermissionLevel.NORMAL, None, NORMAL),
        (None, LOW, PermissionLevel.NORMAL, None, LOW),
        (None, HIGH, PermissionLevel.NORMAL, None, NORMAL),
        (None, HIGH, PermissionLevel.PREMIUM, None, HIGH),
        (HIGH, LOW, PermissionLevel.NORMAL, None, NORMAL),
        (HIGH, LOW, PermissionLevel.NORMAL, HIGH, HIGH),
        (HIGH, LOW, PermissionLevel.NORMAL, LOW, LOW),
        (NORMAL, NORMAL, PermissionLevel.NORMAL, HIGH, NORMAL),
        (LOW, HIGH, PermissionLevel.ADMIN, None, LOW),
        (HIGH, LOW, PermissionLevel.PREMIUM, LOW, HIGH),
    ],
)
def test_the_priority_is_the_requested_one_up_to_the_allowed_one(
    requested: DownloadPriority | None,
    preferred: DownloadPriority,
    level: PermissionLevel,
    rule: DownloadPriority | None,
    expected: DownloadPriority,
) -> None:
    guild = GUILD.with_role_rule(RoleRule(role_id=MEMBER, priority=rule))
    preferences = attrs.evolve(DEFAULT_PREFERENCES, default_priority=preferred)
    profile = at_level(level, attrs.evolve(in_guild(guild), preferences=preferences))
    given = expect_granted(attrs.evolve(REQUEST, priority=requested), profile)
    assert given.priority is expected
    assert given.is_priority_lowered == (expected < (preferred if requested is None else requested))


@pytest.mark.parametrize(
    ("user_mb", "rules_mb", "expected_mb"),
    [(None, (), 50), (None, (10,), 10), (None, (10, 25), 25), (5, (25,), 5), (30, (25,), 30), (99, (), 50)],
)
def test_the_file_size_limit_is_that_of_the_user_or_of_the_highest_role(
    user_mb: int | None, rules_mb: tuple[int, ...], expected_mb: int
) -> None:
    guild = GUILD.with_role_rule(RoleRule(role_id=BOOSTER, max_file_size_mb=45))
    for role, megabytes in enumerate(rules_mb, start=10):
        guild = guild.with_role_rule(RoleRule(role_id=role, max_file_size_mb=megabytes))
    profile = attrs.evolve(in_guild(guild), user=attrs.evolve(PROFILE.user, max_file_size_mb=user_mb))
    request = attrs.evolve(REQUEST, role_ids=frozenset({MEMBER, 10, 11}))
    assert expect_granted(request, profile).max_file_size_bytes == expected_mb * MEGABYTE


ids = st.frozensets(st.integers(1, 4), max_size=3)
guilds = st.builds(
    GuildSettings,
    guild_id=st.just(8),
    allowed_roles=ids,
    blocked_roles=ids,
    allowed_channels=ids,
    blocked_channels=ids,
    role_rules=st.lists(
        st.builds(
            RoleRule,
            role_id=st.integers(1, 4),
            max_file_size_mb=st.none() | st.integers(1, 100),
            priority=st.none() | st.sampled_from(DownloadPriority),
        ),
        max_size=3,
    ).map(tuple),
)
requests = st.builds(
    AccessRequest,
    user_id=st.just(7),
    guild_id=st.just(8),
    channel_id=st.integers(1, 4),
    parent_ids=ids,
    role_ids=ids,
    priority=st.none() | st.sampled_from(DownloadPriority),
)


@given(requests, guilds)
def test_a_higher_level_never_lowers_a_limit(request: AccessRequest, guild: GuildSettings) -> None:
    answers = [decide_access(request, at_level(level, in_guild(guild))) for level in PermissionLevel]
    for lower, higher in pairwise(answers):
        if isinstance(lower, AccessGranted):
            assert isinstance(higher, AccessGranted)
            assert higher.priority >= lower.priority
            assert higher.max_file_size_bytes == lower.max_file_size_bytes <= 50 * MEGABYTE
    assert isinstance(answers[-1], AccessGranted)
