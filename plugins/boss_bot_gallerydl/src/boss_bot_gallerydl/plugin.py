"""Hook implementations only: the bot imports this module, and must never import an engine."""

from importlib import metadata

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
from boss_bot_gallerydl._settings import GallerySettings


@hookimpl
def bossbot_settings() -> type[GallerySettings]:
    """Let the operator choose the number of files and the User-Agent."""
    return GallerySettings


@hookimpl
def bossbot_platform() -> Platform:
    """Describe gallery-dl's sites as one platform."""
    return Platform(
        name="gallerydl",
        title="Galleries",
        description="Download from the several hundred picture and gallery sites that gallery-dl knows",
        examples=("https://imgur.com/gallery/abc1234", "https://example.com/picture.jpg"),
        notes=(
            "A link to an album, a profile or a search brings its first files, usually 100 of them.",
            "Some sites show nothing without a login; the bot's operator can set cookies for them.",
        ),
        extra_types=("pdf", "zip"),
        engine_packages=("gallery_dl",),
        max_specificity=Specificity.ENGINE,
    )


@hookimpl
def bossbot_check_health(request: HealthRequest) -> tuple[str, ...]:
    """Tell gallery-dl's version."""
    return (f"gallery-dl {metadata.version('gallery-dl')} is installed.",)


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim the links that gallery-dl has an extractor for."""
    from boss_bot_gallerydl._match import match_link

    return match_link(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import gallery-dl with all its extractors and read the certificate store."""
    from boss_bot_gallerydl.engine import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest[GallerySettings]) -> DownloadResult:
    """Fetch the media that the site's extractor finds."""
    from boss_bot_gallerydl._gallery import download

    return download(request)
