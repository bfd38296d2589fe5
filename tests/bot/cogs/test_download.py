"""Every way of asking for a download, with the real client."""

import pytest

from boss_bot_sandbox.discord import ChannelView
from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cogs.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


def has_embed(message: Message) -> bool:
    return bool(message.embeds)


async def files_in(channel: ChannelView, count: int) -> list[Message]:
    """Wait until there are so many messages with files, and return them."""
    await channel.wait_for(lambda _: len([one for one in channel.messages if one.attachments]) >= count, timeout_s=30)
    return [one for one in channel.messages if one.attachments]


async def test_a_link_becomes_a_card_and_a_file(stage: Stage) -> None:
    card = await stage.answer("ada", f"$dl {stage.site.http_url}/files/clip.mp4")
    assert card.embeds
    assert card.mention_ids == ()
    delivered = await stage.general.wait_for(lambda message: bool(message.attachments), timeout_s=30)
    assert delivered.attachments[0].filename.endswith(".mp4")
    done = await stage.general.wait_for(lambda one: one.id == card.id and "complete" in str(one.embeds))
    assert done.reply_to_id == card.reply_to_id
