"""Routes of HLS and DASH streams: playlists whose segment and key addresses a test can choose, and the segments."""

import asyncio
import html
import re
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import LIBRARY, send_file
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload
from boss_bot_sandbox.site.media.payload import MemoryPayload, content_type
from boss_bot_sandbox.site.media.stream_packages import KEY_PLACEHOLDER, MANIFEST, PLAYLIST

routes = web.RouteTableDef()

MASTER: Final = (
    "#EXTM3U\n#EXT-X-VERSION:3\n"
    '#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,CODECS="avc1.42c00d,mp4a.40.2"\nplaylist.m3u8\n'
)


async def _read_stream_file(request: web.Request, name: str) -> str:
    try:
        data = await asyncio.to_thread(request.config_dict[LIBRARY].read, name)
    except LookupError:
        raise web.HTTPNotFound(text=f"no stream file {name!r}") from None
    return data.decode()


async def send_text(request: web.Request, text: str, name: str) -> web.StreamResponse:
    """Send a playlist or manifest."""
    return await send_payload(request, MemoryPayload(text.encode()), ResponseOptions(content_type=content_type(name)))


async def send_playlist(request: web.Request, package: str, which: str) -> web.StreamResponse:
    """Send a package's ``master`` or ``playlist``.

    ``?key=`` replaces the address of the key; ``?segments=`` is put before the name of every segment.
    """
    if which == "master":
        return await send_text(request, MASTER, PLAYLIST)
    text = await _read_stream_file(request, f"{package}/{PLAYLIST}")
    text = text.replace(KEY_PLACEHOLDER, request.query.get("key", "key.bin"))
    prefix = request.query.get("segments", "")
    return await send_text(request, re.sub(r"^(?=segment-)", lambda _: prefix, text, flags=re.MULTILINE), PLAYLIST)


async def send_segment(request: web.Request, package: str, name: str) -> web.StreamResponse:
    """Send one segment of a package, or its key."""
    return await send_file(request, f"{package}/{name}")


@routes.get(r"/hls/{package:clear|encrypted|video|audio}/{which:master|playlist}.m3u8")
async def send_hls_playlist(request: web.Request) -> web.StreamResponse:
    """Send an HLS master playlist or playlist."""
    return await send_playlist(request, f"hls-{request.match_info['package']}", request.match_info["which"])


@routes.get("/gap.m3u8")
async def send_playlist_with_gap(request: web.Request) -> web.StreamResponse:
    """Send a playlist whose second segment is missing."""
    text = await _read_stream_file(request, f"hls-clear/{PLAYLIST}")
    text = text.replace("segment-1.ts", "/status/404/segment-1.ts")
    return await send_text(request, text.replace("segment-0.ts", "/hls/clear/segment-0.ts"), PLAYLIST)


@routes.get(r"/hls/{package:clear|encrypted|video|audio}/{name:segment-\d+\.ts|key\.bin}")
async def send_hls_piece(request: web.Request) -> web.StreamResponse:
    """Send an HLS segment or key."""
    return await send_segment(request, f"hls-{request.match_info['package']}", request.match_info["name"])


@routes.get(f"/dash/{MANIFEST}")
async def send_dash_manifest(request: web.Request) -> web.StreamResponse:
    """Send a DASH manifest; ``?base=`` becomes the base address of its segments."""
    text = await _read_stream_file(request, f"dash/{MANIFEST}")
    if base := request.query.get("base"):
        text = text.replace("<Period", f"<BaseURL>{html.escape(base)}</BaseURL><Period", 1)
    return await send_text(request, text, MANIFEST)


@routes.get(r"/dash/{name:[\w-]+\.m4s}")
async def send_dash_segment(request: web.Request) -> web.StreamResponse:
    """Send a DASH segment."""
    return await send_segment(request, "dash", request.match_info["name"])
