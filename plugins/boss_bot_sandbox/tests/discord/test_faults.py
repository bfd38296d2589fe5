"""Injected faults, and how an unmodified discord.py client handles them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import aiohttp
import pytest

from boss_bot_sandbox.discord import LocalDiscord, Options, RateLimit
from boss_bot_sandbox.discord.events import FaultHappened, RequestServed
from boss_bot_sandbox.discord.fault_injection import EDIT, SEND
from boss_bot_sandbox.discord.faults import RoutePattern

if TYPE_CHECKING:
    import discord


def _statuses(server: LocalDiscord, path: str) -> list[int | None]:
    served = [entry.event for entry in server.transcript if isinstance(entry.event, RequestServed)]
    return [one.status for one in served if one.path.endswith(path)]


@pytest.mark.parametrize("everywhere", [False, True])
async def test_the_client_waits_after_a_429(
    local_discord: LocalDiscord, general: discord.TextChannel, *, everywhere: bool
) -> None:
    local_discord.faults.rate_limit(SEND, 0.1, everywhere=everywhere, count=2)
    started_s = time.monotonic()
    await general.send("patience")
    assert time.monotonic() - started_s > 0.2
    assert _statuses(local_discord, "/messages") == [429, 429, 200]
    assert len(local_discord.channel("general").messages) == 1


async def test_a_502_before_the_message_is_sent_is_retried_without_a_duplicate(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    local_discord.faults.error(502, SEND)
    await general.send("once")
    assert _statuses(local_discord, "/messages") == [502, 200]
    assert len(local_discord.channel("general").messages) == 1


async def test_a_502_after_the_message_is_sent_causes_no_duplicate_because_of_the_nonce(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    local_discord.faults.error(502, SEND, applied=True)
    await general.send("once")
    assert _statuses(local_discord, "/messages") == [502, 200]
    assert [one.content for one in local_discord.channel("general").messages] == ["once"]


async def test_a_502_after_the_message_is_sent_causes_a_duplicate_without_a_nonce(local_discord: LocalDiscord) -> None:
    url = f"{local_discord.rest_url}/channels/{local_discord.channel('general').id}/messages"
    local_discord.faults.error(502, SEND, applied=True)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {local_discord.token}"}) as http:
        for status in (502, 200):
            async with http.post(url, json={"content": "x"}) as answer:
                assert answer.status == status
    assert len(local_discord.channel("general").messages) == 2


@pytest.mark.parametrize("applied", [False, True])
async def test_a_reset_connection_raises_an_os_error(
    local_discord: LocalDiscord, general: discord.TextChannel, *, applied: bool
) -> None:
    local_discord.faults.reset(SEND, applied=applied)
    with pytest.raises((OSError, aiohttp.ClientError)):
        await general.send("lost?")
    assert len(local_discord.channel("general").messages) == int(applied)
    assert _statuses(local_discord, "/messages") == [None]
    await general.send("works again")


async def test_an_edit_can_be_delayed(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    message = await general.send("x")
    local_discord.faults.slow(0.3, EDIT, applied=True)
    started_s = time.monotonic()
    await message.edit(content="y")
    assert time.monotonic() - started_s > 0.3
    channel = local_discord.channel("general")
    assert channel.messages[0].content == "y"
    happened = await local_discord.wait_for(FaultHappened, start=0)
    assert happened.where == f"PATCH /channels/{channel.id}/messages/{message.id}"


async def test_pending_faults_can_be_listed_and_cleared(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    local_discord.faults.reset(SEND, count=None)
    for _ in range(2):
        with pytest.raises((OSError, aiohttp.ClientError)):
            await general.send("x")
    assert len(local_discord.faults.plan.pending) == 1
    local_discord.faults.clear()
    await general.send("x")


@pytest.mark.parametrize(
    ("pattern", "method", "path", "matches"),
    [
        ("**", "GET", "/users/@me", True),
        ("POST /channels/*/messages", "POST", "/channels/1/messages", True),
        ("POST /channels/{id}/messages", "POST", "/channels/1/messages", True),
        ("POST /channels/*/messages", "GET", "/channels/1/messages", False),
        ("POST /channels/*/messages", "POST", "/channels/1/messages/2", False),
        ("* /channels/**", "DELETE", "/channels/1/messages/2", True),
        ("/channels/*", "PATCH", "/channels/1", True),
    ],
)
def test_a_route_pattern_matches_method_and_path(pattern: str, method: str, path: str, *, matches: bool) -> None:
    assert RoutePattern(pattern).matches(method, path) is matches


class TestStrictRateLimits:
    """A strict rate limit instead of the high default."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(rate_limits={SEND: RateLimit(2, 0.3)})

    async def test_the_client_schedules_its_requests_by_the_headers(
        self, local_discord: LocalDiscord, general: discord.TextChannel
    ) -> None:
        started_s = time.monotonic()
        for number in range(5):
            await general.send(str(number))
        assert time.monotonic() - started_s > 0.5
        assert _statuses(local_discord, "/messages") == [200] * 5

    async def test_a_client_that_ignores_the_headers_gets_429(self, local_discord: LocalDiscord) -> None:
        url = f"{local_discord.rest_url}/channels/{local_discord.channel('general').id}/messages"
        headers = {"Authorization": f"Bot {local_discord.token}"}
        async with aiohttp.ClientSession(headers=headers) as http:
            statuses = []
            for _ in range(3):
                async with http.post(url, json={"content": "x"}) as answer:
                    statuses.append(answer.status)
                    assert answer.headers["Content-Type"] == "application/json"
                    assert answer.headers["X-RateLimit-Limit"] == "2"
                    body = await answer.json()
        assert statuses == [200, 200, 429]
        assert 0 < body["retry_after"] <= 0.3
        assert body["global"] is False


async def test_unknown_paths_and_missing_tokens_get_json_errors(local_discord: LocalDiscord) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(local_discord.rest_url + "/users/@me") as answer:
            assert (answer.status, await answer.json()) == (401, {"message": "401: Unauthorized", "code": 0})
        headers = {"Authorization": f"Bot {local_discord.token}"}
        async with http.get(local_discord.rest_url + "/nowhere", headers=headers) as answer:
            assert (answer.status, await answer.json()) == (404, {"message": "404: Not Found", "code": 0})


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("/channels/{channel}/messages", b"not json", 50109),
        ("/channels/{channel}/messages", b"[]", 50109),
        ("/channels/nonsense/messages", b"{}", 50035),
        ("/channels/1/messages", b'{"content": "x"}', 10003),
    ],
)
async def test_invalid_bodies_and_ids_are_refused(
    local_discord: LocalDiscord, path: str, data: bytes, code: int
) -> None:
    url = local_discord.rest_url + path.format(channel=local_discord.channel("general").id)
    headers = {"Authorization": f"Bot {local_discord.token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as http, http.post(url, data=data) as answer:
        assert (await answer.json())["code"] == code
