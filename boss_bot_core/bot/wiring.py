"""Puts the bot together: opens the app, and gives every command what it works with. All wiring of this room is here."""

from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from boss_bot_core.access import People
from boss_bot_core.app import open_app
from boss_bot_core.bot.cards.message_api import DiscordSurface
from boss_bot_core.bot.cards.recovery import seeking_lost_cards
from boss_bot_core.bot.cards.service import CardBoard
from boss_bot_core.bot.cogs.cancel import CancelCog
from boss_bot_core.bot.cogs.download import DownloadCog
from boss_bot_core.bot.cogs.events import EventsCog
from boss_bot_core.bot.cogs.help import HelpCog
from boss_bot_core.bot.cogs.owner import OperatorCog
from boss_bot_core.bot.cogs.queue import QueueCog
from boss_bot_core.bot.cogs.reactions import ReactionControls
from boss_bot_core.bot.cogs.settings import SettingsCog
from boss_bot_core.bot.context.channel_inspector import Surveyor
from boss_bot_core.bot.context.factory import Reception
from boss_bot_core.bot.controls.service import Controls
from boss_bot_core.bot.delivery.deliverer import DiscordDeliverer, Equipment
from boss_bot_core.bot.help.pages import HelpBook
from boss_bot_core.bot.submission import DeskClerk
from boss_bot_core.bot.views.card_buttons import JobButton
from boss_bot_core.settings import Settings

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot


async def assemble(bot: "BossBot", stack: AsyncExitStack) -> None:
    """Open everything that the bot needs, to be closed with `stack`, and add its commands.

    Raises:
        DispatcherRunningError: Another process works on the same folder.
        DatabaseError: The database cannot be used.
        ZygoteStartError: The plugins could not be started.
    """
    settings = bot.settings
    prefix = settings.bot.command_prefix
    deliverer = DiscordDeliverer(bot, patience_s=settings.discord.delivery_patience_s)
    app = await stack.enter_async_context(open_app(settings, {"discord": deliverer}, must_dispatch=True))
    people = app.desk.people
    board = CardBoard(app, DiscordSurface(bot), people)
    await board.start()
    stack.push_async_callback(board.close)
    await stack.enter_async_context(seeking_lost_cards(bot, app.desk.database, board))
    surveyor = _surveyor(settings, people)
    deliverer.equip(
        Equipment(
            database=app.desk.database,
            surveyor=surveyor,
            learn_limit=people.learn_limit,
            kept_for=timedelta(hours=settings.storage.failed_retention_hours),
        )
    )
    reception = Reception(surveyor)
    platforms = app.plugins.platforms()
    bot.app = app

    async def limit_in(guild_id: int) -> int:
        return await surveyor.limit_in(bot.get_guild(guild_id))

    bot.controls = Controls(app, board, bot.is_owner, limit_in)
    bot.add_dynamic_items(JobButton)
    for cog in (
        HelpCog(bot, reception, HelpBook(prefix, platforms.values())),
        QueueCog(reception, app.desk.queue.view, prefix),
        CancelCog(reception, app.desk.queue.view, bot.controls),
        SettingsCog(reception, people, app.desk.chat_settings, bot.owns, prefix, settings.queue.max_attempts),
        OperatorCog(bot, reception, app, bot.counters),
        ReactionControls(bot, app, bot.controls),
        EventsCog(bot, bot.counters, people),
        # The last: what plugins call their commands must not be in the way of the bot's own.
        DownloadCog(bot, reception, DeskClerk(app, people, board, bot.owns, prefix), platforms),
    ):
        await bot.add_cog(cog)


def _surveyor(settings: Settings, people: People) -> Surveyor:
    return Surveyor(
        default_limit_bytes=settings.discord.upload_limit_bytes,
        cap_bytes=settings.download.max_file_size_bytes,
        learnt_limit=people.learnt_limit,
    )
