"""The bytes of every answer that the proxy itself gives.

Apart from the connection because clients differ in what they show of a refusal: a refused CONNECT surfaces as its
status line only, so the reason is in it, in a header and in the body.
"""

from http import HTTPStatus
from typing import Final

from boss_bot_core.worker.egress.errors import EgressError

ESTABLISHED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def error_answer(error: EgressError) -> bytes:
    """Write an error out as a complete response, after which the connection is closed."""
    body = f"boss-bot egress proxy: {error.code}\n".encode()
    lines = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase} ({error.code})",
        *(f"{name}: {value}" for name, value in error.headers),
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
