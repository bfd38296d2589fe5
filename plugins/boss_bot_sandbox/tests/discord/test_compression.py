"""Both kinds of transport compression, decompressed as clients do it."""

from __future__ import annotations

import zlib

from discord.utils import _ActiveDecompressionContext

from boss_bot_sandbox.discord.gateway.compression import COMPRESSORS

FRAMES = ['{"op":10}', '{"op":0,"d":"' + "ä" * 1000 + '"}', '{"op":11}']


def test_every_zlib_frame_can_be_decompressed_when_it_arrives() -> None:
    compressor, unpacker = COMPRESSORS["zlib-stream"](), zlib.decompressobj()
    packed = [compressor.pack(frame) for frame in FRAMES]
    assert all(one.endswith(b"\x00\x00\xff\xff") for one in packed)
    assert [unpacker.decompress(one).decode() for one in packed] == FRAMES


def test_every_zstd_frame_can_be_decompressed_when_it_arrives() -> None:
    # With the package installed, this is what the client itself uses.
    compressor, unpacker = COMPRESSORS["zstd-stream"](), _ActiveDecompressionContext()
    assert unpacker.COMPRESSION_TYPE == "zstd-stream"
    assert [unpacker.decompress(compressor.pack(frame)) for frame in FRAMES] == FRAMES
