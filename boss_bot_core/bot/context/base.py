"""What every use of a command offers to the command's body."""

from abc import ABC, abstractmethod
from typing import Protocol

import attrs
import discord

from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.controls.actions import Actor

MAX_MESSAGE_LENGTH = 2000
"""Characters that Discord takes from a bot."""

User = discord.User | discord.Member


@attrs.frozen(kw_only=True)
class Invoker:
    """Who uses a command, and what they may do where they are.

    Attributes:
        user_id: Discord's id.
        role_ids: Their roles in the server; none outside of servers.
        may_manage_server: Whether they may change the server's settings.
        may_manage_messages: Whether they moderate the channel.
    """

    user_id: int
    role_ids: frozenset[int] = frozenset()
    may_manage_server: bool = False
    may_manage_messages: bool = False

    @classmethod
    def from_user(cls, user: User, permissions: discord.Permissions) -> "Invoker":
        """Return what counts of `user`, who has `permissions` in the channel."""
        roles = frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset()
        in_guild = isinstance(user, discord.Member)
        return cls(
            user_id=user.id,
            role_ids=roles,
            may_manage_server=in_guild and permissions.manage_guild,
            may_manage_messages=in_guild and permissions.manage_messages,
        )


class MessageContent(Protocol):
    """What a message shows: a drawn card, or an answer."""

    @property
    def content(self) -> str | None:
        """Its text."""
        ...

    @property
    def embed(self) -> discord.Embed | None:
        """Its embed."""
        ...

    @property
    def view(self) -> discord.ui.View | None:
        """Its buttons."""
        ...


@attrs.frozen(kw_only=True)
class TextContent:
    """A message of words.

    Attributes:
        content: Its text, at most 2,000 characters.
        embed: Its embed.
        view: Its buttons.
    """

    content: str | None
    embed: discord.Embed | None = None
    view: discord.ui.View | None = None


def truncate_message(text: str) -> str:
    """Return `text` as long as a message may be."""
    return text if len(text) <= MAX_MESSAGE_LENGTH else text[: MAX_MESSAGE_LENGTH - 1] + "…"


class CommandContext(ABC):
    """One use of a command.

    Attributes:
        invoker: Who.
        channel: Where, as a download needs it.
    """

    invoker: Invoker
    channel: ChannelInfo

    @property
    def actor(self) -> Actor:
        """Who, as the controls need it."""
        return Actor(
            user_id=self.invoker.user_id,
            guild_id=self.channel.guild_id,
            may_manage_messages=self.invoker.may_manage_messages,
        )

    @property
    @abstractmethod
    def request_message_id(self) -> int | None:
        """The message that asked, or None."""

    @abstractmethod
    async def post(self, shown: MessageContent) -> discord.Message:
        """Post publicly in the channel and return the message; CommandRefusedError where the bot cannot."""

    @abstractmethod
    async def reply(self, text: str, *, view: discord.ui.View | None = None) -> None:
        """Answer; only for them where Discord can do that."""
