"""Hook implementations, nothing else: this module is imported in the bot, which must never import an engine."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe what this plugin fetches."""
    from boss_bot_ytdlp._platform import PLATFORM

    return PLATFORM


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch:
    """Claim every link: a known site, else a media file, else any page."""
    from boss_bot_ytdlp._match import match

    return match(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import yt-dlp and pay its start-up costs once."""
    from boss_bot_ytdlp._warmup import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch with yt-dlp."""
    from boss_bot_ytdlp._download import download

    return download(request)
