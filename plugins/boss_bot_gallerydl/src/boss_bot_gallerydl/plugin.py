"""Hook implementations, nothing else: this module is imported in the bot, which must never import an engine."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe gallery-dl's sites as one platform."""
    from boss_bot_gallerydl._platform import PLATFORM

    return PLATFORM


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim what gallery-dl has an extractor for."""
    from boss_bot_gallerydl._match import match

    return match(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import gallery-dl with all its extractors and read the certificate store."""
    from boss_bot_gallerydl.engine import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch whatever the site's extractor finds."""
    from boss_bot_gallerydl._download import download

    return download(request)
