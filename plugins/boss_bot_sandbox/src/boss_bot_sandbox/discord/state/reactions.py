"""Adds, removes and clears reactions.

Emoji are compared without the variation selector, because not all clients send it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import ReactionAdded, ReactionRemoved, ReactionsCleared
from boss_bot_sandbox.discord.model.message import Message, Reaction
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState

MAX_REACTIONS = 20
_VARIATION_SELECTOR = "\N{VARIATION SELECTOR-16}"


def add_reaction(
    state: ServerState, user_id: Snowflake, channel_id: Snowflake, message_id: Snowflake, emoji: str
) -> None:
    """Add a user's reaction; an existing reaction stays unchanged.

    Raises:
        ApiError: A permission is missing, the thread is archived, the message is unknown, the text is not an emoji, or
            the message already has 20 different emoji.
    """
    channel = state.channel(channel_id)
    require_permissions(state, channel, user_id, Permission.READ_MESSAGE_HISTORY)
    require_thread_permits(state, channel, user_id, ThreadAction.REACT)
    message = state.message(channel_id, message_id)
    if emoji.isascii() and ":" not in emoji:
        raise ApiError(ApiErrorKind.UNKNOWN_EMOJI)
    known = find_reaction(message, emoji)
    if known is None:
        require_permissions(state, channel, user_id, Permission.ADD_REACTIONS)
        if len(message.reactions) >= MAX_REACTIONS:
            raise ApiError(ApiErrorKind.TOO_MANY_REACTIONS)
        known = Reaction(emoji, ())
    if user_id not in known.user_ids:
        changed = _store_reaction(state, message, attrs.evolve(known, user_ids=(*known.user_ids, user_id)))
        state.publish(ReactionAdded(changed, known.emoji, user_id))


def remove_reaction(
    state: ServerState,
    actor_id: Snowflake,
    channel_id: Snowflake,
    message_id: Snowflake,
    emoji: str,
    user_id: Snowflake,
) -> None:
    """Remove a reaction; the reaction of another user needs Manage Messages.

    Raises:
        ApiError: A permission is missing, the thread is archived, the message is unknown, or there is no such reaction.
    """
    channel = state.channel(channel_id)
    require_permissions(
        state, channel, actor_id, Permission.MANAGE_MESSAGES if user_id != actor_id else Permission.NONE
    )
    require_thread_permits(state, channel, actor_id, ThreadAction.REACT)
    message = state.message(channel_id, message_id)
    known = find_reaction(message, emoji)
    if known is None:
        raise ApiError(ApiErrorKind.UNKNOWN_EMOJI)
    if user_id in known.user_ids:
        left = tuple(one for one in known.user_ids if one != user_id)
        state.publish(
            ReactionRemoved(_store_reaction(state, message, Reaction(known.emoji, left)), known.emoji, user_id)
        )


def clear_reactions(
    state: ServerState, actor_id: Snowflake, channel_id: Snowflake, message_id: Snowflake, emoji: str | None = None
) -> None:
    """Remove all reactions, or all with one emoji.

    Raises:
        ApiError: Manage Messages is missing, the thread is archived, or the message is unknown.
    """
    channel = state.channel(channel_id)
    require_permissions(state, channel, actor_id, Permission.MANAGE_MESSAGES)
    require_thread_permits(state, channel, actor_id, ThreadAction.REACT)
    message = state.message(channel_id, message_id)
    gone = find_reaction(message, emoji) if emoji is not None else None
    left = tuple(one for one in message.reactions if emoji is not None and one is not gone)
    changed = attrs.evolve(message, reactions=left)
    state.messages[channel_id][message_id] = changed
    state.publish(ReactionsCleared(changed, emoji))


def find_reaction(message: Message, emoji: str) -> Reaction | None:
    """Return the reaction with an emoji, with or without the variation selector; None when there is none."""
    return next((one for one in message.reactions if _normalize(one.emoji) == _normalize(emoji)), None)


def _normalize(emoji: str) -> str:
    return emoji.replace(_VARIATION_SELECTOR, "")


def _store_reaction(state: ServerState, message: Message, reaction: Reaction) -> Message:
    others = [one for one in message.reactions if _normalize(one.emoji) != _normalize(reaction.emoji)]
    position = next(
        (n for n, one in enumerate(message.reactions) if _normalize(one.emoji) == _normalize(reaction.emoji)), None
    )
    if reaction.user_ids:
        others.insert(len(others) if position is None else position, reaction)
    changed = attrs.evolve(message, reactions=tuple(others))
    state.messages[message.channel_id][message.id] = changed
    return changed
