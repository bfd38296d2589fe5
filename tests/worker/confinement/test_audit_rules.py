"""Tests of each rule of the audit hook: which operations are refused, and which ones engines need and may do."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_bot_core.plugin import ServiceAddress
from boss_bot_core.worker.confinement.audit_files import FileRules
from boss_bot_core.worker.confinement.audit_hook import ProgramRules
from boss_bot_core.worker.confinement.audit_sockets import SocketRules
from boss_bot_core.worker.confinement.grants import JobGrants

SERVICES = tuple(map(ServiceAddress.parse, ("/run/clamd.sock", "10.0.0.2:3310", "[fe80::1]:3310")))
SOCKETS = SocketRules(JobGrants(proxy_port=4000, services=SERVICES)).build_event_rules()
WRITE, READ = os.O_WRONLY | os.O_CREAT, os.O_RDONLY


def _verdict(refusal: str | None) -> str:
    return "allowed" if refusal is None else "refused"


@pytest.mark.parametrize(
    ("family", "kind", "address", "verdict"),
    [
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 4000), "allowed"),
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 4001), "refused"),
        (socket.AF_INET, socket.SOCK_STREAM, ("10.0.0.1", 4000), "refused"),
        (socket.AF_INET, socket.SOCK_STREAM, ("10.0.0.2", 3310), "allowed"),
        (socket.AF_INET, socket.SOCK_STREAM, ("10.0.0.2", 4000), "refused"),
        (socket.AF_INET, socket.SOCK_STREAM, ("10.0.0.3", 3310), "refused"),
        (socket.AF_INET6, socket.SOCK_STREAM, ("fe80::1", 3310, 0, 0), "allowed"),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 4000), "refused"),
        (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 4000, 0, 0), "refused"),
        (socket.AF_UNIX, socket.SOCK_STREAM, "/run/clamd.sock", "allowed"),
        (socket.AF_UNIX, socket.SOCK_STREAM, b"/run/clamd.sock", "allowed"),
        (socket.AF_UNIX, socket.SOCK_STREAM, "/run/docker.sock", "refused"),
        (socket.AF_UNIX, socket.SOCK_STREAM, b"\0abstract", "refused"),
    ],
)
def test_only_connections_to_the_proxy_and_named_services_are_allowed(
    family: int, kind: int, address: object, verdict: str
) -> None:
    with socket.socket(family, kind) as made:
        assert _verdict(SOCKETS["socket.connect"]((made, address))) == verdict


def test_without_a_proxy_every_tcp_connection_is_refused() -> None:
    with socket.socket() as made:
        assert SocketRules(JobGrants()).build_event_rules()["socket.connect"]((made, ("127.0.0.1", 80))) is not None


@pytest.mark.parametrize(
    ("event", "arguments", "verdict"),
    [
        ("socket.bind", (None, ("127.0.0.1", 0)), "refused"),
        ("socket.sendto", (None, ("127.0.0.1", 53)), "refused"),
        ("socket.sendmsg", (None, None), "allowed"),
        ("socket.getaddrinfo", ("evil.example", 80, 0, 0, 0), "refused"),
        ("socket.getaddrinfo", (b"evil.example", 80, 0, 0, 0), "refused"),
        ("socket.getaddrinfo", ("127.0.0.1", 80, 0, 0, 0), "allowed"),
        ("socket.getaddrinfo", ("localhost", 80, 0, 0, 0), "allowed"),
        ("socket.getaddrinfo", (None, 80, 0, 0, 0), "allowed"),
        ("socket.gethostbyname", ("evil.example",), "refused"),
    ],
)
def test_listening_sending_and_name_lookups_are_refused(
    event: str, arguments: tuple[object, ...], verdict: str
) -> None:
    assert _verdict(SOCKETS[event](arguments)) == verdict


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A job's folder as the working directory, with symbolic links that lead out of it."""
    job = tmp_path / "job"
    job.mkdir()
    (tmp_path / "other").mkdir()
    (job / "way-out").symlink_to(tmp_path / "other")
    (job / "link").symlink_to(tmp_path / "other" / "file")
    before = Path.cwd()
    os.chdir(job)
    yield job
    os.chdir(before)


@pytest.mark.parametrize(
    ("path", "flags", "verdict"),
    [
        ("JOB/file", WRITE, "allowed"),
        ("file", WRITE, "allowed"),
        (b"file", WRITE, "allowed"),
        ("sub/../file", WRITE, "allowed"),
        (3, WRITE, "allowed"),
        ("/dev/null", WRITE, "allowed"),
        ("/etc/passwd", READ, "allowed"),
        ("JOB/../other/file", WRITE, "refused"),
        ("../job-of-another", WRITE, "refused"),
        ("way-out/file", WRITE, "refused"),
        ("link", WRITE, "refused"),
        ("/etc/passwd", os.O_RDWR, "refused"),
    ],
)
def test_files_can_only_be_written_in_the_folder_of_the_job(
    folder: Path, path: str | bytes | int, flags: int, verdict: str
) -> None:
    path = path.replace("JOB", str(folder)) if isinstance(path, str) else path
    assert _verdict(FileRules((folder,)).build_event_rules()["open"]((path, None, flags))) == verdict


@pytest.mark.parametrize(
    ("event", "arguments", "verdict"),
    [
        ("os.remove", ("file", -1), "allowed"),
        ("os.remove", ("link", -1), "allowed"),
        ("os.remove", ("way-out/file", -1), "refused"),
        ("os.remove", ("way-out/..", -1), "refused"),
        ("os.mkdir", ("/tmp/new", 0o777, -1), "refused"),
        ("os.rename", ("a", "b", -1, -1), "allowed"),
        ("os.rename", ("a", "../b", -1, -1), "refused"),
        ("os.rename", ("../a", "b", -1, -1), "refused"),
        ("os.symlink", ("/etc/passwd", "inside", -1), "refused"),
        ("os.chmod", (5, 0o777, -1), "allowed"),
        ("sqlite3.connect", (":memory:",), "allowed"),
        ("sqlite3.connect", ("cache.db",), "allowed"),
        ("sqlite3.connect", ("/var/lib/bot.db",), "refused"),
    ],
)
def test_files_can_only_be_changed_in_the_folder_of_the_job(
    folder: Path, event: str, arguments: tuple[object, ...], verdict: str
) -> None:
    assert _verdict(FileRules((folder,)).build_event_rules()[event](arguments)) == verdict


def test_a_path_relative_to_a_descriptor_is_checked_at_its_real_location(folder: Path) -> None:
    remove = FileRules((folder,)).build_event_rules()["os.remove"]
    inside, outside = os.open(folder, os.O_RDONLY), os.open(folder.parent / "other", os.O_RDONLY)
    try:
        assert remove(("file", inside)) is None
        assert remove(("file", outside)) is not None
        assert remove((str(folder.parent / "other"), inside)) is not None
    finally:
        os.close(inside)
        os.close(outside)


def test_only_granted_programs_can_be_started_and_no_library_can_be_loaded() -> None:
    rules = ProgramRules((Path("/bin/cat"),)).build_event_rules()
    assert rules["subprocess.Popen"](("/bin/cat", [], None, None)) is None
    assert rules["subprocess.Popen"]((b"cat", [], None, None)) is None
    assert rules["subprocess.Popen"](("no-such-program", [], None, None)) is None
    assert rules["subprocess.Popen"](("/bin/sh", [], None, None)) == "start '/bin/sh'"
    assert rules["os.system"]((b"cat",)) is not None
    assert rules["os.exec"](("/bin/cat", [], None)) is not None
    assert rules["ctypes.dlopen"](("libm.so.6",)) is not None
