"""The whole bot: from a typed command to the files, and what its cards say of the delivery."""

from functools import partial

import pytest

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import LocalDiscord, Options
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.twitter import tweet
from tests.bot.delivery.conftest import MIB


def text_of(message: Message) -> str:
    """Return everything that a message says."""
    return "\n".join([message.content, *(str(embed) for embed in message.embeds)])


async def test_the_same_media_asked_for_in_another_form_come_from_storage_to_everybody(
    local_discord: LocalDiscord, bot: BossBot, site: RemoteSite
) -> None:
    general, url = local_discord.channel("general"), tweet("photos").url
    await local_discord.user("ada").say(general, f"$dl {url}")
    first = await general.wait_for(lambda message: len(message.attachments) == 4, timeout_s=60)
    site.reset()
    asked = await local_discord.user("bob").say(general, f"$dl {url.replace('x.com', 'fxtwitter.com')}?s=20")
    again = await general.wait_for(
        lambda message: len(message.attachments) == 4 and message.id != first.id, timeout_s=60
    )
    assert again.reply_to_id == asked.id
    assert [one.path.read_bytes() for one in again.attachments] == [one.path.read_bytes() for one in first.attachments]
    # The question itself is recorded as well.
    assert [each.path for each in site.requests if not each.path.startswith("/-/")] == []


async def test_the_same_media_asked_for_by_two_at_once_are_fetched_once(
    local_discord: LocalDiscord, bot: BossBot, site: RemoteSite
) -> None:
    general, path = local_discord.channel("general"), "/throttled/250000/clip.mp4"
    site.reset()
    asked = [
        await local_discord.user(name).say(general, f"$dl {site.http_url}{path}?size_bytes=400000")
        for name in ("ada", "bob")
    ]
    deliveries = [await general.wait_for(partial(_answers, message), timeout_s=60) for message in asked]
    assert [one.attachments[0].size_bytes for one in deliveries] == [400_000] * 2
    assert len([each for each in site.requests.matching(path) if each.method == "GET"]) == 1


def _answers(asked: Message, message: Message) -> bool:
    return bool(message.attachments) and message.reply_to_id == asked.id


class TestABelievedLimit:
    """The server takes less than the bot believes."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(default_upload_bytes=10 * MIB)

    async def test_what_is_refused_for_its_size_is_kept_and_the_card_says_why(
        self, local_discord: LocalDiscord, bot: BossBot, site: RemoteSite
    ) -> None:
        general = local_discord.channel("general")
        await local_discord.user("ada").say(general, f"$dl {site.http_url}/files/clip.mp4?size_bytes={12 * MIB}")
        card = await general.wait_for(lambda message: "this server allows 10 MB" in text_of(message), timeout_s=60)
        assert "12.0 MB, this server allows 10 MB. I keep it on my host for 6 h." in text_of(card)
        guild_id = local_discord.guild().id
        async with bot.app.services.database.connect() as tx:
            settings = await tx.guilds.get(guild_id)
        assert settings is not None
        assert settings.learnt_upload_limit_bytes == 10 * MIB
        kept = list(bot.app.services.storage.layout.downloads.glob(f"{guild_id}/*/*/content/*"))
        assert [path.stat().st_size for path in kept] == [12 * MIB]
