"""Formats the events of the local Discord as lines of text: messages, edits, reactions and files.

It does not print, so tests need no terminal.
"""

from collections.abc import Iterator
from typing import Final

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import (
    Event,
    InteractionFailed,
    MessageCreated,
    MessageDeleted,
    MessageEdited,
    ReactionAdded,
)
from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.script.plain_text import strip_control_characters, to_plain_text

_BUTTON: Final = 2
_LONGEST_LINE: Final = 300


class EventFormatter:
    """Formats events as text.

    Args:
        discord: The local Discord, which knows the display names of users and channels.
    """

    def __init__(self, discord: LocalDiscord) -> None:
        self._state = discord.state
        self._shown: dict[int, list[str]] = {}

    def format_event(self, event: Event) -> list[str]:
        """Return a line with user and action, then the lines of the message; nothing for an invisible change."""
        if isinstance(event, MessageCreated):
            return [
                self._user_name(event.message.author_id) + self._visibility(event.message),
                *self._format_and_remember(event.message),
            ]
        if isinstance(event, MessageEdited):
            previous = self._shown.get(event.message.id)
            current = self._format_and_remember(event.message)
            return [f"{self._user_name(event.message.author_id)}, edited", *current] if current != previous else []
        if isinstance(event, MessageDeleted):
            return [f"{self._user_name(event.message.author_id)}'s message was deleted"]
        if isinstance(event, ReactionAdded):
            return [f"{self._user_name(event.user_id)} reacted with {strip_control_characters(event.emoji)}"]
        if isinstance(event, InteractionFailed):
            return ["This interaction failed"]
        return []

    def format_message(self, message: Message) -> list[str]:
        """Return the visible content of a message as lines."""
        if message.flags & MessageFlag.LOADING:
            return ["is thinking…"]
        text = [message.content, *(part for embed in message.embeds for part in _embed_texts(embed))]
        names = {str(user.id): self._user_name(user.id) for user in self._state.users.values()}
        names |= {str(item.id): item.name or "" for item in self._state.channels.values()}
        body = [line for part in text if part for line in to_plain_text(part, names).split("\n")]
        buttons = [_component_label(part) for row in message.components for part in row.get("components", ())]
        return [
            *(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in body),
            *([" ".join(f"[{label}]" for label in buttons)] if buttons else []),
            *(format_file(item) for item in message.attachments),
        ]

    def _format_and_remember(self, message: Message) -> list[str]:
        self._shown[message.id] = self.format_message(message)
        return self._shown[message.id]

    def _user_name(self, user_id: int) -> str:
        user = next((item for item in self._state.users.values() if item.id == user_id), None)
        return strip_control_characters(user.global_name or user.username) if user else "somebody"

    def _visibility(self, message: Message) -> str:
        return f", only to {self._user_name(message.visible_to)}" if message.visible_to else ""


def format_file(file: Attachment) -> str:
    """Return the name, the size and the media properties of a file."""
    parts = [strip_control_characters(file.filename), format_size(file.size_bytes), file.content_type]
    if file.width and file.height:
        parts.append(f"{file.width}x{file.height}")
    if file.duration_s:
        parts.append(f"{file.duration_s:.1f} s")
    return "📎 " + " · ".join(parts)


def format_size(size_bytes: int) -> str:
    """Return a size as text; a MB has 1,048,576 bytes, as in the bot's own messages."""
    return f"{size_bytes / 1_048_576:.1f} MB" if size_bytes >= 1_048_576 else f"{size_bytes / 1024:.1f} KB"


def _embed_texts(embed: JsonObject) -> Iterator[str]:
    yield from (str(embed[name]) for name in ("title", "description") if embed.get(name))
    for field in embed.get("fields") or ():
        yield f"{field.get('name')}: {field.get('value')}"
    if embed.get("footer"):
        yield str(embed["footer"].get("text", ""))


def _component_label(part: JsonObject) -> str:
    emoji = (part.get("emoji") or {}).get("name") or ""
    label = part.get("label") or part.get("placeholder") or ""
    return strip_control_characters(f"{emoji} {label}".strip()) if part.get("type") == _BUTTON else f"▾ {label}"
