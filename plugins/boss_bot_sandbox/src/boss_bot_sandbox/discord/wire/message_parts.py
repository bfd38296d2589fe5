"""JSON of attachments, emoji and reactions, which occur in messages, interactions and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Attachment
    from boss_bot_sandbox.discord.model.message import Reaction
    from boss_bot_sandbox.discord.state.server_state import ServerState


def attachment_json(attachment: Attachment) -> JsonObject:
    """Return an attachment."""
    body: JsonObject = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": attachment.size_bytes,
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
    }
    if attachment.width is not None:
        body |= {"width": attachment.width, "height": attachment.height}
    if attachment.duration_s is not None:
        body["duration_secs"] = attachment.duration_s
    if attachment.description is not None:
        body["description"] = attachment.description
    return {**body, "ephemeral": True} if attachment.ephemeral else body


def emoji_json(emoji: str) -> JsonObject:
    """Return an emoji; ``name:id`` is a custom emoji of a guild."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def reaction_json(state: ServerState, reaction: Reaction) -> JsonObject:
    """Return a reaction and whether the bot is one of its users."""
    me, count = state.bot.id in reaction.user_ids, len(reaction.user_ids)
    details = {"burst": 0, "normal": count}
    return {"emoji": emoji_json(reaction.emoji), "count": count, "count_details": details, "me": me, "me_burst": False}
