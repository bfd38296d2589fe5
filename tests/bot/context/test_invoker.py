"""The facts about a user that are read from discord.py's objects, for commands, buttons and reactions alike."""

from unittest.mock import create_autospec

import discord
import pytest
from discord.ext import commands

from boss_bot_core.bot.context.invoker import Invoker, read_invoker
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.status import DownloadPriority

ADA, GUILD, CHANNEL, CATEGORY, THREAD, ROLE = 11, 21, 31, 41, 51, 61


@pytest.fixture
def member() -> discord.Member:
    member: discord.Member = create_autospec(discord.Member, instance=True, id=ADA, roles=[discord.Object(ROLE)])
    return member


@pytest.fixture
def channel() -> discord.TextChannel:
    channel: discord.TextChannel = create_autospec(discord.TextChannel, instance=True, id=CHANNEL, category_id=CATEGORY)
    return channel


def test_a_member_has_roles_and_permissions(member: discord.Member, channel: discord.TextChannel) -> None:
    invoker = read_invoker(member, discord.Permissions.all(), channel=channel, guild_id=GUILD)
    assert invoker == Invoker(
        user_id=ADA,
        guild_id=GUILD,
        channel_id=CHANNEL,
        parent_ids=frozenset({CATEGORY}),
        role_ids=frozenset({ROLE}),
        can_manage_guild=True,
        can_manage_messages=True,
    )


def test_permissions_do_not_count_without_membership(channel: discord.TextChannel) -> None:
    user = create_autospec(discord.User, instance=True, id=ADA)
    invoker = read_invoker(user, discord.Permissions.all(), channel=channel, guild_id=GUILD)
    assert not invoker.role_ids
    assert not invoker.can_manage_guild
    assert not invoker.can_manage_messages


def test_roles_and_permissions_do_not_count_outside_of_guilds(member: discord.Member) -> None:
    direct = create_autospec(discord.DMChannel, instance=True, id=CHANNEL)
    del direct.category_id
    invoker = read_invoker(member, discord.Permissions.all(), channel=direct, guild_id=None)
    assert invoker == Invoker(user_id=ADA, channel_id=CHANNEL)


def test_a_thread_is_inside_its_channel_and_the_category_of_that(
    member: discord.Member, channel: discord.TextChannel
) -> None:
    thread = create_autospec(discord.Thread, instance=True, id=THREAD, parent_id=CHANNEL)
    thread.parent = channel
    assert read_invoker(member, channel=thread, guild_id=GUILD).parent_ids == {CHANNEL, CATEGORY}
    thread.parent = None
    assert read_invoker(member, channel=thread, guild_id=GUILD).parent_ids == {CHANNEL}


def test_a_user_in_an_unknown_channel_is_known_by_the_id() -> None:
    invoker = read_invoker(discord.Object(ADA), channel=None, guild_id=GUILD)
    assert invoker == Invoker(user_id=ADA, guild_id=GUILD, channel_id=LOCAL_ID)


def test_the_access_request_carries_every_fact(member: discord.Member, channel: discord.TextChannel) -> None:
    invoker = read_invoker(member, discord.Permissions.all(), channel=channel, guild_id=GUILD)
    request = invoker.to_access_request(is_owner=True, priority=DownloadPriority.HIGH)
    assert (request.user_id, request.guild_id, request.channel_id) == (ADA, GUILD, CHANNEL)
    assert (request.parent_ids, request.role_ids) == (frozenset({CATEGORY}), frozenset({ROLE}))
    assert (request.is_admin, request.is_owner, request.priority) == (True, True, DownloadPriority.HIGH)


def test_changing_a_guild_needs_a_guild_and_the_permission() -> None:
    with pytest.raises(commands.NoPrivateMessage):
        Invoker(user_id=ADA, can_manage_guild=True).require_manage_guild()
    with pytest.raises(commands.MissingPermissions):
        Invoker(user_id=ADA, guild_id=GUILD).require_manage_guild()
    Invoker(user_id=ADA, guild_id=GUILD, can_manage_guild=True).require_manage_guild()
