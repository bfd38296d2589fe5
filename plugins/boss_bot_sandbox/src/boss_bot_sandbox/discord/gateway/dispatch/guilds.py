"""Dispatches about guilds, channels, threads, roles and members.

They need the intents for guilds and their members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord import events
from boss_bot_sandbox.discord.gateway.dispatch.base import Dispatch, to_dispatch
from boss_bot_sandbox.discord.gateway.protocol import Intent
from boss_bot_sandbox.discord.wire.guilds import available_guild_json, channel_json, guild_json
from boss_bot_sandbox.discord.wire.users import member_json, role_json, user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


@to_dispatch.register(events.GuildCreated)
def _guild_created(event: events.GuildCreated, state: ServerState) -> Dispatch | None:
    data = available_guild_json(state, event.guild, all_members=False)
    # Without the key "unavailable", clients know that the bot has just joined the guild.
    del data["unavailable"]
    return _guild_dispatch("GUILD_CREATE", event.guild.id, data)


@to_dispatch.register(events.GuildUpdated)
def _guild_updated(event: events.GuildUpdated, state: ServerState) -> Dispatch | None:
    return _guild_dispatch("GUILD_UPDATE", event.guild.id, guild_json(state, event.guild))


@to_dispatch.register(events.GuildDeleted)
def _guild_deleted(event: events.GuildDeleted, _state: ServerState) -> Dispatch | None:
    # The bot is no longer a member, so the dispatch must not require its membership.
    return Dispatch(name="GUILD_DELETE", data={"id": str(event.guild.id)}, intent=Intent.GUILDS)


@to_dispatch.register(events.ChannelCreated)
def _channel_created(event: events.ChannelCreated, state: ServerState) -> Dispatch | None:
    return _channel_dispatch("CREATE", event.channel, state, newly_created=True)


@to_dispatch.register(events.ChannelUpdated)
def _channel_updated(event: events.ChannelUpdated, state: ServerState) -> Dispatch | None:
    return _channel_dispatch("UPDATE", event.channel, state)


@to_dispatch.register(events.ChannelDeleted)
def _channel_deleted(event: events.ChannelDeleted, state: ServerState) -> Dispatch | None:
    return _channel_dispatch("DELETE", event.channel, state)


@to_dispatch.register(events.RoleCreated)
def _role_created(event: events.RoleCreated, _state: ServerState) -> Dispatch | None:
    data: JsonObject = {"role": role_json(event.role), "guild_id": str(event.role.guild_id)}
    return _guild_dispatch("GUILD_ROLE_CREATE", event.role.guild_id, data)


@to_dispatch.register(events.MemberJoined)
def _joined(event: events.MemberJoined, state: ServerState) -> Dispatch | None:
    data = member_json(state, event.member) | {"guild_id": str(event.member.guild_id)}
    return _guild_dispatch("GUILD_MEMBER_ADD", event.member.guild_id, data, Intent.GUILD_MEMBERS)


@to_dispatch.register(events.MemberUpdated)
def _member_updated(event: events.MemberUpdated, state: ServerState) -> Dispatch | None:
    data = member_json(state, event.member) | {"guild_id": str(event.member.guild_id)}
    # The bot gets changes of its own membership without the privileged intent.
    intent = Intent.GUILDS if event.member.user_id == state.bot.id else Intent.GUILD_MEMBERS
    return _guild_dispatch("GUILD_MEMBER_UPDATE", event.member.guild_id, data, intent)


@to_dispatch.register(events.MemberLeft)
def _left(event: events.MemberLeft, state: ServerState) -> Dispatch | None:
    data = {"user": user_json(state.user(event.member.user_id)), "guild_id": str(event.member.guild_id)}
    return _guild_dispatch("GUILD_MEMBER_REMOVE", event.member.guild_id, data, Intent.GUILD_MEMBERS)


def _guild_dispatch(name: str, guild_id: Snowflake, data: JsonObject, intent: Intent = Intent.GUILDS) -> Dispatch:
    return Dispatch(name=name, data=data, intent=intent, guild_id=guild_id)


def _channel_dispatch(
    verb: str, channel: Channel, state: ServerState, *, newly_created: bool = False
) -> Dispatch | None:
    # The deletion of a thread is dispatched to clients that do not know it, too.
    is_announced = channel.thread is None or channel.thread.announced or verb == "DELETE"
    if channel.guild_id is None or not is_announced:
        return None
    data = channel_json(state, channel)
    if newly_created and channel.is_thread:
        data["newly_created"] = True
    return _guild_dispatch(f"{'THREAD' if channel.is_thread else 'CHANNEL'}_{verb}", channel.guild_id, data)
