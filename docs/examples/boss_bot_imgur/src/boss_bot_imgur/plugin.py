"""Plugin for Imgur: gallery-dl's extractor as a platform of its own."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe the site."""
    return Platform(
        name="imgur",
        title="Imgur",
        description="Download from Imgur",
        alias="dlim",
        engine_packages=("gallery_dl",),
    )


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim the links that gallery-dl's extractors for Imgur read."""
    if not link.on_host("imgur.com", "imgur.io"):
        return None
    from boss_bot_gallerydl import engine

    return engine.claim_link(link, "imgur")


@hookimpl
def bossbot_warm_up() -> None:
    """Import the engine and Imgur's extractor."""
    from boss_bot_gallerydl import engine

    engine.warm_up("https://imgur.com/abcdefg")


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch the pictures and videos of a post."""
    from boss_bot_gallerydl import engine
    from boss_bot_imgur._profile import ImgurProfile

    return engine.fetch(ImgurProfile(request))
