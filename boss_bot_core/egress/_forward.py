"""Plain HTTP forwarding: sends a request with its body to the host and reads the response's head.

It is separate from the CONNECT tunnel because here the proxy parses what it forwards. Heads and request bodies pass
through h11 on both sides, so the host receives exactly what h11 parsed: no second request can hide in the first. Each
connection carries one exchange, so the proxy adds no framing to the response; the relay copies its body unparsed.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import h11

from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._target import Target
from boss_bot_core.egress.errors import CONTINUE, UnreachableError

Header = tuple[bytes, bytes]

_HOP_BY_HOP: Final = frozenset({b"connection", b"keep-alive", b"te", b"trailer", b"upgrade"})
_REQUEST_ONLY: Final = frozenset({b"host", b"expect"})


async def send_request(
    client: HttpReader, upstream: HttpReader, request: h11.Request, target: Target, state: LeaseState
) -> None:
    """Send the request and its body to the host.

    Raises:
        h11.RemoteProtocolError: The worker violated the protocol.
        ConnectionResetError: The host closed the connection.
    """
    headers = [(b"Host", target.authority.encode()), *_keep_end_to_end(request.headers.raw_items(), _REQUEST_ONLY)]
    head = h11.Request(method=request.method, target=target.path, headers=[*headers, (b"Connection", b"close")])
    await _send_event(upstream, head, state)
    if client.http.they_are_waiting_for_100_continue:
        client.transport.write(CONTINUE)
    while not isinstance(event := await client.read_event(), h11.EndOfMessage):
        if isinstance(event, h11.Data):
            await _send_event(upstream, h11.Data(data=bytes(event.data)), state)
    await _send_event(upstream, h11.EndOfMessage(), state)


async def read_response(upstream: HttpReader) -> bytes:
    """Wait for the response's head and return it as bytes for the worker.

    Raises:
        UnreachableError: The host's response is not HTTP.
    """
    try:
        event = await upstream.read_event()
        while isinstance(event, h11.InformationalResponse):
            event = await upstream.read_event()
    except h11.RemoteProtocolError as exc:
        raise UnreachableError("bad-response") from exc
    if not isinstance(event, h11.Response):
        raise UnreachableError("bad-response")
    headers = _keep_end_to_end(event.headers.raw_items(), frozenset())
    if any(name.lower() == b"transfer-encoding" for name, _ in headers):
        headers = [(name, value) for name, value in headers if name.lower() != b"content-length"]
    lines = [b"HTTP/1.1 %d %s" % (event.status_code, event.reason)]
    lines += [b"%s: %s" % header for header in headers]
    return b"\r\n".join([*lines, b"Connection: close", b"", b""])


async def _send_event(upstream: HttpReader, event: h11.Event, state: LeaseState) -> None:
    if data := upstream.http.send(event):
        state.record_upload(len(data))
        await upstream.send(data)


def _keep_end_to_end(headers: Iterable[Header], dropped_names: frozenset[bytes]) -> list[Header]:
    """Return the headers without hop-by-hop headers and without headers that only the proxy may set."""
    items: Sequence[Header] = list(headers)
    listed = {
        token.strip().lower() for name, value in items if name.lower() == b"connection" for token in value.split(b",")
    }
    # Framing headers stay even if the Connection header lists them: without them the body would be misread.
    dropped = _HOP_BY_HOP | dropped_names | (listed - {b"content-length", b"transfer-encoding"})
    return [
        (name, value)
        for name, value in items
        if name.lower() not in dropped and not name.lower().startswith((b"proxy-", b"x-bossbot-"))
    ]
