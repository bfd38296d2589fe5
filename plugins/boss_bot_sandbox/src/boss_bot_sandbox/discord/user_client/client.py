"""The client of one user: sends, edits and deletes messages, reacts, and uses components, forms and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.attachment import Upload
from boss_bot_sandbox.discord.model.draft import Patch
from boss_bot_sandbox.discord.state import message_store, reactions
from boss_bot_sandbox.discord.state.channels import find_direct_channel
from boss_bot_sandbox.discord.state.files import store_upload
from boss_bot_sandbox.discord.state.message_editor import edit_message
from boss_bot_sandbox.discord.state.message_sender import send_message
from boss_bot_sandbox.discord.user_client import components, forms
from boss_bot_sandbox.discord.user_client.channel_observer import ChannelLike, ChannelObserver
from boss_bot_sandbox.discord.user_client.command_picker import CommandPicker
from boss_bot_sandbox.discord.user_client.context_menus import ContextMenus
from boss_bot_sandbox.discord.validation.message_body import read_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.model.users import User
    from boss_bot_sandbox.discord.state.server_state import ServerState
    from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver


class UserClient:
    """The client of one user, with that user's permissions; an action that Discord refuses raises ``ApiError``.

    Attributes:
        id: The id of the user.
        commands: The command picker under "/".
        menus: The context menus of messages and users.
    """

    def __init__(self, state: ServerState, user_id: Snowflake) -> None:
        self._state = state
        self.id = user_id
        self.commands = CommandPicker(state, user_id)
        self.menus = ContextMenus(state, user_id)

    @property
    def value(self) -> User:
        """The user."""
        return self._state.user(self.id)

    def observe(self, channel: ChannelLike) -> ChannelObserver:
        """Return an observer of a channel that sees the user's ephemeral messages."""
        return ChannelObserver(self._state, channel.id, self.id)

    def direct(self) -> ChannelObserver:
        """Return an observer of the user's direct messages with the bot."""
        return self.observe(find_direct_channel(self._state, self.id, self._state.bot.id))

    async def say(
        self,
        channel: ChannelLike,
        content: str = "",
        *,
        reply_to: Message | None = None,
        files: Sequence[tuple[str, bytes] | Upload] = (),
    ) -> Message:
        """Send a message; a file is a name with its bytes, or an upload that is already stored."""
        uploads = [f if isinstance(f, Upload) else await store_upload(self._state, n, *f) for n, f in enumerate(files)]
        body = {"content": content} | ({"message_reference": {"message_id": reply_to.id}} if reply_to else {})
        return send_message(self._state, self.id, channel.id, read_draft(body, tuple(uploads)))

    async def forward(self, message: Message, channel: ChannelLike) -> Message:
        """Forward a message to another channel, which gets a snapshot of it."""
        reference = {"type": 1, "message_id": message.id, "channel_id": message.channel_id}
        return send_message(self._state, self.id, channel.id, read_draft({"message_reference": reference}))

    async def edit(self, message: Message, content: str) -> Message:
        """Edit the text of a message of the user."""
        return edit_message(self._state, self.id, message.channel_id, message.id, Patch(content=content))

    async def delete(self, message: Message) -> None:
        """Delete a message of the user, or any message as a moderator."""
        message_store.delete_message(self._state, self.id, message.channel_id, message.id)

    async def react(self, message: Message, emoji: str) -> None:
        """Add a reaction to a message."""
        reactions.add_reaction(self._state, self.id, message.channel_id, message.id, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Remove the user's reaction."""
        reactions.remove_reaction(self._state, self.id, message.channel_id, message.id, emoji, self.id)

    async def type_in(self, channel: ChannelLike) -> None:
        """Start typing."""
        message_store.start_typing(self._state, self.id, channel.id)

    async def press(
        self, message: Message, label: str | None = None, *, custom_id: str | None = None
    ) -> InteractionObserver:
        """Press a button, given by its text, a part of its text, or its custom id.

        Raises:
            NotOfferedError: There is no such button, or it is disabled or a link.
        """
        return components.press_button(self._state, self.id, message, label=label, custom_id=custom_id)

    async def choose(self, message: Message, *values: str, custom_id: str | None = None) -> InteractionObserver:
        """Choose from a select menu: options by value; users, roles and channels by id.

        Raises:
            NotOfferedError: There is no such menu, or it does not offer the values.
        """
        return components.choose_values(self._state, self.id, message, values, custom_id=custom_id)

    async def submit(self, opened: InteractionObserver, fields: Mapping[str, forms.FieldValue]) -> InteractionObserver:
        """Fill in and submit the form that an interaction opened; the values are given by custom id.

        Raises:
            NotOfferedError: No form is open, or it has no such field.
        """
        return forms.submit_form(self._state, self.id, opened.interaction, fields)
