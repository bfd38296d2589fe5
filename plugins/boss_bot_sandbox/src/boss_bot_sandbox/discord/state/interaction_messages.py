"""Messages that belong to an interaction, beyond its first answer.

They exist apart because a deferral is an answer without a message: what it shows comes from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.model.draft import Draft, Patch
from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionKind
from boss_bot_sandbox.discord.model.message import Message, MessageFlag, MessageKind, Origin
from boss_bot_sandbox.discord.state.files import check_sizes
from boss_bot_sandbox.discord.state.message_editor import rewrite
from boss_bot_sandbox.discord.state.message_store import post

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.state.server_state import World

_MESSAGE_KINDS = {InteractionKind.COMMAND: MessageKind.SLASH_COMMAND}
_MENU = 3


def follow_up(world: World, interaction: Interaction, draft: Draft) -> Message:
    """Send a further message; the first one after a deferral takes the deferral's place."""
    check_sizes(world, interaction.guild_id, draft.uploads)
    original = original_message(world, interaction)
    if original is not None and original.flags & MessageFlag.LOADING:
        patch = Patch(
            content=draft.content,
            embeds=draft.embeds,
            components=draft.components,
            flags=draft.flags,
            uploads=draft.uploads,
            descriptions=draft.descriptions,
            mentions=draft.mentions,
        )
        return rewrite(world, original, patch)
    return say(world, interaction, draft)


def original_message(world: World, interaction: Interaction) -> Message | None:
    """Return what ``@original`` means now."""
    if interaction.answer_message_id is None:
        return None
    return world.messages.get(interaction.channel_id, {}).get(interaction.answer_message_id)


def say(world: World, interaction: Interaction, draft: Draft) -> Message:
    """Send a message in the name of an interaction.

    Raises:
        ApiError: There is nothing to show.
    """
    if draft.empty and not draft.flags & MessageFlag.LOADING:
        raise ApiError(Refusal.EMPTY_MESSAGE)
    origin = Origin(
        interaction_id=interaction.id,
        interaction_type=interaction.kind,
        user_id=interaction.user_id,
        command_name=interaction.command_name,
        owners=interaction.owners,
    )
    kind = _MESSAGE_KINDS.get(interaction.kind)
    if kind is not None and interaction.data.get("type") == _MENU:
        kind = MessageKind.MENU_COMMAND
    return post(world, world.bot.id, world.channel(interaction.channel_id), draft, origin=origin, kind=kind)
