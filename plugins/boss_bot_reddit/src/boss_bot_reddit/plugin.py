"""Hook implementations, nothing else: this module is imported in the bot, which must never import an engine."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe Reddit."""
    from boss_bot_reddit._platform import PLATFORM

    return PLATFORM


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim links to posts, shares and media files."""
    from boss_bot_reddit._match import match

    return match(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import both engines."""
    from boss_bot_reddit._warmth import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's pictures, videos with sound, GIFs and linked media."""
    from boss_bot_reddit._download import download

    return download(request)
