"""Sends messages with the permissions of their author: checks permissions, references, sizes and nonces.

Answers to interactions need none of these checks and use `store_message` directly.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.files import check_upload_sizes
from boss_bot_sandbox.discord.state.message_store import store_message
from boss_bot_sandbox.discord.state.permissions import channel_permissions, require_permissions
from boss_bot_sandbox.discord.state.threads import ThreadAction, reopen_thread, require_thread_permits
from boss_bot_sandbox.discord.validation.form_errors import FormErrors

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.draft import Draft
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def send_message(state: ServerState, author_id: Snowflake, channel_id: Snowflake, draft: Draft) -> Message:
    """Send a message with the permissions of its author.

    Raises:
        ApiError: The channel is unknown, a permission is missing, the thread is locked, a file is too large, the
            message is empty, or it replies to or forwards an unknown message.
    """
    channel = state.channel(channel_id)
    require_permissions(state, channel, author_id, _required_permissions(draft))
    require_thread_permits(state, channel, author_id, ThreadAction.SEND)
    forwarded = _find_forwarded(state, author_id, draft)
    if draft.reply_to_id is not None:
        _check_reply(state, channel, author_id, draft)
    check_upload_sizes(state, channel.guild_id, draft.uploads)
    if draft.is_empty and forwarded is None:
        raise ApiError(ApiErrorKind.EMPTY_MESSAGE)
    known = _find_by_nonce(state, author_id, draft)
    return known or store_message(state, author_id, reopen_thread(state, channel), draft, forwarded=forwarded)


def _required_permissions(draft: Draft) -> Permission:
    needed = Permission.SEND_MESSAGES
    if draft.embeds:
        needed |= Permission.EMBED_LINKS
    return needed | Permission.ATTACH_FILES if draft.uploads else needed


def _check_reply(state: ServerState, channel: Channel, author_id: Snowflake, draft: Draft) -> None:
    if not channel_permissions(state, channel, author_id) & Permission.READ_MESSAGE_HISTORY:
        raise ApiError(ApiErrorKind.REPLY_NEEDS_HISTORY)
    if draft.reply_must_exist and draft.reply_to_id not in state.messages.get(channel.id, {}):
        form = FormErrors()
        form.add(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        form.raise_if_any()


def _find_forwarded(state: ServerState, author_id: Snowflake, draft: Draft) -> Message | None:
    if draft.forwarded is None:
        return None
    channel_id, message_id = draft.forwarded
    require_permissions(state, state.channel(channel_id), author_id, Permission.READ_MESSAGE_HISTORY)
    message = state.message(channel_id, message_id)
    if message.visible_to is not None:
        raise ApiError(ApiErrorKind.UNKNOWN_MESSAGE)
    # The snapshot of a message that is itself a forward is the first message.
    return message.forwarded or message


def _find_by_nonce(state: ServerState, author_id: Snowflake, draft: Draft) -> Message | None:
    if draft.nonce is None or not draft.enforce_nonce:
        return None
    message, sent_s = state.nonces.get((author_id, draft.nonce), (None, 0.0))
    if message is None or time.monotonic() - sent_s >= state.options.nonce_window_s:
        return None
    return state.messages.get(message.channel_id, {}).get(message.id, message)
