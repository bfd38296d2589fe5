"""What the command line tells the zygote before it imports the command."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_bot_core.cli.first_load import load_plugins_first
from boss_bot_core.routing import parse_link
from boss_bot_core.worker.messages import CONTROL_PACKET_LIMIT_BYTES, LoadPlugins, ToZygote, decode
from boss_bot_core.zygote_launch import LaunchedZygote

LaunchedAndPeer = tuple[LaunchedZygote, socket.socket]

LINK = "https://owl.example/photo.jpg"


@pytest.fixture
def launched_and_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LaunchedAndPeer]:
    monkeypatch.setenv("BOSS_BOT_CONFIG_FILE", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text('disabled_plugins = ["owl"]\nworker_environment = ["OWL", "CAT"]\n')
    monkeypatch.setenv("OWL", "1")
    own_end, peer = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    peer.settimeout(0)
    with own_end, peer, subprocess.Popen([sys.executable, "-c", ""]) as process:
        yield LaunchedZygote(process, own_end), peer


@pytest.mark.parametrize(
    ("arguments", "link"),
    [
        (["get", "--json", "--out", "folder", LINK, "https://cat.example/"], LINK),
        (["get", "owl.example/photo.jpg"], None),
        (["get"], None),
        (["run"], None),
    ],
)
def test_the_zygote_is_told_the_settings_and_the_first_link(
    launched_and_peer: LaunchedAndPeer, arguments: list[str], link: str | None
) -> None:
    launched, peer = launched_and_peer
    assert load_plugins_first(launched, arguments).is_loading
    assert decode(peer.recv(CONTROL_PACKET_LIMIT_BYTES), ToZygote) == LoadPlugins(
        disabled=("owl",),
        environment={"OWL": "1"},
        is_eager=arguments == ["run"],
        link=None if link is None else parse_link(link),
    )


@pytest.mark.parametrize("arguments", [["get", "https://:bad/"], ["get", LINK]])
def test_what_the_command_has_to_tell_is_left_to_it(
    launched_and_peer: LaunchedAndPeer, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    launched, peer = launched_and_peer
    if arguments[1] == LINK:
        monkeypatch.setenv("BOSS_BOT_MAX_FILE_SIZE_MB", "large")
    assert not load_plugins_first(launched, arguments).is_loading
    with pytest.raises(BlockingIOError):
        peer.recv(1)
