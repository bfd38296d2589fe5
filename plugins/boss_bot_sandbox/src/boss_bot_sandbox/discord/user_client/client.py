"""A person in the sandbox: everything their hands do.

Each method is one action in Discord's window, under Discord's own rules for that person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.attachment import Upload
from boss_bot_sandbox.discord.model.draft import Patch
from boss_bot_sandbox.discord.state import message_store, reactions
from boss_bot_sandbox.discord.state.direct_channels import direct_channel
from boss_bot_sandbox.discord.state.files import take
from boss_bot_sandbox.discord.state.message_editor import edit
from boss_bot_sandbox.discord.state.message_sender import send
from boss_bot_sandbox.discord.user_client import components, forms
from boss_bot_sandbox.discord.user_client.channel_observer import ChannelView, Place
from boss_bot_sandbox.discord.user_client.command_picker import Palette
from boss_bot_sandbox.discord.user_client.context_menus import Menus
from boss_bot_sandbox.discord.validation.message_body import read_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.model.users import User
    from boss_bot_sandbox.discord.state.server_state import World
    from boss_bot_sandbox.discord.user_client.forms import FieldValue
    from boss_bot_sandbox.discord.user_client.interaction_observer import Exchange


class HumanUser:
    """One person; every action raises ``ApiError`` where Discord would refuse it.

    Attributes:
        id: Their account's id.
        commands: What they find under "/".
        menus: What they find in the menus of messages and people.
    """

    def __init__(self, world: World, user_id: Snowflake) -> None:
        self._world = world
        self.id = user_id
        self.commands = Palette(world, user_id)
        self.menus = Menus(world, user_id)

    @property
    def value(self) -> User:
        """The account."""
        return self._world.user(self.id)

    def see(self, channel: Place) -> ChannelView:
        """Return a channel as they see it, their ephemeral messages included."""
        return ChannelView(self._world, channel.id, self.id)

    def direct(self) -> ChannelView:
        """Return their direct messages with the bot."""
        return self.see(direct_channel(self._world, self.id, self._world.bot.id))

    async def say(
        self,
        channel: Place,
        content: str = "",
        *,
        reply_to: Message | None = None,
        files: Sequence[tuple[str, bytes] | Upload] = (),
    ) -> Message:
        """Send a message, with files given as names and bytes, or on the server's disk already."""
        arrived = [one if isinstance(one, Upload) else await take(self._world, n, *one) for n, one in enumerate(files)]
        reference = {"message_reference": {"message_id": reply_to.id}} if reply_to is not None else {}
        return send(self._world, self.id, channel.id, read_draft({"content": content, **reference}, tuple(arrived)))

    async def edit(self, message: Message, content: str) -> Message:
        """Change the text of their own message."""
        return edit(self._world, self.id, message.channel_id, message.id, Patch(content=content))

    async def delete(self, message: Message) -> None:
        """Delete a message of theirs, or any as a moderator."""
        message_store.delete(self._world, self.id, message.channel_id, message.id)

    async def react(self, message: Message, emoji: str) -> None:
        """React to a message."""
        reactions.react(self._world, self.id, message.channel_id, message.id, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take their reaction back."""
        reactions.unreact(self._world, self.id, message.channel_id, message.id, emoji, self.id)

    async def type_in(self, channel: Place) -> None:
        """Begin to type."""
        message_store.start_typing(self._world, self.id, channel.id)

    async def press(self, message: Message, label: str | None = None, *, custom_id: str | None = None) -> Exchange:
        """Press a button, by what it says (or a part of that) or by its custom id.

        Raises:
            NotOfferedError: There is no such button, or it cannot be pressed.
        """
        return components.press(self._world, self.id, message, label=label, custom_id=custom_id)

    async def choose(self, message: Message, *values: str, custom_id: str | None = None) -> Exchange:
        """Choose from a message's menu: options by value; people, roles and channels by id.

        Raises:
            NotOfferedError: There is no such menu, or it does not offer that.
        """
        return components.choose(self._world, self.id, message, values, custom_id=custom_id)

    async def submit(self, exchange: Exchange, fields: Mapping[str, FieldValue]) -> Exchange:
        """Fill in and send the form that an interaction opened; values by custom id.

        Raises:
            NotOfferedError: No form is open, or it has no such field.
        """
        return forms.submit(self._world, self.id, exchange.interaction, fields)
