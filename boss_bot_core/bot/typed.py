"""What a person typed behind a download command, read: links and a priority word."""

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.routing import MAX_LINKS, find_links

_COUNTED = 100
"""How many links are looked for, to say how many were left out."""

PRIORITIES = {priority.name.lower(): priority for priority in DownloadPriority}


@attrs.frozen(kw_only=True)
class TypedRequest:
    """What was typed.

    Attributes:
        links: The links that are taken, in order.
        left_out: How many more there were.
        priority: What the first or last word says, or None.
    """

    links: tuple[Link, ...]
    left_out: int = 0
    priority: DownloadPriority | None = None

    def with_links_of(self, text: str) -> "TypedRequest":
        """Return the request with the links of another text, such as the message that is replied to."""
        found = read_request(text)
        return attrs.evolve(self, links=found.links, left_out=found.left_out)


def read_request(text: str) -> TypedRequest:
    """Read `text`; words that are neither links nor a priority say nothing."""
    found = find_links(text, _COUNTED)
    words = text.lower().split()
    ends = (words[-1], words[0]) if words else ()
    named = [PRIORITIES[word] for word in ends if word in PRIORITIES]
    return TypedRequest(
        links=found[:MAX_LINKS], left_out=max(0, len(found) - MAX_LINKS), priority=named[0] if named else None
    )
