"""Reddit's video host ``v.redd.it``: the video track, the separate sound, and the DASH and HLS documents."""

from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import send_file
from boss_bot_sandbox.site.files.stream_routes import send_playlist, send_segment, send_text
from boss_bot_sandbox.site.reddit.model import HostedVideo
from boss_bot_sandbox.site.reddit.posts import VIDEOS

routes = web.RouteTableDef()

_VIDEO: Final = r"/{id:\w+}"
_SIZES: Final = {"360": "640x360", "180": "320x180"}
_TRACKS: Final = (("CMAF_180.mp4", 320, 180, 120_000), ("CMAF_360.mp4", 640, 360, 300_000))
_AUDIO: Final = '<AdaptationSet id="1" contentType="audio"><Representation id="9" bandwidth="64000" \
codecs="mp4a.40.2" mimeType="audio/mp4" audioSamplingRate="44100"><BaseURL>CMAF_AUDIO_128.mp4</BaseURL>\
</Representation></AdaptationSet>'


def dash_manifest(video: HostedVideo) -> str:
    """Return DASHPlaylist.mpd; every representation is one whole file."""
    tracks = "".join(
        f'<Representation id="{number}" bandwidth="{rate}" codecs="avc1.42c01e" mimeType="video/mp4" '
        f'width="{width}" height="{height}" frameRate="25"><BaseURL>{name}</BaseURL></Representation>'
        for number, (name, width, height, rate) in enumerate(_TRACKS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT2S" minBufferTime="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
        f'<Period duration="PT2S"><AdaptationSet id="0" contentType="video">{tracks}</AdaptationSet>'
        f"{_AUDIO if video.sound else ''}</Period></MPD>"
    )


def hls_master(video: HostedVideo) -> str:
    """Return HLSPlaylist.m3u8."""
    codecs, group, sound = "avc1.42c00d", "", ""
    if video.sound:
        codecs, group = f"{codecs},mp4a.40.2", ',AUDIO="0"'
        sound = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="0",NAME="audio",DEFAULT=YES,URI="HLS_AUDIO/playlist.m3u8"\n'
    return (
        f"#EXTM3U\n#EXT-X-VERSION:4\n{sound}"
        f'#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180,CODECS="{codecs}"{group}\nHLS_VIDEO/playlist.m3u8\n'
    )


def _find_video(request: web.Request) -> HostedVideo:
    video = VIDEOS.get(request.match_info["id"])
    if video is None:
        raise web.HTTPNotFound
    return video


def _require_sound(video: HostedVideo) -> None:
    # The store behind v.redd.it answers 403, not 404, for a file that does not exist.
    if not video.sound:
        raise web.HTTPForbidden(text="<Error><Code>AccessDenied</Code></Error>", content_type="application/xml")


@routes.get(_VIDEO + "/DASHPlaylist.mpd")
async def send_manifest(request: web.Request) -> web.StreamResponse:
    """Send the DASH manifest, unless the video has none."""
    video = _find_video(request)
    if not video.dash:
        raise web.HTTPForbidden
    return await send_text(request, dash_manifest(video), "DASHPlaylist.mpd")


@routes.get(_VIDEO + "/HLSPlaylist.m3u8")
async def send_master_playlist(request: web.Request) -> web.StreamResponse:
    """Send the HLS master playlist."""
    return await send_text(request, hls_master(_find_video(request)), "HLSPlaylist.m3u8")


@routes.get(_VIDEO + r"/{kind:DASH|CMAF}_AUDIO_{rate:64|128}.mp4")
async def send_audio(request: web.Request) -> web.StreamResponse:
    """Send the separate audio file."""
    _require_sound(_find_video(request))
    return await send_file(request, "audio.m4a")


@routes.get(_VIDEO + r"/{kind:DASH|CMAF}_{height:360|180}.mp4")
async def send_track(request: web.Request) -> web.StreamResponse:
    """Send the video without its sound."""
    _find_video(request)
    return await send_file(request, f"silent-{_SIZES[request.match_info['height']]}.mp4")


@routes.get(_VIDEO + r"/{track:HLS_VIDEO|HLS_AUDIO}/{name:playlist\.m3u8|segment-\d+\.ts}")
async def send_hls_file(request: web.Request) -> web.StreamResponse:
    """Send the playlist or a segment of one HLS track."""
    video = _find_video(request)
    package = "hls-video"
    if request.match_info["track"] == "HLS_AUDIO":
        _require_sound(video)
        package = "hls-audio"
    name = request.match_info["name"]
    if name.endswith(".m3u8"):
        return await send_playlist(request, package, "playlist")
    return await send_segment(request, package, name)


@routes.get(_VIDEO + "{slash:/?}")
async def redirect_to_post(request: web.Request) -> web.Response:
    """Redirect the bare link of a video to Reddit, which knows its post."""
    return web.Response(status=302, headers={"Location": f"https://www.reddit.com/video/{_find_video(request).id}"})
