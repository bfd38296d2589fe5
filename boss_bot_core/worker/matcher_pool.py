"""`MatcherPool`: worker processes that match links and wait for the next link.

A fork costs 20 to 30 ms of CPU, more than everything else between a request and its card
(`benchmarks/acknowledgement.py`).
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable

import attrs
from loguru import logger

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import EngineBrokenError
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.worker.messages import Event, HookFailed, LogLine, Matched, MatchJob
from boss_bot_core.worker.plugin_log import log_line
from boss_bot_core.worker.worker_handle import WorkerHandle

_IDLE_WAIT_S = 0.5
"""How long a link waits for a busy matcher: the time of five hundred matches, or of ten forks."""


@attrs.frozen(eq=False)
class _Matcher:
    handle: WorkerHandle
    events: AsyncGenerator[Event, None]

    async def match(self, link: Link) -> tuple[MatchResult, ...]:
        """Send a link to the worker and return every plugin's answer.

        Raises:
            EngineBrokenError: The worker failed or ended without an answer.
        """
        self.handle.send_link(link)
        async for event in self.events:
            if isinstance(event, Matched):
                return event.results
            if isinstance(event, LogLine):
                log_line(logger.bind(action="match"), event)
            if isinstance(event, HookFailed):
                raise event.report.to_error()
        raise EngineBrokenError("Nobody could find out who could fetch this link.")

    async def close(self) -> None:
        async with self.handle:
            await self.events.aclose()


class MatcherPool:
    """Keeps one matcher for all links, and starts another one only while the first one hangs.

    Args:
        spawn: Starts a worker.
        timeout_s: How long all plugins together may take to match a link.
    """

    def __init__(self, spawn: Callable[[MatchJob], Awaitable[WorkerHandle]], timeout_s: float) -> None:
        self._spawn = spawn
        self._timeout_s = timeout_s
        self._matcher_count = 0
        self._idle: asyncio.LifoQueue[_Matcher] = asyncio.LifoQueue()

    async def match(self, link: Link) -> tuple[MatchResult, ...]:
        """Match a link with every plugin.

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No matcher can be started.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                if matcher := await self._wait_for_idle():
                    # The matcher may have ended meanwhile, for example with its zygote: the link is not the cause.
                    with contextlib.suppress(EngineBrokenError):
                        return await self._match_with(matcher, link)
                return await self._match_with(await self._start_matcher(), link)
        except TimeoutError as exc:
            raise EngineBrokenError("It takes too long to find out who could fetch this link.") from exc

    async def close(self) -> None:
        """Close every idle matcher."""
        while not self._idle.empty():
            await self._close_matcher(self._idle.get_nowait())

    async def _wait_for_idle(self) -> _Matcher | None:
        if self._matcher_count:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_IDLE_WAIT_S):
                    return await self._idle.get()
        return None

    async def _start_matcher(self) -> _Matcher:
        self._matcher_count += 1
        try:
            handle = await self._spawn(MatchJob())
        except BaseException:
            self._matcher_count -= 1
            raise
        return _Matcher(handle, handle.read_events())

    async def _close_matcher(self, matcher: _Matcher) -> None:
        self._matcher_count -= 1
        await matcher.close()

    async def _match_with(self, matcher: _Matcher, link: Link) -> tuple[MatchResult, ...]:
        try:
            results = await matcher.match(link)
        except BaseException:
            await self._close_matcher(matcher)
            raise
        if self._idle.empty():
            self._idle.put_nowait(matcher)
        else:
            # Another matcher is idle already. Of two, one would stay unused and exit before it is needed again.
            await self._close_matcher(matcher)
        return results
