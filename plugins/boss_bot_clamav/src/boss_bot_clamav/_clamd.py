"""A client for clamd: one connection for each command.

The libraries for clamd give no deadline to a whole scan, so that a scanner that answers one byte a minute would hold
a worker for ever, and lose the answer with which clamd ends a stream that is too long. The asynchronous one needs an
event loop, whose wake-up socket a confined worker cannot open.
"""

import struct
from contextlib import suppress
from pathlib import Path

import attrs

from boss_bot_clamav._connection import Connection
from boss_bot_core.plugin import ServiceAddress

_CHUNK_BYTES = 256 * 1024
_TOO_LONG = "size limit exceeded"
_LIMIT_SIGNATURE = "Heuristics.Limits.Exceeded"
"""With `AlertExceedsMax yes`, clamd names this signature for a file that it has not scanned to its end."""


class ScannerError(Exception):
    """Clamd gave no verdict; the text ends the sentence "clamd …"."""


@attrs.frozen(kw_only=True)
class Verdict:
    """What clamd found.

    Attributes:
        signature: Name of the signature that was found; None for none.
        is_complete: Whether the file was scanned to its end: clamd has limits of its own.
    """

    signature: str | None = None
    is_complete: bool = True


def scan_file(path: Path, address: ServiceAddress, timeout_s: float) -> Verdict:
    """Send a file to clamd and return its verdict.

    Raises:
        ScannerError: Clamd cannot be reached, takes longer than `timeout_s` seconds in all, or fails.
    """
    try:
        with path.open("rb") as file, Connection(address, timeout_s) as connection:
            # Clamd answers before the end of a stream that it refuses, and closes the connection.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.send(b"zINSTREAM\0")
                while not connection.has_reply and (chunk := file.read(_CHUNK_BYTES)):
                    connection.send(struct.pack("!L", len(chunk)) + chunk)
                if not connection.has_reply:
                    connection.send(struct.pack("!L", 0))
            return _read_verdict(connection.read_reply())
    except OSError as error:
        raise ScannerError(_describe(error, address)) from error


def ping(address: ServiceAddress, timeout_s: float) -> None:
    """Raise a ScannerError unless clamd answers in time."""
    try:
        with Connection(address, timeout_s) as connection:
            connection.send(b"zPING\0")
            reply = connection.read_reply()
    except OSError as error:
        raise ScannerError(_describe(error, address)) from error
    if reply != "PONG":
        raise ScannerError(f"at {address} is another program")


def _read_verdict(reply: str) -> Verdict:
    answer = reply.removeprefix("stream: ")
    if answer == "OK":
        return Verdict()
    if answer.endswith(" FOUND"):
        signature = answer.removesuffix(" FOUND")
        return Verdict(is_complete=False) if signature.startswith(_LIMIT_SIGNATURE) else Verdict(signature=signature)
    if _TOO_LONG in answer:
        return Verdict(is_complete=False)
    raise ScannerError(f"failed: {answer[:200] or 'it closed the connection'}")


def _describe(error: OSError, address: ServiceAddress) -> str:
    reason = "it takes too long" if isinstance(error, TimeoutError) else error.strerror or type(error).__name__
    return f"at {address} does not answer: {reason}"
