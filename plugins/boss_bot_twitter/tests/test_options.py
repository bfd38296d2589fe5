"""Size limits, threads and cookies change which files of a post are fetched."""

from pathlib import Path

import pytest

from boss_bot_core.plugin import AuthRequiredError, DownloadOptions, FileTooLargeError
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.twitter import tweet
from boss_bot_sandbox.site.twitter.api import AUTH_TOKEN

THREAD = ["photo-10.jpg", "photo-11.jpg", "photo-12.jpg"]


def url_of(case: str) -> str:
    return f"https://x.com/i/status/{tweet(case).id}"


@pytest.fixture
def cookies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of a login."""
    path = tmp_path_factory.mktemp("cookies") / "x.txt"
    names = {"auth_token": AUTH_TOKEN, "ct0": "0123456789abcdef"}
    lines = [f".x.com\tTRUE\t/\tTRUE\t0\t{name}\t{value}" for name, value in names.items()]
    path.write_text("# Netscape HTTP Cookie File\n" + "\n".join(lines) + "\n")
    return path


async def test_the_best_version_that_fits_the_destination_is_fetched(harness: DownloadHarness, site: MediaSite) -> None:
    small, large = (len(site.library.read(f"clip-{size}.mp4")) for size in ("320x180", "640x360"))
    (file,) = (await harness.fetch(url_of("video"), target_file_size_bytes=(small + large) // 2)).files
    assert file.path.read_bytes() == site.library.read("clip-320x180.mp4")


async def test_if_no_version_fits_the_smallest_is_fetched(harness: DownloadHarness, site: MediaSite) -> None:
    (file,) = (await harness.fetch(url_of("video"), target_file_size_bytes=1000)).files
    assert file.path.read_bytes() == site.library.read("clip-320x180.mp4")


async def test_a_file_above_the_maximum_is_too_large(harness: DownloadHarness) -> None:
    with pytest.raises(FileTooLargeError):
        await harness.fetch(url_of("video"), target_file_size_bytes=1000, max_file_size_bytes=2000)
    assert not list(harness.directory.iterdir())


async def test_a_file_that_is_too_large_is_listed_as_skipped(harness: DownloadHarness, site: MediaSite) -> None:
    limit = len(site.library.read("photo-30.jpg")) + 1000
    result = await harness.fetch(url_of("mixed"), target_file_size_bytes=limit, max_file_size_bytes=limit)
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-30.jpg")]
    (skipped,) = result.skipped
    assert "more than" in skipped.reason


async def test_without_a_login_the_thread_ends_at_the_post(harness: DownloadHarness, site: MediaSite) -> None:
    result = await harness.fetch(url_of("thread-3"), options=DownloadOptions(whole_thread=True))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name) for name in THREAD]
    assert result.media.text == "Thread 3/3"
    assert "login" in result.skipped[0].reason


async def test_an_earlier_post_that_x_does_not_show_is_listed_as_skipped(
    harness: DownloadHarness, site: MediaSite
) -> None:
    result = await harness.fetch(url_of("thread-gap"), options=DownloadOptions(whole_thread=True))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-31.jpg")]
    assert [part.name for part in result.skipped] == ["Earlier posts of the thread", "Later posts of the thread"]


async def test_a_picture_that_x_took_down_is_listed_as_skipped(harness: DownloadHarness, site: MediaSite) -> None:
    result = await harness.fetch(url_of("taken-down"))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-32.jpg")]
    assert [part.name for part in result.skipped] == [f"Media 2 of post {tweet('taken-down').id}"]


async def test_a_parent_post_of_another_author_is_no_part_of_the_thread(
    harness: DownloadHarness, site: MediaSite
) -> None:
    result = await harness.fetch(url_of("thread-stranger"), options=DownloadOptions(whole_thread=True))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-13.jpg")]


@pytest.mark.parametrize("case", ["thread-1", "thread-2", "thread-3"])
async def test_with_a_login_the_whole_thread_is_fetched(
    harness: DownloadHarness, site: MediaSite, cookies: Path, case: str
) -> None:
    before = cookies.read_bytes()
    result = await harness.fetch(url_of(case), options=DownloadOptions(whole_thread=True), cookies_file=cookies)
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name) for name in THREAD]
    assert result.media.media_id == tweet(case).id
    assert cookies.read_bytes() == before


@pytest.mark.parametrize("case", ["protected", "adult"])
async def test_with_a_login_protected_and_adult_posts_are_fetched(
    harness: DownloadHarness, cookies: Path, case: str
) -> None:
    result = await harness.fetch(url_of(case), cookies_file=cookies)
    assert len(result.files) == 1
    assert result.media.adult == (case == "adult")


async def test_a_login_that_x_refuses_is_an_authentication_error(harness: DownloadHarness, cookies: Path) -> None:
    cookies.write_text(cookies.read_text().replace(AUTH_TOKEN, "stale"))
    with pytest.raises(AuthRequiredError):
        await harness.fetch(url_of("photo"), cookies_file=cookies)
