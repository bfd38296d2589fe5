"""The errors for what the egress proxy refuses: one sentence for each reason, wherever the refusal is noticed."""

from boss_bot_core.errors.base import DownloadFailedError
from boss_bot_core.errors.download import BlockedError, FileTooLargeError, NetworkError

BYTE_CAP = "byte-cap"
"""The proxy's reason for a worker that has received all the bytes that it may receive."""

TOO_MANY_CONNECTIONS = "connections"
"""The proxy's reason for a worker that has too many connections open."""


def build_refusal_error(reason: str, host: str | None = None) -> DownloadFailedError:
    """Return the error for a refusal of the egress proxy.

    Args:
        reason: The proxy's short reason, such as `private`; it stands in the status line and in a header.
        host: The refused host, where it is known to be the one.
    """
    if reason == BYTE_CAP:
        return FileTooLargeError("There is more to download than one download may bring.")
    if reason == TOO_MANY_CONNECTIONS:
        return NetworkError("The download has too many connections open.")
    return BlockedError(f"{host or 'The link'} leads into a network that is off limits ({reason}).")
