"""The hooks in the bot's own worker: every layer of its confinement allows what the engine needs."""

from collections.abc import AsyncIterator
from pathlib import Path

import imageio_ffmpeg
import pytest

from boss_bot_core.egress import EgressProxy
from boss_bot_core.plugin import DownloadOptions
from boss_bot_core.plugin.loader import installed_entry_points
from boss_bot_core.routing.links import parse_link
from boss_bot_core.worker import Confinement, DownloadFinished, DownloadJob, Event, Zygote, ZygoteOptions
from boss_bot_sandbox.site import RemoteSite

OTHER_PLUGINS = frozenset(point.name for point in installed_entry_points()) - {"ytdlp"}
HOST = "https://media.example.com"


@pytest.fixture
async def zygote() -> AsyncIterator[Zygote]:
    async with Zygote(ZygoteOptions(disabled=OTHER_PLUGINS)) as running:
        yield running


LINKS = [
    (f"{HOST}/files/photo-1.jpg", ".jpg", False),
    (f"{HOST}/page/empty?src=", None, False),
    (f"{HOST}/hls/encrypted/playlist.m3u8", ".mp4", False),
    (f"{HOST}/dash/manifest.mpd", ".mp4", False),
    (f"{HOST}/page/one?src=/files/clip.mp4", ".mp4", False),
    ("https://v.redd.it/sandboxsound1", ".mp4", False),
    ("https://fxtwitter.com/owl/status/1800000000000000005", ".mp4", False),
    ("https://x.com/owl/status/1800000000000000003", ".m4a", True),
]


async def test_every_kind_of_download_works_in_a_confined_worker(
    zygote: Zygote, proxy: EgressProxy, site: RemoteSite, tmp_path: Path
) -> None:
    for number, (url, extension, audio_only) in enumerate(LINKS):
        (claim,) = await zygote.match(parse_link(url))
        assert claim.match is not None
        lease = proxy.open_lease(url)
        directory = tmp_path / str(number)
        directory.mkdir()
        job = DownloadJob(
            plugin="ytdlp",
            url=claim.match.url,
            media_key=claim.match.media_key,
            directory=directory,
            options=DownloadOptions(audio_only=audio_only),
            max_file_size_bytes=50_000_000,
            target_file_size_bytes=10_000_000,
            proxy_url=lease.proxy_url,
            ca_file=site.ca_file,
            ffmpeg=Path(imageio_ffmpeg.get_ffmpeg_exe()),
        )
        async with await zygote.spawn(job, Confinement()) as worker:
            events: list[Event] = [event async for event in worker.read_events()]
        if extension is None:
            assert "NothingFoundError" in repr(events[-1])
            continue
        assert isinstance(events[-1], DownloadFinished), events[-3:]
        assert [file.path.suffix for file in events[-1].result.files] == [extension]
        assert not lease.blocked
