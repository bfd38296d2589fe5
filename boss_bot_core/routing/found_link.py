"""The links in a free text, each with how it stands there: openly or hidden, with its scheme or without."""

import functools
from collections.abc import Iterable

import attrs
from linkify_it import LinkifyIt

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import InvalidUrlError
from boss_bot_core.routing.links import parse_link
from boss_bot_core.routing.markup import TextAddress, find_addresses, is_whole_address

MAX_LINKS = 5
"""Maximum number of links that one command downloads."""


@attrs.frozen(kw_only=True)
class FoundLink:
    """A link that was found in a text.

    Attributes:
        link: The link.
        is_hidden: Whether the text hides it behind a spoiler.
        is_whole: Whether the text has it with its scheme; without, it is one only if a plugin knows the host.
    """

    link: Link
    is_hidden: bool = False
    is_whole: bool = True


def find_links(text: str) -> tuple[FoundLink, ...]:
    """Return the http(s) links in `text`, in order, each once.

    Links in `<…>`, in markdown, behind spoilers and before punctuation are found as Discord shows them. Links that
    `parse_link` refuses (credentials, an invalid host) are left out.
    """
    return merge_links(filter(None, map(_read_address, find_addresses(text))))


def read_link(text: str) -> FoundLink:
    """Return the link that `text` consists of, with or without its scheme.

    Raises:
        InvalidUrlError: The text is no link.
    """
    if not is_whole_address(text):
        found = find_links(text)
        if len(found) == 1 and not found[0].is_whole:
            return found[0]
    return FoundLink(link=parse_link(text))


def merge_links(links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Return each link once, in order; what is hidden in one place is hidden."""
    merged: dict[str, FoundLink] = {}
    for found in links:
        known = merged.setdefault(found.link.url, found)
        merged[found.link.url] = attrs.evolve(
            known, is_hidden=known.is_hidden or found.is_hidden, is_whole=known.is_whole or found.is_whole
        )
    return tuple(merged.values())


@functools.cache
def _build_linkify() -> LinkifyIt:
    # Compiling its patterns takes as long as all other imports of this package.
    return LinkifyIt()


def _read_address(address: TextAddress) -> FoundLink | None:
    # Linkify knows which punctuation at the end belongs to the sentence.
    match = _build_linkify().match_at_start(address.text if address.is_whole else f"https://{address.text}")
    if match is None:
        return None
    try:
        link = parse_link(match.url)
    except InvalidUrlError:
        return None
    return FoundLink(link=link, is_hidden=address.is_hidden, is_whole=address.is_whole)
