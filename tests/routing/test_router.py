"""The route of a link: its candidates, their order, and the reasons."""

import pytest
from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import NotFoundError, NothingFoundError, UnsupportedUrlError
from boss_bot_core.plugin import Specificity, UrlMatch
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.routing import Router, build_route, name_failed_plugins, parse_link

LINK = parse_link("https://x.com/a/status/1")


def build_result(plugin: str, specificity: Specificity, engine: str | None = None) -> MatchResult:
    match = UrlMatch(
        media_key=f"{plugin}:1", url=LINK.url, specificity=specificity, engine=engine or plugin, reason="its own site"
    )
    return MatchResult(plugin=plugin, match=match)


def test_the_most_specific_plugin_is_first_and_the_others_are_the_fallback_chain() -> None:
    specificities = {"web": Specificity.GENERIC, "tw": Specificity.PLATFORM, "eng": Specificity.ENGINE}
    route = build_route(LINK, [build_result(plugin, specificity) for plugin, specificity in specificities.items()])
    assert [candidate.plugin for candidate in route.candidates] == ["tw", "eng", "web"]
    assert route.best.match.media_key == "tw:1"


def test_plugins_of_equal_specificity_are_ordered_by_name() -> None:
    results = [build_result("b", Specificity.ENGINE), build_result("a", Specificity.ENGINE)]
    assert build_route(LINK, results).candidates == build_route(LINK, reversed(results)).candidates


def test_each_engine_has_only_one_candidate() -> None:
    best, other = build_result("tw", Specificity.PLATFORM, "gdl"), build_result("gdl", Specificity.ENGINE, "gdl")
    route = build_route(LINK, [best, other])
    assert [candidate.plugin for candidate in route.candidates] == ["tw"]
    assert [(e.plugin, e.rank) for e in route.explanations] == [("tw", 1), ("gdl", None)]
    assert "tw tries the same engine" in route.explanations[1].reason


def test_every_plugin_is_explained() -> None:
    results = [
        MatchResult(plugin="other", match=None),
        MatchResult(plugin="broken", match=None, error="ValueError: x"),
    ]
    reasons = {e.plugin: e.reason for e in build_route(LINK, results).explanations}
    assert reasons == {"other": "does not know this link", "broken": "failed: ValueError: x"}


async def test_without_a_candidate_the_error_names_the_host() -> None:
    class NoPlugins:
        async def match(self, link: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
            assert link is LINK
            return ()

    route = await Router(NoPlugins()).route(LINK)
    with pytest.raises(UnsupportedUrlError, match=r"x\.com isn't supported"):
        _ = route.best


async def test_a_plugin_that_fails_on_a_link_is_named_in_the_log() -> None:
    class TwoPlugins:
        async def match(self, link: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
            failed = MatchResult(plugin="broken", match=None, error=f"ValueError: {link.port}", traceback="Trace")
            return build_result("good", Specificity.PLATFORM), failed

    messages: list[str] = []
    sink = logger.add(messages.append, level="WARNING", format="{extra[plugin]} {message} {extra[traceback]}")
    route = await Router(TwoPlugins()).route(LINK)
    logger.remove(sink)
    assert route.best.plugin == "good"
    assert messages == ["broken Plugin broken failed on a link of x.com: ValueError: None Trace\n"]


async def test_the_plugins_that_gave_no_answer_are_named_when_nothing_is_found() -> None:
    class OneFails:
        async def match(self, _: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
            return MatchResult(plugin="web", match=None), MatchResult(plugin="tw", match=None, error="ValueError: x")

    route = await Router(OneFails(), frozenset({"web", "tw", "gone"})).route(LINK)
    assert route.failed_plugins == ("gone", "tw")
    with pytest.raises(UnsupportedUrlError, match=r"supported\. Not asked, because it failed: gone and tw") as caught:
        _ = route.best
    assert "`boss-bot plugins`" in caught.value.advice


def test_a_failed_plugin_is_named_only_by_an_error_that_it_could_have_prevented() -> None:
    nothing, gone = NothingFoundError("Nothing."), NotFoundError("Gone.")
    assert name_failed_plugins(nothing, ["tw"]).message == "Nothing. Not asked, because it failed: tw."
    assert name_failed_plugins(nothing, []) is nothing
    assert name_failed_plugins(gone, ["tw"]) is gone


async def test_a_plugin_that_this_process_does_not_use_is_no_candidate_and_all_others_are_asked() -> None:
    class BestIsLeftOut:
        async def match(self, _: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
            assert asks_all
            return build_result("tw", Specificity.PLATFORM), build_result("web", Specificity.GENERIC)

    route = await Router(BestIsLeftOut(), frozenset({"tw", "web"}), frozenset({"tw"})).route(LINK)
    assert [candidate.plugin for candidate in route.candidates] == ["web"]
    assert route.failed_plugins == ("tw",)
