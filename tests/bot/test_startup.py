"""`boss-bot run` as a process of its own: how it begins, and every way in which it does not."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.storage import StorageLayout
from boss_bot_sandbox.discord import LocalDiscord, Options, PrivilegedIntent
from boss_bot_sandbox.discord.events import GatewayIdentified
from tests.bot.bot_runner import open_discord
from tests.bot.program import Program


@pytest.fixture
def program(local_discord: LocalDiscord, tmp_path: Path) -> Program:
    return Program(local_discord, tmp_path)


def last_line(text: str) -> str:
    return text.strip().splitlines()[-1]


async def test_without_a_token_it_says_where_to_get_one(program: Program) -> None:
    del program.environ["BOSS_BOT_TOKEN"]
    code, said = await program.ends()
    assert (code, "Traceback" in said) == (2, False)
    assert said.startswith("There is no bot token: set BOSS_BOT_TOKEN")


async def test_a_wrong_token_is_one_sentence_without_the_token(program: Program, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("MTIzNDU2Nzg5MDEyMzQ1Njc4.AbCdEf.ThisIsNotAnybodysTokenAtAll")
    del program.environ["BOSS_BOT_TOKEN"]
    code, said = await program.ends(BOSS_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert (code, "Traceback" in said) == (2, False)
    assert last_line(said).startswith("Discord does not know this bot token.")
    assert "ThisIsNot" not in said


async def test_a_token_file_with_more_than_a_token_is_one_sentence(program: Program, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("a line\nThisIsNotAnybodysTokenAtAll\n")
    del program.environ["BOSS_BOT_TOKEN"]
    code, said = await program.ends(BOSS_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert (code, "Traceback" in said) == (2, False)
    assert last_line(said) == f"token_file: {tmp_path / 'token'} has more than one line."
    assert "ThisIsNot" not in said


async def test_a_second_one_on_the_same_folder_is_refused(program: Program) -> None:
    with DispatcherLock(StorageLayout(program.data, program.data / "cache").locks / "dispatcher.lock"):
        code, said = await program.ends()
    assert (code, "Traceback" in said) == (2, False)
    assert last_line(said).startswith("Another boss-bot (process ")


async def test_a_data_folder_that_cannot_be_is_one_sentence(program: Program) -> None:
    program.data.write_text("no folder")
    code, said = await program.ends()
    assert (code, "Traceback" in said) == (2, False)
    assert last_line(said).startswith(f"{program.data} cannot be used: ")


async def test_a_broken_database_is_one_sentence(program: Program) -> None:
    program.data.mkdir()
    (program.data / "boss-bot.sqlite3").write_text("this is no database, however long one looks at it" * 100)
    code, said = await program.ends()
    assert (code, "Traceback" in said) == (2, False)
    assert "boss-bot.sqlite3" in last_line(said)


async def test_a_discord_out_of_reach_may_be_there_later(program: Program) -> None:
    code, said = await program.ends(BOSS_BOT_DISCORD_API_URL="http://127.0.0.1:9")
    assert (code, "Traceback" in said) == (1, False)
    assert last_line(said).startswith("http://127.0.0.1:9 cannot be reached")


async def test_a_gateway_out_of_reach_is_waited_for(program: Program) -> None:
    async with program.started(BOSS_BOT_DISCORD_GATEWAY_URL="ws://127.0.0.1:9") as child:
        assert child.stderr is not None
        attempts = 0
        async with asyncio.timeout(60):
            while attempts < 2:
                line = await child.stderr.readline()
                assert line, "it has ended"
                assert b"Traceback" not in line
                attempts += b"WARNING  No connection to Discord's gateway: Cannot connect to host 127.0.0.1:9" in line
        child.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(child.communicate(), 30)
    assert child.returncode == 0
    assert b"AttributeError" not in errors
    assert b"Traceback" not in errors


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_signal_ends_it_cleanly(program: Program, local_discord: LocalDiscord, number: signal.Signals) -> None:
    async with program.started() as child:
        await local_discord.wait_for(GatewayIdentified, timeout_s=30, start=0)
        await local_discord.user("ada").say(local_discord.channel("general"), "$health")
        await local_discord.channel("general").wait_for(lambda message: "I'm well" in message.content, timeout_s=20)
        child.send_signal(number)
        _, errors = await asyncio.wait_for(child.communicate(), 30)
    assert child.returncode == 0
    assert b"Traceback" not in errors
    assert f"Stopping because of {number.name}.".encode() in errors
    assert b"Stopped." in errors


async def test_intents_taken_away_while_it_runs_are_done_without_or_told(
    program: Program, local_discord: LocalDiscord
) -> None:
    async with program.started() as child:
        seen = 0
        for _ in range(2):
            await local_discord.wait_for(GatewayIdentified, timeout_s=30, start=seen)
            seen = len(local_discord.transcript)
            await local_discord.faults.gateway.close(4014)
        _, errors = await asyncio.wait_for(child.communicate(), 30)
    assert (child.returncode, b"Traceback" in errors) == (2, False)
    assert errors.count(b"Message Content Intent") == 1
    assert last_line(errors.decode()).startswith("Discord allows this application none of the bot's intents")


@pytest.mark.parametrize(("code", "said"), [(4004, "Discord does not know this bot token."), (4013, "(code 4013).")])
async def test_a_connection_that_is_closed_for_good_is_one_sentence(
    program: Program, local_discord: LocalDiscord, code: int, said: str
) -> None:
    async with program.started() as child:
        await local_discord.wait_for(GatewayIdentified, timeout_s=30, start=0)
        await local_discord.faults.gateway.close(code)
        _, errors = await asyncio.wait_for(child.communicate(), 30)
    assert (child.returncode, b"Traceback" in errors) == (2, False)
    assert said in last_line(errors.decode())


class TestWithoutMessageContent:
    """What happens when the developer portal's switch is off."""

    @pytest.fixture
    async def local_discord(self) -> AsyncIterator[LocalDiscord]:
        async with open_discord(Options(portal_intents=frozenset({PrivilegedIntent.MEMBERS}))) as server:
            yield server

    async def test_it_starts_all_the_same_and_names_the_switch(
        self, program: Program, local_discord: LocalDiscord
    ) -> None:
        ada, general = local_discord.user("ada"), local_discord.channel("general")
        async with program.started() as child:
            await local_discord.wait_for(GatewayIdentified, timeout_s=30, start=0)
            me = local_discord.state.bot.id
            await ada.say(general, f"<@{me}> dlh dl")
            answer = await general.wait_for(lambda message: "$dl: Download" in message.content, timeout_s=20)
            assert answer.author_id == me
            child.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(child.communicate(), 30)
        assert errors.count(b"Message Content Intent") == 1
        assert b"Traceback" not in errors


async def test_a_database_server_that_is_away_may_be_there_at_the_next_start(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    pytest.importorskip("psycopg")
    url = "postgresql://user:secret@127.0.0.1:1/db"
    code, said = await Program(local_discord, tmp_path).ends(BOSS_BOT_DATABASE_URL=url)
    assert code == 1
    assert "127.0.0.1" in said
    assert "Traceback" not in said
    assert "secret" not in said
