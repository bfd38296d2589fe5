"""Claims the links that gallery-dl has an extractor for, and builds the key of their media."""

import hashlib
import re
from typing import Any, Final

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_gallerydl import ENGINE
from boss_bot_gallerydl._links import find_extractor

_PLAIN: Final = re.compile(r"[\w.~%+-]+(?:/[\w.~%+-]+)*", re.ASCII)
_MAX_KEY_LENGTH: Final = 120


def match_link(link: Link) -> UrlMatch | None:
    """Claim a link for one of gallery-dl's extractors.

    The address of a file is claimed as a direct link only: a plugin that knows the file's site knows more about it.
    """
    found = find_extractor(link.url)
    if found is None:
        return None
    return _build_match(link, found, Specificity.DIRECT if found.category == "directlink" else Specificity.ENGINE)


def claim_link(link: Link, *categories: str) -> UrlMatch | None:
    """Claim a link for a plugin that is made for one site, if gallery-dl's extractor for the link is one of that site.

    The media key is the one of the plugin `gallerydl`, so a file that was fetched before is not fetched again.

    Args:
        link: The link.
        categories: The site's categories in gallery-dl, such as `imgur`; of a software that many sites run, also its
            own category, such as `mastodon`.
    """
    found = find_extractor(link.url)
    if found is None or not {found.category, found.basecategory or found.category} & set(categories):
        return None
    return _build_match(link, found, Specificity.PLATFORM)


def _build_match(link: Link, found: Any, specificity: Specificity) -> UrlMatch:  # noqa: ANN401 - gallery-dl ships no types
    return UrlMatch(
        media_key=_build_media_key(link, found),
        url=link.url,
        specificity=specificity,
        engine=ENGINE,
        reason=f"gallery-dl's extractor {found.category}:{found.subcategory}",
    )


def _build_media_key(link: Link, found: Any) -> str:  # noqa: ANN401 - gallery-dl ships no types
    """Return a key that differs wherever the media may differ.

    The parts that the extractor reads from the address are the key if they are the whole of it. A query may or may not
    matter, so it becomes part of the key: a wrong picture from the cache is worse than a second download.
    """
    parts = "/".join(group for group in found.groups if group)
    if link.query or found.category == "directlink" or not _PLAIN.fullmatch(parts) or len(parts) > _MAX_KEY_LENGTH:
        parts = hashlib.sha256(link.url.encode()).hexdigest()[:32]
    return f"{found.category}:{found.subcategory}:{parts}"
