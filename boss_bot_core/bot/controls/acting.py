"""Reads off discord.py's objects who wants something done, and what they may."""

from typing import Any

import discord

from boss_bot_core.bot.controls.permission import Actor
from boss_bot_core.bot.survey import above
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.people import AccessRequest


def actor_in(
    channel: Any,  # noqa: ANN401 - discord.py has a class for each kind of channel; None where it is unknown
    user: discord.User | discord.Member | discord.Object,
    permissions: discord.Permissions,
    guild_id: int | None,
) -> Actor:
    """Return who `user` is, with `permissions` in `channel`."""
    roles = user.roles if isinstance(user, discord.Member) else ()
    return Actor(
        user_id=user.id,
        guild_id=guild_id or LOCAL_ID,
        may_manage_messages=permissions.manage_messages,
        access=AccessRequest(
            user_id=user.id,
            guild_id=guild_id or LOCAL_ID,
            channel_id=channel.id if channel is not None else LOCAL_ID,
            parent_ids=frozenset(above(channel)),
            role_ids=frozenset(role.id for role in roles),
            is_admin=isinstance(user, discord.Member) and permissions.manage_guild,
        ),
    )
