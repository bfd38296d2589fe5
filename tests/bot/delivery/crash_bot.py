"""A bot's side of a delivery as a process of its own, to be killed: `python -m tests.bot.delivery.crash_bot …`."""

import asyncio
import sys
from datetime import timedelta
from uuid import UUID

import discord

from boss_bot_core.access.chosen_languages import ChosenLanguages
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.delivery import DiscordDeliverer
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery
from boss_bot_core.domain.media import MediaInfo
from boss_bot_sandbox.discord.redirect import redirect_clients

MIB = 1_048_576


async def nothing_learnt(_guild_id: int) -> None:
    return None


async def forget(_guild_id: int, _limit_bytes: int) -> None:
    return None


async def main(token: str, database_url: str, item_id: str) -> None:
    client = discord.Client(intents=discord.Intents.default(), guild_ready_timeout=0.1)
    inspector = ChannelInspector(default_limit_bytes=20 * MIB, cap_bytes=50 * MIB, learned_limit=nothing_learnt)
    async with Database.open(database_url) as database, client:
        deliverer = DiscordDeliverer(
            client=client,
            database=database,
            inspector=inspector,
            learn_limit=forget,
            languages=LanguageChoice(client, ChosenLanguages(database)),
            kept_for=timedelta(hours=6),
        )
        async with database.connect() as tx:
            item = await tx.items.get(UUID(item_id))
            files = await tx.files.list_for_item(UUID(item_id))
        assert item is not None
        running = asyncio.create_task(client.start(token))
        receipts = await deliverer.deliver(Delivery(item=item, files=files, media=MediaInfo()))
        sys.stdout.write(" ".join(receipt.reference for receipt in receipts) + "\n")
        await client.close()
        await running


if __name__ == "__main__":
    _, rest_url, gateway_url, cdn_url, *rest = sys.argv
    with redirect_clients(rest_url, gateway_url, cdn_url):
        asyncio.run(main(*rest))
