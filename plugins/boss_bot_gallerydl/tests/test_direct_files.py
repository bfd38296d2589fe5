"""Links to files, fetched by the real engine through the real proxy over TLS."""

from typing import cast

import pytest

from boss_bot_core.egress import Lease
from boss_bot_core.plugin import (
    BlockedError,
    DownloadOptions,
    DownloadRequest,
    DownloadTimeoutError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    Progress,
    RateLimitError,
    UnsupportedUrlError,
)
from boss_bot_gallerydl._gallery import GalleryProfile
from boss_bot_gallerydl._settings import GallerySettings
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite

HOST = "https://media.example.com"
MEGABYTE = 1_048_576


async def test_a_picture_is_fetched_unchanged(harness: DownloadHarness, site: MediaSite) -> None:
    (file,) = (await harness.fetch(f"{HOST}/files/photo-1.jpg")).files
    assert file.path.read_bytes() == site.library.read("photo-1.jpg")
    assert (file.kind, file.name) == ("image", "photo-1.jpg")
    assert list(harness.directory.iterdir()) == [file.path]


@pytest.mark.parametrize("route", ["files", "unsized", "norange", "throttled/400000", "cut/3000/1", "flaky/503/1"])
async def test_a_file_is_complete_for_every_way_of_serving(
    harness: DownloadHarness, site: MediaSite, route: str
) -> None:
    (file,) = (await harness.fetch(f"{HOST}/{route}/clip.mp4")).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    assert file.kind == "video"


async def test_progress_grows_to_the_size_of_the_file(harness: DownloadHarness, site: MediaSite) -> None:
    await harness.fetch(f"{HOST}/files/clip.mp4")
    size = len(site.library.read("clip.mp4"))
    seen = [report.downloaded_bytes for report in harness.reports if isinstance(report, Progress)]
    assert seen == sorted(seen)
    assert seen[-1] == size
    assert {report.total_bytes for report in harness.reports if isinstance(report, Progress)} == {size}


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/status/404/a.jpg", NotFoundError),
        ("/status/410/a.jpg", NotFoundError),
        ("/status/403/a.jpg", PermissionDeniedError),
        ("/status/451/a.jpg", PermissionDeniedError),
        ("/status/503/a.jpg", NetworkError),
        ("/page/a.jpg", NothingFoundError),
        ("/endless/clip.mp4", FileTooLargeError),
        ("/gzip-bomb/a.jpg", FileTooLargeError),
    ],
)
async def test_a_refusal_raises_its_error_and_leaves_no_file(
    harness: DownloadHarness, path: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await harness.fetch(f"{HOST}{path}", max_file_size_bytes=4 * MEGABYTE)
    assert not list(harness.directory.iterdir())


async def test_a_file_over_the_limit_is_refused_before_its_body_is_read(harness: DownloadHarness, lease: Lease) -> None:
    with pytest.raises(FileTooLargeError, match=r"\d+ KB, more than the 1000 B that fit"):
        await harness.fetch(f"{HOST}/files/clip.mp4", max_file_size_bytes=1000)
    assert not list(harness.directory.iterdir())


async def test_audio_only_is_unsupported(harness: DownloadHarness, site: MediaSite) -> None:
    with pytest.raises(UnsupportedUrlError):
        await harness.fetch(f"{HOST}/files/clip.mp4", options=DownloadOptions(audio_only=True))
    assert not len(site.requests)


async def test_without_the_extra_authority_the_certificate_is_refused(harness: DownloadHarness) -> None:
    with pytest.raises(NetworkError, match="prove who it is"):
        await harness.fetch(f"{HOST}/files/photo-1.jpg", ca_file=None)


async def test_the_cookies_file_is_not_changed(
    harness: DownloadHarness, site: MediaSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cookies = tmp_path_factory.mktemp("cookies") / "cookies.txt"
    text = "# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t0\tname\tvalue\n"
    cookies.write_text(text)
    await harness.fetch(f"{HOST}/files/photo-1.jpg", cookies_file=cookies)
    assert cookies.read_text() == text
    assert list(cookies.parent.iterdir()) == [cookies]


async def test_a_rate_limit_error_has_the_retry_after_time(harness: DownloadHarness) -> None:
    with pytest.raises(RateLimitError) as caught:
        await harness.fetch(f"{HOST}/status/429/a.jpg?retry_after=77")
    assert caught.value.retry_after_s == 77.0


@pytest.mark.slow
async def test_a_stalled_download_times_out_and_keeps_its_part_file(harness: DownloadHarness) -> None:
    with pytest.raises(DownloadTimeoutError):
        await harness.fetch(f"{HOST}/stalling/40000/clip.mp4")
    part, validator = sorted(harness.directory.iterdir())
    assert (part.suffix, validator.suffix) == (".part", ".validator")
    assert part.stat().st_size >= 32_768


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_private_address_is_blocked(harness: DownloadHarness, lease: Lease, scheme: str) -> None:
    with pytest.raises(BlockedError):
        await harness.fetch(f"{scheme}://169.254.169.254/latest/a.jpg")
    assert [attempt.host for attempt in lease.blocked] == ["169.254.169.254"]


async def test_a_redirect_to_a_private_address_is_blocked(harness: DownloadHarness) -> None:
    with pytest.raises(BlockedError):
        await harness.fetch(f"{HOST}/redirect/a.jpg?to=https://10.0.0.1/a.jpg")


async def test_the_byte_cap_of_the_proxy_is_reported_as_too_large(harness: DownloadHarness, lease: Lease) -> None:
    with pytest.raises(FileTooLargeError):
        await harness.fetch(f"{HOST}/endless/clip.mp4", max_file_size_bytes=2**40)
    assert lease.is_capped


async def test_the_operators_user_agent_is_sent(harness: DownloadHarness, site: MediaSite) -> None:
    await harness.fetch(f"{HOST}/files/photo-1.jpg", settings=GallerySettings(user_agent="Trial/1.0"))
    assert {request.user_agent for request in site.requests} == {"Trial/1.0"}


def test_the_operators_number_of_files_is_the_limit(harness: DownloadHarness) -> None:
    request = harness.build_request(f"{HOST}/files/photo-1.jpg", settings=GallerySettings(max_files=7))
    assert GalleryProfile(cast("DownloadRequest[GallerySettings]", request)).max_files == 7
