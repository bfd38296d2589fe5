"""An interrupted download is resumed by the next attempt."""

import asyncio
import signal

import pytest

from boss_bot_core.plugin import NetworkError
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite

HOST = "https://media.example.com"


async def test_a_download_resumes_after_a_broken_connection(harness: DownloadHarness, site: MediaSite) -> None:
    url = f"{HOST}/cut/50000/3/clip.mp4"
    with pytest.raises(NetworkError):
        await harness.fetch(url)
    (part,) = harness.directory.iterdir()
    assert part.stat().st_size > 50_000
    (file,) = (await harness.fetch(url)).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    assert all(request.range for request in site.requests.matching("/cut/")[1:])


async def test_a_download_resumes_after_its_process_was_killed(harness: DownloadHarness, site: MediaSite) -> None:
    url = f"{HOST}/throttled/200000/clip.mp4"
    process = harness.start(url)
    # Another process writes the file: there is no event to wait for.
    while not any(path.stat().st_size > 30_000 for path in harness.directory.glob("*.part")):
        await asyncio.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.communicate)
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
