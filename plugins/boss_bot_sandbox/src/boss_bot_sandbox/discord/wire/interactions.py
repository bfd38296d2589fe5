"""JSON of interactions as the bot gets them, and of the responses to their callbacks.

An interaction contains its channel and guild, because the bot cannot know them in guilds without the bot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.interaction import AnswerKind, Interaction
from boss_bot_sandbox.discord.model.permissions import EVERYONE, Permission
from boss_bot_sandbox.discord.state.interaction_messages import find_original_message
from boss_bot_sandbox.discord.state.permissions import channel_permissions, upload_limit_bytes
from boss_bot_sandbox.discord.wire.guilds import LOCALE, channel_json, permissions_text
from boss_bot_sandbox.discord.wire.messages import message_json
from boss_bot_sandbox.discord.wire.users import member_json, user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.state.server_state import ServerState


def interaction_json(state: ServerState, interaction: Interaction) -> JsonObject:
    """Return an interaction as INTERACTION_CREATE carries it."""
    channel = state.channel(interaction.channel_id)
    granted = channel_permissions(state, channel, interaction.user_id)
    body: JsonObject = {
        "id": str(interaction.id),
        "application_id": str(state.bot.id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": {**channel_json(state, channel), "permissions": permissions_text(granted)},
        "app_permissions": permissions_text(_application_permissions(state, interaction)),
        "locale": LOCALE,
        "context": int(interaction.context),
        "entitlements": [],
        "authorizing_integration_owners": interaction.owners,
        "attachment_size_limit": upload_limit_bytes(state, channel.guild_id),
    }
    if interaction.message_id is not None:
        body["message"] = message_json(state, state.message(channel.id, interaction.message_id))
    if channel.guild_id is None:
        return {**body, "user": user_json(state.user(interaction.user_id))}
    member = member_json(state, state.member(channel.guild_id, interaction.user_id))
    return {
        **body,
        "guild_id": str(channel.guild_id),
        "guild": {"id": str(channel.guild_id), "locale": LOCALE, "features": []},
        "guild_locale": LOCALE,
        "member": {**member, "permissions": permissions_text(granted)},
    }


def callback_json(state: ServerState, interaction: Interaction) -> JsonObject:
    """Return the response to a callback that requests one."""
    description: JsonObject = {"id": str(interaction.id), "type": int(interaction.kind)}
    body: JsonObject = {"interaction": description}
    message = find_original_message(state, interaction)
    if interaction.answer is not None:
        body["resource"] = {"type": int(interaction.answer)}
    if message is None:
        return body
    description |= {
        "response_message_id": str(message.id),
        "response_message_loading": interaction.answer is AnswerKind.DEFERRED_MESSAGE,
        "response_message_ephemeral": interaction.ephemeral,
    }
    if interaction.answer is not AnswerKind.DEFERRED_UPDATE:
        body["resource"]["message"] = message_json(state, message)
    return body


def _application_permissions(state: ServerState, interaction: Interaction) -> Permission:
    channel = state.channel(interaction.channel_id)
    if channel.guild_id is None or state.is_member(channel.guild_id, state.bot.id):
        return channel_permissions(state, channel, state.bot.id)
    # Where only the user has installed the application, it has at most the permissions of the user and of @everyone.
    return channel_permissions(state, channel, interaction.user_id) & EVERYONE
