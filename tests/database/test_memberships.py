"""The bot's memberships: left and present guilds, and the first steps, explained once."""

from datetime import UTC, date, datetime, timedelta

from boss_bot_core.database import Database
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
GUILD, OTHER = 2**63 - 1, 10**18


async def test_the_first_time_of_leaving_counts_until_the_bot_is_back(database: Database) -> None:
    async with database.begin() as tx:
        await tx.memberships.record_left([GUILD, OTHER], NOW)
        await tx.memberships.record_left([GUILD], LATER)
        assert await tx.memberships.list_left() == {GUILD: NOW, OTHER: NOW}
        await tx.memberships.record_present([GUILD])
        assert await tx.memberships.list_left() == {OTHER: NOW}
        await tx.memberships.record_left([GUILD], LATER)
        assert await tx.memberships.list_left() == {GUILD: LATER, OTHER: NOW}


async def test_a_guild_is_welcomed_once_also_after_it_was_left(database: Database) -> None:
    async with database.begin() as tx:
        assert await tx.memberships.record_welcome(GUILD, NOW)
        await tx.memberships.record_left([GUILD, OTHER], NOW)
        await tx.memberships.record_present([GUILD, OTHER])
        assert not await tx.memberships.record_welcome(GUILD, LATER)
        assert await tx.memberships.record_welcome(OTHER, LATER)


async def test_guilds_are_known_from_every_table_that_keeps_something_of_them(database: Database) -> None:
    async with database.begin() as tx:
        assert await tx.memberships.list_known() == frozenset()
        for guild_id in (0, 1):
            await tx.items.insert(to_item(build_new_download(guild_id=guild_id), NOW))
        await tx.guilds.put(GuildSettings(guild_id=2))
        await tx.guild_traffic.add_bytes(3, date(2026, 11, 22), 5)
        await tx.memberships.record_welcome(4, NOW)
        assert await tx.memberships.list_known() == {1, 2, 3, 4}
