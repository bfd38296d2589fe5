"""Edits messages.

An edit also completes a deferred answer, and updates the message of a pressed component.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import MessageEdited
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.embed_attachments import resolve_embeds
from boss_bot_sandbox.discord.state.files import attach_uploads, check_upload_sizes
from boss_bot_sandbox.discord.state.mentions import find_mentions
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.attachment import Attachment
    from boss_bot_sandbox.discord.model.draft import Patch
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def edit_message(
    state: ServerState, actor_id: Snowflake, channel_id: Snowflake, message_id: Snowflake, patch: Patch
) -> Message:
    """Edit a message with the permissions of its author.

    Raises:
        ApiError: The channel or message is unknown, the message has another author, a permission is missing, the
            thread is archived or locked, a file is too large, or the message would be empty.
    """
    channel = state.channel(channel_id)
    needed = Permission.ATTACH_FILES if patch.uploads else Permission.NONE
    require_permissions(
        state, channel, actor_id, needed | (Permission.EMBED_LINKS if patch.embeds else Permission.NONE)
    )
    require_thread_permits(state, channel, actor_id, ThreadAction.EDIT)
    message = state.message(channel_id, message_id)
    if message.visible_to is not None:
        raise ApiError(ApiErrorKind.UNKNOWN_MESSAGE)
    if message.author_id != actor_id:
        raise ApiError(ApiErrorKind.NOT_THE_AUTHOR)
    check_upload_sizes(state, channel.guild_id, patch.uploads)
    return apply_patch(state, message, patch)


def apply_patch(state: ServerState, message: Message, patch: Patch) -> Message:
    """Apply a patch without a permission check; a deferred answer stops loading.

    Raises:
        ApiError: The message would be empty.
    """
    attachments = _patched_attachments(state, message, patch)
    embeds = message.embeds
    if patch.embeds is not None:
        embeds, attachments = resolve_embeds(patch.embeds, attachments)
    content = message.content if patch.content is None else patch.content
    components = message.components if patch.components is None else patch.components
    if not (content or embeds or components or attachments):
        raise ApiError(ApiErrorKind.EMPTY_MESSAGE)
    replied = state.messages[message.channel_id].get(message.reply_to_id or message.id)
    mentioned = find_mentions(
        state,
        state.channel(message.channel_id),
        message.author_id,
        content,
        patch.mentions,
        replied.author_id if replied and message.reply_to_id else None,
    )
    settable = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2
    wanted = message.flags & settable if patch.flags is None else patch.flags & settable
    edited = attrs.evolve(
        message,
        content=content,
        embeds=embeds,
        components=components,
        attachments=attachments,
        flags=(message.flags & ~(settable | MessageFlag.LOADING)) | wanted,
        # A completed deferred answer is not marked as edited.
        edited_at=message.edited_at if message.flags & MessageFlag.LOADING else datetime.now(UTC),
        mention_ids=mentioned.user_ids,
        mention_role_ids=mentioned.role_ids,
        mention_everyone=mentioned.everyone,
    )
    return replace_message(state, message, edited)


def replace_message(state: ServerState, before: Message, after: Message) -> Message:
    """Store the new state of a message and publish the event."""
    state.messages[before.channel_id][before.id] = after
    state.publish(MessageEdited(before, after))
    return after


def _patched_attachments(state: ServerState, message: Message, patch: Patch) -> tuple[Attachment, ...]:
    kept = message.attachments
    if patch.kept_ids is not None:
        kept = tuple(attachment for attachment in kept if attachment.id in patch.kept_ids)
    ephemeral = message.visible_to is not None
    return kept + attach_uploads(state, message.channel_id, patch.uploads, patch.descriptions, ephemeral=ephemeral)
