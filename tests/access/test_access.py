"""Who may download what, rule by rule, and what holds whatever the rules are."""

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
STANDING = AccessProfile(
    user=UserSettings(user_id=7, created_at=NOW),
    guild=GUILD,
    preferences=DEFAULT_PREFERENCES,
    today=DailyUse(used=0, allowed=10, renews_at=NOW),
    operator_limits=OperatorLimits(),
)


def under(guild: GuildSettings) -> AccessProfile:
    return attrs.evolve(STANDING, guild=guild)


def at_level(level: PermissionLevel, profile: AccessProfile = STANDING) -> AccessProfile:
    return attrs.evolve(profile, user=attrs.evolve(profile.user, permission_level=level))


def permit(request: AccessRequest = REQUEST, profile: AccessProfile = STANDING) -> AccessGranted:
    answer = decide_access(request, profile)
    assert isinstance(answer, AccessGranted), answer
    return answer


def refusal(request: AccessRequest = REQUEST, profile: AccessProfile = STANDING) -> str:
    answer = decide_access(request, profile)
    assert isinstance(answer, AccessDenied), answer
    return answer.text


def test_where_nothing_is_set_everybody_may() -> None:
    assert permit(AccessRequest(user_id=7, channel_id=1)).max_file_size_bytes == 50 * MEGABYTE


def test_a_channel_that_is_not_on_the_list_is_refused_with_those_that_are() -> None:
    profile = under(attrs.evolve(GUILD, allowed_channels=frozenset(range(60, 65))))
    assert refusal(profile=profile) == "Downloads are allowed in <#60>, <#61>, <#62> and 2 more only."
    permit(attrs.evolve(REQUEST, channel_id=64), profile)


def test_a_thread_belongs_to_its_channel_and_a_channel_to_its_category() -> None:
    thread = attrs.evolve(REQUEST, parent_ids=frozenset({40, 41}))
    permit(thread, under(attrs.evolve(GUILD, allowed_channels=frozenset({41}))))
    assert "switched off" in refusal(thread, under(attrs.evolve(GUILD, blocked_channels=frozenset({40}))))


def test_what_is_blocked_is_stronger_than_what_is_allowed() -> None:
    both = frozenset({50}), frozenset({MEMBER})
    assert "switched off" in refusal(
        profile=under(attrs.evolve(GUILD, allowed_channels=both[0], blocked_channels=both[0]))
    )
    assert "may not" in refusal(profile=under(attrs.evolve(GUILD, allowed_roles=both[1], blocked_roles=both[1])))


def test_only_members_with_an_allowed_role_may() -> None:
    profile = under(attrs.evolve(GUILD, allowed_roles=frozenset({BOOSTER})))
    assert refusal(profile=profile) == "Only members with the role <@&3> may download here."
    permit(attrs.evolve(REQUEST, role_ids=frozenset({MEMBER, BOOSTER})), profile)


def test_members_with_a_blocked_role_are_told_which() -> None:
    profile = under(attrs.evolve(GUILD, blocked_roles=frozenset({GUEST, MEMBER})))
    assert refusal(profile=profile) == "Members with the role <@&1> may not download here."


def test_who_used_up_the_day_is_told_when_it_ends() -> None:
    used_up = attrs.evolve(STANDING, today=DailyUse(used=10, allowed=10, renews_at=NOW))
    answer = decide_access(REQUEST, used_up)
    assert answer == AccessDenied(
        text=f"You have used your 10 downloads of today; the count starts again <t:{int(NOW.timestamp())}:R>.",
        code=ErrorType.QUOTA_EXCEEDED,
    )
    permit(profile=attrs.evolve(STANDING, today=DailyUse(used=9, allowed=10, renews_at=NOW)))
    permit(profile=attrs.evolve(STANDING, today=DailyUse(used=99, allowed=None, renews_at=NOW)))
    permit(profile=at_level(PermissionLevel.PREMIUM, used_up))


@pytest.mark.parametrize(
    "admin",
    [
        (attrs.evolve(REQUEST, is_admin=True), PermissionLevel.NORMAL),
        (attrs.evolve(REQUEST, is_owner=True), PermissionLevel.NORMAL),
        (REQUEST, PermissionLevel.ADMIN),
        (attrs.evolve(REQUEST, role_ids=frozenset({MEMBER, BOOSTER})), PermissionLevel.NORMAL),
    ],
)
def test_admins_are_held_by_no_rule_but_the_largest_file(admin: tuple[AccessRequest, PermissionLevel]) -> None:
    rules = GuildSettings(
        guild_id=8,
        blocked_roles=frozenset({MEMBER}),
        blocked_channels=frozenset({50}),
        role_rules=(RoleRule(role_id=BOOSTER, permission_level=PermissionLevel.ADMIN),),
    )
    profile = attrs.evolve(under(rules), today=DailyUse(used=99, allowed=10, renews_at=NOW))
    given = permit(admin[0], at_level(admin[1], profile))
    assert (given.level, given.max_file_size_bytes) == (PermissionLevel.ADMIN, 50 * MEGABYTE)


@pytest.mark.parametrize(
    ("asked", "preferred", "level", "rule", "got"),
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
def test_priority_is_what_was_asked_for_as_far_as_it_is_allowed(
    asked: DownloadPriority | None,
    preferred: DownloadPriority,
    level: PermissionLevel,
    rule: DownloadPriority | None,
    got: DownloadPriority,
) -> None:
    guild = GUILD.with_role_rule(RoleRule(role_id=MEMBER, priority=rule))
    preferences = attrs.evolve(DEFAULT_PREFERENCES, default_priority=preferred)
    profile = at_level(level, attrs.evolve(under(guild), preferences=preferences))
    given = permit(attrs.evolve(REQUEST, priority=asked), profile)
    assert given.priority is got
    assert given.is_priority_lowered == (got < (preferred if asked is None else asked))


@pytest.mark.parametrize(
    ("own_mb", "rules_mb", "got_mb"),
    [(None, (), 50), (None, (10,), 10), (None, (10, 25), 25), (5, (25,), 5), (30, (25,), 30), (99, (), 50)],
)
def test_the_largest_file_is_the_persons_own_or_that_of_their_best_role(
    own_mb: int | None, rules_mb: tuple[int, ...], got_mb: int
) -> None:
    guild = GUILD.with_role_rule(RoleRule(role_id=BOOSTER, max_file_size_mb=45))
    for role, megabytes in enumerate(rules_mb, start=10):
        guild = guild.with_role_rule(RoleRule(role_id=role, max_file_size_mb=megabytes))
    profile = attrs.evolve(under(guild), user=attrs.evolve(STANDING.user, max_file_size_mb=own_mb))
    request = attrs.evolve(REQUEST, role_ids=frozenset({MEMBER, 10, 11}))
    assert permit(request, profile).max_file_size_bytes == got_mb * MEGABYTE


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
def test_a_higher_level_never_takes_anything_away(request: AccessRequest, guild: GuildSettings) -> None:
    answers = [decide_access(request, at_level(level, under(guild))) for level in PermissionLevel]
    for lower, higher in pairwise(answers):
        if isinstance(lower, AccessGranted):
            assert isinstance(higher, AccessGranted)
            assert higher.priority >= lower.priority
            assert higher.max_file_size_bytes == lower.max_file_size_bytes <= 50 * MEGABYTE
    assert isinstance(answers[-1], AccessGranted)
