"""Servers that the bot joins and leaves: the first steps, explained once, and what is kept of a left server."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from boss_bot_sandbox.discord.model.channels import Guild
from boss_bot_sandbox.discord.model.permissions import EVERYONE, Permission
from boss_bot_sandbox.discord.model.users import User
from tests.e2e.discord.bot_driver import Sandbox
from tests.e2e.discord.conftest import OpenSandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

READER = EVERYONE | Permission.VIEW_AUDIT_LOG
_HELLO = "Three things to do first"


def new_guild(sandbox: Sandbox, name: str) -> tuple[Guild, User, User]:
    """Return a guild without the bot, its owner, and another member."""
    owner, member = sandbox.discord.seed.person(f"{name}-owner"), sandbox.discord.seed.person(f"{name}-member")
    return sandbox.discord.seed.guild(name, owner=owner, bot=False), owner, member


async def wait_until_ready(sandbox: Sandbox) -> None:
    """Wait until the bot has noted its first guilds: it takes every guild that is there then for an old one."""
    async with asyncio.timeout(20):
        while not left(sandbox):
            await asyncio.sleep(0.05)


def hellos(sandbox: Sandbox, user: User) -> int:
    return sum(_HELLO in message.content for message in sandbox.discord.user(user.username).direct().messages)


async def wait_for_hello(sandbox: Sandbox, user: User) -> str:
    direct = sandbox.discord.user(user.username).direct()
    return (await direct.wait_for(lambda message: _HELLO in message.content, 20)).content


def left(sandbox: Sandbox) -> dict[int, str | None]:
    """Return when the bot left each guild with a record of its membership."""
    with closing(sqlite3.connect(sandbox.bot.data / "boss-bot.sqlite3", timeout=10)) as connection:
        return dict(connection.execute("SELECT guild_id, left_at FROM guild_memberships").fetchall())


async def wait_until_left(sandbox: Sandbox, guild: Guild, *, is_left: bool = True) -> None:
    async with asyncio.timeout(20):
        while (left(sandbox).get(guild.id) is not None) is not is_left:
            await asyncio.sleep(0.05)


async def test_the_first_steps_reach_one_person_once(sandbox: Sandbox) -> None:
    admin = sandbox.discord.admin
    await wait_until_ready(sandbox)
    guild, owner, inviter = new_guild(sandbox, "Known_Inviter")
    admin.invite_bot(guild, by=inviter, permissions=READER)
    text = await wait_for_hello(sandbox, inviter)
    assert text.startswith("👋 Thank you for adding me to **Known\\_Inviter**.")
    assert [line[:2] for line in text.splitlines()[1:4]] == ["1.", "2.", "3."]
    second, second_owner, hidden = new_guild(sandbox, "Hidden Inviter")
    admin.invite_bot(second, by=hidden)
    await wait_for_hello(sandbox, second_owner)
    assert (hellos(sandbox, owner), hellos(sandbox, hidden)) == (0, 0)
    admin.remove_bot(guild)
    await wait_until_left(sandbox, guild)
    admin.invite_bot(guild, by=inviter, permissions=READER)
    await wait_until_left(sandbox, guild, is_left=False)
    third, third_owner, _ = new_guild(sandbox, "Third")
    admin.invite_bot(third)
    await wait_for_hello(sandbox, third_owner)
    assert hellos(sandbox, inviter) == 1


async def test_with_closed_direct_messages_the_first_steps_come_into_the_server(sandbox: Sandbox) -> None:
    await wait_until_ready(sandbox)
    guild, owner, inviter = new_guild(sandbox, "Closed")
    channel = sandbox.discord.seed.channel("lobby", guild)
    for user in (owner, inviter):
        sandbox.discord.seed.close_direct(user)
    sandbox.discord.admin.invite_bot(guild, by=inviter, permissions=READER)
    posted = await sandbox.discord.channel("lobby").wait_for(lambda message: _HELLO in message.content, 20)
    assert posted.channel_id == channel.id
    nowhere, nobody, _ = new_guild(sandbox, "Nowhere")
    sandbox.discord.seed.close_direct(nobody)
    sandbox.discord.admin.invite_bot(nowhere)
    await wait_until_left(sandbox, nowhere, is_left=False)
    async with asyncio.timeout(20):
        while "explained to nobody" not in sandbox.bot.output:
            await asyncio.sleep(0.05)


async def test_what_happened_while_the_bot_was_away_is_noticed_at_its_next_start(open_sandbox: OpenSandbox) -> None:
    async with open_sandbox() as sandbox:
        await wait_until_ready(sandbox)
        guild, owner, _ = new_guild(sandbox, "Left Later")
        silent, _, _ = new_guild(sandbox, "Unavailable")
        for each in (guild, silent):
            sandbox.discord.admin.invite_bot(each)
        async with asyncio.timeout(20):
            while not {guild.id, silent.id} <= left(sandbox).keys():
                await asyncio.sleep(0.05)
        await wait_for_hello(sandbox, owner)
        await sandbox.bot.stop()
        sandbox.discord.admin.remove_bot(guild)
        sandbox.discord.faults.gateway.withhold(silent)
        await sandbox.bot.start()
        await wait_until_left(sandbox, guild)
        assert left(sandbox)[silent.id] is None
        await sandbox.bot.stop()
        sandbox.discord.admin.invite_bot(guild)
        new, new_owner, _ = new_guild(sandbox, "New Meanwhile")
        sandbox.discord.admin.invite_bot(new)
        await sandbox.bot.start()
        await wait_until_left(sandbox, guild, is_left=False)
        await wait_for_hello(sandbox, new_owner)
        assert hellos(sandbox, owner) == 1
        first = sandbox.discord.state.guild(sandbox.discord.guild().id)
        assert hellos(sandbox, sandbox.discord.state.user(first.owner_id)) == 0
