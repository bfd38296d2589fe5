"""Engines are warmed up when a link needs them, and never imported for a link that needs another one."""

import signal
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import attrs
import pytest

from boss_bot_core.plugin.matching import MatchResult, Specificity, UrlMatch, find_better_undecided
from boss_bot_core.routing import Router, parse_link
from boss_bot_core.worker import Zygote, ZygoteOptions
from boss_bot_core.worker.messages import CONTROL_PACKET_LIMIT_BYTES, LoadPlugins, ToZygote, decode
from boss_bot_core.zygote_launch import LaunchedZygote, launch_before_settings, launch_zygote
from tests.worker.conftest import COVERAGE

ENGINES = {"gallerydl", "reddit", "twitter", "ytdlp"}
FILE = "http://127.0.0.1/photo.jpg"
POST = "https://x.com/owl/status/1"
VIDEO = "https://vimeo.com/76979871"


@pytest.fixture
async def zygote() -> AsyncIterator[Zygote]:
    async with Zygote(ZygoteOptions(is_eager=False, extra_environment=COVERAGE)) as running:
        yield running


async def test_at_the_start_no_engine_is_warm(zygote: Zygote) -> None:
    await zygote.wait_until_ready()
    assert set(zygote.ready.cold) >= ENGINES


async def test_the_file_of_an_unknown_site_needs_one_engine_only(zygote: Zygote) -> None:
    route = await Router(zygote).route(parse_link(FILE))
    assert [candidate.plugin for candidate in route.candidates] == ["gallerydl", "ytdlp"]
    assert route.is_complete
    assert "gallerydl" not in zygote.ready.cold
    assert "ytdlp" in zygote.ready.cold


async def test_a_post_of_a_platform_needs_no_engine_to_be_matched_and_its_fallback_is_asked_later(
    zygote: Zygote,
) -> None:
    router = Router(zygote)
    route = await router.route(parse_link(POST))
    assert [candidate.plugin for candidate in route.candidates] == ["twitter"]
    assert not route.is_complete
    reasons = {each.plugin: each.reason for each in route.explanations}
    assert reasons["ytdlp"] == "not asked yet: its engine is not loaded, and a better plugin matches"
    assert {"gallerydl", "ytdlp"} < set(zygote.ready.cold)
    route = await router.route(parse_link(POST), asks_all=True)
    assert [candidate.plugin for candidate in route.candidates] == ["twitter", "ytdlp"]
    assert route.is_complete


async def test_a_link_that_the_first_engine_does_not_know_loads_the_next_one(zygote: Zygote) -> None:
    route = await Router(zygote).route(parse_link(VIDEO))
    assert [candidate.plugin for candidate in route.candidates] == ["ytdlp"]
    assert set(zygote.ready.cold) & ENGINES == {"reddit", "twitter"}


@pytest.mark.parametrize(
    ("url", "plugin", "cold"),
    [
        (FILE, "gallerydl", {"reddit", "twitter", "ytdlp"}),
        (VIDEO, "ytdlp", {"reddit", "twitter"}),
        (POST, "twitter", {"gallerydl", "reddit", "ytdlp"}),
    ],
)
async def test_a_zygote_that_is_told_a_link_warms_up_its_engine_and_matches_it(
    url: str, plugin: str, cold: set[str]
) -> None:
    launched = launch_zygote(COVERAGE).load_plugins(
        disabled=(), environment={}, is_eager=False, link=attrs.asdict(parse_link(url))
    )
    async with Zygote(ZygoteOptions(is_eager=False), launched=launched) as zygote:
        await zygote.wait_until_ready()
        assert set(zygote.ready.cold) & ENGINES == cold
        matched = zygote.ready.matched
        assert matched is not None
        assert matched.link == parse_link(url)
        assert await zygote.match(parse_link(url)) == matched.results
        route = await Router(zygote).route(parse_link(url))
        assert route.best.plugin == plugin
        # Another link has its own answers, and so has the same one when every plugin is asked.
        assert await zygote.match(parse_link(f"{url}?a=b")) != matched.results
        asked = await zygote.match(parse_link(url), asks_all=True)
        assert all(each.undecided_up_to is None for each in asked)


async def test_the_first_message_of_the_command_line_is_the_one_of_the_codec() -> None:
    launched = launch_zygote(COVERAGE)
    own_end, other_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    link = parse_link(FILE)
    with own_end, other_end:
        told = LaunchedZygote(launched.process, own_end).load_plugins(
            disabled=("b", "a"), environment={"A": "1"}, is_eager=True, link=attrs.asdict(link)
        )
        assert told.is_loading
        received: ToZygote = decode(other_end.recv(CONTROL_PACKET_LIMIT_BYTES), ToZygote)
    assert received == LoadPlugins(disabled=("a", "b"), environment={"A": "1"}, is_eager=True, link=link)
    launched.close()


async def test_a_zygote_that_was_launched_early_is_the_first_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSS_BOT_WORKER_ENVIRONMENT", ", ".join(COVERAGE))
    launched = launch_before_settings()
    assert launched is not None
    async with Zygote(ZygoteOptions(is_eager=False), launched=launched) as zygote:
        await zygote.wait_until_ready()
        assert zygote.pid == launched.process.pid
    assert launched.process.returncode == 0
    launched.close()


def test_a_zygote_that_nobody_adopts_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSS_BOT_TOKEN", "secret")
    monkeypatch.setenv("BOSS_BOT_WORKER_ENVIRONMENT", "BOSS_BOT_TOKEN,NOT_SET")
    launched = launch_before_settings()
    assert launched is not None
    assert b"secret" not in Path(f"/proc/{launched.process.pid}/environ").read_bytes()
    launched.close()
    assert launched.process.returncode == 0


def test_a_zygote_that_nobody_adopts_ends_while_it_loads() -> None:
    launched = launch_zygote(COVERAGE).load_plugins(disabled=(), environment={}, is_eager=True, link=None)
    started_at = time.monotonic()
    launched.close()
    assert time.monotonic() - started_at < 0.5  # the engines alone take longer
    assert launched.process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("found", "undecided", "better"),
    [
        ({}, {"a": Specificity.GENERIC}, "a"),
        ({"b": Specificity.ENGINE}, {"a": Specificity.ENGINE, "c": Specificity.ENGINE}, "a"),
        ({"b": Specificity.ENGINE}, {"c": Specificity.ENGINE}, None),
        ({"b": Specificity.DIRECT}, {"d": Specificity.ENGINE, "c": Specificity.PLATFORM}, "c"),
        ({"b": Specificity.PLATFORM}, {"a": Specificity.ENGINE}, None),
        ({"b": Specificity.GENERIC}, {}, None),
    ],
)
def test_an_undecided_plugin_is_asked_only_where_it_may_come_first(
    found: dict[str, Specificity], undecided: dict[str, Specificity], better: str | None
) -> None:
    matches = [
        MatchResult(plugin=plugin, match=UrlMatch(media_key="k", url="u", specificity=level, engine="e", reason="r"))
        for plugin, level in found.items()
    ]
    cold = [MatchResult(plugin=plugin, match=None, undecided_up_to=level) for plugin, level in undecided.items()]
    assert find_better_undecided([*cold, *matches]) == better
