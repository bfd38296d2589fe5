"""Tests of the inspection by a real clamd, in a confined worker as the bot starts it."""

import os
import signal
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image

from boss_bot_clamav._settings import ClamavSettings
from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin import FileFacts, FileToInspect, ServiceAddress
from boss_bot_core.plugin.declared_settings import list_services, pack_settings
from boss_bot_core.plugin.loader import installed_entry_points
from boss_bot_core.worker import (
    Event,
    HookFailed,
    InspectFinished,
    InspectJob,
    Inspector,
    LogLine,
    Zygote,
    ZygoteOptions,
)
from tests.e2e.clamd import EICAR, OWN_SIGNATURE, STREAM_LIMIT_MB, Clamd, start_clamd

Mode = Literal["on", "required", "off"]
OTHERS = frozenset(point.name for point in installed_entry_points()) - {"clamav"}
COVERAGE = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}
MEGABYTE = 1_048_576


async def inspect(
    address: str | None, *paths: Path, mode: Mode = "on", max_stream_mb: float = 100.0, timeout_s: float = 30.0
) -> list[Event]:
    """Inspect files in a worker with this address and these settings; return its events."""
    parsed = None if address is None else ServiceAddress.parse(address)
    own = ClamavSettings(address=parsed, mode=mode, max_stream_mb=max_stream_mb, timeout_s=timeout_s)
    inspector = Inspector(plugin="clamav", settings=pack_settings(own), services=list_services(own))
    files = tuple(FileToInspect[None](path=path, kind="any", size_bytes=path.stat().st_size) for path in paths)
    options = ZygoteOptions(disabled=OTHERS, extra_environment=COVERAGE)
    async with (
        Zygote(options) as zygote,
        await zygote.spawn(InspectJob(files=files, inspectors=(inspector,))) as worker,
    ):
        return [event async for event in worker.read_events()]


def get_outcomes(events: list[Event]) -> list[str]:
    """Return what became of each file: "passed", or the error."""
    assert isinstance(events[-1], InspectFinished), events
    outcomes = events[-1].outcomes
    return ["passed" if isinstance(each, FileFacts) else f"{each.kind}: {each.message}" for each in outcomes]


def get_log(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, LogLine)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "clean.jpg"
    Image.new("RGB", (64, 64), "teal").save(path)
    return path


@pytest.fixture
def infected(tmp_path: Path, picture: Path) -> tuple[Path, Path]:
    """EICAR's test file, and a picture with our own signature in it."""
    eicar, own = tmp_path / "eicar.com", tmp_path / "own.jpg"
    eicar.write_bytes(EICAR)
    own.write_bytes(picture.read_bytes() + OWN_SIGNATURE)
    return eicar, own


REFUSED = [
    "SuspiciousFileError: The virus scanner found Eicar-Test-Signature.UNOFFICIAL in the file.",
    "SuspiciousFileError: The virus scanner found BossBot.Own.UNOFFICIAL in the file.",
]


@pytest.mark.parametrize("transport", ["unix_address", "tcp_address"])
async def test_a_known_signature_is_refused_and_a_clean_file_passes(
    clamd: Clamd, transport: str, picture: Path, infected: tuple[Path, Path]
) -> None:
    events = await inspect(getattr(clamd, transport), picture, *infected, mode="required")
    assert get_outcomes(events) == ["passed", *REFUSED]


async def test_a_dead_scanner_holds_files_or_lets_them_pass(tmp_path: Path, infected: tuple[Path, Path]) -> None:
    for address in (str(tmp_path / "nothing.ctl"), "127.0.0.1:9"):
        held = (await inspect(address, infected[0], mode="required"))[-1]
        assert isinstance(held, HookFailed)
        report = held.report
        assert (report.kind, report.message) == ("ServiceUnavailableError", "The virus scanner does not answer.")
        assert report.to_error().retryable
        events = await inspect(address, infected[0], mode="on")
        assert get_outcomes(events) == ["passed"]
        [line] = get_log(events)
        assert "A file passed without a scan" in line
        assert f"clamd at {address} does not answer: " in line


async def test_a_slow_scanner_is_as_good_as_a_dead_one(tmp_path: Path, infected: tuple[Path, Path]) -> None:
    slow = start_clamd(tmp_path / "slow")
    try:
        slow.process.send_signal(signal.SIGSTOP)
        # The kernel accepts the connection and takes what is sent; no answer comes.
        held = (await inspect(slow.unix_address, infected[0], mode="required", timeout_s=0.3))[-1]
        assert isinstance(held, HookFailed)
        assert held.report.message == "The virus scanner does not answer."
        events = await inspect(slow.tcp_address, *infected, timeout_s=0.3)
        assert get_outcomes(events) == ["passed"] * 2
        [line] = get_log(events)
        assert "it takes too long" in line, "the second file did not wait"
    finally:
        slow.kill()


async def test_an_oversized_stream_is_refused_or_passes_whoever_has_the_limit(clamd: Clamd, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(os.urandom(4 * STREAM_LIMIT_MB * MEGABYTE))
    for address in (clamd.unix_address, clamd.tcp_address):
        # Clamd's own limit ends the stream, then ours.
        for limit_mb in (100.0, 1.0):
            [outcome] = get_outcomes(await inspect(address, large, mode="required", max_stream_mb=limit_mb))
            assert outcome == "FileRejectedError: The file has 8.0 MB, more than the virus scanner takes."
            events = await inspect(address, large, mode="on", max_stream_mb=limit_mb)
            assert get_outcomes(events) == ["passed"]
            assert "passed without a scan" in get_log(events)[0]


async def test_nothing_is_scanned_when_it_is_off(clamd: Clamd, infected: tuple[Path, Path]) -> None:
    assert get_outcomes(await inspect(clamd.unix_address, *infected, mode="off")) == ["passed"] * 2
    assert get_outcomes(await inspect(None, *infected)) == ["passed"] * 2


async def test_the_worker_reaches_no_other_service(clamd: Clamd, picture: Path) -> None:
    own = ClamavSettings(address=ServiceAddress.parse(clamd.tcp_address))
    foreign = Inspector(plugin="clamav", settings=pack_settings(own), services=())
    job = InspectJob(files=(FileToInspect[None](path=picture, kind="any", size_bytes=1),), inspectors=(foreign,))
    async with Zygote(ZygoteOptions(disabled=OTHERS)) as zygote, await zygote.spawn(job) as worker:
        events = [event async for event in worker.read_events()]
    log = get_log(events)
    assert get_outcomes(events) == ["passed"]
    assert any("Permission denied" in line or "not permitted" in line or "PermissionError" in line for line in log), log


async def test_a_plugin_that_is_missing_in_the_worker_lets_no_file_pass(picture: Path) -> None:
    job = InspectJob(
        files=(FileToInspect[None](path=picture, kind="any", size_bytes=1),), inspectors=(Inspector(plugin="gone"),)
    )
    async with Zygote(ZygoteOptions(disabled=OTHERS)) as zygote, await zygote.spawn(job) as worker:
        *_, last = [event async for event in worker.read_events()]
    assert isinstance(last, HookFailed)
    expected = "No plugin 'gone' with bossbot_inspect_file is in use here."
    assert last.report == ErrorReport(kind="EngineBrokenError", message=expected, detail=last.report.detail)
