"""The interface that a command's body sees: who invoked it, where, and how to answer."""

import io
from abc import ABC, abstractmethod
from typing import Protocol

import attrs
import discord

from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.context.invoker import Invoker
from boss_bot_core.domain.guilds import DEFAULT_PREFIX


class MessageContent(Protocol):
    """The content of a message: a rendered card or a text answer."""

    @property
    def content(self) -> str | None:
        """The text."""
        ...

    @property
    def embed(self) -> discord.Embed | None:
        """The embed."""
        ...

    @property
    def view(self) -> discord.ui.View | None:
        """The buttons."""
        ...


@attrs.frozen(kw_only=True)
class TextContent:
    """A message of text.

    Attributes:
        content: The text, at most 2,000 characters.
        embed: Always None: this content has no embed.
        view: The buttons.
    """

    content: str | None
    embed: discord.Embed | None = None
    view: discord.ui.View | None = None


@attrs.frozen(kw_only=True)
class AnswerPicture:
    """A picture beside an answer, which says everything that the picture shows.

    Attributes:
        content: The PNG.
        description: The alt text.
    """

    content: bytes = attrs.field(repr=False)
    description: str


def list_files(picture: AnswerPicture | None) -> list[discord.File]:
    """Return the picture, if there is one, as the files of one request, which uses them up."""
    if picture is None:
        return []
    return [discord.File(io.BytesIO(picture.content), "picture.png", description=picture.description)]


class CommandContext(ABC):
    """One use of a command.

    Attributes:
        invoker: The user, with the place and the permissions that count for access.
        channel: The channel that the downloads are delivered to.
        prefix: The prefix of typed commands where the command is used.
    """

    invoker: Invoker
    channel: ChannelInfo
    prefix: str = DEFAULT_PREFIX

    @property
    @abstractmethod
    def request_message_id(self) -> int | None:
        """The message that contains the command, or None for an interaction."""

    @abstractmethod
    async def post(self, shown: MessageContent) -> discord.Message:
        """Post a message that everyone in the channel can see, and return it.

        Raises:
            CommandRefusedError: The bot cannot post to the user.
        """

    @abstractmethod
    async def reply(
        self, text: str, *, view: discord.ui.View | None = None, picture: AnswerPicture | None = None
    ) -> None:
        """Answer the command, ephemerally where Discord allows that; without the picture where files are forbidden."""
