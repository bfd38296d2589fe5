"""A link in a channel becomes a file in the channel."""

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite


async def test_a_link_becomes_a_card_and_a_file(bot: BossBot, local_discord: LocalDiscord, site: RemoteSite) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    asked = await ada.say(general, f"$dl {site.http_url}/files/clip.mp4")
    card = await general.wait_for(lambda message: bool(message.embeds))
    assert card.reply_to_id == asked.id
    assert card.mention_ids == ()
    delivered = await general.wait_for(lambda message: bool(message.attachments), timeout_s=30)
    assert delivered.attachments[0].filename.endswith(".mp4")
