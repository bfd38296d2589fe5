"""HLS and DASH streams, downloaded by a real engine, with addresses that the test chooses."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import av
import pytest

from boss_bot_sandbox.site import MediaSite

Engine = Callable[..., Awaitable[Any]]
HOST = "https://media.example.com"
PRIVATE = "http://169.254.169.254/key"


@pytest.mark.parametrize("path", ["/hls/clear/master.m3u8", "/hls/encrypted/master.m3u8", "/dash/manifest.mpd"])
async def test_a_stream_is_downloaded_completely(yt_dlp: Engine, path: str) -> None:
    run = await yt_dlp(f"{HOST}{path}")
    assert len(run.files) == 1, run.output
    with av.open(str(run.files[0]), mode="r") as container:
        assert sum(1 for _ in container.decode(video=0)) == 50


async def test_a_page_leads_to_its_video(yt_dlp: Engine, site: MediaSite) -> None:
    run = await yt_dlp(f"{HOST}/page/film.html?src=/files/clip.mp4")
    assert [path.stat().st_size for path in run.files] == [len(site.library.read("clip.mp4"))], run.output


async def test_a_page_can_link_to_a_private_address(yt_dlp: Engine) -> None:
    run = await yt_dlp(f"{HOST}/page/film.html?src={PRIVATE}")
    assert run.status != 0
    assert "403" in run.output


async def test_the_addresses_of_key_and_segments_can_be_chosen(client: aiohttp.ClientSession) -> None:
    url = f"{HOST}/hls/encrypted/playlist.m3u8"
    async with client.get(url, params={"key": PRIVATE, "segments": "https://elsewhere.example.org/"}) as answer:
        lines = (await answer.text()).splitlines()
    assert any(line.startswith("#EXT-X-KEY") and f'URI="{PRIVATE}"' in line for line in lines)
    assert "https://elsewhere.example.org/segment-0.ts" in lines


async def test_the_base_address_of_a_dash_stream_can_be_chosen(client: aiohttp.ClientSession) -> None:
    async with client.get(f"{HOST}/dash/manifest.mpd", params={"base": PRIVATE}) as answer:
        assert f"<BaseURL>{PRIVATE}</BaseURL><Period" in await answer.text()
