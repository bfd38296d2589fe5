"""The words of sites, and the typed error for a message in any wording.

Every message was written by a site, so it is untrusted: it is quoted in one line, cut, without invisible characters.
"""

import re
import unicodedata
from typing import Final

from boss_bot_core.errors import (
    AuthRequiredError,
    DownloadFailedError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
)

_MAX_QUOTE: Final = 160
_EXPIRED: Final = re.compile(
    r"(?:link|url|request|signature|token|policy)\b.{0,20}\bexpired|expired (?:link|url|token|signature)"
    r"|(?:invalid|bad) (?:url )?(?:signature|token)|signature .{0,30}not match",
    re.IGNORECASE,
)
_FRESH_LINK: Final = "Copy a fresh link from its source."

_MESSAGE_PATTERNS: Final[tuple[tuple[str, type[DownloadFailedError]], ...]] = (
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
    (r"access.?denied|forbidden|not allowed|hot.?link", PermissionDeniedError),
    (r"not currently live|is offline|will begin in|premieres? in|live event", UnsupportedUrlError),
    (r"no (video|media|formats|suitable)|requested format|found in this|only images|nothing to", NothingFoundError),
    (r"not? (be )?found|(not|n't) exist|removed|deleted|no longer|not available|no such", NotFoundError),
    (r"unavailable|terminated|suspended|expired", NotFoundError),
)
"""Error classes by pattern, from specific to general; the first pattern that matches counts."""


def find_message_error(message: str, host: str) -> DownloadFailedError | None:
    """Return the error for a site's message; None for a message in unknown words."""
    if _EXPIRED.search(message):
        return NotFoundError(quote_message(message, host), advice=_FRESH_LINK)
    matches = (error for pattern, error in _MESSAGE_PATTERNS if re.search(pattern, message, re.IGNORECASE))
    error_class = next(matches, None)
    return None if error_class is None else error_class(quote_message(message, host))


def quote_message(message: str, host: str) -> str:
    """Return a sentence that quotes a site's message in one line, cut; the message stays untrusted."""
    visible = "".join(char for char in message if char.isspace() or unicodedata.category(char)[0] != "C")
    words = " ".join(visible.split()).rstrip(".;")
    return f"{host} says: “{words if len(words) <= _MAX_QUOTE else words[: _MAX_QUOTE - 1] + '…'}”"
