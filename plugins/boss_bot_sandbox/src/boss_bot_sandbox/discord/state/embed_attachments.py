"""Resolves embeds that show an attachment of their own message.

Discord replaces ``attachment://name`` by the address of the file and removes the file from the attachments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Attachment

_SCHEME = "attachment://"
_PARTS = ("image", "thumbnail", "author", "footer")


def resolve_embeds(
    embeds: tuple[JsonObject, ...], attachments: tuple[Attachment, ...]
) -> tuple[tuple[JsonObject, ...], tuple[Attachment, ...]]:
    """Return the embeds with resolved addresses, and the attachments that no embed shows."""
    by_name = {attachment.filename: attachment for attachment in attachments}
    used: set[str] = set()
    resolved = tuple({"type": "rich", **_resolve_embed(embed, by_name, used)} for embed in embeds)
    return resolved, tuple(attachment for attachment in attachments if attachment.filename not in used)


def _resolve_embed(embed: JsonObject, by_name: dict[str, Attachment], used: set[str]) -> JsonObject:
    embed = dict(embed)
    for part in _PARTS:
        if isinstance(embed.get(part), dict):
            embed[part] = {key: _resolve_url(value, by_name, used) for key, value in embed[part].items()}
    return embed


def _resolve_url(value: object, by_name: dict[str, Attachment], used: set[str]) -> object:
    if not isinstance(value, str) or not value.startswith(_SCHEME):
        return value
    attachment = by_name.get(value.removeprefix(_SCHEME))
    if attachment is None:
        return value
    used.add(attachment.filename)
    return attachment.url
