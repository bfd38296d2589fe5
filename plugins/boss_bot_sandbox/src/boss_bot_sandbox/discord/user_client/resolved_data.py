"""What ids in an interaction stand for: people, roles, channels, messages, files.

Discord sends the things along with their ids, because the bot may know none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.state.permissions import channel_permissions
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError
from boss_bot_sandbox.discord.wire.guilds import channel_json, permissions_text
from boss_bot_sandbox.discord.wire.message_parts import attachment_json
from boss_bot_sandbox.discord.wire.messages import message_json
from boss_bot_sandbox.discord.wire.users import partial_member_json, role_json, user_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Attachment
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


class ResolvedData:
    """Collects what an interaction's ids stand for.

    Attributes:
        data: The ``resolved`` object, by kind and id.
    """

    def __init__(self, state: ServerState, channel: Channel, user_id: Snowflake) -> None:
        self._state = state
        self._channel = channel
        self._user_id = user_id
        self._files: dict[Snowflake, Attachment] = {}
        self.data: JsonObject = {}

    def add_by_id(self, thing_id: Snowflake) -> None:
        """Add whatever an id belongs to: a person, a role, a channel or an offered file.

        Raises:
            NotOfferedError: It belongs to none of them.
        """
        if thing_id in self._state.users:
            self.add_user(thing_id)
        elif thing_id in self._state.roles:
            self._add("roles", thing_id, role_json(self._state.roles[thing_id]))
        elif thing_id in self._state.channels:
            self.add_channel(self._state.channels[thing_id])
        elif thing_id in self._files:
            self._add("attachments", thing_id, attachment_json(self._files[thing_id]))
        else:
            raise NotOfferedError(f"nobody and nothing here has the id {thing_id}")

    def add_all_by_id(self, thing_ids: Iterable[Snowflake]) -> None:
        """Add several."""
        for thing_id in thing_ids:
            self.add_by_id(thing_id)

    def add_user(self, user_id: Snowflake) -> None:
        """Add a person, with their membership where they have one."""
        self._add("users", user_id, user_json(self._state.user(user_id)))
        guild_id = self._channel.guild_id
        member = self._state.members.get(guild_id, {}).get(user_id) if guild_id is not None else None
        if member is not None:
            granted = permissions_text(channel_permissions(self._state, self._channel, user_id))
            self._add("members", user_id, {**partial_member_json(member), "permissions": granted})

    def add_channel(self, channel: Channel) -> None:
        """Add a channel, with what the person may do there."""
        granted = permissions_text(channel_permissions(self._state, channel, self._user_id))
        self._add("channels", channel.id, {**channel_json(self._state, channel), "permissions": granted})

    def add_message(self, message: Message) -> None:
        """Add a message with its content: choosing it shows it to the bot, whatever its intents."""
        self._add("messages", message.id, message_json(self._state, message))

    def register_attachments(self, attachments: Iterable[Attachment]) -> None:
        """Make files known that options may name by id."""
        self._files |= {attachment.id: attachment for attachment in attachments}

    def _add(self, kind: str, thing_id: Snowflake, data: JsonObject) -> None:
        self.data.setdefault(kind, {})[str(thing_id)] = data
