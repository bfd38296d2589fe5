"""How a typed message becomes a command: by the prefix of its guild, or by a mention of the bot.

People mention the bot and give a link, mention it alone, or choose the role of the same name from Discord's list.
"""

from abc import abstractmethod
from typing import Any, cast

import discord
from discord.ext import commands

from boss_bot_core.bot.language import use_language
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.concurrency import KeyedLock
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.routing import find_links

DOWNLOAD, HELP = "dl", "dlh"


class TypedCommandBot(commands.Bot):
    """A client that reads commands from messages which begin with a prefix, or with a mention of the client.

    Attributes:
        languages: Chooses the language of answers; set when the client is ready for commands.
        accepted: Messages whose command is carried out, or was; they are not read again.
    """

    languages: LanguageChoice

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - discord.py's own options
        super().__init__(**options)
        self.accepted: set[int] = set()
        # A message may be corrected while it is read, and discord.py puts the new text into the same message.
        self._reading = KeyedLock()

    @abstractmethod
    def find_prefix(self, guild_id: int) -> str:
        """Return the prefix of typed commands in a guild."""

    async def get_prefix(self, message: discord.Message, /) -> list[str]:
        """Return what a typed command begins with: a mention of the bot, or the prefix of the guild."""
        guild_id = LOCAL_ID if message.guild is None else message.guild.id
        return [*_own_mentions(self, message.guild), self.find_prefix(guild_id)]

    async def process_commands(self, message: discord.Message, /) -> None:
        """Carry out the command of a message, also where it mentions the bot and leaves the command out."""
        if message.author.bot:
            return
        async with self._reading.hold(message.id):
            if message.id in self.accepted:
                return
            context: commands.Context[TypedCommandBot] = await self.get_context(message)
            _choose_command(context)
            guild_id = LOCAL_ID if message.guild is None else message.guild.id
            with use_language(self.languages.for_place(guild_id, message.author.id)):
                await self.invoke(context)


def _own_mentions(client: discord.Client, guild: discord.Guild | None) -> tuple[str, ...]:
    """Return the texts that mention the bot: its user, and the role that Discord gives it in a guild."""
    # A client that gets messages is logged in.
    user = cast("discord.ClientUser", client.user)
    users = (user.mention, f"<@!{user.id}>")
    role = None if guild is None else guild.self_role
    return users if role is None else (*users, role.mention)


def _choose_command(context: commands.Context[Any]) -> None:
    """Give a message that mentions the bot without naming a command the command that it means.

    A link is to be downloaded, and so is the message that a bare mention replies to. All else is a question for help.
    """
    if context.command is not None or not (context.prefix or "").startswith("<@"):
        return
    view = context.view
    # Back in front of the word that is no command.
    view.undo()
    is_download = context.message.reference is not None or bool(find_links(view.buffer[view.index :]))
    context.invoked_with = DOWNLOAD if is_download else HELP
    context.command = context.bot.get_command(context.invoked_with)
    if not is_download:
        view.index = view.end
