"""What a site's own words mean for a download: yt-dlp hands them on as text, in a thousand wordings."""

import re
from typing import Final

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
)

_LONGEST: Final = 160
_HINTS: Final = re.compile(
    r"(?:[.;,] )?(?:Use --|You might want to use|[Ss]ee +https|(?:and )?try again with|Confirm you are on the latest"
    r"|;? ?[Pp]lease report).*",
    re.DOTALL,
)
"""yt-dlp's advice for its own command line, which nobody here has."""

_MEANINGS: Final[tuple[tuple[str, type[DownloadFailedError]], ...]] = (
    (r"\bDRM\b|copy.?protected", UnsupportedUrlError),
    (r"anti.?bot|captcha|not a bot|cloudflare", PermissionDeniedError),
    (r"rate.?limit|too many requests|try again later", RateLimitError),
    (r"geo.?(restrict|block)|(your|this) (country|region|location)|in your area", PermissionDeniedError),
    (r"private|protected (tweet|account|post)|only .* (followers|friends)|permission", PermissionDeniedError),
    (r"log.?in|sign.?in|logged|registered users|--cookies|authenticat|account credentials", AuthRequiredError),
    (
        r"age.?restrict|confirm your age|NSFW|sensitive|members.?only|subscri(be|ption)|premium|purchase",
        AuthRequiredError,
    ),
    (r"not currently live|is offline|will begin in|premieres? in|live event", UnsupportedUrlError),
    (r"no video|no media|no formats|no suitable|could not be found in this|only images|nothing to", NothingFoundError),
    (r"not? (be )?found|(not|n't) exist|removed|deleted|no longer|not available", NotFoundError),
    (r"unavailable|terminated|suspended|expired", NotFoundError),
)
"""From the particular to the general: the first that matches counts."""


def meaning_of(message: str, host: str) -> DownloadFailedError | None:
    """Return our error for what an extractor says it was told; None for words that nobody foresaw."""
    kind = next((kind for words, kind in _MEANINGS if re.search(words, message, re.IGNORECASE)), None)
    return None if kind is None else kind(quoted(message, host))


def quoted(message: str, host: str) -> str:
    """Return a sentence with the site's words alone, in one line, cut short; they stay untrusted."""
    words = " ".join(_HINTS.sub("", message).split()).rstrip(".;")
    return f"{host} says: “{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}”"
