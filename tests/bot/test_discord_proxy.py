"""The bot behind a proxy: a network without another way to Discord, where not even its name can be resolved."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yarl

from boss_bot_core.log.setup import LOG_NAME
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import GatewayIdentified
from tests.bot.connect_proxy import API, GATEWAY, ConnectProxy, connect_proxy
from tests.bot.program import Program

PASSWORD = "s3cret-of-the-proxy"


@pytest.fixture
async def proxy(local_discord: LocalDiscord, tmp_path: Path) -> AsyncIterator[ConnectProxy]:
    async with connect_proxy(local_discord, tmp_path) as proxy:
        yield proxy


@pytest.fixture
def program(local_discord: LocalDiscord, proxy: ConnectProxy, tmp_path: Path) -> Program:
    program = Program(local_discord, tmp_path)
    rest, gateway = yarl.URL(local_discord.rest_url), yarl.URL(local_discord.gateway_url)
    program.environ |= {
        "BOSS_BOT_DISCORD_API_URL": f"https://{API}{rest.path}",
        "BOSS_BOT_DISCORD_GATEWAY_URL": f"wss://{GATEWAY}{gateway.path}",
        "SSL_CERT_FILE": str(proxy.ca_file),
    }
    return program


async def test_the_bot_reaches_api_and_gateway_through_the_proxy(
    program: Program, local_discord: LocalDiscord, proxy: ConnectProxy
) -> None:
    proxy.credentials = f"bot:{PASSWORD}@work"
    address = f"http://bot:{PASSWORD}%40work@127.0.0.1:{proxy.port}"
    async with program.started(BOSS_BOT_DISCORD_PROXY=address, BOSS_BOT_LOG_LEVEL="TRACE") as child:
        await local_discord.wait_for(GatewayIdentified, timeout_s=60, start=0)
        general = local_discord.channel("general")
        asked = await local_discord.user("ada").say(general, "$dlh")
        answer = await general.wait_for(lambda message: message.reply_to_id == asked.id, timeout_s=30)
        assert "$dlq" in answer.content
        child.send_signal(signal.SIGTERM)
        output, errors = await asyncio.wait_for(child.communicate(), 30)
    assert child.returncode == 0
    assert set(proxy.targets) == {f"{API}:443", f"{GATEWAY}:443"}
    log = (program.data / "logs" / LOG_NAME).read_text()
    assert PASSWORD not in (output + errors).decode() + log


@pytest.mark.parametrize("user", ["", "bot:wrong-password@"])
async def test_refused_credentials_are_one_sentence_without_them(
    program: Program, proxy: ConnectProxy, user: str
) -> None:
    proxy.credentials = f"bot:{PASSWORD}"
    address = f"http://{user}127.0.0.1:{proxy.port}"
    code, said = await program.ends(BOSS_BOT_DISCORD_PROXY=address)
    expected = (
        f"The proxy http://127.0.0.1:{proxy.port} of discord_proxy does not accept the user and the password there."
    )
    assert (code, said.strip().splitlines()[-1]) == (2, expected)
    assert "wrong-password" not in said
    assert "Traceback" not in said


async def test_a_proxy_that_refuses_or_is_away_is_one_sentence(program: Program, proxy: ConnectProxy) -> None:
    proxy.status = 403
    address = f"http://127.0.0.1:{proxy.port}"
    for proxy_address, words in (
        (address, f"The proxy {address} of discord_proxy does not connect me to Discord: it answered 403."),
        ("http://127.0.0.1:9", "The proxy http://127.0.0.1:9 of discord_proxy cannot be reached: "),
    ):
        code, said = await program.ends(BOSS_BOT_DISCORD_PROXY=proxy_address)
        assert (code, said.strip().splitlines()[-1].startswith(words)) == (1, True), said
        assert "Traceback" not in said
