"""Tests of each confinement layer alone, and of all layers together: which operations they stop."""

import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from boss_bot_core.plugin import FileFacts, FileToInspect, ServiceAddress
from boss_bot_core.worker import DownloadFinished, InspectFinished, InspectJob, Inspector, Zygote
from boss_bot_core.worker.confinement.kernel_support import detect_kernel_support
from tests.worker.conftest import MakeJob, build_confinement, run_job

NO_LAYERS = {"landlock": False, "seccomp": False, "capabilities": False, "audit_hook": False, "limits": False}

ROOT_ONLY_LAYERS = {"capabilities"} if os.geteuid() == 0 else set()

STOPPING_LAYERS = {
    "read_file?path={secret}": {"landlock"},
    "read_file?path=/proc/{pid}/environ": {"landlock", *ROOT_ONLY_LAYERS},
    "write_file?path={outside}": {"landlock", "audit_hook"},
    "write_file_in_c?path={outside}": {"landlock"},
    "connect_tcp?port={tcp}": {"landlock", "audit_hook"},
    "connect_tcp_in_c?port={tcp}": {"landlock"},
    "send_udp?port={udp}": {"seccomp", "audit_hook"},
    "create_udp_socket_in_c": {"seccomp"},
    "connect_unix?path={unix}": {"seccomp", "audit_hook"},
    "run_program?program=/bin/sh&argument=-c|true": {"landlock", "audit_hook"},
    "signal_process?pid={pid}": {"landlock"},
    "change_owner": ROOT_ONLY_LAYERS,
    "load_library": {"audit_hook"},
    "grow_file?size=20000000": {"limits"},
}

RunOperation = Callable[..., Awaitable[str]]

pytestmark = pytest.mark.skipif(
    detect_kernel_support().landlock_abi < 6, reason="this kernel's Landlock is too old to show it all"
)


@pytest.fixture
def targets(tmp_path: Path) -> Iterator[dict[str, object]]:
    """Resources that no worker may use: a secret file, local servers and this process."""
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
def run_operation(zygote: Zygote, make_job: MakeJob, targets: dict[str, object]) -> RunOperation:
    async def run_operation(operation: str, **layers: object) -> str:
        confinement = build_confinement(**layers)
        events = await run_job(zygote, make_job(operation.format(**targets)), confinement)
        assert isinstance(events[-1], DownloadFinished), events
        return events[-1].result.media.text or ""

    return run_operation


async def test_an_inspection_reaches_the_service_that_it_was_granted_and_no_other(
    zygote: Zygote, targets: dict[str, object], tmp_path: Path
) -> None:
    addresses = (str(targets["unix"]), f"127.0.0.1:{targets['tcp']}")
    files = []
    for number, address in enumerate(addresses):
        (tmp_path / f"{number}").write_text(f"dial {address}")
        files.append(FileToInspect[None](path=tmp_path / f"{number}", kind="any", size_bytes=1))
    for granted in ((), addresses[:1], addresses[1:], addresses):
        inspector = Inspector(plugin="trial", services=tuple(map(ServiceAddress.parse, granted)))
        [*_, last] = await run_job(zygote, InspectJob(files=tuple(files), inspectors=(inspector,)))
        assert isinstance(last, InspectFinished)
        reached = [isinstance(outcome, FileFacts) for outcome in last.outcomes]
        assert reached == [address in granted for address in addresses], last


@pytest.mark.parametrize("operation", STOPPING_LAYERS)
async def test_each_layer_alone_stops_the_operations_that_it_covers(
    operation: str, run_operation: RunOperation
) -> None:
    if operation == "change_owner" and not ROOT_ONLY_LAYERS:
        pytest.skip("only root can do this at all")
    assert (await run_operation(operation, **NO_LAYERS)).startswith("done")
    for layer in NO_LAYERS:
        outcome = await run_operation(operation, **(NO_LAYERS | {layer: True}))
        assert outcome.startswith("refused" if layer in STOPPING_LAYERS[operation] else "done"), (layer, outcome)
    assert (await run_operation(operation)).startswith("refused")
