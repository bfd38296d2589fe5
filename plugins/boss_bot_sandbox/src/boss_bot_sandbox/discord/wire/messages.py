"""JSON of messages, with and without their content.

The content is removed here for an application without the Message Content intent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.message import Message, MessageFlag, Origin
from boss_bot_sandbox.discord.wire.message_parts import attachment_json, reaction_json
from boss_bot_sandbox.discord.wire.users import partial_member_json, user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState

_CONTENT = {"content": "", "embeds": [], "attachments": [], "components": []}
_SNAPSHOT_FIELDS = ("type", "timestamp", "edited_timestamp", "flags", "mentions", "mention_roles", *_CONTENT)


def message_json(state: ServerState, message: Message, *, with_reply: bool = True) -> JsonObject:
    """Return a message as an application with the Message Content intent gets it."""
    body: JsonObject = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "type": int(message.kind),
        "author": user_json(state.user(message.author_id)),
        "content": message.content,
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
        "tts": message.tts,
        "flags": int(message.flags | (MessageFlag.HAS_SNAPSHOT if message.forwarded else MessageFlag.NONE)),
        "pinned": False,
        "mention_everyone": message.mention_everyone,
        "mentions": [_mentioned(state, message, one) for one in message.mention_ids],
        "mention_roles": [str(one) for one in message.mention_role_ids],
        "attachments": [attachment_json(one) for one in message.attachments],
        "embeds": [] if message.flags & MessageFlag.SUPPRESS_EMBEDS else list(message.embeds),
        "components": list(message.components),
    }
    if message.reactions:
        body["reactions"] = [reaction_json(state, one) for one in message.reactions]
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.origin is not None:
        body |= _origin(state, message.origin)
    if message.forwarded is not None:
        body |= _forward(state, message.forwarded)
    if message.reply_to_id is not None and with_reply:
        body |= _reply(state, message, message.reply_to_id)
    return body


def visible_message_json(state: ServerState, message: Message, *, content: bool) -> JsonObject:
    """Return a message as the bot gets it.

    Args:
        state: The state, for the author and the mentioned users.
        message: The message.
        content: Whether the bot has the Message Content intent. Its own messages, direct messages and messages that
            mention it are always complete.
    """
    body = message_json(state, message)
    exempt = message.guild_id is None or state.bot.id in (message.author_id, *message.mention_ids)
    if content or exempt:
        return body
    snapshots = [{"message": one["message"] | _CONTENT} for one in body.get("message_snapshots", ())]
    return body | _CONTENT | ({"message_snapshots": snapshots} if snapshots else {})


def gateway_extras(state: ServerState, message: Message) -> JsonObject:
    """Return the fields that the gateway adds to a message: its guild and the member data of its author."""
    if message.guild_id is None:
        return {}
    member = state.members.get(message.guild_id, {}).get(message.author_id)
    extras: JsonObject = {"guild_id": str(message.guild_id)}
    return {**extras, "member": partial_member_json(member)} if member else extras


def _mentioned(state: ServerState, message: Message, user_id: Snowflake) -> JsonObject:
    user = state.user(user_id)
    member = state.members.get(message.guild_id, {}).get(user.id) if message.guild_id is not None else None
    return {**user_json(user), "member": partial_member_json(member)} if member else user_json(user)


def _origin(state: ServerState, origin: Origin) -> JsonObject:
    user = user_json(state.user(origin.user_id))
    common: JsonObject = {"id": str(origin.interaction_id), "type": origin.interaction_type, "user": user}
    body: JsonObject = {
        "interaction_metadata": {**common, "authorizing_integration_owners": origin.owners},
        "application_id": str(state.bot.id),
        "webhook_id": str(state.bot.id),
    }
    if origin.command_name is not None:
        body["interaction"] = {**common, "name": origin.command_name}
    return body


def _forward(state: ServerState, forwarded: Message) -> JsonObject:
    complete = message_json(state, forwarded, with_reply=False)
    snapshot = {name: complete[name] for name in _SNAPSHOT_FIELDS}
    return {"message_reference": _reference(1, forwarded, forwarded.id), "message_snapshots": [{"message": snapshot}]}


def _reference(kind: int, place: Message, message_id: Snowflake) -> JsonObject:
    body: JsonObject = {"type": kind, "message_id": str(message_id), "channel_id": str(place.channel_id)}
    return body if place.guild_id is None else {**body, "guild_id": str(place.guild_id)}


def _reply(state: ServerState, message: Message, reply_to_id: Snowflake) -> JsonObject:
    known = state.messages.get(message.channel_id, {}).get(reply_to_id)
    resolved = message_json(state, known, with_reply=False) if known else None
    return {"message_reference": _reference(0, message, reply_to_id), "referenced_message": resolved}
