"""What the proxy answers instead of relaying, as exceptions.

They stand apart from the product's error tree because they never leave this package: a connection raises one, its
handler turns it into an HTTP answer, and the worker's engine sees only that answer.

    EgressError
    ├── BadRequestError     400, 408, 431, 505: the worker's own request is unusable
    ├── UnauthorizedError   407: no lease, a closed lease or a wrong credential
    ├── RefusedError        403, 503: the policy, the byte cap or a limit says no
    └── UnreachableError    502: the host has no address, or does not answer

The bytes of every answer that the proxy itself gives.
Apart from the connection because clients differ in what they show of a refusal: a refused CONNECT surfaces as its
status line only, so the reason is in it, in a header and in the body.
"""

from http import HTTPStatus
from typing import Final

REFUSED_HEADER = "X-BossBot-Refused"
FAILURE_HEADER = "X-BossBot-Failure"


class EgressError(Exception):
    """An answer that the proxy gives by itself.

    Attributes:
        status: HTTP status of the answer.
        code: Short machine-readable reason, such as ``loopback`` or ``byte-cap``; it is also put into the reason
            phrase, the only part of a refused CONNECT that most clients show.
        headers: Header names and values that the answer carries besides the usual ones.
    """

    def __init__(self, status: int, code: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.headers = headers


class BadRequestError(EgressError):
    """The request head is malformed, too large, too slow or asks for something a forward proxy does not do."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(status, code)


class UnauthorizedError(EgressError):
    """The request carries no credential of an open lease."""

    def __init__(self) -> None:
        super().__init__(407, "lease", (("Proxy-Authenticate", 'Basic realm="boss-bot"'),))


class EgressRefusedError(EgressError):
    """The request is understood and must not be carried out."""

    def __init__(self, code: str, status: int = 403) -> None:
        super().__init__(status, code, ((REFUSED_HEADER, code),))


class UnreachableError(EgressError):
    """The host could not be resolved, connected to, or did not answer in HTTP."""

    def __init__(self, code: str) -> None:
        super().__init__(502, code, ((FAILURE_HEADER, code),))


ESTABLISHED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def error_response(error: EgressError) -> bytes:
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
