"""Login at the gateway: ready, compression, intents, and clients that are refused."""

from __future__ import annotations

import aiohttp
import discord
import pytest
from discord.utils import _ActiveDecompressionContext

from boss_bot_sandbox.discord import LocalDiscord, Options, PrivilegedIntent
from boss_bot_sandbox.discord.events import GatewayIdentified, GatewayOpened, GatewayRefused, PresenceChanged
from boss_bot_sandbox.discord.testing import RecordingBot, run_bot


async def test_a_client_becomes_ready_with_its_guild(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    (guild,) = connected_bot.guilds
    assert guild.name == "Sandbox"
    assert {channel.name for channel in guild.text_channels} == {"general", "adults"}
    assert [channel.name for channel in guild.text_channels if channel.is_nsfw()] == ["adults"]
    assert {member.name for member in guild.members} == {"boss-bot", "olivia", "milo", "ada", "bob"}
    assert guild.owner is not None
    assert guild.owner.name == "olivia"
    assert connected_bot.user is not None
    assert connected_bot.user.id == local_discord.state.bot.id
    assert connected_bot.application is not None
    assert connected_bot.application.owner.id == local_discord.state.owner.id
    assert connected_bot.application.flags.gateway_message_content_limited


async def test_frames_have_the_compression_that_the_client_requests(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    opened = [entry.event for entry in local_discord.transcript if isinstance(entry.event, GatewayOpened)]
    assert [event.compression for event in opened] == [_ActiveDecompressionContext.COMPRESSION_TYPE]
    assert connected_bot.latency < 5


async def test_a_wrong_token_is_refused_by_rest(local_discord: LocalDiscord) -> None:
    bot = RecordingBot()
    with pytest.raises(discord.LoginFailure):
        async with run_bot(bot, local_discord.token + "x"):
            pass


async def test_a_wrong_token_is_refused_by_the_gateway(local_discord: LocalDiscord) -> None:
    assert await _close_code(local_discord, {"op": 2, "d": {"token": "wrong", "intents": 0}}) == 4004


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"op": 99, "d": {}}, 4001),
        ({"op": 3, "d": {}}, 4003),
        ({"op": 2, "d": {"token": "TOKEN", "intents": 1 << 40}}, 4013),
        ([1, 2], 4002),
    ],
)
async def test_clients_that_violate_the_protocol_are_closed(
    local_discord: LocalDiscord, frame: object, code: int
) -> None:
    assert await _close_code(local_discord, frame) == code


async def _close_code(server: LocalDiscord, frame: object) -> int | None:
    if isinstance(frame, dict) and frame["d"].get("token") == "TOKEN":
        frame["d"]["token"] = server.token
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway_url + "?v=10&encoding=json") as socket,
    ):
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json(frame)
        message = await socket.receive(4.0)
        assert message.type is aiohttp.WSMsgType.CLOSE
        return socket.close_code


class TestSwitchedOffIntents:
    """The Presence and Message Content intents are switched off in the developer portal."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(portal_intents=frozenset({PrivilegedIntent.MEMBERS}))

    async def test_a_client_that_requests_them_is_refused(self, local_discord: LocalDiscord) -> None:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with run_bot(RecordingBot(), local_discord.token):
                pass
        assert (await local_discord.wait_for(GatewayRefused, start=0)).code == 4014

    async def test_content_is_hidden_except_in_messages_that_involve_the_bot(self, local_discord: LocalDiscord) -> None:
        ada, general = local_discord.user("ada"), local_discord.channel("general")
        intents = discord.Intents.default()
        async with run_bot(RecordingBot(intents), local_discord.token) as bot:
            await ada.say(general, "secret", files=[("a.txt", b"x")])
            await ada.say(general, f"<@{local_discord.state.bot.id}> hello")
            await ada.say(ada.direct(), "psst")
            hidden, mentioning, direct = [await bot.wait_for_event("message", number) for number in (1, 2, 3)]
            assert (hidden.content, hidden.attachments) == ("", [])
            assert mentioning.content.endswith("> hello")
            assert direct.content == "psst"
            assert direct.guild is None
            fetched = await bot.get_partial_messageable(general.id).fetch_message(hidden.id)
            assert fetched.content == ""
            await bot.get_partial_messageable(general.id).send("own words")
            assert (await bot.wait_for_event("message", 4)).content == "own words"


async def test_presence_and_intents_are_recorded(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    start = len(local_discord.transcript)
    await connected_bot.change_presence(status=discord.Status.idle, activity=discord.Game("downloading"))
    assert await local_discord.wait_for(PresenceChanged, start=start) == PresenceChanged("idle", "downloading")
    assert (await local_discord.wait_for(GatewayIdentified, start=0)).intents == discord.Intents.all().value


async def test_members_can_be_queried_and_fetched(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    (guild,) = connected_bot.guilds
    assert [member.name for member in await guild.query_members("mi", limit=5)] == ["milo"]
    assert await guild.query_members("nobody") == []
    assert (await guild.fetch_member(local_discord.user("ada").id)).name == "ada"
    assert {member.name async for member in guild.fetch_members(limit=2)} == {"boss-bot", "olivia"}
