"""Making and changing guilds, channels, roles and memberships.

Seeds, faults and the page use these; the bot's few rights over places come through REST to the same functions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.events import (
    GuildCreated,
    GuildDeleted,
    GuildUpdated,
    MemberJoined,
    MemberLeft,
    MemberUpdated,
    RoleCreated,
)
from boss_bot_sandbox.discord.model.channels import Guild
from boss_bot_sandbox.discord.model.permissions import EVERYONE, Permission
from boss_bot_sandbox.discord.model.users import Member, Role

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def add_guild(state: ServerState, name: str, owner_id: Snowflake, *, boost_tier: int = 0) -> Guild:
    """Make a guild with its @everyone role and its owner; the bot joins separately."""
    guild = Guild(id=state.ids.generate(), name=name, owner_id=owner_id, boost_tier=boost_tier)
    state.guilds[guild.id] = guild
    state.roles[guild.id] = Role(id=guild.id, guild_id=guild.id, name="@everyone", permissions=EVERYONE)
    add_member(state, guild.id, owner_id)
    return guild


def add_member(
    state: ServerState, guild_id: Snowflake, user_id: Snowflake, role_ids: tuple[Snowflake, ...] = ()
) -> Member:
    """Make somebody a member; for the bot this is an invitation it accepts at once."""
    member = Member(guild_id=guild_id, user_id=user_id, role_ids=role_ids, joined_at=datetime.now(UTC))
    state.members.setdefault(guild_id, {})[user_id] = member
    is_bot = user_id == state.bot.id
    state.publish(GuildCreated(state.guild(guild_id)) if is_bot else MemberJoined(member))
    return member


def remove_member(state: ServerState, guild_id: Snowflake, user_id: Snowflake) -> None:
    """End a membership; for the bot it is being removed."""
    guild, member = state.guild(guild_id), state.member(guild_id, user_id)
    del state.members[guild_id][user_id]
    state.publish(GuildDeleted(guild) if user_id == state.bot.id else MemberLeft(member))


def set_roles(state: ServerState, guild_id: Snowflake, user_id: Snowflake, role_ids: tuple[Snowflake, ...]) -> None:
    """Give a member exactly these roles."""
    member = attrs.evolve(state.member(guild_id, user_id), role_ids=role_ids)
    state.members[guild_id][user_id] = member
    state.publish(MemberUpdated(member))


def add_role(
    state: ServerState, guild_id: Snowflake, name: str, permissions: Permission, *, managed: bool = False
) -> Role:
    """Make a role above the ones there are."""
    position = sum(role.guild_id == guild_id for role in state.roles.values())
    role = Role(
        id=state.ids.generate(),
        guild_id=guild_id,
        name=name,
        permissions=permissions,
        position=position,
        managed=managed,
    )
    state.roles[role.id] = role
    state.publish(RoleCreated(role))
    return role


def set_boost_tier(state: ServerState, guild_id: Snowflake, tier: int) -> None:
    """Boost a guild, or let the boosts run out."""
    state.guilds[guild_id] = attrs.evolve(state.guild(guild_id), boost_tier=tier)
    state.publish(GuildUpdated(state.guilds[guild_id]))
