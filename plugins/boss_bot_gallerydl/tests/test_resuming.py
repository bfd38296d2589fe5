"""What an attempt leaves, and what the next one makes of it."""

import asyncio
import signal

import pytest

from boss_bot_core.plugin import NetworkError
from boss_bot_gallerydl.testing import DownloadBench
from boss_bot_sandbox.site import MediaSite

HOST = "https://media.example.com"


async def test_a_download_cut_in_every_attempt_continues_where_it_was(bench: DownloadBench, site: MediaSite) -> None:
    url = f"{HOST}/cut/50000/3/clip.mp4"
    with pytest.raises(NetworkError):
        await bench.fetch(url)
    (part,) = bench.directory.iterdir()
    assert part.stat().st_size > 50_000
    (file,) = (await bench.fetch(url)).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    assert all(request.range for request in site.requests.matching("/cut/")[1:])


async def test_a_killed_download_continues_where_it_was(bench: DownloadBench, site: MediaSite) -> None:
    url = f"{HOST}/throttled/200000/clip.mp4"
    process = bench.start(url)
    # Another process writes the file: there is no event to wait for.
    while not any(path.stat().st_size > 30_000 for path in bench.directory.glob("*.part")):
        await asyncio.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.communicate)
    (file,) = (await bench.fetch(url)).files
    assert file.path.read_bytes() == site.library.read("clip.mp4")
    last = site.requests.matching("/throttled/")[-1]
    assert last.range.startswith("bytes=")
    assert last.status == 206


async def test_a_finished_file_is_not_fetched_again(bench: DownloadBench, site: MediaSite) -> None:
    first = await bench.fetch(f"{HOST}/files/photo-1.jpg")
    site.requests.clear()
    second = await bench.fetch(f"{HOST}/files/photo-1.jpg")
    assert second.files == first.files
    assert not len(site.requests)
