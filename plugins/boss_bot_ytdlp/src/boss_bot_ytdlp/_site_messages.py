"""Translates a site's messages as yt-dlp passes them on: with advice for its own command line."""

import re
from typing import Final

from boss_bot_core import plugin
from boss_bot_core.plugin import DownloadFailedError

_ADVICE: Final = re.compile(
    r"(?:[.;,] )?(?:Use --|You might want to use|[Ss]ee +https|(?:and )?try again with|Confirm you are on the latest"
    r"|;? ?[Pp]lease report).*",
    re.DOTALL,
)
"""yt-dlp's advice for its own command line, which the bot's users do not have."""


def find_message_error(message: str, host: str) -> DownloadFailedError | None:
    """Return the error for a message that an extractor read from the site; None for an unknown message."""
    error = plugin.find_message_error(message, host)
    # The advice tells what is missing (cookies), so it takes part in the search, but not in the quotation.
    return error and type(error)(quote_message(message, host), advice=error.advice)


def quote_message(message: str, host: str) -> str:
    """Return a sentence that quotes the site's message without yt-dlp's advice; the message stays untrusted."""
    return plugin.quote_message(_ADVICE.sub("", message), host)
