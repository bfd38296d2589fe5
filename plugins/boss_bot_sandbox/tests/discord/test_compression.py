"""Both kinds of transport compression, decompressed as clients do it."""

from __future__ import annotations

import zlib

import pytest

from boss_bot_sandbox.discord.gateway.compression import COMPRESSORS

FRAMES = ['{"op":10}', '{"op":0,"d":"' + "ä" * 1000 + '"}', '{"op":11}']


def test_every_zlib_frame_can_be_decompressed_when_it_arrives() -> None:
    compressor, unpacker = COMPRESSORS["zlib-stream"](), zlib.decompressobj()
    packed = [compressor.pack(frame) for frame in FRAMES]
    assert all(one.endswith(b"\x00\x00\xff\xff") for one in packed)
    assert [unpacker.decompress(one).decode() for one in packed] == FRAMES


def test_every_zstd_frame_can_be_decompressed_when_it_arrives() -> None:
    zstandard = pytest.importorskip("zstandard", reason="discord.py asks for zstd only when this is installed")
    compressor, unpacker = COMPRESSORS["zstd-stream"](), zstandard.ZstdDecompressor().decompressobj()
    assert [unpacker.decompress(compressor.pack(frame)).decode() for frame in FRAMES] == FRAMES
