"""Links that point at one part of a post, at a retweet, or at a profile."""

from pathlib import Path

import pytest

from boss_bot_core.plugin import DownloadOptions, NothingFoundError, PermissionDeniedError, SkippedFile
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.twitter import tweet
from boss_bot_sandbox.site.twitter.api import AUTH_TOKEN


def url_of(case: str, part: int) -> str:
    return f"https://x.com/i/status/{tweet(case).id}/photo/{part}"


@pytest.fixture
def cookies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cookies") / "cookies.txt"
    path.write_text(f"# Netscape HTTP Cookie File\n.x.com\tTRUE\t/\tTRUE\t0\tauth_token\t{AUTH_TOKEN}\n")
    return path


@pytest.mark.parametrize(
    ("case", "part", "name"),
    [
        ("photos", 1, "photo-2.jpg"),
        ("photos", 3, "photo-4.jpg"),
        ("mixed", 1, "photo-30.jpg"),
        ("mixed", 2, "clip-640x360.mp4"),
        ("quote", 1, "photo-6.jpg"),
        ("taken-down", 1, "photo-32.jpg"),
        ("retweet", 2, "photo-3.jpg"),
    ],
)
@pytest.mark.parametrize("logged_in", [False, True])
async def test_exactly_the_part_that_a_link_points_at_is_fetched(
    harness: DownloadHarness, site: MediaSite, cookies: Path, case: str, part: int, name: str, *, logged_in: bool
) -> None:
    result = await harness.fetch(url_of(case, part), cookies_file=cookies if logged_in else None)
    assert [file.path.read_bytes() for file in result.files] == [site.library.read(name)]
    assert result.skipped == ()


@pytest.mark.parametrize(("case", "part"), [("photos", 5), ("text", 1)])
async def test_a_part_that_the_post_does_not_have_is_nothing_found(
    harness: DownloadHarness, case: str, part: int
) -> None:
    with pytest.raises(NothingFoundError, match=f"no photo or video number {part}"):
        await harness.fetch(url_of(case, part))


async def test_a_part_that_x_does_not_show_is_nothing_found(harness: DownloadHarness) -> None:
    with pytest.raises(NothingFoundError):
        await harness.fetch(url_of("taken-down", 2))


async def test_a_thread_is_fetched_whole_from_the_link_of_a_part(harness: DownloadHarness, site: MediaSite) -> None:
    result = await harness.fetch(url_of("thread-2", 1), options=DownloadOptions(whole_thread=True))
    expected = [site.library.read(name) for name in ("photo-10.jpg", "photo-11.jpg")]
    assert [file.path.read_bytes() for file in result.files] == expected
    assert all(isinstance(part, SkippedFile) for part in result.skipped)


async def test_files_that_the_host_refuses_may_be_tried_by_another_plugin(harness: DownloadHarness) -> None:
    with pytest.raises(PermissionDeniedError) as caught:
        await harness.fetch(f"https://x.com/i/status/{tweet('refused-files').id}")
    assert caught.value.try_next
