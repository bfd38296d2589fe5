"""Which links this plugin claims, under which media key: yt-dlp's own patterns, asked without any request."""

import hashlib
from typing import Final
from urllib.parse import parse_qsl, urlencode

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_ytdlp import _kinds
from boss_bot_ytdlp._aliases import alias_of
from boss_bot_ytdlp._extractors import GENERIC, extractor_for

ENGINE: Final = "yt-dlp"
DIRECT: Final = "direct:"
"""How the media key of a link to a file begins; the download goes by it."""

_NOISE: Final = frozenset({
    "app", "fbclid", "feature", "gclid", "igsh", "igshid", "is_from_webapp", "pp", "ref", "ref_src", "ref_url", "s",
    "sender_device", "share", "si", "start", "t",
})  # fmt: skip
"""Query parameters that say where a link was copied, or where to start playing."""


def match(link: Link) -> UrlMatch:
    """Claim `link`: as a known site's, as a media file, or as a page."""
    alias = alias_of(link)
    if alias is not None:
        return _claim(alias.key, alias.url, Specificity.ENGINE, f"yt-dlp knows {link.host}")
    extractor = extractor_for(link.url)
    if extractor.ie_key() != GENERIC:
        key = _media_key(extractor.ie_key(), extractor.get_temp_id(link.url), link)
        return _claim(key, link.url, Specificity.ENGINE, f"yt-dlp's extractor {extractor.IE_NAME} matches")
    if _kinds.is_media(extension := _kinds.extension_of(link.path)):
        reason = f"the path ends in .{extension}"
        return _claim(f"{DIRECT}{_digest(link.url)}", link.url, Specificity.DIRECT, reason)
    reason = "yt-dlp looks for media on any page"
    return _claim(f"generic:{_digest(link.url)}", link.url, Specificity.GENERIC, reason)


def _claim(media_key: str, url: str, specificity: Specificity, reason: str) -> UrlMatch:
    return UrlMatch(media_key=media_key, url=url, specificity=specificity, engine=ENGINE, reason=reason)


def _media_key(extractor_key: str, media_id: str | None, link: Link) -> str:
    site = extractor_key.lower()
    if media_id is None:
        return f"{site}:{_digest(link.url)}"
    rest = [
        (name, value)
        for name, value in parse_qsl(link.query, keep_blank_values=True)
        if name not in _NOISE and not name.startswith("utm_") and value != media_id
    ]
    # What is left may choose a part (`?p=2`): the same id then is not the same media.
    return f"{site}:{media_id}:{_digest(urlencode(sorted(rest)))}" if rest else f"{site}:{media_id}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
