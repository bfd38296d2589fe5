"""The accepted and refused values of each type of setting."""

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import load
from boss_bot_core.settings.parsers import parse_size_setting

MB = 1_048_576


@pytest.mark.parametrize(
    ("written", "size"),
    [("50MB", 50 * MB), ("1GB", 1024 * MB), ("1.5gb", 1536 * MB), ("10 KB", 10_240), ("7", 7), (7, 7), ("2m", 2 * MB)],
)
def test_a_written_size_is_parsed_to_bytes(written: object, size: int) -> None:
    assert parse_size_setting(written) == size


@given(st.text() | st.integers(max_value=0) | st.floats() | st.booleans() | st.none() | st.lists(st.integers()))
def test_a_value_that_is_not_a_size_raises_a_value_error(written: object) -> None:
    try:
        size = parse_size_setting(written)
    except ValueError:
        return
    assert isinstance(written, str)
    assert size >= 1


@pytest.mark.parametrize(("written", "megabytes"), [("50", 50), (8, 8), ("8MB", 8), ("1GB", 1024)])
def test_megabytes_are_parsed(written: object, megabytes: int) -> None:
    assert load({"max_file_size_mb": written}, environ={}).download.max_file_size_bytes == megabytes * MB


@pytest.mark.parametrize("written", ["0", "-3", 0, "many", "50MiB", "1500KB"])
def test_the_error_for_megabytes_does_not_mention_bytes(written: object) -> None:
    with pytest.raises(SettingsError, match="expected whole megabytes such as 50, 50MB or 1GB, got"):
        load({"max_file_size_mb": written}, environ={})


def test_networks_and_host_overrides_are_parsed() -> None:
    network = load(
        {"host_overrides": {"X.com": "127.0.0.1:8443", ".x.com": "[::1]:443"}},
        environ={"BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8, ::1/128"},
    ).network
    assert network.allowed_private_networks == (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
    assert network.host_overrides == {"x.com": "127.0.0.1:8443", ".x.com": "[::1]:443"}


def test_a_table_in_the_environment_replaces_that_of_the_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    file = tmp_path / "config.toml"
    file.write_text('[cookies]\ntwitter = "a.txt"\n', encoding="utf-8")
    environ = {"BOSS_BOT_COOKIES": f"reddit={tmp_path}/b.txt"}
    assert load(environ=environ, config_file=file).download.cookies == {"reddit": tmp_path / "b.txt"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("max_queue_size", True),
        ("max_queue_size", 1.5),
        ("max_queue_size", "-3"),
        ("stall_s", "nan"),
        ("stall_s", "inf"),
        ("stall_s", False),
        ("stall_s", "1e12"),
        ("max_file_size_mb", "1.5KB"),
        ("max_file_size_mb", "1500KB"),
        ("worker_memory_bytes", True),
        ("worker_memory_bytes", "0MB"),
        ("log_level", "loud"),
        ("command_prefix", ""),
        ("command_prefix", "a b"),
        ("command_prefix", "!!!!!!"),
        ("command_prefix", "/"),
        ("disabled_plugins", [1]),
        ("disabled_plugins", 4),
        ("allowed_private_networks", "10.0.0.1/8"),
        ("allowed_private_networks", [["10.0.0.0", 8]]),
        ("host_overrides", "x.com"),
        ("host_overrides", "x.com=localhost:80"),
        ("host_overrides", {"x.com": 80}),
        ("host_overrides", {"x/y": "127.0.0.1"}),
        ("host_overrides", "x.com=127.0.0.1:70000"),
        ("host_overrides", "x.com=127.0.0.1"),
        ("host_overrides", "x.com=127.0.0.256:80"),
        ("host_overrides", 5),
        ("cookies", "twitter=/nonexistent"),
        ("cookies", {"twitter": 3}),
        ("ca_file", "/nonexistent"),
        ("data_dir", 5),
        ("data_dir", " "),
        ("database_url", "mysql://host/x"),
        ("discord_proxy", "socks5://proxy.example:1080"),
        ("discord_proxy", "proxy.example:3128"),
        ("discord_proxy", "http://proxy.example:3128/path"),
        ("discord_proxy", "http://:3128"),
    ],
)
def test_an_invalid_value_is_refused(name: str, written: object) -> None:
    with pytest.raises(SettingsError, match=rf"^1 problem in the settings:\n  {name} \(command line\): expected "):
        load({name: written}, environ={})
