"""`Connection`: one accepted proxy connection, from the request's head until both sides are closed."""

import asyncio
from collections.abc import Callable

import h11
from loguru import logger

from boss_bot_core.egress._context import ProxyContext
from boss_bot_core.egress._forward import read_response, send_request
from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._relay import Relay, reset_connection
from boss_bot_core.egress._target import Target, read_target
from boss_bot_core.egress.errors import ESTABLISHED, BadRequestError, EgressError, UnreachableError, error_response


class Connection:
    """Serves one proxy request: reads its head, checks it, connects upstream and relays.

    Attributes:
        client: The protocol of the worker's side.
        task: Serves the request until the request is refused or the relay has started.
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
        """Start the task that serves the request."""
        self.task = asyncio.get_running_loop().create_task(self._run())
        self.task.add_done_callback(_log_unexpected_error)

    def abort(self) -> None:
        """Reset both sides at once."""
        self.task.cancel()
        reset_connection(self.client.transport)
        if self._upstream is not None:
            reset_connection(self._upstream.transport)

    def abort_if_stalled(self, now: float) -> None:
        """Abort if the relay is stalled; called at regular intervals.

        Args:
            now: Monotonic seconds.
        """
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
                self._remove()

    async def _serve(self) -> None:
        request = await self._context.receive_head(self.client)
        state = self._state = self._context.authenticate(request)
        state.add_connection(self)
        target = read_target(request)
        upstream = self._upstream = await self._context.connect_upstream(target, state)
        if request.method == b"CONNECT":
            client_data = self.client.get_trailing_data()
            state.record_upload(len(client_data))
            self._build_relay(state, ESTABLISHED, upstream, discard_upload=False).start(client_data=client_data)
            return
        head = await self._forward_request(request, target, state, upstream)
        self._build_relay(state, head, upstream, discard_upload=True).start(upstream_data=upstream.get_trailing_data())

    async def _forward_request(
        self, request: h11.Request, target: Target, state: LeaseState, upstream: HttpReader
    ) -> bytes:
        upstream.on_data = state.record_download
        try:
            async with asyncio.timeout(self._context.limits.idle_timeout_s):
                await send_request(self.client, upstream, request, target, state)
                self.client.watch_for_close(upstream.transport.abort)
                return await read_response(upstream)
        except TimeoutError as exc:
            raise UnreachableError("response-timeout") from exc
        except ConnectionResetError as exc:
            raise UnreachableError("connection-lost") from exc

    def _build_relay(self, state: LeaseState, head: bytes, upstream: HttpReader, *, discard_upload: bool) -> Relay:
        if self.client.transport.is_closing() or upstream.transport.is_closing():
            raise ConnectionResetError
        self.client.transport.write(head)
        buffer = self._context.buffer
        self._relay = Relay(self.client, upstream, state, buffer, self._remove, discard_upload=discard_upload)
        return self._relay

    def _remove(self) -> None:
        if self._state is not None:
            self._state.connections.discard(self)
        self._on_end(self)


def _log_unexpected_error(task: asyncio.Task[None]) -> None:
    """Log the exception of a connection's task if it is no expected one; the connection is closed already."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.bind(action="egress.bug").opt(exception=error).error("A proxy connection failed unexpectedly")
