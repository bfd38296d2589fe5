"""Engines are warmed up when a link needs them, and never imported for a link that needs another one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.plugin.matching import MatchResult, Specificity, UrlMatch, find_better_undecided
from boss_bot_core.routing import Router, parse_link
from boss_bot_core.worker import Zygote, ZygoteOptions
from boss_bot_core.zygote_launch import launch_before_settings
from tests.worker.conftest import COVERAGE

FILE = "http://127.0.0.1/photo.jpg"
POST = "https://x.com/owl/status/1"
VIDEO = "https://vimeo.com/76979871"


@pytest.fixture
async def zygote() -> AsyncIterator[Zygote]:
    async with Zygote(ZygoteOptions(is_eager=False, extra_environment=COVERAGE)) as running:
        yield running


async def test_at_the_start_no_engine_is_warm(zygote: Zygote) -> None:
    await zygote.wait_until_ready()
    assert set(zygote.ready.cold) == {"verification", "gallerydl", "media", "reddit", "twitter", "ytdlp"}


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
    assert set(zygote.ready.cold) == {"verification", "media", "reddit", "twitter"}


async def test_a_prepared_link_is_matched_as_any_other(zygote: Zygote) -> None:
    await zygote.prepare(parse_link(FILE))
    route = await Router(zygote).route(parse_link(FILE))
    assert route.best.plugin == "gallerydl"


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
