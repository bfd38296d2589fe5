"""One accepted connection, from its first byte until both ends are closed."""

import asyncio
from collections.abc import Callable

import h11
from loguru import logger

from boss_bot_core.egress._context import ProxyContext
from boss_bot_core.egress._forward import read_response, send_request
from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._relay import Relay, reset
from boss_bot_core.egress._request import read_target
from boss_bot_core.egress._target import Target
from boss_bot_core.egress.errors import ESTABLISHED, BadRequestError, EgressError, UnreachableError, error_response


class Connection:
    """Serves one request.

    Attributes:
        client: The protocol of the worker's side.
        task: Serves the request until it is refused or relayed.
    """

    task: asyncio.Task[None]

    def __init__(self, context: ProxyContext, on_end: Callable[["Connection"], None]) -> None:
        self.client = HttpReader(h11.SERVER, context.limits.head_bytes)
        self._context = context
        self._on_end = on_end
        self._state: LeaseState | None = None
        self._upstream: HttpReader | None = None
        self._relay: Relay | None = None

    def start(self) -> None:
        """Serve in a task of its own."""
        self.task = asyncio.get_running_loop().create_task(self._run())
        self.task.add_done_callback(_report)

    def abort(self) -> None:
        """Cut both ends at once."""
        self.task.cancel()
        reset(self.client.transport)
        if self._upstream is not None:
            reset(self._upstream.transport)

    def sweep(self, now: float) -> None:
        """Cut a relay on which nothing moves any more; asked at intervals, in monotonic seconds."""
        if self._relay is not None and self._relay.is_stalled(now, self._context.limits):
            self.abort()

    async def _run(self) -> None:
        try:
            await self._serve()
        except EgressError as error:
            self.client.transport.write(error_response(error))
        except h11.ProtocolError as error:
            self.client.transport.write(error_response(BadRequestError("request", status=error.error_status_hint)))
        except OSError as error:
            logger.bind(action="egress.lost").debug("A worker's connection was lost: {}", error)
        finally:
            if self._relay is None:
                self.client.transport.close()
                if self._upstream is not None:
                    self._upstream.transport.abort()
                self._end()

    async def _serve(self) -> None:
        request = await self._context.receive_head(self.client)
        state = self._state = self._context.authenticate(request)
        state.begin(self)
        target = read_target(request)
        upstream = self._upstream = await self._context.reach(target, state)
        if request.method == b"CONNECT":
            early = self.client.leftover()
            state.count_up(len(early))
            self._join(state, ESTABLISHED, upstream, one_way=False).start(from_client=early)
            return
        head = await self._exchange(request, target, state, upstream)
        self._join(state, head, upstream, one_way=True).start(from_upstream=upstream.leftover())

    async def _exchange(self, request: h11.Request, target: Target, state: LeaseState, upstream: HttpReader) -> bytes:
        upstream.on_data = state.count_down
        try:
            async with asyncio.timeout(self._context.limits.idle_timeout_s):
                await send_request(self.client, upstream, request, target, state)
                self.client.watch(upstream.transport.abort)
                return await read_response(upstream)
        except TimeoutError as exc:
            raise UnreachableError("response-timeout") from exc
        except ConnectionResetError as exc:
            raise UnreachableError("connection-lost") from exc

    def _join(self, state: LeaseState, head: bytes, upstream: HttpReader, *, one_way: bool) -> Relay:
        if self.client.transport.is_closing() or upstream.transport.is_closing():
            raise ConnectionResetError
        self.client.transport.write(head)
        buffer = self._context.buffer
        self._relay = Relay(self.client, upstream, state, buffer, self._end, one_way=one_way)
        return self._relay

    def _end(self) -> None:
        if self._state is not None:
            self._state.open.discard(self)
        self._on_end(self)


def _report(task: asyncio.Task[None]) -> None:
    """Log what nobody expected; the connection itself has been closed by then."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.bind(action="egress.bug").opt(exception=error).error("A proxy connection failed unexpectedly")
