"""JSON of the event log, for the web page and for tests in other processes.

Messages have Discord's JSON, with additional fields that only the sandbox knows; secrets are left out.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord import events
from boss_bot_sandbox.discord.model.channels import Channel, Guild
from boss_bot_sandbox.discord.model.command import Command
from boss_bot_sandbox.discord.model.interaction import Interaction
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.users import Member, Role
from boss_bot_sandbox.discord.wire.commands import command_json
from boss_bot_sandbox.discord.wire.guilds import channel_json, guild_json
from boss_bot_sandbox.discord.wire.messages import message_json
from boss_bot_sandbox.discord.wire.users import member_json, role_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.events import Event, LogEntry
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.state.server_state import ServerState


def entry_json(state: ServerState, entry: LogEntry) -> JsonObject:
    """Return an entry: ``number``, ``at_s``, ``type`` (the class of the event) and the fields of the event."""
    common: JsonObject = {"number": entry.number, "at_s": entry.at_s, "type": type(entry.event).__name__}
    return common | event_json(state, entry.event)


def observer_message_json(state: ServerState, message: Message) -> JsonObject:
    """Return a message with its guild, the user who can see it, and the users who reacted."""
    return message_json(state, message) | {
        "guild_id": str(message.guild_id) if message.guild_id else None,
        "visible_to": str(message.visible_to) if message.visible_to else None,
        "reacted": {one.emoji: [str(user_id) for user_id in one.user_ids] for one in message.reactions},
    }


def observer_interaction_json(interaction: Interaction) -> JsonObject:
    """Return an interaction without its token."""
    return {
        "id": str(interaction.id),
        "kind": interaction.kind.name.lower(),
        "user_id": str(interaction.user_id),
        "channel_id": str(interaction.channel_id),
        "message_id": str(interaction.message_id) if interaction.message_id else None,
        "data": interaction.data,
        "status": interaction.status.value,
        "answer": interaction.answer.name.lower() if interaction.answer else None,
        "answer_message_id": str(interaction.answer_message_id) if interaction.answer_message_id else None,
        "ephemeral": interaction.ephemeral,
        "choices": list(interaction.choices),
        "modal": interaction.modal,
    }


def event_json(state: ServerState, event: Event) -> JsonObject:
    """Return the fields of an event."""
    fields = [field.name for field in attrs.fields(type(event))]
    if isinstance(event, events.MessageEdited):
        # The previous state is in an earlier entry; repeating it would double the size of the stream.
        fields.remove("before")
    return {name: _field_json(state, name, getattr(event, name)) for name in fields}


def _field_json(state: ServerState, name: str, value: object) -> object:
    if name.endswith("_id") and isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return [value_json(one, state) for one in value]
    return value_json(value, state)


@singledispatch
def value_json(value: object, _state: ServerState) -> object:
    """Return the JSON of a value of an event; a plain value stays unchanged."""
    return value


@value_json.register(Message)
def _message(value: Message, state: ServerState) -> object:
    return observer_message_json(state, value)


@value_json.register(Interaction)
def _interaction(value: Interaction, _state: ServerState) -> object:
    return observer_interaction_json(value)


@value_json.register(Command)
def _command(value: Command, state: ServerState) -> object:
    return command_json(state, value)


@value_json.register(Guild)
def _guild(value: Guild, state: ServerState) -> object:
    return guild_json(state, value)


@value_json.register(Channel)
def _channel(value: Channel, state: ServerState) -> object:
    return channel_json(state, value)


@value_json.register(Role)
def _role(value: Role, _state: ServerState) -> object:
    return role_json(value) | {"guild_id": str(value.guild_id)}


@value_json.register(Member)
def _member(value: Member, state: ServerState) -> object:
    return member_json(state, value) | {"guild_id": str(value.guild_id)}
