"""Direct links, fetched by the real engine through the real proxy over TLS."""

import pytest

from boss_bot_core.egress import Lease
from boss_bot_core.plugin import (
    BlockedError,
    DownloadOptions,
    DownloadTimeoutError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    Progress,
    RateLimitError,
    UnsupportedUrlError,
)
from boss_bot_gallerydl.testing import DownloadBench
from boss_bot_sandbox.site import MediaSite

HOST = "https://media.example.com"
MEGABYTE = 1_048_576


async def test_a_picture_arrives_as_it_is(bench: DownloadBench, site: MediaSite) -> None:
    (file,) = (await bench.fetch(f"{HOST}/files/photo-1.jpg")).files
    assert file.path.read_bytes() == site.library.read("photo-1.jpg")
    assert (file.kind, file.name) == ("image", "photo-1.jpg")
    assert list(bench.directory.iterdir()) == [file.path]


@pytest.mark.parametrize("route", ["files", "unsized", "norange", "throttled/400000", "cut/3000/1", "flaky/503/1"])
async def test_it_arrives_whole_however_it_is_sent(bench: DownloadBench, site: MediaSite, route: str) -> None:
    (file,) = (await bench.fetch(f"{HOST}/{route}/clip.mp4")).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    assert file.kind == "video"


async def test_progress_counts_up_to_the_whole_file(bench: DownloadBench, site: MediaSite) -> None:
    await bench.fetch(f"{HOST}/files/clip.mp4")
    size = len(site.library.read("clip.mp4"))
    seen = [report.downloaded_bytes for report in bench.reports if isinstance(report, Progress)]
    assert seen == sorted(seen)
    assert seen[-1] == size
    assert {report.total_bytes for report in bench.reports if isinstance(report, Progress)} == {size}


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/status/404/a.jpg", NotFoundError),
        ("/status/410/a.jpg", NotFoundError),
        ("/status/403/a.jpg", PermissionDeniedError),
        ("/status/451/a.jpg", PermissionDeniedError),
        ("/status/503/a.jpg", NetworkError),
        ("/page/a.jpg", NotFoundError),
        ("/endless/clip.mp4", FileTooLargeError),
        ("/gzip-bomb/a.jpg", FileTooLargeError),
    ],
)
async def test_every_refusal_has_its_error_and_leaves_nothing(
    bench: DownloadBench, path: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await bench.fetch(f"{HOST}{path}", max_file_size_bytes=4 * MEGABYTE)
    assert not list(bench.directory.iterdir())


async def test_a_file_over_the_limit_is_refused_before_its_body(bench: DownloadBench, lease: Lease) -> None:
    with pytest.raises(FileTooLargeError, match="MB, more than the"):
        await bench.fetch(f"{HOST}/files/clip.mp4", max_file_size_bytes=1000)
    assert not list(bench.directory.iterdir())


async def test_sound_alone_is_left_to_another_engine(bench: DownloadBench, site: MediaSite) -> None:
    with pytest.raises(UnsupportedUrlError):
        await bench.fetch(f"{HOST}/files/clip.mp4", options=DownloadOptions(audio_only=True))
    assert not len(site.requests)


async def test_without_the_extra_authority_the_site_is_not_trusted(bench: DownloadBench) -> None:
    with pytest.raises(NetworkError, match="prove who it is"):
        await bench.fetch(f"{HOST}/files/photo-1.jpg", ca_file=None)


async def test_cookies_are_sent_and_never_written_back(
    bench: DownloadBench, site: MediaSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cookies = tmp_path_factory.mktemp("cookies") / "cookies.txt"
    text = "# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t0\tname\tvalue\n"
    cookies.write_text(text)
    await bench.fetch(f"{HOST}/files/photo-1.jpg", cookies_file=cookies)
    assert cookies.read_text() == text
    assert list(cookies.parent.iterdir()) == [cookies]


async def test_a_rate_limit_says_when_to_come_back(bench: DownloadBench) -> None:
    with pytest.raises(RateLimitError) as caught:
        await bench.fetch(f"{HOST}/status/429/a.jpg?retry_after=77")
    assert caught.value.retry_after_s == 77.0


@pytest.mark.slow
async def test_a_stall_is_a_timeout_and_keeps_what_came(bench: DownloadBench) -> None:
    with pytest.raises(DownloadTimeoutError):
        await bench.fetch(f"{HOST}/stalling/40000/clip.mp4")
    (part,) = bench.directory.iterdir()
    assert part.suffix == ".part"
    assert part.stat().st_size >= 32_768


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_private_address_is_blocked(bench: DownloadBench, lease: Lease, scheme: str) -> None:
    with pytest.raises(BlockedError):
        await bench.fetch(f"{scheme}://169.254.169.254/latest/a.jpg")
    assert [attempt.host for attempt in lease.blocked] == ["169.254.169.254"]


async def test_a_redirect_to_a_private_address_is_blocked(bench: DownloadBench) -> None:
    with pytest.raises(BlockedError):
        await bench.fetch(f"{HOST}/redirect/a.jpg?to=https://10.0.0.1/a.jpg")


async def test_the_proxys_byte_cap_is_too_large(bench: DownloadBench, lease: Lease) -> None:
    with pytest.raises(FileTooLargeError):
        await bench.fetch(f"{HOST}/endless/clip.mp4", max_file_size_bytes=2**40)
    assert lease.capped
