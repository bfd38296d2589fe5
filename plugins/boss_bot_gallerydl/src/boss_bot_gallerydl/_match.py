"""Which links gallery-dl has an extractor for, and the key of the media behind them."""

import hashlib
import re
from typing import Any, Final

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_gallerydl.engine import ENGINE, find_extractor

_PLAIN: Final = re.compile(r"[\w.~%+-]+(?:/[\w.~%+-]+)*", re.ASCII)
_LONGEST_KEY: Final = 120


def match(link: Link) -> UrlMatch | None:
    """Claim a link for one of gallery-dl's extractors.

    A file's own address is claimed only as that: whoever knows the site behind it knows more.
    """
    found = find_extractor(link.url)
    if found is None:
        return None
    direct = found.category == "directlink"
    return UrlMatch(
        media_key=_media_key(link, found),
        url=link.url,
        specificity=Specificity.DIRECT if direct else Specificity.ENGINE,
        engine=ENGINE,
        reason=f"gallery-dl's extractor {found.category}:{found.subcategory}",
    )


def _media_key(link: Link, found: Any) -> str:  # noqa: ANN401 - gallery-dl ships no types
    """Return a key that differs wherever the media may differ.

    The extractor's own parts of the address serve where they are the whole of it; a query may matter or not, and
    delivering the wrong picture from the cache is worse than fetching one twice.
    """
    parts = "/".join(group for group in found.groups if group)
    if link.query or found.category == "directlink" or not _PLAIN.fullmatch(parts) or len(parts) > _LONGEST_KEY:
        parts = hashlib.sha256(link.url.encode()).hexdigest()[:32]
    return f"{found.category}:{found.subcategory}:{parts}"
