"""What a use of a command is to the rules about people: who asks, where, with which roles and rights.

Apart from the commands because the downloads and the settings ask the same question.

Reads off discord.py's objects who wants something done, and what they may.
"""

from typing import Any

import discord

from boss_bot_core.access import AccessRequest
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.channel_inspector import parent_ids
from boss_bot_core.bot.controls.actions import Actor
from boss_bot_core.bot.exceptions import CommandRefusedError
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.status import DownloadPriority


def build_access_request(
    context: CommandContext, *, is_owner: bool, priority: DownloadPriority | None = None
) -> AccessRequest:
    """Return the request.

    Args:
        context: The use of a command.
        is_owner: Whether the bot is theirs.
        priority: What they asked for; None: they did not say.
    """
    return AccessRequest(
        user_id=context.invoker.user_id,
        guild_id=context.channel.guild_id,
        channel_id=context.channel.channel_id,
        parent_ids=frozenset(context.channel.parent_ids),
        role_ids=context.invoker.role_ids,
        is_admin=context.invoker.may_manage_server,
        is_owner=is_owner,
        priority=priority,
    )


def require_manager(context: CommandContext) -> None:
    """Return if they may change the settings of the server that they are in.

    Raises:
        RefusedError: They may not, or there is no server.
    """
    if context.channel.is_direct:
        raise CommandRefusedError("❌ That works in a server only.")
    if not context.invoker.may_manage_server:
        raise CommandRefusedError("⛔ You need **Manage Server** for that.")


def build_actor(
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
            parent_ids=frozenset(parent_ids(channel)),
            role_ids=frozenset(role.id for role in roles),
            is_admin=isinstance(user, discord.Member) and permissions.manage_guild,
        ),
    )
