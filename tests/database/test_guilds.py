"""Guild settings in the database."""

import asyncio
from datetime import UTC, date, datetime

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings, RoleRule
from boss_bot_core.domain.preferences import BarStyle, PreferenceChoices
from boss_bot_core.domain.privacy import DataOwner
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel

GUILD, OTHER = 2**63 - 1, 10**18
ALL_SET = GuildSettings(
    guild_id=GUILD,
    allowed_roles=frozenset({1, 2**63 - 1}),
    blocked_roles=frozenset({2}),
    allowed_channels=frozenset({3, 4}),
    blocked_channels=frozenset({5}),
    role_rules=(
        RoleRule(role_id=1, max_file_size_mb=25),
        RoleRule(role_id=2, priority=DownloadPriority.LOW, permission_level=PermissionLevel.PREMIUM),
    ),
    max_running=3,
    daily_downloads_per_user=UNLIMITED,
    command_prefix="b!",
    default_preferences=PreferenceChoices(progress_bar_style=BarStyle.DOTS, max_retries=0),
    learnt_upload_limit_bytes=2**40,
    learnt_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
)


@pytest.mark.parametrize("settings", [ALL_SET, GuildSettings(guild_id=GUILD)])
async def test_settings_are_read_as_stored(database: Database, settings: GuildSettings) -> None:
    async with database.begin() as tx:
        assert await tx.guilds.get(GUILD) is None
        await tx.guilds.put(attrs.evolve(ALL_SET, max_running=9))
        await tx.guilds.put(settings)
    async with database.connect() as tx:
        assert await tx.guilds.get(GUILD) == settings
        assert await tx.guilds.get(OTHER) is None


async def test_deleting_a_guild_keeps_the_others(database: Database) -> None:
    async with database.begin() as tx:
        for guild in (GUILD, OTHER):
            await tx.guilds.put(attrs.evolve(ALL_SET, guild_id=guild))
        for _ in range(2):
            await tx.kept_data.delete_settings(DataOwner(kind="guild", id=GUILD))
        assert await tx.guilds.get(GUILD) is None
        assert await tx.guilds.get(OTHER) == attrs.evolve(ALL_SET, guild_id=OTHER)


async def test_only_guilds_with_a_running_limit_are_read(database: Database) -> None:
    async with database.begin() as tx:
        await tx.guilds.put(ALL_SET)
        await tx.guilds.put(GuildSettings(guild_id=OTHER))
        assert await tx.guilds.read_running_limits() == {GUILD: 3}


async def test_only_guilds_with_a_prefix_of_their_own_are_read(database: Database) -> None:
    async with database.begin() as tx:
        await tx.guilds.put(ALL_SET)
        await tx.guilds.put(GuildSettings(guild_id=OTHER))
        assert await tx.guilds.read_command_prefixes() == {GUILD: "b!"}


async def test_fetched_bytes_add_up_for_each_guild_and_day(database: Database) -> None:
    day, next_day = date(2026, 11, 29), date(2026, 11, 30)

    async def add(guild_id: int, when: date, fetched_bytes: int) -> None:
        async with database.begin() as tx:
            await tx.guild_traffic.add_bytes(guild_id, when, fetched_bytes)

    await asyncio.gather(*(add(GUILD, day, 2**40) for _ in range(5)), add(OTHER, day, 7))
    async with database.connect() as tx:
        assert await tx.guild_traffic.count_bytes(GUILD, day) == 5 * 2**40
        assert await tx.guild_traffic.count_bytes(GUILD, next_day) == 0
    await add(GUILD, next_day, 3)
    async with database.connect() as reader:
        assert [await reader.guild_traffic.count_bytes(GUILD, each) for each in (day, next_day)] == [0, 3]
        assert await reader.guild_traffic.count_bytes(OTHER, day) == 7
        assert [await reader.guild_traffic.list_day(each) for each in (day, next_day)] == [{OTHER: 7}, {GUILD: 3}]
