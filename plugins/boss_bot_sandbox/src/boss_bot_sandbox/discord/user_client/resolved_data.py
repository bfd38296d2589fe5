"""The resolved data of an interaction: the users, roles, channels, messages and files that its ids refer to.

Discord sends these objects with the interaction, because the bot may not know them.
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
    """Collects the objects that the ids of an interaction refer to.

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
        """Add the user, role, channel or registered attachment with an id.

        Raises:
            NotOfferedError: The id belongs to none of them.
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
        """Add the objects with these ids."""
        for thing_id in thing_ids:
            self.add_by_id(thing_id)

    def add_user(self, user_id: Snowflake) -> None:
        """Add a user, with the member data if the user is a member of the guild."""
        self._add("users", user_id, user_json(self._state.user(user_id)))
        guild_id = self._channel.guild_id
        member = self._state.members.get(guild_id, {}).get(user_id) if guild_id is not None else None
        if member is not None:
            granted = permissions_text(channel_permissions(self._state, self._channel, user_id))
            self._add("members", user_id, {**partial_member_json(member), "permissions": granted})

    def add_channel(self, channel: Channel) -> None:
        """Add a channel with the user's permissions in it."""
        granted = permissions_text(channel_permissions(self._state, channel, self._user_id))
        self._add("channels", channel.id, {**channel_json(self._state, channel), "permissions": granted})

    def add_message(self, message: Message) -> None:
        """Add a message with its content, which the bot gets here regardless of its intents."""
        self._add("messages", message.id, message_json(self._state, message))

    def register_attachments(self, attachments: Iterable[Attachment]) -> None:
        """Register attachments, so that options can refer to them by id."""
        self._files |= {attachment.id: attachment for attachment in attachments}

    def _add(self, kind: str, thing_id: Snowflake, data: JsonObject) -> None:
        self.data.setdefault(kind, {})[str(thing_id)] = data
