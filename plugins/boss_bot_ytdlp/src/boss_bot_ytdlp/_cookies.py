"""The operator's cookies for a site, read into yt-dlp's jar.

It exists because yt-dlp, given the file, writes it back at the end and prints lines that it cannot read: secrets, into
a log.
"""

from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from pathlib import Path

from boss_bot_core.plugin import AuthRequiredError


def read_cookies(path: Path, jar: CookieJar) -> None:
    """Put the cookies of a file in Netscape format into `jar`.

    Raises:
        AuthRequiredError: The file cannot be read; its content is in no text of the error.
    """
    kept = MozillaCookieJar()
    try:
        kept.load(str(path), ignore_discard=True, ignore_expires=True)
    except (OSError, LoadError, ValueError):
        # The original names the offending line.
        raise AuthRequiredError("The bot's cookies for this site cannot be read.") from None
    for cookie in kept:
        if cookie.expires == 0:
            # Browsers' exports say so of a session's cookies, which Python takes for expired ones.
            cookie.expires, cookie.discard = None, True
        jar.set_cookie(cookie)
