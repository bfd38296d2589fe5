"""From a link to the plugins that may fetch it, best first."""

import asyncio
import os
from typing import Protocol

from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.loaded import Claim
from boss_bot_core.routing.ranking import Route, rank


class Matcher(Protocol):
    """Who can ask every plugin about a link."""

    async def match(self, link: Link) -> tuple[Claim, ...]:
        """Return every plugin's claim."""
        ...


class Router:
    """Asks the plugins and ranks what they say."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        # Matching computes: of fifty links at once none times out if they take turns.
        self._turns = asyncio.Semaphore(os.cpu_count() or 1)

    async def route(self, link: Link) -> Route:
        """Return where `link` may go."""
        async with self._turns:
            claims = await self._matcher.match(link)
        for claim in claims:
            if claim.error is not None:
                # Another plugin may take the link, and nobody would notice that this one is broken.
                logger.bind(action="match", plugin=claim.plugin).warning(
                    "Plugin {} failed on a link of {}: {}", claim.plugin, link.host, claim.error
                )
        return rank(link, claims)
