"""Reactions: adding, removing, clearing.

Emoji are compared without the variation selector, because Discord and keyboards disagree about sending it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.events import ReactionAdded, ReactionRemoved, ReactionsCleared
from boss_bot_sandbox.discord.model.message import Message, Reaction
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.permissions import require

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World

MOST_REACTIONS = 20
_VARIATION_SELECTOR = "\N{VARIATION SELECTOR-16}"


def react(world: World, user_id: Snowflake, channel_id: Snowflake, message_id: Snowflake, emoji: str) -> None:
    """Add somebody's reaction; a second time changes nothing.

    Raises:
        ApiError: Missing permission, unknown message, not an emoji, or 20 different ones already.
    """
    channel = world.channel(channel_id)
    require(world, channel, user_id, Permission.READ_MESSAGE_HISTORY)
    message = world.message(channel_id, message_id)
    if emoji.isascii() and ":" not in emoji:
        raise ApiError(Refusal.UNKNOWN_EMOJI)
    known = find(message, emoji)
    if known is None:
        require(world, channel, user_id, Permission.ADD_REACTIONS)
        if len(message.reactions) >= MOST_REACTIONS:
            raise ApiError(Refusal.TOO_MANY_REACTIONS)
        known = Reaction(emoji, ())
    if user_id not in known.user_ids:
        changed = _stored(world, message, attrs.evolve(known, user_ids=(*known.user_ids, user_id)))
        world.publish(ReactionAdded(changed, known.emoji, user_id))


def unreact(
    world: World,
    actor_id: Snowflake,
    channel_id: Snowflake,
    message_id: Snowflake,
    emoji: str,
    user_id: Snowflake,
) -> None:
    """Remove a reaction; another's needs Manage Messages.

    Raises:
        ApiError: Missing permission, unknown message, or no such reaction.
    """
    channel = world.channel(channel_id)
    require(world, channel, actor_id, Permission.MANAGE_MESSAGES if user_id != actor_id else Permission.NONE)
    message = world.message(channel_id, message_id)
    known = find(message, emoji)
    if known is None:
        raise ApiError(Refusal.UNKNOWN_EMOJI)
    if user_id in known.user_ids:
        left = tuple(one for one in known.user_ids if one != user_id)
        world.publish(ReactionRemoved(_stored(world, message, Reaction(known.emoji, left)), known.emoji, user_id))


def clear(
    world: World, actor_id: Snowflake, channel_id: Snowflake, message_id: Snowflake, emoji: str | None = None
) -> None:
    """Remove all reactions, or all with one emoji.

    Raises:
        ApiError: Manage Messages is missing, or the message is unknown.
    """
    require(world, world.channel(channel_id), actor_id, Permission.MANAGE_MESSAGES)
    message = world.message(channel_id, message_id)
    gone = find(message, emoji) if emoji is not None else None
    left = tuple(one for one in message.reactions if emoji is not None and one is not gone)
    changed = attrs.evolve(message, reactions=left)
    world.messages[channel_id][message_id] = changed
    world.publish(ReactionsCleared(changed, emoji))


def find(message: Message, emoji: str) -> Reaction | None:
    """Return the message's reaction with that emoji, with or without the variation selector."""
    return next((one for one in message.reactions if _same(one.emoji) == _same(emoji)), None)


def _same(emoji: str) -> str:
    return emoji.replace(_VARIATION_SELECTOR, "")


def _stored(world: World, message: Message, reaction: Reaction) -> Message:
    others = [one for one in message.reactions if _same(one.emoji) != _same(reaction.emoji)]
    position = next((n for n, one in enumerate(message.reactions) if _same(one.emoji) == _same(reaction.emoji)), None)
    if reaction.user_ids:
        others.insert(len(others) if position is None else position, reaction)
    changed = attrs.evolve(message, reactions=tuple(others))
    world.messages[message.channel_id][message.id] = changed
    return changed
