"""Too large, endless, packed: what ends a download before it fills the disk, and how little is fetched until then."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boss_bot_core.plugin import DownloadOptions, DownloadRequest, FileTooLargeError, Progress
from boss_bot_sandbox.site import RemoteSite
from boss_bot_ytdlp._meter import Meter

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine

HOST = "https://media.example.com"
MB = 1_048_576


async def test_an_announced_size_above_the_maximum_ends_it_at_the_first_bytes(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/files/clip.mp4?size_bytes={30 * MB}", max_file_size_bytes=2 * MB)
    assert outcome.error["type"] == "FileTooLargeError"
    assert "30.0 MB" in outcome.error["message"]
    # What the sockets and the proxy had already taken in, and no more.
    assert outcome.lease.bytes_down < 12 * MB


@pytest.mark.parametrize("path", ["endless/clip.mp4", "gzip-bomb/clip.mp4", f"unsized/clip.mp4?size_bytes={9 * MB}"])
async def test_a_body_that_does_not_say_its_size_is_cut_at_the_maximum(engine: "Engine", path: str) -> None:
    outcome = await engine.fetch(f"{HOST}/{path}", max_file_size_bytes=3 * MB)
    assert outcome.error["type"] == "FileTooLargeError"
    assert sum(file.stat().st_size for file in engine.folder.iterdir()) <= 3.5 * MB


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_the_proxys_byte_cap_is_told_as_too_large(engine: "Engine", site: RemoteSite, scheme: str) -> None:
    host = HOST if scheme == "https" else site.http_url
    outcome = await engine.fetch(f"{host}/files/clip.mp4?size_bytes={8 * MB}", byte_cap=MB)
    assert outcome.lease.capped
    assert outcome.error["type"] == "FileTooLargeError"
    assert outcome.lease.bytes_down < 1.3 * MB


async def test_a_stream_whose_bit_rate_promises_too_much_is_not_begun(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(f"{HOST}/hls/clear/master.m3u8", max_file_size_bytes=20_000)
    assert outcome.error["type"] == "FileTooLargeError"
    assert not site.requests.matching("segment")


async def test_a_stream_that_grows_beyond_the_maximum_is_cut(engine: "Engine") -> None:
    # Its manifest says nothing of sizes.
    outcome = await engine.fetch(f"{HOST}/hls/clear/playlist.m3u8", max_file_size_bytes=100_000)
    assert outcome.error["type"] == "FileTooLargeError"


def meter(limit: int = 1000) -> tuple[Meter, list[Progress]]:
    told: list[Progress] = []
    request = DownloadRequest(
        url="https://media.example.com/x",
        media_key="x:1",
        directory=Path("/nowhere"),
        options=DownloadOptions(),
        max_file_size_bytes=limit,
        target_file_size_bytes=limit,
        proxy_url="http://127.0.0.1:1",
        report=lambda event: told.append(event) if isinstance(event, Progress) else None,
    )
    return Meter(request), told


def status(part: str, arrived: int, **more: object) -> dict[str, object]:
    name = "/folder/media-001.mp4.part"
    return {"info_dict": {"format_id": part}, "downloaded_bytes": arrived, "filename": name, **more}


def test_the_total_covers_all_parts_from_the_beginning() -> None:
    counter, told = meter()
    counter.expect(({"format_id": "v", "filesize": 600}, {"format_id": "a", "filesize": 200}))
    counter.on_progress(status("v", 300, total_bytes=600))
    counter.on_progress(status("v", 600, total_bytes=600))
    counter.on_progress(status("a", 50, total_bytes=180))
    assert [(event.downloaded_bytes, event.total_bytes) for event in told] == [(300, 800), (600, 800), (650, 780)]
    assert {event.filename for event in told} == {"media-001.mp4.part"}


def test_a_part_of_unknown_size_leaves_the_total_unknown() -> None:
    counter, told = meter()
    counter.expect(({"format_id": "v", "filesize": 600}, {"format_id": "a"}))
    counter.on_progress(status("v", 300, total_bytes=600))
    assert told[0].total_bytes is None


def test_parts_together_may_not_exceed_the_maximum() -> None:
    counter, _ = meter(limit=1000)
    counter.expect(({"format_id": "v"}, {"format_id": "a"}))
    counter.on_progress(status("v", 900))
    with pytest.raises(FileTooLargeError):
        counter.on_progress(status("a", 101))


def test_an_estimate_above_the_maximum_is_no_reason_to_stop() -> None:
    counter, told = meter(limit=1000)
    counter.expect(({"format_id": "v"},))
    counter.on_progress(status("v", 100, total_bytes_estimate=5000.0))
    assert told[0].total_bytes == 5000


def test_ffmpegs_work_is_shown_as_a_sign_of_life() -> None:
    counter, told = meter()
    counter.expect(({"format_id": "v"},))
    counter.on_progress(status("v", 100, total_bytes=100))
    counter.on_processing({"status": "started"})
    counter.on_processing({"status": "processing"})
    assert told == [told[0], told[0]]
