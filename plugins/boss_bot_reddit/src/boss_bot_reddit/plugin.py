"""Hook implementations only: the bot imports this module, and must never import an engine."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe Reddit."""
    return Platform(
        name="reddit",
        title="Reddit",
        description="Download from Reddit",
        alias="dlr",
        examples=("https://www.reddit.com/r/pics/comments/1abcde/a_title/", "https://redd.it/1abcde"),
        notes=(
            "Pictures, galleries with their captions, GIFs, and videos with their sound.",
            "A post that only links elsewhere brings what is there, if it is media.",
            "Private and quarantined communities stay closed.",
            "Supported formats: Images, Videos",
        ),
    )


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim links to posts, shares and media files."""
    from boss_bot_reddit._match import match_link

    return match_link(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import both engines and Reddit's extractor."""
    from boss_bot_reddit._download import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's pictures, videos with sound, GIFs and linked media."""
    from boss_bot_reddit._download import download

    return download(request)
