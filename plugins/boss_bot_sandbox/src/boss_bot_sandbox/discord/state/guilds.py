"""Making and changing guilds, channels, roles and memberships.

Seeds, faults and the page use these; the bot's few rights over places come through REST to the same functions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.events import (
    ChannelCreated,
    ChannelDeleted,
    ChannelUpdated,
    GuildCreated,
    GuildDeleted,
    GuildUpdated,
    MemberJoined,
    MemberLeft,
    MemberUpdated,
    RoleCreated,
)
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, Guild
from boss_bot_sandbox.discord.model.permissions import EVERYONE, Permission
from boss_bot_sandbox.discord.model.users import Member, Role

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World


def add_guild(world: World, name: str, owner_id: Snowflake, *, boost_tier: int = 0) -> Guild:
    """Make a guild with its @everyone role and its owner; the bot joins separately."""
    guild = Guild(id=world.ids.mint(), name=name, owner_id=owner_id, boost_tier=boost_tier)
    world.guilds[guild.id] = guild
    world.roles[guild.id] = Role(id=guild.id, guild_id=guild.id, name="@everyone", permissions=EVERYONE)
    join(world, guild.id, owner_id)
    return guild


def join(world: World, guild_id: Snowflake, user_id: Snowflake, role_ids: tuple[Snowflake, ...] = ()) -> Member:
    """Make somebody a member; for the bot this is an invitation it accepts at once."""
    member = Member(guild_id=guild_id, user_id=user_id, role_ids=role_ids, joined_at=datetime.now(UTC))
    world.members.setdefault(guild_id, {})[user_id] = member
    is_bot = user_id == world.bot.id
    world.publish(GuildCreated(world.guild(guild_id)) if is_bot else MemberJoined(member))
    return member


def leave(world: World, guild_id: Snowflake, user_id: Snowflake) -> None:
    """End a membership; for the bot it is being removed."""
    guild, member = world.guild(guild_id), world.member(guild_id, user_id)
    del world.members[guild_id][user_id]
    world.publish(GuildDeleted(guild) if user_id == world.bot.id else MemberLeft(member))


def set_roles(world: World, guild_id: Snowflake, user_id: Snowflake, role_ids: tuple[Snowflake, ...]) -> None:
    """Give a member exactly these roles."""
    member = attrs.evolve(world.member(guild_id, user_id), role_ids=role_ids)
    world.members[guild_id][user_id] = member
    world.publish(MemberUpdated(member))


def add_role(world: World, guild_id: Snowflake, name: str, permissions: Permission, *, managed: bool = False) -> Role:
    """Make a role above the ones there are."""
    position = sum(role.guild_id == guild_id for role in world.roles.values())
    role = Role(
        id=world.ids.mint(), guild_id=guild_id, name=name, permissions=permissions, position=position, managed=managed
    )
    world.roles[role.id] = role
    world.publish(RoleCreated(role))
    return role


def set_boost_tier(world: World, guild_id: Snowflake, tier: int) -> None:
    """Boost a guild, or let the boosts run out."""
    world.guilds[guild_id] = attrs.evolve(world.guild(guild_id), boost_tier=tier)
    world.publish(GuildUpdated(world.guilds[guild_id]))


def add_channel(world: World, channel: Channel) -> Channel:
    """Open a channel or thread."""
    world.channels[channel.id] = channel
    world.messages.setdefault(channel.id, {})
    # Discord tells nobody about a direct message before its first message.
    if channel.kind is not ChannelKind.DM:
        world.publish(ChannelCreated(channel))
    return channel


def change_channel(world: World, channel: Channel) -> None:
    """Store a changed channel."""
    world.channels[channel.id] = channel
    world.publish(ChannelUpdated(channel))


def delete_channel(world: World, channel_id: Snowflake) -> None:
    """Remove a channel with its threads and messages."""
    for thread_id in [one.id for one in world.channels.values() if one.is_thread and one.parent_id == channel_id]:
        delete_channel(world, thread_id)
    channel = world.channel(channel_id)
    del world.channels[channel_id]
    world.messages.pop(channel_id, None)
    world.publish(ChannelDeleted(channel))
