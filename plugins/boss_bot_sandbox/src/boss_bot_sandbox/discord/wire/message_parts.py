"""Files, emoji and reactions as Discord sends them.

They appear in messages, in interactions and in events of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Attachment
    from boss_bot_sandbox.discord.model.message import Reaction
    from boss_bot_sandbox.discord.state.server_state import ServerState


def attachment_json(attachment: Attachment) -> JsonObject:
    """Return a file of a message."""
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
    """Return an emoji; ``name:id`` is one of a guild's own."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def reaction_json(state: ServerState, reaction: Reaction) -> JsonObject:
    """Return one emoji under a message and whether the bot is among those who used it."""
    me, count = state.bot.id in reaction.user_ids, len(reaction.user_ids)
    details = {"burst": 0, "normal": count}
    return {"emoji": emoji_json(reaction.emoji), "count": count, "count_details": details, "me": me, "me_burst": False}
