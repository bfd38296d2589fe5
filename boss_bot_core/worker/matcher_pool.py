"""Processes that match links and stay for the next link.

A fork costs 20 to 30 ms of CPU, more than all else between a request and its card (`benchmarks/acknowledgement.py`).
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import EngineBrokenError
from boss_bot_core.plugin.loaded import Claim
from boss_bot_core.worker.messages import Event, HookFailed, Matched, MatchJob
from boss_bot_core.worker.worker_handle import WorkerHandle

_IDLE_WAIT_S = 0.5
"""How long a link waits for a matcher that is busy: five hundred links' time, or ten forks'."""


@attrs.frozen(eq=False)
class _Matcher:
    handle: WorkerHandle
    events: AsyncGenerator[Event, None]

    async def match(self, link: Link) -> tuple[Claim, ...]:
        """Return the answer.

        Raises:
            EngineBrokenError: There is none.
        """
        self.handle.send_link(link)
        async for event in self.events:
            if isinstance(event, Matched):
                return event.claims
            if isinstance(event, HookFailed):
                raise event.report.to_error()
        raise EngineBrokenError("Nobody could find out who could fetch this link.")

    async def close(self) -> None:
        async with self.handle:
            await self.events.aclose()


class MatcherPool:
    """One matcher for all links; another one only while that hangs.

    Args:
        spawn: Starts a worker.
        timeout_s: How long all plugins together may think about a link.
    """

    def __init__(self, spawn: Callable[[MatchJob], Awaitable[WorkerHandle]], timeout_s: float) -> None:
        self._spawn = spawn
        self._timeout_s = timeout_s
        self._matcher_count = 0
        self._idle: asyncio.LifoQueue[_Matcher] = asyncio.LifoQueue()

    async def match(self, link: Link) -> tuple[Claim, ...]:
        """Ask every platform about a link.

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No matcher can be started.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                if matcher := await self._wait_for_idle():
                    # It may have ended meanwhile, with its zygote for one: that is not the link's fault.
                    with contextlib.suppress(EngineBrokenError):
                        return await self._match_with(matcher, link)
                return await self._match_with(await self._start_matcher(), link)
        except TimeoutError as exc:
            raise EngineBrokenError("It takes too long to find out who could fetch this link.") from exc

    async def close(self) -> None:
        """End all that are idle."""
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

    async def _match_with(self, matcher: _Matcher, link: Link) -> tuple[Claim, ...]:
        try:
            claims = await matcher.match(link)
        except BaseException:
            await self._close_matcher(matcher)
            raise
        if self._idle.empty():
            self._idle.put_nowait(matcher)
        else:
            # It stood in for one that was only slow, and would be found again when it had long ended.
            await self._close_matcher(matcher)
        return claims
