"""`Router`: asks the plugins about a link, and builds its route from the answers."""

import asyncio
import os
from typing import Protocol

import attrs
from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.routing.route import Route, build_route


class Matcher(Protocol):
    """Asks every plugin about a link, in this process or in a worker."""

    async def match(self, link: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
        """Return the answers; only with `asks_all`, none of them may be "undecided"."""


class LocalMatcher:
    """Matches links in this process, for commands beside a running dispatcher that has the warm plugins."""

    def __init__(self, plugins: PluginManager) -> None:
        self._plugins = plugins

    async def match(self, link: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
        """Return the answer of every plugin."""
        return await asyncio.to_thread(self._plugins.match, link)


class Router:
    """Builds the route of a link from the answers of the plugins.

    Args:
        matcher: Asks the plugins.
        expected: Plugins that should answer.
        left_out: Plugins that the matcher may know, but that this process does not use: their settings are wrong.
    """

    def __init__(
        self, matcher: Matcher, expected: frozenset[str] = frozenset(), left_out: frozenset[str] = frozenset()
    ) -> None:
        self._matcher, self._expected, self._left_out = matcher, expected, left_out
        # Matching is CPU-bound: with one match per core, none of fifty simultaneous links times out.
        self._slots = asyncio.Semaphore(os.cpu_count() or 1)

    async def route(self, link: Link, *, asks_all: bool = False) -> Route:
        """Return the route of `link`, and log the plugins that failed on it.

        Args:
            link: The link.
            asks_all: Whether the route has to be complete.
        """
        async with self._slots:
            # An answer that does not count must not save the others from being asked.
            answers = await self._matcher.match(link, asks_all=asks_all or bool(self._left_out))
        results = tuple(answer for answer in answers if answer.plugin not in self._left_out)
        for result in results:
            if result.error is not None:
                fields = {"traceback": result.traceback} if result.traceback else {}
                log = logger.bind(action="match", plugin=result.plugin, **fields)
                log.warning("Plugin {} failed on a link of {}: {}", result.plugin, link.host, result.error)
        # An engine that cannot start in the workers gives no answer either.
        failed = self._expected - {result.plugin for result in results if result.error is None}
        return attrs.evolve(build_route(link, results), failed_plugins=tuple(sorted(failed)))
