"""JSON of guilds and channels.

The gateway's GUILD_CREATE contains more fields than the guild of the REST API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.channels import ChannelKind
from boss_bot_sandbox.discord.model.permissions import ALL
from boss_bot_sandbox.discord.wire.users import member_json, role_json, user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Channel, Guild, Overwrite, ThreadState
    from boss_bot_sandbox.discord.state.server_state import ServerState

LOCALE = "en-US"


def permissions_text(permissions: int) -> str:
    """Return permissions as a non-negative decimal number in a string, as Discord does."""
    return str(permissions & int(ALL))


def overwrite_json(overwrite: Overwrite) -> JsonObject:
    """Return a permission overwrite of a channel."""
    return {
        "id": str(overwrite.target_id),
        "type": int(overwrite.for_member),
        "allow": permissions_text(overwrite.allow),
        "deny": permissions_text(overwrite.deny),
    }


def channel_json(state: ServerState, channel: Channel) -> JsonObject:
    """Return a channel, thread or direct message."""
    last = str(channel.last_message_id) if channel.last_message_id else None
    common: JsonObject = {"id": str(channel.id), "type": int(channel.kind), "last_message_id": last, "flags": 0}
    if channel.guild_id is None:
        others = [one for one in channel.recipient_ids if one != state.bot.id]
        return {**common, "recipients": [user_json(state.user(one)) for one in others]}
    parent = str(channel.parent_id) if channel.parent_id else None
    common |= {"guild_id": str(channel.guild_id), "name": channel.name, "parent_id": parent, "rate_limit_per_user": 0}
    common |= {"bitrate": 64_000, "user_limit": 0} if channel.kind.is_voice else {}
    if channel.thread is not None:
        return {**common, **_thread(state, channel, channel.thread)}
    return {
        **common,
        "topic": channel.topic,
        "position": channel.position,
        "nsfw": channel.age_restricted,
        "permission_overwrites": [overwrite_json(one) for one in channel.overwrites],
    }


def _thread(state: ServerState, channel: Channel, thread: ThreadState) -> JsonObject:
    return {
        "owner_id": str(thread.owner_id),
        "message_count": len(state.messages.get(channel.id, {})),
        "total_message_sent": len(state.messages.get(channel.id, {})),
        "member_count": 1,
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": thread.auto_archive_min,
            "archive_timestamp": thread.created_at.isoformat(),
            "create_timestamp": thread.created_at.isoformat(),
            "locked": thread.locked,
        },
    }


def guild_json(state: ServerState, guild: Guild) -> JsonObject:
    """Return a guild with its roles; its system channel is its first one."""
    texts = [one for one in state.channels.values() if one.guild_id == guild.id and one.kind is ChannelKind.TEXT]
    first = min(texts, key=lambda one: one.position, default=None)
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(guild.owner_id),
        "premium_tier": guild.boost_tier,
        "premium_subscription_count": (0, 2, 7, 14)[guild.boost_tier],
        "preferred_locale": LOCALE,
        **{name: [] for name in ("features", "emojis", "stickers")},
        "default_message_notifications": 1,
        **dict.fromkeys(("verification_level", "explicit_content_filter", "mfa_level", "nsfw_level"), 0),
        "afk_timeout": 300,
        "system_channel_id": None if first is None else str(first.id),
        "system_channel_flags": 0,
        "roles": [role_json(role) for role in state.roles.values() if role.guild_id == guild.id],
        "approximate_member_count": len(state.members.get(guild.id, {})),
    }


def available_guild_json(state: ServerState, guild: Guild, *, all_members: bool) -> JsonObject:
    """Return a guild as GUILD_CREATE contains it, without its archived threads.

    Args:
        state: The state, for its channels and members.
        guild: The guild.
        all_members: Whether all members are included; without it only the bot is.
    """
    members = state.members.get(guild.id, {})
    channels = [one for one in state.channels.values() if one.guild_id == guild.id]
    threads = [one for one in channels if one.thread is not None and one.thread.announced and not one.thread.archived]
    return {
        **guild_json(state, guild),
        "unavailable": False,
        "joined_at": members[state.bot.id].joined_at.isoformat(),
        "large": False,
        "member_count": len(members),
        "members": [member_json(state, one) for one in members.values() if all_members or one.user_id == state.bot.id],
        "channels": [channel_json(state, one) for one in channels if not one.is_thread],
        "threads": [channel_json(state, one) for one in threads],
        "presences": [],
        "voice_states": [],
    }
