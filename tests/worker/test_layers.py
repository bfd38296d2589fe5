"""What each wall stops when the others are taken away, and that together they stop all of it."""

import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from boss_bot_core.worker import DownloadFinished, Zygote
from boss_bot_core.worker.confinement.kernel_support import detect_kernel_support
from tests.worker.conftest import MakeJob, confined_by, run

NO_WALLS = {"landlock": False, "seccomp": False, "capabilities": False, "audit_hook": False, "limits": False}

ROOTS_POWERS = {"capabilities"} if os.geteuid() == 0 else set()

DEEDS = {
    "read?path={secret}": {"landlock"},
    "read?path=/proc/{pid}/environ": {"landlock", *ROOTS_POWERS},
    "write?path={outside}": {"landlock", "audit_hook"},
    "write_c?path={outside}": {"landlock"},
    "connect?port={tcp}": {"landlock", "audit_hook"},
    "connect_c?port={tcp}": {"landlock"},
    "send_udp?port={udp}": {"seccomp", "audit_hook"},
    "make_udp_c": {"seccomp"},
    "connect_unix?path={unix}": {"seccomp", "audit_hook"},
    "start?program=/bin/sh&argument=-c|true": {"landlock", "audit_hook"},
    "signal_other?pid={pid}": {"landlock"},
    "give_away": ROOTS_POWERS,
    "load": {"audit_hook"},
    "grow_file?size=20000000": {"limits"},
}

Attempt = Callable[..., Awaitable[str]]

pytestmark = pytest.mark.skipif(
    detect_kernel_support().landlock_abi < 6, reason="this kernel's Landlock is too old to show it all"
)


@pytest.fixture
def targets(tmp_path: Path) -> Iterator[dict[str, object]]:
    """Things that no worker may touch: a secret file, servers, this very process."""
    secret = tmp_path / "secret"
    secret.write_text("the token")
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind(str(tmp_path / "service"))
            unix.listen()
            yield {
                "secret": secret,
                "outside": tmp_path / "outside",
                "tcp": tcp.getsockname()[1],
                "udp": udp.getsockname()[1],
                "unix": tmp_path / "service",
                "pid": os.getpid(),
            }


@pytest.fixture
def attempt(zygote: Zygote, make_job: MakeJob, targets: dict[str, object]) -> Attempt:
    async def attempt(deed: str, **walls: object) -> str:
        confinement = confined_by(**walls)
        events = await run(zygote, make_job(deed.format(**targets)), confinement)
        assert isinstance(events[-1], DownloadFinished), events
        return events[-1].result.media.text or ""

    return attempt


async def test_a_service_that_was_named_is_reached(attempt: Attempt, targets: dict[str, object]) -> None:
    assert (await attempt("connect_unix?path={unix}", unix_sockets=(targets["unix"],))) == "done"


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_wall_stops_its_deed_alone(deed: str, attempt: Attempt) -> None:
    if deed == "give_away" and not ROOTS_POWERS:
        pytest.skip("only root can do this at all")
    assert (await attempt(deed, **NO_WALLS)).startswith("done")
    for wall in NO_WALLS:
        outcome = await attempt(deed, **(NO_WALLS | {wall: True}))
        assert outcome.startswith("refused" if wall in DEEDS[deed] else "done"), (wall, outcome)
    assert (await attempt(deed)).startswith("refused")
