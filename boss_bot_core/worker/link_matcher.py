"""`LinkMatcher`: matches links, and warms up the engines that the answer depends on."""

from boss_bot_core.domain.link import Link
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

    async def match(self, link: Link, *, asks_all: bool) -> tuple[MatchResult, ...]:
        """Return the answers; with `asks_all`, none of them is "undecided".

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No zygote runs or becomes ready.
        """
        first = await self._engines.wait_for_first_match()
        known = first.results if first is not None and first.link == link else None
        while True:
            results = known or await self._match(link)
            known = None
            undecided = [result.plugin for result in results if result.undecided_up_to is not None]
            better = find_better_undecided(results)
            if not undecided or (better is None and not asks_all):
                return results
            await self._engines.warm_up(undecided if better is None else [better])
            await self._pool.close()  # these workers were forked before the warm-up

    async def _match(self, link: Link) -> tuple[MatchResult, ...]:
        # The time that plugins have for a link does not include that of their engines.
        await self._engines.wait_until_idle()
        return await self._pool.match(link)

    async def close(self) -> None:
        """End the worker processes, and wait for no warm-up."""
        await self._engines.close()
        await self._pool.close()
