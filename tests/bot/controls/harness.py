"""A real client with cards and controls over a real queue, in a local Discord; the test takes the runner's part."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import attrs
import discord

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.bot.cards.message_api import CardMessages
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.cards.target import CardTarget, SentCard
from boss_bot_core.bot.cogs.reactions import ReactionsCog
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.bot.views.card_buttons import CardButton
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.settings.discord import ControlKind
from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord, UserClient
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.testing import RecordingBot, run_bot
from tests.bot.cards.harness import build_card_service, open_test_app, submit_download

QUICK = EditLimits(state_interval_s=0.02, card_interval_s=0.05, channel_interval_s=0.02)


class CardBot(RecordingBot):
    """A bot with controls and no commands."""

    controls: ControlService
    languages: LanguageChoice


@attrs.frozen
class CardHarness:
    """A running client with cards.

    Attributes:
        discord: The local Discord.
        bot: The client.
        app: The queue.
        cards: The cards.
    """

    discord: LocalDiscord
    bot: CardBot
    app: App
    cards: CardService

    @property
    def general(self) -> ChannelObserver:
        return self.discord.channel("general")

    def user(self, name: str) -> UserClient:
        return self.discord.user(name)

    async def post(self, who: str = "ada", number: int = 1, *, embeds: bool = True) -> tuple[DownloadItem, Message]:
        """Queue a download of a user and post its card in the channel."""
        place = self.general
        channel: Any = self.bot.get_channel(place.id)
        item = await submit_download(
            self.app,
            number,
            user_id=self.user(who).id,
            guild_id=self.discord.guild().id,
            channel_id=place.id,
            destination=Destination(kind="discord", target=str(place.id)),
        )

        async def send(card: RenderedCard) -> SentCard:
            extras = {} if card.embed is None else {"embed": card.embed}
            message = await channel.send(card.content, view=card.view, **extras)
            return SentCard(channel_id=message.channel.id, message_id=message.id)

        record = await self.cards.post(item, CardTarget(send=send, embeds=embeds))
        return item, place.message(Snowflake(record.message_id))

    async def shows(self, card: Message, words: str) -> Message:
        """Wait until a card shows `words`."""
        return await self.general.wait_for(lambda one: one.id == card.id and words in text(one))

    async def press(self, who: str, card: Message, action: str) -> str:
        """Press a button as a user and return the answer."""
        now = self.general.message(card)
        exchange = await self.user(who).press(now, custom_id=custom_id_of(now, action))
        reply = await exchange.reply()
        assert reply.visible_to == self.user(who).id
        return reply.content


def text(message: Message) -> str:
    """Return the text of a message and its embeds."""
    return message.content + "".join(f"{one.get('title')}\n{one.get('description')}" for one in message.embeds)


def custom_ids(message: Message) -> list[str]:
    """Return the custom ids of a message's buttons."""
    return [str(each["custom_id"]) for row in message.components for each in row["components"] if "custom_id" in each]


def custom_id_of(message: Message, action: str) -> str:
    """Return the custom id of the button that performs `action`."""
    return next(each for each in custom_ids(message) if each.endswith(f":{action}"))


@asynccontextmanager
async def open_harness(
    server: LocalDiscord, folder: Path, controls: ControlKind = "buttons", limits: EditLimits = QUICK
) -> AsyncIterator[CardHarness]:
    """Run a client over the queue in `folder`; a second one over the same folder is the bot after a restart."""
    bot = CardBot()
    bot.add_dynamic_items(CardButton)
    async with open_test_app(folder, controls) as app, run_bot(bot, server.token):
        # As the dispatcher does when it starts.
        await app.services.queue.recover()
        cards = build_card_service(app, CardMessages(bot), limits=limits)

        async def is_owner(user_id: int) -> bool:
            return await bot.is_owner(cast("discord.User", discord.Object(user_id)))

        async def guild_upload_limit(_guild_id: int) -> int:
            return 20 * 2**20

        bot.controls = ControlService(app.service, app.services.access, cards, is_owner, guild_upload_limit)
        bot.languages = LanguageChoice(bot, app.services.access.languages)
        await bot.add_cog(ReactionsCog(bot, app.services.database, bot.controls, bot.languages))
        await cards.start()
        try:
            yield CardHarness(server, bot, app, cards)
        finally:
            await cards.close()
