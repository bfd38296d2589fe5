"""Generators of stream packages: HLS (plain and AES-128) and DASH, each a folder with a playlist and segments."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from boss_bot_sandbox.site.media.ffmpeg import run_ffmpeg

Source = Callable[[str], Path]
"""Returns the path of a library file by name."""

PLAYLIST: Final = "playlist.m3u8"
MANIFEST: Final = "manifest.mpd"
KEY: Final = bytes(range(16))
KEY_PLACEHOLDER: Final = "KEY-ADDRESS"
"""Placeholder in the stored playlist for the address of the key."""

_HLS: Final = ("-c", "copy", "-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod")


def _hls(folder: Path, source: Path, *options: str) -> None:
    run_ffmpeg("-i", source, *_HLS, *options, "-hls_segment_filename", "segment-%d.ts", PLAYLIST, cwd=folder)


def _hls_clear(folder: Path, source: Source) -> None:
    _hls(folder, source("clip.mp4"))


def _hls_video(folder: Path, source: Source) -> None:
    _hls(folder, source("silent.mp4"))


def _hls_audio(folder: Path, source: Source) -> None:
    _hls(folder, source("audio.m4a"))


def _hls_encrypted(folder: Path, source: Source) -> None:
    key, info = folder / "key.bin", folder / "key.info"
    key.write_bytes(KEY)
    info.write_text(f"{KEY_PLACEHOLDER}\n{key}\n", encoding="utf-8")
    _hls(folder, source("clip.mp4"), "-hls_key_info_file", info.name)
    info.unlink()


def _dash(folder: Path, source: Source) -> None:
    run_ffmpeg("-i", source("clip.mp4"), "-c", "copy", "-f", "dash", "-seg_duration", "1", MANIFEST, cwd=folder)


PACKAGES: Final[Mapping[str, Callable[[Path, Source], None]]] = MappingProxyType(
    {
        "hls-clear": _hls_clear,
        "hls-video": _hls_video,
        "hls-audio": _hls_audio,
        "hls-encrypted": _hls_encrypted,
        "dash": _dash,
    }
)
"""Package name -> generator of its folder."""
