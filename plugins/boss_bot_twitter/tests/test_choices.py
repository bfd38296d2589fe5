"""Which version of a file is taken, and which posts of a thread."""

from pathlib import Path

import pytest

from boss_bot_core.plugin import AuthRequiredError, DownloadOptions, FileTooLargeError
from boss_bot_gallerydl.testing import DownloadBench
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


async def test_the_best_version_that_the_destination_takes_is_fetched(bench: DownloadBench, site: MediaSite) -> None:
    small, large = (len(site.library.read(f"clip-{size}.mp4")) for size in ("320x180", "640x360"))
    (file,) = (await bench.fetch(url_of("video"), target_file_size_bytes=(small + large) // 2)).files
    assert file.path.read_bytes() == site.library.read("clip-320x180.mp4")


async def test_where_nothing_fits_the_smallest_is_fetched(bench: DownloadBench, site: MediaSite) -> None:
    (file,) = (await bench.fetch(url_of("video"), target_file_size_bytes=1000)).files
    assert file.path.read_bytes() == site.library.read("clip-320x180.mp4")


async def test_above_the_maximum_nothing_is_fetched(bench: DownloadBench) -> None:
    with pytest.raises(FileTooLargeError):
        await bench.fetch(url_of("video"), target_file_size_bytes=1000, max_file_size_bytes=2000)
    assert not list(bench.directory.iterdir())


async def test_what_is_too_large_is_listed_beside_what_fits(bench: DownloadBench, site: MediaSite) -> None:
    limit = len(site.library.read("photo-30.jpg")) + 1000
    result = await bench.fetch(url_of("mixed"), target_file_size_bytes=limit, max_file_size_bytes=limit)
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-30.jpg")]
    (skipped,) = result.skipped
    assert "more than" in skipped.reason


async def test_a_guest_gets_the_thread_up_to_the_post(bench: DownloadBench, site: MediaSite) -> None:
    result = await bench.fetch(url_of("thread-3"), options=DownloadOptions(whole_thread=True))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name) for name in THREAD]
    assert result.media.text == "Thread 3/3"
    assert "login" in result.skipped[0].reason


async def test_a_stranger_above_is_no_part_of_the_thread(bench: DownloadBench, site: MediaSite) -> None:
    result = await bench.fetch(url_of("thread-stranger"), options=DownloadOptions(whole_thread=True))
    assert [file.path.read_bytes() for file in result.files] == [site.library.read("photo-13.jpg")]


@pytest.mark.parametrize("case", ["thread-1", "thread-2", "thread-3"])
async def test_with_a_login_the_whole_thread_comes(
    bench: DownloadBench, site: MediaSite, cookies: Path, case: str
) -> None:
    before = cookies.read_bytes()
    result = await bench.fetch(url_of(case), options=DownloadOptions(whole_thread=True), cookies_file=cookies)
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name) for name in THREAD]
    assert result.media.media_id == tweet(case).id
    assert cookies.read_bytes() == before


@pytest.mark.parametrize("case", ["protected", "adult"])
async def test_a_login_opens_what_guests_do_not_see(bench: DownloadBench, cookies: Path, case: str) -> None:
    result = await bench.fetch(url_of(case), cookies_file=cookies)
    assert len(result.files) == 1
    assert result.media.adult == (case == "adult")


async def test_a_login_that_x_refuses_is_named(bench: DownloadBench, cookies: Path) -> None:
    cookies.write_text(cookies.read_text().replace(AUTH_TOKEN, "stale"))
    with pytest.raises(AuthRequiredError):
        await bench.fetch(url_of("photo"), cookies_file=cookies)
