"""Size limits: large, endless and compressed downloads end before they fill the disk."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boss_bot_core.plugin import DownloadOptions, DownloadRequest, FileTooLargeError, Progress
from boss_bot_sandbox.site import RemoteSite
from boss_bot_ytdlp._progress import ProgressReporter

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine

HOST = "https://media.example.com"
MB = 1_048_576


async def test_an_announced_size_above_the_maximum_ends_the_download_at_its_first_bytes(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/files/clip.mp4?size_bytes={30 * MB}", max_file_size_bytes=2 * MB)
    assert outcome.error["type"] == "FileTooLargeError"
    assert "30.0 MB" in outcome.error["message"]
    # The sockets and the proxy have buffered some data already.
    assert outcome.lease.bytes_down < 12 * MB


@pytest.mark.parametrize("path", ["endless/clip.mp4", "gzip-bomb/clip.mp4", f"unsized/clip.mp4?size_bytes={9 * MB}"])
async def test_a_body_without_a_size_is_cut_at_the_maximum(engine: "Engine", path: str) -> None:
    outcome = await engine.fetch(f"{HOST}/{path}", max_file_size_bytes=3 * MB)
    assert outcome.error["type"] == "FileTooLargeError"
    assert sum(file.stat().st_size for file in engine.folder.iterdir()) <= 3.5 * MB


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_the_byte_cap_of_the_proxy_is_reported_as_too_large(
    engine: "Engine", site: RemoteSite, scheme: str
) -> None:
    host = HOST if scheme == "https" else site.http_url
    outcome = await engine.fetch(f"{host}/files/clip.mp4?size_bytes={8 * MB}", byte_cap=MB)
    assert outcome.lease.is_capped
    assert outcome.error["type"] == "FileTooLargeError"
    assert outcome.lease.bytes_down < 1.3 * MB


async def test_a_stream_whose_bit_rate_is_too_high_is_not_started(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(f"{HOST}/hls/clear/master.m3u8", max_file_size_bytes=20_000)
    assert outcome.error["type"] == "FileTooLargeError"
    assert not site.requests.matching("segment")


async def test_a_stream_that_grows_beyond_the_maximum_is_cut(engine: "Engine") -> None:
    # Its manifest says nothing of sizes.
    outcome = await engine.fetch(f"{HOST}/hls/clear/playlist.m3u8", max_file_size_bytes=100_000)
    assert outcome.error["type"] == "FileTooLargeError"


def build_reporter(limit: int = 1000) -> tuple[ProgressReporter, list[Progress]]:
    reports: list[Progress] = []
    request = DownloadRequest(
        url="https://media.example.com/x",
        media_key="x:1",
        directory=Path("/nowhere"),
        options=DownloadOptions(),
        max_file_size_bytes=limit,
        target_file_size_bytes=limit,
        proxy_url="http://127.0.0.1:1",
        report=lambda event: reports.append(event) if isinstance(event, Progress) else None,
    )
    return ProgressReporter(request), reports


def status(part: str, received_bytes: int, **more: object) -> dict[str, object]:
    name = "/folder/media-001.mp4.part"
    return {
        "info_dict": {"format_id": part, "title": "A title"},
        "downloaded_bytes": received_bytes,
        "filename": name,
        **more,
    }


def test_the_total_includes_all_parts_from_the_start() -> None:
    reporter, reports = build_reporter()
    reporter.start_file(({"format_id": "v", "filesize": 600}, {"format_id": "a", "filesize": 200}))
    reporter.on_progress(status("v", 300, total_bytes=600))
    reporter.on_progress(status("v", 600, total_bytes=600))
    reporter.on_progress(status("a", 50, total_bytes=180))
    assert [(event.downloaded_bytes, event.total_bytes) for event in reports] == [(300, 800), (600, 800), (650, 780)]
    assert {event.filename for event in reports} == {"A title"}


def test_with_a_part_of_unknown_size_the_total_is_unknown() -> None:
    reporter, reports = build_reporter()
    reporter.start_file(({"format_id": "v", "filesize": 600}, {"format_id": "a"}))
    reporter.on_progress(status("v", 300, total_bytes=600))
    assert reports[0].total_bytes is None


def test_the_parts_together_must_not_exceed_the_maximum() -> None:
    reporter, _ = build_reporter(limit=1000)
    reporter.start_file(({"format_id": "v"}, {"format_id": "a"}))
    reporter.on_progress(status("v", 900))
    with pytest.raises(FileTooLargeError):
        reporter.on_progress(status("a", 101))


def test_an_estimate_above_the_maximum_does_not_stop_the_download() -> None:
    reporter, reports = build_reporter(limit=1000)
    reporter.start_file(({"format_id": "v"},))
    reporter.on_progress(status("v", 100, total_bytes_estimate=5000.0))
    assert reports[0].total_bytes == 5000


def test_the_last_report_is_repeated_while_ffmpeg_runs() -> None:
    reporter, reports = build_reporter()
    reporter.start_file(({"format_id": "v"},))
    reporter.on_progress(status("v", 100, total_bytes=100))
    reporter.on_processing({"status": "started"})
    reporter.on_processing({"status": "processing"})
    assert reports == [reports[0], reports[0]]
