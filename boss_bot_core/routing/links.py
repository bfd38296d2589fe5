"""Links in free text, and one link checked and brought into the form that everything else compares.

Only http and https, no credentials, the host as a host: whatever else is wrong with an address is the egress proxy's
business, which sees what the name resolves to.
"""

import re

from linkify_it import LinkifyIt
from yarl import URL

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import InvalidUrlError

MAX_LINKS = 5
"""How many links of one message are taken."""

MAX_LENGTH = 2048
"""Longest link in characters; Discord's own limit for a link in a button is 512, in a message 2,000 or 4,000."""

_DELIMITERS = re.compile(r"[|`\\<>]|\*\*|~~")
"""Discord's markup that stands in no link: spoilers, code, escapes, <links>, bold, struck out."""

_EMPHASIS = re.compile(r"(?<![^\s(\[])([*_]+)(https?://\S+?)\1(?=$|[\s)\].,;:!?])", re.IGNORECASE)
"""A link within _emphasis_; without a partner in front, an underscore at the end belongs to the link."""

_HTTP = ("http://", "https://")

_linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})


def find_links(text: str, limit: int = MAX_LINKS) -> tuple[Link, ...]:
    """Return the http(s) links in `text`, in order, each once.

    Links in `<…>`, in markdown, behind spoilers and with punctuation after them are found as Discord shows them; a
    link that may not be fetched (credentials, a broken host) is left out.

    Args:
        text: What a person typed.
        limit: How many to return at most.
    """
    found: dict[str, Link] = {}
    for match in _linkify.match(_without_markup(text)) or ():
        if not match.url.lower().startswith(_HTTP):
            continue
        try:
            link = parse_link(match.url)
        except InvalidUrlError:
            continue
        found.setdefault(link.url, link)
    return tuple(found.values())[:limit]


def _without_markup(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _DELIMITERS.sub(" ", text))


def parse_link(text: str) -> Link:
    """Return the link that `text` is.

    Raises:
        InvalidUrlError: It is no http(s) address, carries credentials, is too long, or its host is broken.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise InvalidUrlError(f"The link is longer than {MAX_LENGTH} characters.")
    try:
        url = URL(text)
        host = (url.raw_host or "").rstrip(".").lower()
        port = url.explicit_port
    except ValueError:
        raise InvalidUrlError("That is not a link I can read.") from None
    if url.scheme not in {"http", "https"}:
        raise InvalidUrlError("Only http:// and https:// links can be fetched.")
    if url.user or url.password:
        raise InvalidUrlError("A link must not carry a user name or password.")
    if not _is_host(host):
        raise InvalidUrlError("The link's host name is not valid.")
    port = None if url.is_default_port() else port
    normal = url.with_host(host).with_port(port)
    return Link(
        url=str(normal), scheme=url.scheme, host=host, port=port, path=normal.raw_path, query=normal.raw_query_string
    )


_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_ADDRESS = re.compile(r"[0-9a-f:.]+")


def _is_host(host: str) -> bool:
    # RFC 1035: 253 characters, labels of 63; an underscore is not allowed there and common all the same.
    if ":" in host:
        return _ADDRESS.fullmatch(host) is not None
    return 0 < len(host) <= 253 and all(_LABEL.fullmatch(label) for label in host.split("."))
