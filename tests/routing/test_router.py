"""Who may fetch a link, in which order, and why."""

import pytest
from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import UnsupportedUrlError
from boss_bot_core.plugin import Specificity, UrlMatch
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.routing import Router, build_route, parse_link

LINK = parse_link("https://x.com/a/status/1")


def claim(plugin: str, specificity: Specificity, engine: str | None = None) -> MatchResult:
    match = UrlMatch(
        media_key=f"{plugin}:1", url=LINK.url, specificity=specificity, engine=engine or plugin, reason="its own site"
    )
    return MatchResult(plugin=plugin, match=match)


def test_the_most_specific_wins_and_the_others_are_the_fallback_chain() -> None:
    route = build_route(LINK, [claim("web", Specificity.GENERIC), claim("tw", Specificity.PLATFORM),
                        claim("eng", Specificity.ENGINE)])  # fmt: skip
    assert [candidate.plugin for candidate in route.candidates] == ["tw", "eng", "web"]
    assert route.best.match.media_key == "tw:1"


def test_equal_claims_are_ordered_by_name_whatever_the_order_of_loading() -> None:
    claims = [claim("b", Specificity.ENGINE), claim("a", Specificity.ENGINE)]
    assert build_route(LINK, claims).candidates == build_route(LINK, reversed(claims)).candidates


def test_one_engine_is_not_asked_twice() -> None:
    route = build_route(LINK, [claim("tw", Specificity.PLATFORM, "gdl"), claim("gdl", Specificity.ENGINE, "gdl")])
    assert [candidate.plugin for candidate in route.candidates] == ["tw"]
    assert [(e.plugin, e.rank) for e in route.explanations] == [("tw", 1), ("gdl", None)]
    assert "tw tries the same engine" in route.explanations[1].reason


def test_every_plugin_is_explained() -> None:
    claims = [MatchResult(plugin="deaf", match=None), MatchResult(plugin="sick", match=None, error="ValueError: x")]
    reasons = {e.plugin: e.reason for e in build_route(LINK, claims).explanations}
    assert reasons == {"deaf": "does not know this link", "sick": "failed: ValueError: x"}


async def test_a_link_that_nobody_knows_is_unsupported_by_its_host() -> None:
    class Nobody:
        async def match(self, link: Link) -> tuple[MatchResult, ...]:
            assert link is LINK
            return ()

    route = await Router(Nobody()).route(LINK)
    with pytest.raises(UnsupportedUrlError, match=r"x\.com isn't supported"):
        _ = route.best


async def test_a_plugin_that_fails_on_a_link_is_named_in_the_log() -> None:
    class Matchers:
        async def match(self, link: Link) -> tuple[MatchResult, ...]:
            return claim("good", Specificity.PLATFORM), MatchResult(
                plugin="sick", match=None, error=f"ValueError: {link.port}"
            )

    said: list[str] = []
    sink = logger.add(said.append, level="WARNING", format="{extra[plugin]} {message}")
    route = await Router(Matchers()).route(LINK)
    logger.remove(sink)
    assert route.best.plugin == "good"
    assert said == ["sick Plugin sick failed on a link of x.com: ValueError: None\n"]
