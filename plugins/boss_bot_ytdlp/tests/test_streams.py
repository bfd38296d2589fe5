"""HLS and DASH by the real engine: segments, keys, separate audio, and live streams."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import av
import pytest
from aiohttp import web

from boss_bot_sandbox.site import RemoteSite

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine, Pages

HLS = "https://media.example.com/hls"
PLAYLIST = "application/vnd.apple.mpegurl"


def streams(path: Path) -> list[str]:
    """Return the types of a file's streams, after decoding a frame of each."""
    with av.open(str(path)) as media:
        kinds = []
        for stream in media.streams:
            media.seek(0)
            assert next(media.decode(stream))
            kinds.append(stream.type)
        return sorted(kinds)


@pytest.mark.parametrize("which", ["clear/master", "clear/playlist", "encrypted/playlist"])
async def test_hls_becomes_one_mp4_with_video_and_audio(engine: "Engine", which: str) -> None:
    outcome = await engine.fetch(f"{HLS}/{which}.m3u8")
    (path,) = outcome.paths
    assert path.suffix == ".mp4"
    assert path.read_bytes()[4:8] == b"ftyp"
    assert streams(path) == ["audio", "video"]
    assert outcome.result["files"][0]["kind"] == "video"


async def test_dash_becomes_one_file_with_video_and_audio(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch("https://media.example.com/dash/manifest.mpd")
    (path,) = outcome.paths
    assert streams(path) == ["audio", "video"]
    assert [file.name for file in engine.folder.iterdir()] == [path.name]
    # Progress counts both parts together and never decreases.
    arrived = [event["downloaded_bytes"] for event in outcome.messages_of("Progress")]
    assert arrived == sorted(arrived)
    assert {(event["file_index"], event["file_count"]) for event in outcome.messages_of("Progress")} == {(1, 1)}


async def test_audio_only_fetches_the_audio_of_a_dash_stream(engine: "Engine") -> None:
    outcome = await engine.fetch("https://media.example.com/dash/manifest.mpd", options={"audio_only": True})
    assert streams(outcome.paths[0]) == ["audio"]
    assert outcome.result["files"][0]["kind"] == "audio"


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("https://media.example.com/dash/manifest.mpd", {}),
        ("https://media.example.com/files/clip.mp4", {"audio_only": True}),
    ],
)
async def test_without_ffmpeg_separate_parts_end_with_one_sentence(
    engine: "Engine", url: str, options: dict[str, object]
) -> None:
    outcome = await engine.fetch(url, options=options, ffmpeg=None)
    assert outcome.error["type"] == "FfmpegMissingError"
    assert "this bot has no ffmpeg" in outcome.error["message"]


async def test_without_ffmpeg_the_audio_of_a_dash_stream_is_fetched(engine: "Engine") -> None:
    url = "https://media.example.com/dash/manifest.mpd"
    outcome = await engine.fetch(url, options={"audio_only": True}, ffmpeg=None)
    assert streams(outcome.paths[0]) == ["audio"]


async def test_without_ffmpeg_hls_stays_as_it_comes(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HLS}/clear/master.m3u8", ffmpeg=None)
    assert streams(outcome.paths[0]) == ["audio", "video"]
    with av.open(str(outcome.paths[0])) as media:
        assert media.format.name == "mpegts"


@pytest.mark.parametrize(
    "query", ["?key=http://127.0.0.3/key.bin", "?key=https://10.0.0.1/key.bin", "?segments=https://192.168.0.1/"]
)
async def test_a_key_or_segment_in_a_private_network_is_blocked_without_retries(engine: "Engine", query: str) -> None:
    outcome = await engine.fetch(f"{HLS}/encrypted/playlist.m3u8{query}")
    assert outcome.error["type"] == "BlockedError"
    assert len(outcome.lease.blocked) == 1


async def test_a_dash_manifest_with_a_private_address_is_blocked(engine: "Engine") -> None:
    outcome = await engine.fetch("https://media.example.com/dash/manifest.mpd?base=http://169.254.169.254/")
    assert outcome.error["type"] == "BlockedError"


async def test_a_live_stream_is_refused_with_a_reason(engine: "Engine", pages: "Pages") -> None:
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{HLS}/clear/segment-0.ts\n"
    pages.answers["/live.m3u8"] = lambda _: web.Response(text=text, content_type=PLAYLIST)
    outcome = await engine.fetch(f"{pages.url}/live.m3u8")
    assert outcome.error["type"] == "UnsupportedUrlError"
    assert "live stream" in outcome.error["message"]


async def test_a_stream_resumes_at_the_failed_segment(engine: "Engine", pages: "Pages", site: RemoteSite) -> None:
    asked: Counter[str] = Counter()

    def playlist(_: web.Request) -> web.Response:
        names = [f"{pages.url}/{number}.ts" for number in range(2)]
        body = "".join(f"#EXTINF:1,\n{name}\n" for name in names)
        return web.Response(text=f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n{body}#EXT-X-ENDLIST\n", content_type=PLAYLIST)

    def segment(request: web.Request) -> web.Response:
        asked[request.path] += 1
        # The second segment fails until the first attempt has used all retries.
        if request.path == "/1.ts" and asked[request.path] <= 3:
            return web.Response(status=503)
        place = f"{HLS}/clear{request.path.replace('/', '/segment-')}"
        return web.Response(status=302, headers={"Location": place})

    pages.answers.update({"/list.m3u8": playlist, "/0.ts": segment, "/1.ts": segment})
    first = await engine.fetch(f"{pages.url}/list.m3u8")
    assert first.error["type"] == "NetworkError"
    second = await engine.fetch(f"{pages.url}/list.m3u8")
    assert streams(second.paths[0]) == ["audio", "video"]
    assert asked == {"/0.ts": 1, "/1.ts": 4}


async def test_the_next_attempt_repackages_a_stream_whose_worker_died_before(
    engine: "Engine", site: RemoteSite
) -> None:
    url = f"{HLS}/clear/master.m3u8"
    (path,) = (await engine.fetch(url)).paths
    with_ts = b"".join((site.ca_file.parent / "media" / "hls-clear" / f"segment-{n}.ts").read_bytes() for n in (0, 1))
    path.write_bytes(with_ts)
    assert (await engine.fetch(url)).paths == [path]
    assert path.read_bytes()[4:8] == b"ftyp"
    assert streams(path) == ["audio", "video"]


async def test_a_segment_that_is_a_playlist_does_not_reach_ffmpeg(engine: "Engine", pages: "Pages") -> None:
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{pages.url}/0.ts\n#EXT-X-ENDLIST\n"
    inner = "#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
    pages.answers["/list.m3u8"] = lambda _: web.Response(text=playlist, content_type=PLAYLIST)
    pages.answers["/0.ts"] = lambda _: web.Response(text=inner, content_type="video/mp2t")
    outcome = await engine.fetch(f"{pages.url}/list.m3u8")
    assert outcome.error["type"] == "FileRejectedError"


async def test_a_playlist_with_the_name_of_a_video_is_rejected(engine: "Engine", pages: "Pages") -> None:
    pages.answers["/a.mp4"] = lambda _: web.Response(text="#EXTM3U\n#EXTINF:1,\nx.ts\n", content_type="video/mp4")
    outcome = await engine.fetch(f"{pages.url}/a.mp4")
    assert outcome.error["type"] == "FileRejectedError"
