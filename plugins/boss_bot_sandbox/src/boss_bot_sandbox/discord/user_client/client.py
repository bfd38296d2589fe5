"""A person in the sandbox: everything their hands do.

Each method is one action in Discord's window, under Discord's own rules for that person.
"""

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
    from boss_bot_sandbox.discord.user_client.forms import FieldValue
    from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver


class UserClient:
    """One person; every action raises ``ApiError`` where Discord would refuse it.

    Attributes:
        id: Their account's id.
        commands: What they find under "/".
        menus: What they find in the menus of messages and people.
    """

    def __init__(self, state: ServerState, user_id: Snowflake) -> None:
        self._state = state
        self.id = user_id
        self.commands = CommandPicker(state, user_id)
        self.menus = ContextMenus(state, user_id)

    @property
    def value(self) -> User:
        """The account."""
        return self._state.user(self.id)

    def observe(self, channel: ChannelLike) -> ChannelObserver:
        """Return a channel as they see it, their ephemeral messages included."""
        return ChannelObserver(self._state, channel.id, self.id)

    def direct(self) -> ChannelObserver:
        """Return their direct messages with the bot."""
        return self.observe(find_direct_channel(self._state, self.id, self._state.bot.id))

    async def say(
        self,
        channel: ChannelLike,
        content: str = "",
        *,
        reply_to: Message | None = None,
        files: Sequence[tuple[str, bytes] | Upload] = (),
    ) -> Message:
        """Send a message, with files given as names and bytes, or on the server's disk already."""
        arrived = [
            one if isinstance(one, Upload) else await store_upload(self._state, n, *one) for n, one in enumerate(files)
        ]
        reference = {"message_reference": {"message_id": reply_to.id}} if reply_to is not None else {}
        return send_message(
            self._state, self.id, channel.id, read_draft({"content": content, **reference}, tuple(arrived))
        )

    async def edit(self, message: Message, content: str) -> Message:
        """Change the text of their own message."""
        return edit_message(self._state, self.id, message.channel_id, message.id, Patch(content=content))

    async def delete(self, message: Message) -> None:
        """Delete a message of theirs, or any as a moderator."""
        message_store.delete_message(self._state, self.id, message.channel_id, message.id)

    async def react(self, message: Message, emoji: str) -> None:
        """React to a message."""
        reactions.add_reaction(self._state, self.id, message.channel_id, message.id, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take their reaction back."""
        reactions.remove_reaction(self._state, self.id, message.channel_id, message.id, emoji, self.id)

    async def type_in(self, channel: ChannelLike) -> None:
        """Begin to type."""
        message_store.start_typing(self._state, self.id, channel.id)

    async def press(
        self, message: Message, label: str | None = None, *, custom_id: str | None = None
    ) -> InteractionObserver:
        """Press a button, by what it says (or a part of that) or by its custom id.

        Raises:
            NotOfferedError: There is no such button, or it cannot be pressed.
        """
        return components.press_button(self._state, self.id, message, label=label, custom_id=custom_id)

    async def choose(self, message: Message, *values: str, custom_id: str | None = None) -> InteractionObserver:
        """Choose from a message's menu: options by value; people, roles and channels by id.

        Raises:
            NotOfferedError: There is no such menu, or it does not offer that.
        """
        return components.choose_values(self._state, self.id, message, values, custom_id=custom_id)

    async def submit(self, exchange: InteractionObserver, fields: Mapping[str, FieldValue]) -> InteractionObserver:
        """Fill in and send the form that an interaction opened; values by custom id.

        Raises:
            NotOfferedError: No form is open, or it has no such field.
        """
        return forms.submit_form(self._state, self.id, exchange.interaction, fields)
