"""`Router`: asks the plugins about a link, and ranks the ones that can fetch it."""

import asyncio
import os
from typing import Protocol

from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.routing.ranking import Route, build_route


class Matcher(Protocol):
    """Asks every plugin about a link, in this process or in a worker."""

    async def match(self, link: Link) -> tuple[MatchResult, ...]:
        """Return the answer of every plugin."""
        ...


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
