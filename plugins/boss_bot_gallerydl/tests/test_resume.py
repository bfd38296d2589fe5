"""An interrupted download is resumed by the next attempt."""

import asyncio
import hashlib

import pytest

from boss_bot_core.plugin import NetworkError
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.media.payload import PaddedMp4

HOST = "https://media.example.com"
SIZE_BYTES = 600_000


async def test_a_download_resumes_after_a_broken_connection(harness: DownloadHarness, site: MediaSite) -> None:
    url = f"{HOST}/cut/50000/3/clip.mp4"
    with pytest.raises(NetworkError):
        await harness.fetch(url)
    part, validator = sorted(harness.directory.iterdir())
    assert part.stat().st_size > 50_000
    assert validator.name == f"{part.name}.validator"
    (file,) = (await harness.fetch(url)).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    assert all(request.range for request in site.requests.matching("/cut/")[1:])


async def test_a_download_resumes_after_its_process_was_killed(harness: DownloadHarness, site: MediaSite) -> None:
    url = f"{HOST}/throttled/200000/clip.mp4"
    process = harness.start(url)
    # Another process writes the file: there is no event to wait for.
    while not any(path.stat().st_size > 30_000 for path in harness.directory.glob("*.part")):
        await asyncio.sleep(0.02)
    await asyncio.to_thread(process.kill)
    (file,) = (await harness.fetch(url)).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    last = site.requests.matching("/throttled/")[-1]
    assert last.range.startswith("bytes=")
    assert last.status == 206


async def test_a_finished_file_is_not_fetched_again(harness: DownloadHarness, site: MediaSite) -> None:
    first = await harness.fetch(f"{HOST}/files/photo-1.jpg")
    site.requests.clear()
    second = await harness.fetch(f"{HOST}/files/photo-1.jpg")
    assert second.files == first.files
    assert not len(site.requests)


@pytest.mark.parametrize("how", ["checked", "unchecked", "bare", "shorter"])
async def test_a_file_that_was_replaced_meanwhile_is_fetched_from_the_start(
    harness: DownloadHarness, site: MediaSite, how: str
) -> None:
    (file,) = (await harness.fetch(f"{HOST}/replaced/{how}/400000/clip.mp4?size_bytes={SIZE_BYTES}")).files
    size_bytes = SIZE_BYTES // 2 if how == "shorter" else SIZE_BYTES
    expected = PaddedMp4(site.library.read("silent.mp4"), size_bytes)
    assert hashlib.sha256(file.path.read_bytes()).hexdigest() == expected.sha256()
    assert not file.is_resumed
    assert list(harness.directory.iterdir()) == [file.path]


async def test_a_resumed_file_is_marked_as_resumed(harness: DownloadHarness, site: MediaSite) -> None:
    (file,) = (await harness.fetch(f"{HOST}/cut/50000/1/clip.mp4")).files
    assert file.is_resumed
    assert site.requests.matching("/cut/")[-1].status == 206
