"""Links to files, fetched by the real engine over real sockets."""

import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from boss_bot_sandbox.site import RemoteSite

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine, Pages

HOST = "https://media.example.com"
BIG = 3_000_000


def read_site_file(site: RemoteSite, name: str) -> bytes:
    """Return the content of the file on the site."""
    return (site.ca_file.parent / "media" / name).read_bytes()


def parse_range_start(header: str) -> int:
    """Return the first byte of a Range header."""
    return int(header.removeprefix("bytes=").removesuffix("-"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("clip.mp4", "video"),
        ("clip.webm", "video"),
        ("photo-1.jpg", "image"),
        ("photo-1.png", "image"),
        ("photo-1.webp", "image"),
        ("animation.gif", "image"),
        ("tone.mp3", "audio"),
        ("audio.m4a", "audio"),
    ],
)
async def test_a_file_is_fetched_unchanged(engine: "Engine", site: RemoteSite, name: str, kind: str) -> None:
    outcome = await engine.fetch(f"{HOST}/files/{name}")
    (file,) = outcome.result["files"]
    (path,) = outcome.paths
    assert (file["kind"], file["name"]) == (kind, name)
    assert path.parent == engine.folder
    assert sha256(path.read_bytes()).digest() == sha256(read_site_file(site, name)).digest()
    assert len(site.requests.matching(f"/files/{name}")) == 1
    assert outcome.messages_of("Described")[0]["media"]["permalink"] == f"{HOST}/files/{name}"
    assert outcome.messages_of("Progress")[-1]["downloaded_bytes"] == path.stat().st_size


@pytest.mark.parametrize("route", ["unsized", "norange", "attachment", "throttled/400000"])
async def test_a_file_is_complete_for_every_way_of_serving(engine: "Engine", site: RemoteSite, route: str) -> None:
    outcome = await engine.fetch(f"{HOST}/{route}/clip.mp4")
    assert outcome.paths[0].read_bytes() == read_site_file(site, "clip.mp4")


async def test_a_redirect_is_followed(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(f"{HOST}/redirect/a.mp4?to=https://cdn.example.net/files/clip.mp4")
    assert outcome.paths[0].read_bytes() == read_site_file(site, "clip.mp4")


async def test_a_broken_connection_is_resumed_with_a_range_request(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(f"{site.http_url}/cut/1000000/2/clip.mp4?size_bytes={BIG}")
    assert outcome.paths[0].stat().st_size == BIG
    first, second, third = (record.range for record in site.requests.matching("/cut/"))
    assert first == ""
    # Data in yt-dlp's buffer of 256 KiB is lost when the connection breaks, and is fetched again.
    assert 500_000 < parse_range_start(second) <= 1_000_000 < parse_range_start(third) <= 2_000_000


async def test_the_next_attempt_resumes_the_part_file(engine: "Engine", site: RemoteSite) -> None:
    url = f"{site.http_url}/cut/600000/3/clip.mp4?size_bytes={BIG}"
    first = await engine.fetch(url)
    assert first.error["type"] == "NetworkError"
    part = engine.folder / "media-001.mp4.part"
    left = part.stat().st_size
    assert 600_000 < left < BIG
    second = await engine.fetch(url)
    whole = await engine.fetch(f"{HOST}/files/clip.mp4?size_bytes={BIG}", directory=str(engine.folder.parent))
    assert second.paths[0].read_bytes() == whole.paths[0].read_bytes()
    assert site.requests.matching("/cut/")[-1].range == f"bytes={left}-"
    assert not part.exists()


async def test_a_finished_file_is_not_fetched_again(engine: "Engine", site: RemoteSite) -> None:
    await engine.fetch(f"{HOST}/files/clip.mp4")
    outcome = await engine.fetch(f"{HOST}/files/clip.mp4")
    assert outcome.paths[0].read_bytes() == read_site_file(site, "clip.mp4")
    assert len(site.requests.matching("/files/clip.mp4")) == 1


async def test_audio_only_extracts_the_audio_of_a_direct_video(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/files/clip.mp4", options={"audio_only": True})
    (file,) = outcome.result["files"]
    assert file["kind"] == "audio"
    assert outcome.paths[0].suffix == ".m4a"
    assert outcome.paths[0].read_bytes()[4:8] == b"ftyp"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("status/401/a.mp4", "AuthRequiredError"),
        ("status/403/a.mp4", "PermissionDeniedError"),
        ("status/404/a.mp4", "NotFoundError"),
        ("status/410/a.jpg", "NotFoundError"),
        ("status/503/a.mp4", "NetworkError"),
        ("disguised/page.html/a.mp4", "AuthRequiredError"),
    ],
)
async def test_an_error_status_or_a_disguised_page_raises_the_expected_error(
    engine: "Engine", path: str, expected: str
) -> None:
    outcome = await engine.fetch(f"{HOST}/{path}")
    assert outcome.error["type"] == expected


async def test_a_rate_limit_error_has_the_retry_after_time(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/status/429/a.mp4?retry_after=33")
    assert (outcome.error["type"], outcome.error["retry_after_s"]) == ("RateLimitError", 33)


async def test_a_short_server_error_is_retried(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(f"{HOST}/flaky/503/1/clip.mp4")
    assert outcome.paths[0].read_bytes() == read_site_file(site, "clip.mp4")


@pytest.mark.slow
async def test_a_stalled_server_times_out_within_a_minute(engine: "Engine") -> None:
    started = time.monotonic()
    outcome = await engine.fetch(f"{HOST}/stalling/100000/clip.mp4")
    assert outcome.error["type"] == "NetworkError"
    assert time.monotonic() - started < 60


async def test_a_page_with_the_name_of_a_media_file_is_read_as_a_page(engine: "Engine", pages: "Pages") -> None:
    url = pages.add_page("/wiki/a.jpg", f"<video src='{HOST}/files/clip.mp4'></video>")
    outcome = await engine.fetch(url)
    assert outcome.result["files"][0]["kind"] == "video"
    assert outcome.result["media"]["title"] == "A page"
