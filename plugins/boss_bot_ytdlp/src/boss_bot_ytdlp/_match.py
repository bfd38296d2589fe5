"""Claims links, and builds their media keys: yt-dlp's own patterns decide, without any request."""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_ytdlp import ENGINE
from boss_bot_ytdlp._canonical_links import find_canonical_link
from boss_bot_ytdlp._direct_links import hash_text, match_file
from boss_bot_ytdlp._extractors import GENERIC, find_extractor, get_extractor

_IGNORED_PARAMETERS: Final = frozenset({
    "app", "fbclid", "feature", "gclid", "igsh", "igshid", "is_from_webapp", "pp", "ref", "ref_src", "ref_url", "s",
    "sender_device", "share", "si", "start", "t",
})  # fmt: skip
"""Query parameters that tell where a link was copied, or where playback starts."""


def match_link(link: Link) -> UrlMatch:
    """Claim `link`: as a known site's, as a media file, or as a page."""
    canonical = find_canonical_link(link)
    if canonical is not None:
        return _build_match(canonical.media_key, canonical.url, Specificity.ENGINE, f"yt-dlp knows {link.host}")
    extractor = find_extractor(link.url)
    if extractor.ie_key() != GENERIC:
        key = _build_media_key(extractor.ie_key(), extractor.get_temp_id(link.url), link)
        return _build_match(key, link.url, Specificity.ENGINE, f"yt-dlp's extractor {extractor.IE_NAME} matches")
    reason = "yt-dlp looks for media on any page"
    return match_file(link) or _build_match(f"generic:{hash_text(link.url)}", link.url, Specificity.GENERIC, reason)


def claim_link(link: Link, *extractors: str) -> UrlMatch | None:
    """Claim a link for a plugin that is made for one site, if one of the site's extractors matches it.

    The media key is the one of the plugin `ytdlp`, so a file that was fetched before is not fetched again.

    Args:
        link: The link.
        extractors: Names of the site's extractors, as `yt-dlp --list-extractors` prints them, such as `vimeo:album`.

    Raises:
        ValueError: yt-dlp has no extractor with one of these names.
    """
    canonical = find_canonical_link(link)
    url = canonical.url if canonical else link.url
    found = next((one for one in map(get_extractor, extractors) if one.suitable(url)), None)
    if found is None:
        return None
    key = canonical.media_key if canonical else _build_media_key(found.ie_key(), found.get_temp_id(url), link)
    return _build_match(key, url, Specificity.PLATFORM, f"yt-dlp's extractor {found.IE_NAME} matches")


def _build_match(media_key: str, url: str, specificity: Specificity, reason: str) -> UrlMatch:
    return UrlMatch(media_key=media_key, url=url, specificity=specificity, engine=ENGINE, reason=reason)


def _build_media_key(extractor_key: str, media_id: str | None, link: Link) -> str:
    site = extractor_key.lower()
    if media_id is None:
        return f"{site}:{hash_text(link.url)}"
    parameters = [
        (name, value)
        for name, value in parse_qsl(link.query, keep_blank_values=True)
        if name not in _IGNORED_PARAMETERS and not name.startswith("utm_") and value != media_id
    ]
    # The other parameters may select a part (`?p=2`): the same id is then not the same media.
    suffix = f":{hash_text(urlencode(sorted(parameters)))}" if parameters else ""
    return f"{site}:{media_id}{suffix}"
