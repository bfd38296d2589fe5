"""Media properties of uploaded files, and the removal of files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import av
import pytest

from boss_bot_sandbox.discord.events import RequestServed
from boss_bot_sandbox.discord.state.media_probe import probe_media

if TYPE_CHECKING:
    from pathlib import Path

    from boss_bot_sandbox.discord import LocalDiscord


def _clip(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(10):
            for packet in stream.encode(av.VideoFrame(64, 48, "yuv420p")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def test_a_video_has_a_size_and_a_duration(tmp_path: Path) -> None:
    facts = probe_media("clip.mp4", _clip(tmp_path / "x.mp4"))
    assert (facts.content_type, facts.width, facts.height, facts.duration_s) == ("video/mp4", 64, 48, 1.0)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("x.WEBP", "image/webp"),
        ("x.mp4", "video/mp4"),
        ("x.m4a", "audio/mp4"),
        ("x.txt", "text/plain"),
        ("x", "application/octet-stream"),
    ],
)
def test_a_damaged_file_has_only_a_type(tmp_path: Path, name: str, content_type: str) -> None:
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"\x00\x01 not media")
    facts = probe_media(name, damaged)
    assert (facts.content_type, facts.width, facts.duration_s) == (content_type, None, None)


async def test_an_incomplete_upload_leaves_no_file(local_discord: LocalDiscord) -> None:
    channel = local_discord.channel("general")
    host, port = local_discord.cdn_url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /api/v10/channels/{channel.id}/messages HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: Bot {local_discord.token}\r\nContent-Length: 1000000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="files[0]"; filename="x.bin"\r\n\r\n'.encode()
        + bytes(300_000)
    )
    await writer.drain()
    writer.close()
    served = await local_discord.wait_for(RequestServed, start=0)
    assert (served.path, served.status) == (f"/channels/{channel.id}/messages", None)
    assert list(local_discord.state.directory.iterdir()) == []
    assert channel.messages == []


async def test_deleting_a_message_deletes_its_files(local_discord: LocalDiscord) -> None:
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    sent = await ada.say(channel, files=[("a.txt", b"x")])
    assert len(list(local_discord.state.directory.iterdir())) == 1
    await ada.delete(sent)
    assert list(local_discord.state.directory.iterdir()) == []
