"""Errors of the proxy, and the HTTP responses that report them to the worker.

The errors are separate from the product's error tree because they never leave this package: a connection raises one,
its handler turns it into an HTTP response, and the worker's engine sees only that response.

    EgressError
    ├── BadRequestError     400, 408, 431, 505: the worker's own request is unusable
    ├── UnauthorizedError   407: no lease, a closed lease or a wrong credential
    ├── EgressRefusedError  403, 503: the policy, the byte cap or a limit refuses the request
    └── UnreachableError    502: the host has no address, or does not answer

A response carries its reason in the status line, in a header and in the body because clients differ in which of them
they show: of a refused CONNECT, most show the status line only.
"""

from http import HTTPStatus
from typing import Final

REFUSED_HEADER = "X-BossBot-Refused"
FAILURE_HEADER = "X-BossBot-Failure"


class EgressError(Exception):
    """Root of the errors that the proxy reports in a response of its own.

    Attributes:
        status: HTTP status of the response.
        code: Short machine-readable reason, such as ``loopback`` or ``byte-cap``; the response repeats it in the reason
            phrase, the only part of a refused CONNECT that most clients show.
        headers: Header names and values that the response carries besides the usual ones.
    """

    def __init__(self, status: int, code: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.headers = headers


class BadRequestError(EgressError):
    """The request's head is malformed, too large or too slow, or requests what a forward proxy does not support."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(status, code)


class UnauthorizedError(EgressError):
    """The request has no credential of an open lease."""

    def __init__(self) -> None:
        super().__init__(407, "lease", (("Proxy-Authenticate", 'Basic realm="boss-bot"'),))


class EgressRefusedError(EgressError):
    """The request is valid, and the address policy or a limit of the lease forbids it."""

    def __init__(self, code: str, status: int = 403) -> None:
        super().__init__(status, code, ((REFUSED_HEADER, code),))


class UnreachableError(EgressError):
    """The host could not be resolved or connected to, or its response is not HTTP."""

    def __init__(self, code: str) -> None:
        super().__init__(502, code, ((FAILURE_HEADER, code),))


ESTABLISHED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def error_response(error: EgressError) -> bytes:
    """Return an error as a complete HTTP response, after which the connection is closed."""
    body = f"boss-bot egress proxy: {error.code}\n".encode()
    lines = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase} ({error.code})",
        *(f"{name}: {value}" for name, value in error.headers),
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
