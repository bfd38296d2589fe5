"""`LinkMatcher`: matches links, and warms up the engines that the answer depends on."""

import asyncio
import contextlib

from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.link import Link
from boss_bot_core.errors import BossBotError
from boss_bot_core.plugin.matching import MatchResult, find_better_undecided
from boss_bot_core.worker.engine_warm_up import EngineWarmUp
from boss_bot_core.worker.matcher_pool import MatcherPool


class LinkMatcher:
    """Matches links with every plugin, in worker processes.

    Args:
        pool: The worker processes.
        engines: Warms up the plugins' engines.
    """

    def __init__(self, pool: MatcherPool, engines: EngineWarmUp) -> None:
        self._pool = pool
        self._engines = engines
        self._preparation: asyncio.Task[None] | None = None

    async def match(self, link: Link, *, asks_all: bool) -> tuple[MatchResult, ...]:
        """Return the answers; with `asks_all`, none of them is "undecided".

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No zygote runs or becomes ready.
        """
        if self._preparation is not None:
            await asyncio.wait({self._preparation})
        return await self._match_until_decided(link, asks_all=asks_all)

    async def _match_until_decided(self, link: Link, *, asks_all: bool) -> tuple[MatchResult, ...]:
        while True:
            results = await self._match(link)
            undecided = [result.plugin for result in results if result.undecided_up_to is not None]
            better = find_better_undecided(results)
            if not undecided or (better is None and not asks_all):
                return results
            await self._engines.warm_up(undecided if better is None else [better])
            await self._pool.close()  # these workers were forked before the warm-up

    async def prepare(self, link: Link) -> None:
        """Begin to warm up what a link needs, so that it is matched at once later; raises like `match`."""
        better = find_better_undecided(await self._match(link))
        if better is not None:
            await self._engines.begin([better])
            self._preparation = asyncio.create_task(self._match_for_later(link))

    async def _match_for_later(self, link: Link) -> None:
        with contextlib.suppress(BossBotError):  # the link's own match raises it again
            await self._match_until_decided(link, asks_all=False)

    async def _match(self, link: Link) -> tuple[MatchResult, ...]:
        # The time that plugins have for a link does not include that of their engines.
        await self._engines.wait_until_idle()
        return await self._pool.match(link)

    async def close(self) -> None:
        """End the worker processes, and wait for no warm-up."""
        if self._preparation is not None:
            await cancel_and_wait(self._preparation)
        await self._engines.close()
        await self._pool.close()
