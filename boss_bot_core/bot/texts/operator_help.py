"""The help of the commands for those who run the bot or a server."""

from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.texts.help import CommandHelp

HEALTH = CommandHelp(
    summary=LazyText("Show how the bot is"), notes=(LazyText("The bot's owner is also shown the details"),)
)

STORAGE = CommandHelp(
    summary=LazyText("Show what is stored"),
    notes=(
        LazyText("For members with Manage Server"),
        LazyText("The owner sees all servers, in /storage and in direct messages"),
    ),
    slash_summary=LazyText("Show what is stored of this server, and when it expires."),
)

SYNC = CommandHelp(
    summary=LazyText("Tell Discord which slash commands there are"),
    usage="[here|clear]",
    examples=("", "here"),
    notes=(
        LazyText("After an installation and after an update, once"),
        LazyText("here: in this server only, and at once; clear: take that back"),
        LazyText("Only for the bot's owner"),
    ),
)
