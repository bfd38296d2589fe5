"""Hook implementations only: the bot imports this module, and must never import an engine."""

from boss_bot_core.plugin import (
    DownloadRequest,
    DownloadResult,
    HealthRequest,
    Link,
    Platform,
    Specificity,
    UrlMatch,
    hookimpl,
)
from boss_bot_ytdlp._settings import YtdlpSettings


@hookimpl
def bossbot_settings() -> type[YtdlpSettings]:
    """Let the operator choose between codecs, and give yt-dlp's extractors arguments."""
    return YtdlpSettings


@hookimpl
def bossbot_platform() -> Platform:
    """Describe yt-dlp's sites, direct links and pages as one platform."""
    return Platform(
        name="ytdlp",
        title="Other sites",
        description=(
            "Download from YouTube, Vimeo and every other site that yt-dlp knows, or a direct link to a media file"
        ),
        examples=(
            "https://www.youtube.com/watch?v=BaW_jenozKc",
            "https://vimeo.com/76979871",
            "https://example.com/clip.mp4",
        ),
        notes=(
            "One video per link: playlists, channels and live streams are not fetched.",
            "YouTube needs a JavaScript runtime beside the bot (see the plugin's README).",
        ),
        engine_packages=("yt_dlp",),
        max_specificity=Specificity.ENGINE,
    )


@hookimpl
def bossbot_check_health(request: HealthRequest) -> tuple[str, ...]:
    """Tell yt-dlp's age, and what is missing for YouTube."""
    from boss_bot_ytdlp._health import check_health

    return tuple(check_health())


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch:
    """Claim every link: as a known site's, as a media file, or as a page."""
    from boss_bot_ytdlp._direct_links import match_file_of_unknown_site

    if (match := match_file_of_unknown_site(link)) is not None:
        return match
    from boss_bot_ytdlp._match import match_link

    return match_link(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import yt-dlp and do its start-up work once."""
    from boss_bot_ytdlp._warmup import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest[YtdlpSettings]) -> DownloadResult:
    """Fetch with yt-dlp."""
    from boss_bot_ytdlp._download import download

    return download(request)
