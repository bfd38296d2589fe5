"""Translates a site's own messages into typed errors: yt-dlp passes them on as text, in many different wordings."""

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

_MAX_LENGTH: Final = 160
_ADVICE: Final = re.compile(
    r"(?:[.;,] )?(?:Use --|You might want to use|[Ss]ee +https|(?:and )?try again with|Confirm you are on the latest"
    r"|;? ?[Pp]lease report).*",
    re.DOTALL,
)
"""yt-dlp's advice for its own command line, which the bot's users do not have."""

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
    (r"not currently live|is offline|will begin in|premieres? in|live event", UnsupportedUrlError),
    (r"no (video|media|formats|suitable)|requested format|found in this|only images|nothing to", NothingFoundError),
    (r"not? (be )?found|(not|n't) exist|removed|deleted|no longer|not available", NotFoundError),
    (r"unavailable|terminated|suspended|expired", NotFoundError),
)
"""Error classes by pattern, from specific to general; the first pattern that matches counts."""


def find_message_error(message: str, host: str) -> DownloadFailedError | None:
    """Return the error for a message that an extractor read from the site; None for an unknown message."""
    matches = (error for pattern, error in _MESSAGE_PATTERNS if re.search(pattern, message, re.IGNORECASE))
    error_class = next(matches, None)
    return None if error_class is None else error_class(quote_message(message, host))


def quote_message(message: str, host: str) -> str:
    """Return a sentence that quotes the site's message in one line, shortened; the message stays untrusted."""
    words = " ".join(_ADVICE.sub("", message).split()).rstrip(".;")
    return f"{host} says: “{words if len(words) <= _MAX_LENGTH else words[: _MAX_LENGTH - 1] + '…'}”"
