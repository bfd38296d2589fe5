"""A file or a stream that changed while it was fetched is never put together from two versions."""

import hashlib
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from boss_bot_sandbox.site import MediaLibrary, RemoteSite
from boss_bot_sandbox.site.media.payload import PaddedMp4

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine, Pages

HOST = "https://media.example.com"
PLAYLIST = "application/vnd.apple.mpegurl"
SIZE_BYTES = 1_600_000


def replacement_sha256(site: RemoteSite, size_bytes: int) -> str:
    """Return the hash of the file that the site has behind the link after the first request."""
    return PaddedMp4(MediaLibrary(site.ca_file.parent / "media").read("silent.mp4"), size_bytes).sha256()


@pytest.mark.parametrize("how", ["checked", "unchecked", "bare", "shorter"])
async def test_a_file_that_was_replaced_meanwhile_is_fetched_from_the_start(
    engine: "Engine", site: RemoteSite, how: str
) -> None:
    outcome = await engine.fetch(f"{HOST}/replaced/{how}/1000000/clip.mp4?size_bytes={SIZE_BYTES}")
    size_bytes = SIZE_BYTES // 2 if how == "shorter" else SIZE_BYTES
    (path,) = outcome.paths
    assert hashlib.sha256(path.read_bytes()).hexdigest() == replacement_sha256(site, size_bytes)
    assert list(engine.folder.iterdir()) == [path]
    assert not outcome.result["files"][0]["is_resumed"]


async def test_a_part_without_a_validator_is_fetched_from_the_start(engine: "Engine", site: RemoteSite) -> None:
    (engine.folder / "media-001.mp4.part").write_bytes(b"another file")
    outcome = await engine.fetch(f"{HOST}/files/clip.mp4")
    assert outcome.paths[0].read_bytes() == (site.ca_file.parent / "media" / "clip.mp4").read_bytes()


async def test_a_resumed_file_is_marked_as_resumed(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(f"{HOST}/cut/1000000/1/clip.mp4?size_bytes={SIZE_BYTES}")
    assert outcome.result["files"][0]["is_resumed"]
    assert site.requests.matching("/cut/")[-1].status == 206
    assert list(engine.folder.iterdir()) == outcome.paths


@pytest.mark.parametrize(("later_names", "first_segment_requests"), [((0, 1), 1), ((2, 1), 2)])
async def test_a_stream_is_continued_only_with_the_same_segments(
    engine: "Engine", pages: "Pages", later_names: tuple[int, int], first_segment_requests: int
) -> None:
    asked: list[str] = []
    names = [0, 1]

    def playlist(_: web.Request) -> web.Response:
        body = "".join(f"#EXTINF:1,\n{pages.url}/{name}.ts?signature={len(asked)}\n" for name in names)
        return web.Response(text=f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n{body}#EXT-X-ENDLIST\n", content_type=PLAYLIST)

    def segment(request: web.Request) -> web.Response:
        asked.append(request.path)
        # The second segment fails until the first attempt has used all retries.
        if request.path == "/1.ts" and asked.count("/1.ts") <= 3:
            return web.Response(status=503)
        number = 1 if request.path == "/1.ts" else 0
        return web.Response(status=302, headers={"Location": f"{HOST}/hls/clear/segment-{number}.ts"})

    pages.answers.update({"/list.m3u8": playlist, "/0.ts": segment, "/1.ts": segment, "/2.ts": segment})
    first = await engine.fetch(f"{pages.url}/list.m3u8")
    assert first.error["type"] == "NetworkError"
    names[:] = later_names
    second = await engine.fetch(f"{pages.url}/list.m3u8")
    assert list(engine.folder.iterdir()) == second.paths
    assert asked.count("/0.ts") + asked.count("/2.ts") == first_segment_requests


async def test_a_file_that_ffmpeg_cannot_read_is_fetched_again_by_the_next_attempt(engine: "Engine") -> None:
    url = f"{HOST}/hls/clear/master.m3u8"
    (path,) = (await engine.fetch(url)).paths
    whole = path.stat().st_size
    path.write_bytes(bytes(whole))
    assert (await engine.fetch(url)).error["type"] == "EngineBrokenError"
    assert list(engine.folder.iterdir()) == []
    (again,) = (await engine.fetch(url)).paths
    assert (again, again.stat().st_size) == (path, whole)
