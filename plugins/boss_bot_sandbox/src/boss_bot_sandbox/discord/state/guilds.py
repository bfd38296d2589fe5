"""Creates guilds and roles, and changes memberships, roles and boosts.

The seeder, the administrator and the REST routes use these functions.
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
    """Create a guild with its @everyone role and its owner; the bot is added separately."""
    guild = Guild(id=state.ids.generate(), name=name, owner_id=owner_id, boost_tier=boost_tier)
    state.guilds[guild.id] = guild
    state.roles[guild.id] = Role(id=guild.id, guild_id=guild.id, name="@everyone", permissions=EVERYONE)
    add_member(state, guild.id, owner_id)
    return guild


def add_member(
    state: ServerState,
    guild_id: Snowflake,
    user_id: Snowflake,
    role_ids: tuple[Snowflake, ...] = (),
    *,
    permissions: Permission = EVERYONE,
    invited_by: Snowflake | None = None,
) -> Member:
    """Add a user to a guild; for the bot this is an accepted invitation, with which it gets a role of its own.

    Args:
        state: The state.
        guild_id: The guild.
        user_id: The user.
        role_ids: The user's roles.
        permissions: What the role of the bot may do.
        invited_by: Who invites the bot; the guild's owner by default.
    """
    is_bot = user_id == state.bot.id
    if is_bot:
        role_ids += (add_role(state, guild_id, state.bot.username, permissions, bot_id=user_id).id,)
        state.invitations[guild_id] = (invited_by or state.guild(guild_id).owner_id, state.ids.generate())
    member = Member(guild_id=guild_id, user_id=user_id, role_ids=role_ids, joined_at=datetime.now(UTC))
    state.members.setdefault(guild_id, {})[user_id] = member
    state.publish(GuildCreated(state.guild(guild_id)) if is_bot else MemberJoined(member))
    return member


def remove_member(state: ServerState, guild_id: Snowflake, user_id: Snowflake) -> None:
    """Remove a user, possibly the bot with its role, from a guild."""
    guild, member = state.guild(guild_id), state.member(guild_id, user_id)
    del state.members[guild_id][user_id]
    if user_id == state.bot.id:
        state.roles = {one.id: one for one in state.roles.values() if (one.guild_id, one.bot_id) != (guild_id, user_id)}
    state.publish(GuildDeleted(guild) if user_id == state.bot.id else MemberLeft(member))


def set_roles(state: ServerState, guild_id: Snowflake, user_id: Snowflake, role_ids: tuple[Snowflake, ...]) -> None:
    """Give a member exactly these roles."""
    member = attrs.evolve(state.member(guild_id, user_id), role_ids=role_ids)
    state.members[guild_id][user_id] = member
    state.publish(MemberUpdated(member))


def add_role(
    state: ServerState, guild_id: Snowflake, name: str, permissions: Permission, *, bot_id: Snowflake | None = None
) -> Role:
    """Create a role above the existing roles; ``bot_id`` is the bot that it is created for."""
    position = sum(role.guild_id == guild_id for role in state.roles.values())
    role = Role(
        id=state.ids.generate(),
        guild_id=guild_id,
        name=name,
        permissions=permissions,
        position=position,
        bot_id=bot_id,
    )
    state.roles[role.id] = role
    state.publish(RoleCreated(role))
    return role


def set_boost_tier(state: ServerState, guild_id: Snowflake, tier: int) -> None:
    """Set the boost tier of a guild."""
    state.guilds[guild_id] = attrs.evolve(state.guild(guild_id), boost_tier=tier)
    state.publish(GuildUpdated(state.guilds[guild_id]))
