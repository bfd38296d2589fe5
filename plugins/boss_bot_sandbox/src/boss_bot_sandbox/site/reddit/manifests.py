"""The DASH and HLS documents of v.redd.it: one video track, and the sound apart from it."""

from typing import Final

from boss_bot_sandbox.site.reddit.model import HostedVideo

_TRACKS: Final = (("CMAF_180.mp4", 320, 180, 120_000), ("CMAF_360.mp4", 640, 360, 300_000))
_AUDIO: Final = '<AdaptationSet id="1" contentType="audio"><Representation id="9" bandwidth="64000" \
codecs="mp4a.40.2" mimeType="audio/mp4" audioSamplingRate="44100"><BaseURL>CMAF_AUDIO_128.mp4</BaseURL>\
</Representation></AdaptationSet>'


def dash_manifest(video: HostedVideo) -> str:
    """Return DASHPlaylist.mpd: every representation is one whole file."""
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
