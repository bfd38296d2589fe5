"""Adds messages to channels and deletes them.

All messages are added here: those of the bot, of users, and answers to interactions, which need no permission.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.events import MessageCreated, MessageDeleted, TypingStarted
from boss_bot_sandbox.discord.model.message import Message, MessageFlag, MessageKind, Origin
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.embed_attachments import resolve_embeds
from boss_bot_sandbox.discord.state.files import attach_uploads, delete_files
from boss_bot_sandbox.discord.state.mentions import find_mentions
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.draft import Draft
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def store_message(
    state: ServerState,
    author_id: Snowflake,
    channel: Channel,
    draft: Draft,
    *,
    origin: Origin | None = None,
    kind: MessageKind | None = None,
    forwarded: Message | None = None,
) -> Message:
    """Add a message to a channel without a permission check."""
    ephemeral = bool(draft.flags & MessageFlag.EPHEMERAL) and origin is not None
    attachments = attach_uploads(state, channel.id, draft.uploads, draft.descriptions, ephemeral=ephemeral)
    embeds, attachments = resolve_embeds(draft.embeds, attachments)
    replied = state.messages.get(channel.id, {}).get(draft.reply_to_id) if draft.reply_to_id else None
    mentioned = find_mentions(
        state, channel, author_id, draft.content, draft.mentions, replied.author_id if replied else None
    )
    message = Message(
        id=state.ids.generate(),
        channel_id=channel.id,
        guild_id=channel.guild_id,
        author_id=author_id,
        kind=kind or (MessageKind.REPLY if replied else MessageKind.DEFAULT),
        content=draft.content,
        flags=draft.flags if origin else draft.flags & ~(MessageFlag.EPHEMERAL | MessageFlag.LOADING),
        tts=draft.tts,
        nonce=draft.nonce,
        mention_ids=mentioned.user_ids,
        mention_role_ids=mentioned.role_ids,
        mention_everyone=mentioned.everyone,
        embeds=embeds,
        components=draft.components,
        attachments=attachments,
        reply_to_id=replied.id if replied else None,
        forwarded=forwarded,
        origin=origin,
        visible_to=origin.user_id if ephemeral and origin else None,
    )
    state.messages.setdefault(channel.id, {})[message.id] = message
    state.channels[channel.id] = attrs.evolve(channel, last_message_id=message.id)
    if draft.nonce is not None:
        _remember_nonce(state, message, draft.nonce)
    state.publish(MessageCreated(message))
    return message


def _remember_nonce(state: ServerState, message: Message, nonce: str) -> None:
    now_s = time.monotonic()
    # The nonces are sorted by age, so expired ones are at the front; clients send a nonce with every message.
    while state.nonces:
        key = next(iter(state.nonces))
        if now_s - state.nonces[key][1] < state.options.nonce_window_s:
            break
        del state.nonces[key]
    state.nonces[message.author_id, nonce] = (message, now_s)


def delete_message(state: ServerState, actor_id: Snowflake, channel_id: Snowflake, message_id: Snowflake) -> None:
    """Delete a message; the messages of other users need Manage Messages.

    Raises:
        ApiError: The channel or message is unknown, the permission is missing, or the thread is locked.
    """
    channel = state.channel(channel_id)
    require_permissions(state, channel, actor_id)
    require_thread_permits(state, channel, actor_id, ThreadAction.DELETE)
    message = state.message(channel_id, message_id)
    if message.author_id != actor_id:
        require_permissions(state, channel, actor_id, Permission.MANAGE_MESSAGES)
    discard_message(state, message)


def discard_message(state: ServerState, message: Message) -> None:
    """Delete a message without a permission check."""
    state.messages[message.channel_id].pop(message.id)
    delete_files(state, message.attachments)
    state.publish(MessageDeleted(message))


def start_typing(state: ServerState, user_id: Snowflake, channel_id: Snowflake) -> None:
    """Publish that a user is typing.

    Raises:
        ApiError: The user may not send messages in the channel.
    """
    channel = state.channel(channel_id)
    require_permissions(state, channel, user_id, Permission.SEND_MESSAGES)
    state.publish(TypingStarted(channel.id, channel.guild_id, user_id))
