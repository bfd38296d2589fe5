"""Every post of the simulated Reddit, fetched by the real engines: the expected files, or the expected error."""

from datetime import UTC, datetime

import pytest

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadOptions,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
)
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import POSTS, MediaSite
from boss_bot_sandbox.site.reddit import post

FILES = {
    "image": ["photo-40.jpg"],
    "gif": ["animation.gif"],
    "gallery": ["photo-42.jpg", "photo-43.jpg", "photo-44.png"],
    "link": ["photo-45.jpg"],
    "link-video": ["clip.mp4"],
    "over-18": ["photo-41.jpg"],
    "hostile": ["photo-41.jpg"],
    "out-of-quota": ["photo-41.jpg"],
}
VIDEOS = {"video", "silent", "crosspost", "over-18-video"}
ERRORS = {
    "dead-link": (NotFoundError, "media.example.com"),
    "private-link": (UnsupportedUrlError, "169.254.169.254"),
    "text": (NothingFoundError, "no picture"),
    "removed": (NotFoundError, "taken down by a moderator"),
    "empty": (NotFoundError, "does not have this post"),
    "quarantined": (PermissionDeniedError, "quarantine"),
    "private": (PermissionDeniedError, "private"),
    "banned": (NotFoundError, "banned"),
    "not-found": (NotFoundError, "does not have this"),
    "too-many": (RateLimitError, "slow down"),
    "overloaded": (NetworkError, "503"),
    "blocked": (AuthRequiredError, "login"),
    "refused-dash": (PermissionDeniedError, "does not let us see"),
}


def url_of(case: str) -> str:
    return f"https://www.reddit.com/comments/{post(case).id}"


def test_every_post_of_the_site_has_an_expectation() -> None:
    assert {post.case for post in POSTS.values()} == FILES.keys() | {"gallery-gap"} | VIDEOS | ERRORS.keys()


@pytest.mark.parametrize("case", FILES)
async def test_the_expected_files_are_fetched(harness: DownloadHarness, site: MediaSite, case: str) -> None:
    result = await harness.fetch(url_of(case))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name) for name in FILES[case]]
    assert all(file.path.parent == harness.directory for file in result.files)
    assert not result.skipped
    assert result.media.adult == (case == "over-18")
    assert result.media.media_id == post(case).id


@pytest.mark.parametrize("case", ERRORS)
async def test_the_expected_error_is_raised(harness: DownloadHarness, case: str) -> None:
    kind, words = ERRORS[case]
    with pytest.raises(kind, match=words) as caught:
        await harness.fetch(url_of(case))
    assert type(caught.value) is kind
    assert not list(harness.directory.iterdir())


async def test_a_lost_picture_of_a_gallery_is_listed_as_skipped(harness: DownloadHarness, site: MediaSite) -> None:
    result = await harness.fetch(url_of("gallery-gap"))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-42.jpg")]
    assert [part.name for part in result.skipped] == ["Picture 2 of the gallery"]


async def test_a_gallery_keeps_its_captions(harness: DownloadHarness) -> None:
    result = await harness.fetch(url_of("gallery"))
    assert [file.alt_text for file in result.files] == ["First", "Second & best", None]
    assert result.media.title == "Three pictures"
    assert result.media.author == "sandbox_owl"
    assert result.media.permalink == post("gallery").url
    assert result.media.created_at == datetime(2025, 1, 1, tzinfo=UTC)


async def test_the_preview_of_a_dead_link_is_not_fetched(harness: DownloadHarness, site: MediaSite) -> None:
    with pytest.raises(NotFoundError):
        await harness.fetch(url_of("dead-link"))
    assert not site.requests.matching("photo-48.jpg")


async def test_a_rate_limit_error_has_the_retry_after_time(harness: DownloadHarness) -> None:
    with pytest.raises(RateLimitError) as caught:
        await harness.fetch(url_of("too-many"))
    assert caught.value.retry_after_s == 2.0


async def test_a_picture_is_fetched_by_its_own_address(harness: DownloadHarness, site: MediaSite) -> None:
    (file,) = (await harness.fetch("https://i.redd.it/photo-40.jpg")).files
    assert file.path.read_bytes() == site.library.read("photo-40.jpg")


async def test_a_share_link_leads_to_its_post(harness: DownloadHarness, site: MediaSite) -> None:
    result = await harness.fetch("https://www.reddit.com/r/sandbox/s/sandboxS01")
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-40.jpg")]
    assert result.media.title == "One picture"


async def test_an_unknown_share_link_is_not_found(harness: DownloadHarness) -> None:
    with pytest.raises(NotFoundError):
        await harness.fetch("https://www.reddit.com/r/sandbox/s/sandboxS99")


@pytest.mark.parametrize("url", ["https://v.redd.it/sandboxsound1", url_of("video")])
async def test_video_addresses_and_audio_only_are_unsupported(
    harness: DownloadHarness, site: MediaSite, url: str
) -> None:
    with pytest.raises(UnsupportedUrlError):
        await harness.fetch(url, options=DownloadOptions(audio_only="v.redd.it" not in url))
    assert not len(site.requests)
