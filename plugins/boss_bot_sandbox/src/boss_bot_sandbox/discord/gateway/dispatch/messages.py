"""Dispatches about messages, reactions, typing and interactions.

Ephemeral messages are not dispatched: the bot gets them only in the responses to its own requests.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord import events
from boss_bot_sandbox.discord.gateway.dispatch.base import Dispatch, to_dispatch
from boss_bot_sandbox.discord.gateway.protocol import Intent
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.wire.interactions import interaction_json
from boss_bot_sandbox.discord.wire.message_parts import emoji_json
from boss_bot_sandbox.discord.wire.messages import gateway_extras, visible_message_json
from boss_bot_sandbox.discord.wire.users import member_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.state.server_state import ServerState

# The intent for guilds, then the intent for direct messages.
_MESSAGES = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES)
_REACTIONS = (Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS)
_TYPING = (Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING)


@to_dispatch.register(events.MessageCreated)
def _created(event: events.MessageCreated, state: ServerState) -> Dispatch | None:
    return _content_dispatch("MESSAGE_CREATE", event.message, state)


@to_dispatch.register(events.MessageEdited)
def _edited(event: events.MessageEdited, state: ServerState) -> Dispatch | None:
    return _content_dispatch("MESSAGE_UPDATE", event.message, state)


@to_dispatch.register(events.MessageDeleted)
def _deleted(event: events.MessageDeleted, _state: ServerState) -> Dispatch | None:
    return _message_dispatch("MESSAGE_DELETE", event.message, {"id": str(event.message.id)}, _MESSAGES)


@to_dispatch.register(events.ReactionAdded)
def _reacted(event: events.ReactionAdded, state: ServerState) -> Dispatch | None:
    data = _reaction_data(event) | {"message_author_id": str(event.message.author_id), "burst": False}
    member = state.members.get(event.message.guild_id or Snowflake(0), {}).get(event.user_id)
    if member is not None:
        data["member"] = member_json(state, member)
    return _message_dispatch("MESSAGE_REACTION_ADD", event.message, data, _REACTIONS)


@to_dispatch.register(events.ReactionRemoved)
def _unreacted(event: events.ReactionRemoved, _state: ServerState) -> Dispatch | None:
    return _message_dispatch(
        "MESSAGE_REACTION_REMOVE", event.message, _reaction_data(event) | {"burst": False}, _REACTIONS
    )


@to_dispatch.register(events.ReactionsCleared)
def _cleared(event: events.ReactionsCleared, _state: ServerState) -> Dispatch | None:
    data: JsonObject = {"message_id": str(event.message.id)}
    if event.emoji is None:
        return _message_dispatch("MESSAGE_REACTION_REMOVE_ALL", event.message, data, _REACTIONS)
    data["emoji"] = emoji_json(event.emoji)
    return _message_dispatch("MESSAGE_REACTION_REMOVE_EMOJI", event.message, data, _REACTIONS)


@to_dispatch.register(events.TypingStarted)
def _typing(event: events.TypingStarted, state: ServerState) -> Dispatch | None:
    data: JsonObject = {"channel_id": str(event.channel_id), "user_id": str(event.user_id)}
    data["timestamp"] = int(time.time())
    if event.guild_id is not None:
        member = member_json(state, state.member(event.guild_id, event.user_id))
        data |= {"guild_id": str(event.guild_id), "member": member}
    return Dispatch(
        name="TYPING_START",
        data=data,
        intent=_TYPING[event.guild_id is None],
        channel_id=event.channel_id,
        guild_id=event.guild_id,
    )


@to_dispatch.register(events.InteractionCreated)
def _interaction(event: events.InteractionCreated, state: ServerState) -> Dispatch | None:
    return Dispatch(name="INTERACTION_CREATE", data=interaction_json(state, event.interaction))


def _content_dispatch(name: str, message: Message, state: ServerState) -> Dispatch | None:
    extras = gateway_extras(state, message)
    dispatch = _message_dispatch(name, message, visible_message_json(state, message, content=True) | extras, _MESSAGES)
    if dispatch is None:
        return None
    without = visible_message_json(state, message, content=False) | extras
    return attrs.evolve(dispatch, data_without_content=without)


def _message_dispatch(name: str, message: Message, data: JsonObject, intents: tuple[Intent, Intent]) -> Dispatch | None:
    if message.visible_to is not None:
        return None
    data = {**data, "channel_id": str(message.channel_id)}
    if message.guild_id is not None:
        data["guild_id"] = str(message.guild_id)
    intent = intents[message.guild_id is None]
    return Dispatch(name=name, data=data, intent=intent, channel_id=message.channel_id, guild_id=message.guild_id)


def _reaction_data(event: events.ReactionAdded | events.ReactionRemoved) -> JsonObject:
    return {
        "user_id": str(event.user_id),
        "message_id": str(event.message.id),
        "emoji": emoji_json(event.emoji),
        "type": 0,
    }
