"""Hook implementations, nothing else: this module is imported in the bot, which must never import an engine."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe X/Twitter."""
    from boss_bot_twitter._platform import PLATFORM

    return PLATFORM


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim links to posts."""
    from boss_bot_twitter._match import match

    return match(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import the engine and X's extractor."""
    from boss_bot_twitter._warmth import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's photos, videos and GIFs."""
    from boss_bot_twitter._download import download

    return download(request)
