"""Reads a proxy request's head: the lease it authenticates with, and the target it names."""

import base64
import binascii
from collections.abc import Mapping
from typing import Final

import h11

from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._target import Target, parse_absolute, parse_authority
from boss_bot_core.egress.errors import BadRequestError, UnauthorizedError

USERNAME: Final = "lease"


def find_lease_state(request: h11.Request, lease_states: Mapping[str, LeaseState]) -> LeaseState:
    """Find the lease of a request's credential.

    Args:
        request: The request's head.
        lease_states: State of the open leases, by secret.

    Raises:
        UnauthorizedError: No open lease has this credential.
    """
    values = [value for name, value in request.headers if name == b"proxy-authorization"]
    scheme, _, token = values[0].partition(b" ") if len(values) == 1 else (b"", b"", b"")
    if scheme.lower() != b"basic":
        raise UnauthorizedError
    try:
        _, _, secret = base64.b64decode(token.strip(), validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise UnauthorizedError from None
    state = lease_states.get(secret)
    if state is None:
        raise UnauthorizedError
    return state


def read_target(request: h11.Request) -> Target:
    """Return the target of a request.

    Raises:
        BadRequestError: The target, the HTTP version or the body's framing is none that a forward proxy accepts.
    """
    text = request.target.decode("ascii")
    if request.method == b"CONNECT":
        return parse_authority(text)
    if request.http_version != b"1.1":
        # Older clients cannot parse a chunked response; no engine uses an older version.
        raise BadRequestError("http-version", status=505)
    if {b"transfer-encoding", b"content-length"} <= {name for name, _ in request.headers}:
        # Two parsers may disagree about where such a body ends.
        raise BadRequestError("framing")
    return parse_absolute(text)
