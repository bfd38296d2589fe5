"""Files of messages: several at once, size limits, edits, and downloads from the CDN."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest
from PIL import Image

from boss_bot_sandbox.discord import MIB, LocalDiscord, Options, TooLargeVariant

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


@pytest.fixture
def discord_options() -> Options:
    # Small limits, so that tests exceed them without moving megabytes.
    return Options(default_upload_bytes=200_000, tier_upload_bytes={2: 300_000, 3: 400_000})


def _file(name: str, data: bytes, description: str | None = None) -> discord.File:
    return discord.File(io.BytesIO(data), name, description=description)


def _png(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height)).save(data, "PNG")
    return data.getvalue()


async def test_ten_files_arrive_in_order_with_their_metadata(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    files = [_file(f"page {number}.png", _png(number, 7), f"Page {number}") for number in range(1, 11)]
    sent = await general.send("album", files=files)
    assert [(one.filename, one.width, one.height) for one in sent.attachments] == [
        (f"page_{number}.png", number, 7) for number in range(1, 11)
    ]
    assert sent.attachments[3].description == "Page 4"
    assert {one.content_type for one in sent.attachments} == {"image/png"}
    assert await sent.attachments[9].read() == _png(10, 7)
    assert sent.attachments[9].size == len(_png(10, 7))
    assert sent.attachments[0].url.startswith(local_discord.cdn_url)


async def test_an_eleventh_file_is_refused(general: discord.TextChannel) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await general.send(files=[_file(f"{number}.txt", b"x") for number in range(11)])
    assert refused.value.code == 30015


async def test_spoilers_and_unknown_types_are_recognised(general: discord.TextChannel) -> None:
    spoiler = discord.File(io.BytesIO(b"not a picture"), "x.jpg", spoiler=True)
    sent = await general.send(files=[spoiler, _file("x.unheard-of", b"?")])
    assert sent.attachments[0].is_spoiler()
    assert (sent.attachments[0].content_type, sent.attachments[0].width) == ("image/jpeg", None)
    assert sent.attachments[1].content_type == "application/octet-stream"


async def test_the_upload_limit_depends_on_the_boost_tier(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    guild = next(iter(local_discord.state.guilds.values()))
    with pytest.raises(discord.HTTPException) as refused:
        await general.send(file=_file("large.bin", bytes(250_000)))
    assert (refused.value.status, refused.value.code) == (413, 40005)
    local_discord.admin.boost(guild, 2)
    assert (await connected_bot.wait_for_event("guild_update")).premium_tier == 0
    assert general.guild.premium_tier == 2
    await general.send(file=_file("large.bin", bytes(250_000)))
    with pytest.raises(discord.HTTPException):
        await general.send(files=[_file("small.bin", b"x"), _file("large.bin", bytes(350_000))])
    local_discord.admin.boost(guild, 3)
    sent = await general.send(files=[_file("a.bin", bytes(350_000)), _file("b.bin", bytes(350_000))])
    assert [one.size for one in sent.attachments] == [350_000, 350_000]


async def test_the_proxy_can_refuse_a_file_with_a_page(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    local_discord.faults.too_large(TooLargeVariant.CLOUDFLARE)
    with pytest.raises(discord.HTTPException) as refused:
        await general.send(file=_file("any.bin", b"x"))
    assert (refused.value.status, refused.value.code) == (413, 0)
    assert "cloudflare" in refused.value.text
    assert local_discord.channel("general").messages == []


async def test_an_edit_keeps_adds_and_removes_files(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    sent = await general.send("x", files=[_file("a.txt", b"a"), _file("b.txt", b"b")])
    unchanged = await sent.edit(content="y")
    assert [one.filename for one in unchanged.attachments] == ["a.txt", "b.txt"]
    added = await unchanged.add_files(_file("c.txt", b"c"))
    assert [one.filename for one in added.attachments] == ["a.txt", "b.txt", "c.txt"]
    kept = await added.edit(attachments=[added.attachments[1], _file("d.txt", b"d")])
    assert [one.filename for one in kept.attachments] == ["b.txt", "d.txt"]
    assert (await kept.edit(attachments=[])).attachments == []


async def test_an_embed_shows_a_file_of_its_message(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    embed = discord.Embed(title="x").set_thumbnail(url="attachment://t.png")
    sent = await general.send(embed=embed, file=_file("t.png", _png(3, 3)))
    assert sent.attachments == []
    assert sent.embeds[0].thumbnail.url is not None
    assert sent.embeds[0].thumbnail.url.startswith(local_discord.cdn_url)


async def test_attachments_support_range_requests(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    data = bytes(range(256)) * 16
    sent = await local_discord.user("ada").say(local_discord.channel("general"), files=[("clip.mp4", data)])
    async with aiohttp.ClientSession() as http:
        async with http.get(sent.attachments[0].url, headers={"Range": "bytes=256-511"}) as part:
            assert (part.status, part.content_type) == (206, "video/mp4")
            assert part.headers["Content-Range"] == f"bytes 256-511/{len(data)}"
            assert await part.read() == bytes(range(256))
        await local_discord.user("ada").delete(sent)
        async with http.get(sent.attachments[0].url) as gone:
            assert gone.status == 404


class TestWholeRequests:
    """The proxy's limit on the whole request."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(request_bytes=2 * MIB)

    async def test_a_request_over_the_limit_is_refused_by_the_proxy(self, general: discord.TextChannel) -> None:
        with pytest.raises(discord.HTTPException) as refused:
            await general.send(files=[_file(f"{number}.bin", bytes(MIB)) for number in range(3)])
        assert (refused.value.status, refused.value.code) == (413, 0)
