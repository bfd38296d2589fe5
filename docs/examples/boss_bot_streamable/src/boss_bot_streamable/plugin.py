"""Plugin for Streamable: yt-dlp's extractor as a platform of its own."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe the site."""
    return Platform(
        name="streamable",
        title="Streamable",
        description="Download from Streamable",
        alias="dlst",
        engine_packages=("yt_dlp",),
    )


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim the links that yt-dlp's extractor for Streamable reads."""
    if not link.on_host("streamable.com"):
        return None
    from boss_bot_ytdlp import engine

    return engine.claim_link(link, "Streamable")


@hookimpl
def bossbot_warm_up() -> None:
    """Import the engine and Streamable's extractor."""
    from boss_bot_ytdlp import engine

    engine.warm_up("Streamable")


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a video."""
    from boss_bot_ytdlp import engine

    return engine.fetch(request)
