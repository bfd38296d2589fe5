"""The router: asks the plugins about a link, ranks those that can fetch it, and explains each rank."""

import asyncio
import os
from collections.abc import Iterable
from typing import Protocol

import attrs
from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import UnsupportedUrlError
from boss_bot_core.plugin.matching import MatchResult, UrlMatch


@attrs.frozen(kw_only=True)
class Candidate:
    """A plugin that can fetch the link.

    Attributes:
        plugin: Name of the plugin.
        match: The plugin's match of the link.
    """

    plugin: str
    match: UrlMatch


@attrs.frozen(kw_only=True)
class Explanation:
    """The reason for a plugin's rank.

    Attributes:
        plugin: Name of the plugin.
        rank: Position among the candidates, from 1, or None if the plugin is no candidate.
        reason: The reason in one sentence.
        match: The plugin's match of the link, or None.
    """

    plugin: str
    rank: int | None
    reason: str
    match: UrlMatch | None = None


@attrs.frozen(kw_only=True)
class Route:
    """The plugins that can fetch a link.

    Attributes:
        link: The link.
        candidates: The best candidate, then the fallback chain.
        explanations: An explanation for every plugin, candidates first.
    """

    link: Link
    candidates: tuple[Candidate, ...]
    explanations: tuple[Explanation, ...]

    @property
    def best(self) -> Candidate:
        """The first candidate; raises UnsupportedUrlError when there is none."""
        if not self.candidates:
            raise UnsupportedUrlError(f"{self.link.host} isn't supported.")
        return self.candidates[0]


def build_route(link: Link, results: Iterable[MatchResult]) -> Route:
    """Rank the plugins that match: by specificity, then by name; only the best plugin of each engine is a candidate."""
    results = tuple(results)
    matched = sorted(
        (Candidate(plugin=result.plugin, match=result.match) for result in results if result.match is not None),
        key=lambda candidate: (-candidate.match.specificity, candidate.plugin),
    )
    kept: dict[str, Candidate] = {}
    ranked: list[Explanation] = []
    dropped: list[Explanation] = []
    for candidate in matched:
        best = kept.setdefault(candidate.match.engine, candidate)
        if best is candidate:
            reason = f"{candidate.match.specificity.name.lower()}: {candidate.match.reason}"
            ranked.append(Explanation(plugin=candidate.plugin, rank=len(kept), reason=reason, match=candidate.match))
        else:
            reason = f"left out: {best.plugin} tries the same engine ({candidate.match.engine}) first"
            dropped.append(Explanation(plugin=candidate.plugin, rank=None, reason=reason, match=candidate.match))
    unmatched = [_explain_no_match(result) for result in results if result.match is None]
    return Route(link=link, candidates=tuple(kept.values()), explanations=(*ranked, *dropped, *unmatched))


def _explain_no_match(result: MatchResult) -> Explanation:
    reason = "does not know this link" if result.error is None else f"failed: {result.error}"
    return Explanation(plugin=result.plugin, rank=None, reason=reason)


class Matcher(Protocol):
    """Asks every plugin about a link, in this process or in a worker."""

    async def match(self, link: Link) -> tuple[MatchResult, ...]:
        """Return the answer of every plugin."""


class Router:
    """Builds the route of a link from the answers of the plugins."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        # Matching is CPU-bound: with one match per core, none of fifty simultaneous links times out.
        self._slots = asyncio.Semaphore(os.cpu_count() or 1)

    async def route(self, link: Link) -> Route:
        """Return the route of `link`, and log the plugins that failed on it."""
        async with self._slots:
            results = await self._matcher.match(link)
        for result in results:
            if result.error is not None:
                # Another plugin may fetch the link, so the log is the only sign that this plugin is broken.
                logger.bind(action="match", plugin=result.plugin).warning(
                    "Plugin {} failed on a link of {}: {}", result.plugin, link.host, result.error
                )
        return build_route(link, results)
