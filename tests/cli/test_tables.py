"""Tables follow the terminal's width and `COLUMNS`, are whole in a pipe, and have a JSON form."""

import json
import os
import pty
import struct
import subprocess
from datetime import datetime
from fcntl import ioctl
from termios import TIOCSWINSZ

import attrs
import pytest

from boss_bot_core.app.services import open_services
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import BOSS_BOT, Home

LONG_URL = "https://example.com/[b]" + "long/" * 60 + "clip.mp4"
COMMANDS = [("plugins",), ("queue", "list"), ("settings", "show")]


async def submit(home: Home, *, user_id: int = 0, guild_id: int = 0, channel: str | None = None) -> DownloadItem:
    target = Destination(kind="discord", target=channel) if channel else Destination(kind="folder", target="/srv/pics")
    new = build_new_download(user_id=user_id, guild_id=guild_id)
    new = attrs.evolve(new, url=LONG_URL, destination=target, priority=DownloadPriority.HIGH)
    async with open_services(load(environ=home.environ)) as services:
        return await services.queue.submit(new)


def run_on_terminal(home: Home, *arguments: str, columns: int) -> str:
    """Return what a command prints on a terminal of that width."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environ = home.environ | {"TERM": "xterm"}
    with subprocess.Popen([*BOSS_BOT, *arguments], env=environ, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        text = b""
        try:
            while part := os.read(ours, 65_536):
                text += part
        except OSError:  # Linux: the other end is closed
            pass
        finally:
            os.close(ours)
    return text.decode()


def widths(text: str) -> set[int]:
    return {len(line) for line in text.splitlines() if line.startswith(("┏", "└", "┡"))}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
async def test_a_table_fits_into_the_columns(home: Home, arguments: tuple[str, ...]) -> None:
    await submit(home)
    assert widths(home.run(*arguments, COLUMNS="70").stdout) == {70}
    assert widths(run_on_terminal(home, *arguments, columns=72)) == {72}


@pytest.mark.parametrize("columns", ["", "80"])
async def test_nothing_is_cut(home: Home, columns: str) -> None:
    await submit(home)
    text = home.run("queue", "list", COLUMNS=columns).stdout
    cells = [line.split("│")[5].strip() for line in text.splitlines() if line.startswith("│")]
    assert "".join(cells) == LONG_URL
    assert "…" not in text


async def test_a_pipe_gets_each_link_on_one_line(home: Home) -> None:
    await submit(home)
    assert [line for line in home.run("queue", "list").stdout.splitlines() if LONG_URL in line]


async def test_the_queue_shows_who_where_when_plugin_and_size(home: Home) -> None:
    local, remote = await submit(home), await submit(home, user_id=41, guild_id=42, channel="7")
    text = home.run("queue", "list").stdout
    for word in ("command line", "/srv/pics", "Discord user 41", "channel 7, server 42", "priority high"):
        assert word in text
    assert f"{local.created_at.astimezone():%Y-%m-%d %H:%M}" in text
    listed = json.loads(home.run("queue", "list", "--json").stdout)
    assert [each["id"] for each in listed] == [local.id.hex, remote.id.hex]
    assert [(each["user_id"], each["guild_id"]) for each in listed] == [(None, None), (41, 42)]
    assert listed[1]["destination"] == {"kind": "discord", "target": "7"}
    assert datetime.fromisoformat(listed[0]["created_at"]) == local.created_at
    assert {each["plugin"] for each in listed} == {local.plugin}


def test_a_finished_download_has_the_size_of_its_files(home: Home, site: RemoteSite) -> None:
    (file,) = home.get(f"{site.http_url}/files/clip.mp4").single_outcome["files"]
    (listed,) = json.loads(home.run("queue", "list", "--history", "1", "--json").stdout)
    assert (listed["status"], listed["size_bytes"]) == ("completed", file["size_bytes"])
    assert format_size(file["size_bytes"]) in home.run("queue", "list", "--history", "1").stdout


def test_the_plugins_are_printed_as_json(home: Home) -> None:
    listed = json.loads(home.run("plugins", "--json", BOSS_BOT_DISABLED_PLUGINS="reddit").stdout)
    assert listed == json.loads(home.run("plugins", "list", "--json", BOSS_BOT_DISABLED_PLUGINS="reddit").stdout)
    states = {each["plugin"]: each["state"] for each in listed}
    assert (states["twitter"], states["reddit"]) == ("in use", "off: switched off in the settings")
    assert next(each["command"] for each in listed if each["plugin"] == "twitter") == "$dlt"
    why = json.loads(home.run("plugins", "why", "--json", "https://x.com/a/status/123").stdout)
    assert why["url"] == "https://x.com/a/status/123"
    assert (why["plugins"][0]["plugin"], why["plugins"][0]["rank"]) == ("twitter", 1)
    assert why["plugins"][0]["media_key"] == "twitter:123"


def test_a_misplaced_json_option_is_refused(home: Home) -> None:
    done = home.run("plugins", "--json", "why", "https://x.com/a/status/123")
    assert done.returncode == 2
    assert "boss-bot plugins why --json" in " ".join(done.stderr.replace("│", " ").split())


def test_an_empty_queue_is_an_empty_list(home: Home) -> None:
    assert json.loads(home.run("queue", "list", "--json").stdout) == []
