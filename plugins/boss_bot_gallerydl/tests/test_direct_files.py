"""Direct links, fetched by the real engine through the real proxy over TLS."""

from typing import Any

import pytest

from boss_bot_core.plugin import (
    BlockedError,
    DownloadTimeoutError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

HOST = "https://media.example.com"


async def test_a_picture_arrives_as_it_is(bench: Any) -> None:
    result = await bench.fetch(f"{HOST}/files/photo-1.jpg")
    (file,) = result.files
    assert file.path.read_bytes() == bench.site.library.read("photo-1.jpg")
    assert (file.kind, file.name) == ("image", "photo-1.jpg")
    assert file.path.parent == bench.directory
    assert [path.name for path in bench.directory.iterdir()] == [file.path.name]


@pytest.mark.parametrize("route", ["files", "unsized", "norange", "throttled/400000", "cut/3000/1", "flaky/503/1"])
async def test_it_arrives_whole_however_it_is_sent(bench: Any, route: str) -> None:
    result = await bench.fetch(f"{HOST}/{route}/clip.mp4")
    (file,) = result.files
    assert file.path.read_bytes() == bench.site.library.read("clip.mp4")
    assert file.kind == "video"


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
async def test_every_refusal_has_its_error(bench: Any, path: str, error: type[Exception]) -> None:
    ending = await bench.fetch(f"{HOST}{path}", max_file_size_bytes=4 * 1_048_576)
    assert type(ending) is error
    assert not list(bench.directory.iterdir())


async def test_a_rate_limit_says_when_to_come_back(bench: Any) -> None:
    ending = await bench.fetch(f"{HOST}/status/429/a.jpg?retry_after=77")
    assert isinstance(ending, RateLimitError)
    assert ending.retry_after_s == 77.0


async def test_a_stall_is_a_timeout_and_keeps_what_came(bench: Any) -> None:
    ending = await bench.fetch(f"{HOST}/stalling/40000/clip.mp4")
    assert isinstance(ending, DownloadTimeoutError)
    (part,) = bench.directory.iterdir()
    assert part.suffix == ".part"
    assert part.stat().st_size >= 32_768


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_private_address_is_blocked(bench: Any, scheme: str) -> None:
    ending = await bench.fetch(f"{scheme}://169.254.169.254/latest/a.jpg")
    assert isinstance(ending, BlockedError)
    assert [attempt.host for attempt in bench.lease.blocked] == ["169.254.169.254"]


async def test_a_redirect_to_a_private_address_is_blocked(bench: Any) -> None:
    ending = await bench.fetch(f"{HOST}/redirect/a.jpg?to=https://10.0.0.1/a.jpg")
    assert isinstance(ending, BlockedError)


async def test_the_proxys_byte_cap_is_too_large(bench: Any) -> None:
    ending = await bench.fetch(f"{HOST}/endless/clip.mp4", max_file_size_bytes=2**40)
    assert isinstance(ending, FileTooLargeError)
    assert bench.lease.capped
