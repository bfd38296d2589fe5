"""Checks and normalizes one link.

Only the form of a link is checked: http or https, no credentials, a valid host. The egress proxy checks the address
behind the host, because only the proxy knows what the name resolves to.
"""

import re

from yarl import URL

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import InvalidUrlError

MAX_LINK_LENGTH = 2048
"""Maximum length of a link in characters; Discord allows 512 for a link in a button, 2,000 or 4,000 for a message."""


def parse_link(text: str) -> Link:
    """Check and normalize a link.

    Raises:
        InvalidUrlError: The text is not an http(s) address, contains credentials, is too long, or has an invalid host.
    """
    text = text.strip()
    if len(text) > MAX_LINK_LENGTH:
        raise InvalidUrlError(f"The link is longer than {MAX_LINK_LENGTH} characters.", advice="Share a shorter one.")
    try:
        url = URL(text)
        host = (url.raw_host or "").rstrip(".").lower()
        port = url.explicit_port
    except ValueError:
        raise InvalidUrlError("That is not a link I can read.") from None
    if not url.scheme:
        raise InvalidUrlError("That is no full link: http:// or https:// is missing.")
    if url.scheme not in {"http", "https"}:
        raise InvalidUrlError(
            "Only http:// and https:// links can be fetched.", advice="Copy the address that a browser shows."
        )
    if url.user or url.password:
        raise InvalidUrlError(
            "A link must not carry a user name or password.",
            advice="Remove the part before the @; if the password is real, change it.",
        )
    if not _is_host(host):
        raise InvalidUrlError(
            "The link's host name is not valid.", advice="Check the spelling between :// and the next slash."
        )
    port = None if url.is_default_port() else port
    normalized = url.with_host(host).with_port(port)
    return Link(
        url=str(normalized),
        scheme=url.scheme,
        host=host,
        port=port,
        path=normalized.raw_path,
        query=normalized.raw_query_string,
    )


_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_ADDRESS = re.compile(r"[0-9a-f:.]+")


def _is_host(host: str) -> bool:
    # RFC 1035: 253 characters, labels of 63. It forbids underscores, but they are common.
    if ":" in host:
        return _ADDRESS.fullmatch(host) is not None
    return 0 < len(host) <= 253 and all(_LABEL.fullmatch(label) for label in host.split("."))
