"""The messages of an interaction: answers and followups.

The first followup after a deferral replaces the message that the deferral created.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.draft import Draft, Patch
from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionKind
from boss_bot_sandbox.discord.model.message import Message, MessageFlag, MessageKind, Origin
from boss_bot_sandbox.discord.state.files import check_upload_sizes
from boss_bot_sandbox.discord.state.message_editor import apply_patch
from boss_bot_sandbox.discord.state.message_store import store_message
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.state.server_state import ServerState

_MESSAGE_KINDS = {InteractionKind.COMMAND: MessageKind.SLASH_COMMAND}
_MENU = 3


def send_followup(state: ServerState, interaction: Interaction, draft: Draft) -> Message:
    """Send a followup; the first one after a deferral replaces the message of the deferral.

    Raises:
        ApiError: The draft is empty, a file exceeds the limit, or the thread is locked and archived.
    """
    require_thread_permits(state, state.channel(interaction.channel_id), state.bot.id, ThreadAction.ANSWER)
    check_upload_sizes(state, interaction.guild_id, draft.uploads)
    original = find_original_message(state, interaction)
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
        return apply_patch(state, original, patch)
    return send_answer(state, interaction, draft)


def find_original_message(state: ServerState, interaction: Interaction) -> Message | None:
    """Return the message that ``@original`` refers to; None when there is none."""
    if interaction.answer_message_id is None:
        return None
    return state.messages.get(interaction.channel_id, {}).get(interaction.answer_message_id)


def send_answer(state: ServerState, interaction: Interaction, draft: Draft) -> Message:
    """Send a message that answers an interaction.

    Raises:
        ApiError: The draft is empty.
    """
    if draft.is_empty and not draft.flags & MessageFlag.LOADING:
        raise ApiError(ApiErrorKind.EMPTY_MESSAGE)
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
    return store_message(state, state.bot.id, state.channel(interaction.channel_id), draft, origin=origin, kind=kind)
