"""Every post of the simulated X, fetched by the real engine: the expected files, or the expected error."""

from datetime import UTC, datetime

import pytest

from boss_bot_core.plugin import (
    AuthRequiredError,
    Described,
    DownloadOptions,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
)
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import TWEETS, MediaSite
from boss_bot_sandbox.site.twitter import tweet


def url_of(case: str) -> str:
    return f"https://x.com/i/status/{tweet(case).id}"


FILES = {
    "photo": ["photo-1.jpg"],
    "photos": ["photo-2.jpg", "photo-3.jpg", "photo-4.jpg", "photo-5.jpg"],
    "video": ["clip-640x360.mp4"],
    "heavy-video": ["clip-320x180.mp4"],
    "gif": ["silent.mp4"],
    "quote": ["photo-6.jpg", "clip-640x360.mp4"],
    "thread-1": ["photo-10.jpg"],
    "thread-2": ["photo-11.jpg"],
    "thread-3": ["photo-12.jpg"],
    "thread-stranger": ["photo-13.jpg"],
    "thread-gap": ["photo-31.jpg"],
    "sensitive": ["photo-21.jpg"],
    "hostile": ["photo-28.jpg"],
    "mixed": ["photo-30.jpg", "clip-640x360.mp4"],
    "retweet": ["photo-2.jpg", "photo-3.jpg", "photo-4.jpg", "photo-5.jpg"],
}
ERRORS = {
    "hls-only": (NothingFoundError, "stream only"),
    "text": (NothingFoundError, "no picture"),
    "private-link": (NothingFoundError, "no picture"),
    "deleted": (NotFoundError, "does not have this post"),
    "suspended": (PermissionDeniedError, "suspended"),
    "tombstone": (NotFoundError, "from an account that no longer exists"),
    "protected": (AuthRequiredError, "followers"),
    "adult": (AuthRequiredError, "adult"),
    "rate-limited": (RateLimitError, "slow down"),
    "retweet-of-suspended": (PermissionDeniedError, "suspended"),
    "refused-files": (PermissionDeniedError, "does not let us see"),
}


def test_every_post_of_the_site_has_an_expectation() -> None:
    assert {post.case for post in TWEETS.values()} == FILES.keys() | {"taken-down"} | ERRORS.keys()


@pytest.mark.parametrize("case", FILES)
async def test_the_expected_files_are_fetched(harness: DownloadHarness, site: MediaSite, case: str) -> None:
    result = await harness.fetch(url_of(case))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name) for name in FILES[case]]
    assert {file.kind for file in result.files} <= {"image", "video"}
    assert all(file.path.parent == harness.directory for file in result.files)
    assert not result.skipped
    assert result.media.adult == (case == "sensitive")
    assert result.media.media_id == (tweet(case).retweets or tweet(case).id)


@pytest.mark.parametrize("case", ERRORS)
async def test_the_expected_error_is_raised(harness: DownloadHarness, case: str) -> None:
    kind, words = ERRORS[case]
    with pytest.raises(kind, match=words) as caught:
        await harness.fetch(url_of(case))
    assert type(caught.value) is kind


async def test_a_post_is_described_before_its_files_are_fetched(harness: DownloadHarness) -> None:
    result = await harness.fetch(url_of("photos"))
    assert isinstance(harness.reports[0], Described)
    assert harness.reports[0].media == result.media
    assert result.media.text == "Four photos with descriptions"
    assert result.media.author == "Sandbox Owl"
    assert result.media.permalink == tweet("photos").url
    assert result.media.created_at == datetime(2024, 6, 10, 3, 0, 17, tzinfo=UTC)
    assert [file.alt_text for file in result.files] == [f"Stripes, picture {number}" for number in range(2, 6)]


async def test_a_rate_limit_error_has_the_retry_after_time(harness: DownloadHarness) -> None:
    with pytest.raises(RateLimitError) as caught:
        await harness.fetch(url_of("rate-limited"))
    assert caught.value.retry_after_s is not None
    assert 800 < caught.value.retry_after_s <= 900


@pytest.mark.parametrize(("status", "error"), [(429, RateLimitError), (500, NetworkError), (503, NetworkError)])
async def test_a_refused_guest_token_is_retryable(
    harness: DownloadHarness, site: MediaSite, status: int, error: type[Exception]
) -> None:
    site.refuse_guest_tokens(status)
    with pytest.raises(error):
        await harness.fetch(url_of("photo"))


async def test_audio_only_is_unsupported(harness: DownloadHarness, site: MediaSite) -> None:
    with pytest.raises(UnsupportedUrlError):
        await harness.fetch(url_of("video"), options=DownloadOptions(audio_only=True))
    assert not len(site.requests)
