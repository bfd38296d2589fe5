"""The site as a process: its output, its control routes, and its end with its parent."""

import asyncio
import json
import os
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

from boss_bot_sandbox.site import site_process


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


async def _wait_until_gone(pid: int) -> None:
    async with asyncio.timeout(10):
        while not _gone(pid):
            await asyncio.sleep(0.02)


def test_the_process_serves_files_and_records_requests(site_directory: Path) -> None:
    with site_process(site_directory) as site:
        with urllib.request.urlopen(f"{site.http_url}/files/photo-1.jpg") as answer:
            body = answer.read()
        assert site.requests.bytes_sent("/files/photo-1.jpg") == len(body) > 0
        assert site.ca_file.read_text().startswith("-----BEGIN CERTIFICATE")
        assert site.host_overrides[".x.com"] == f"127.0.0.1:{site.https_port}"
        site.reset()
        assert len(site.requests.matching("/files/")) == 0
        site.refuse_guest_tokens(429)
        request = urllib.request.Request(f"{site.http_url}/1.1/guest/activate.json", method="POST", data=b"")
        request.add_header("Host", "api.x.com")
        with pytest.raises(urllib.error.HTTPError, match="429") as refused:
            urllib.request.urlopen(request)
        refused.value.close()
        pid = site.pid
    assert _gone(pid)


async def _start(directory: Path, *extra: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "boss_bot_sandbox.site", "--directory", str(directory), *extra,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_the_process_ends_when_its_input_closes(site_directory: Path, tmp_path: Path) -> None:
    process = await _start(site_directory, "--ports-file", str(tmp_path / "ports.json"))
    assert process.stdin is not None
    assert process.stdout is not None
    line = await process.stdout.readline()
    assert json.loads(line) == json.loads((tmp_path / "ports.json").read_text())
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_a_signal_ends_the_process(site_directory: Path) -> None:
    process = await _start(site_directory)
    assert process.stdout is not None
    await process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_the_process_ends_when_its_parent_is_killed(site_directory: Path) -> None:
    # The input stays open here, so that only the end of the parent can end the process.
    script = (
        "import subprocess, sys, time\n"
        "command = [sys.executable, '-m', 'boss_bot_sandbox.site', '--directory', sys.argv[1]]\n"
        "print(subprocess.Popen(command).pid, flush=True)\ntime.sleep(60)\n"
    )
    reader, writer = os.pipe()
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(site_directory), stdin=reader, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    try:
        pid = int(await parent.stdout.readline())
        assert b"http_url" in await parent.stdout.readline()
        parent.kill()
        await parent.wait()
        await _wait_until_gone(pid)
    finally:
        os.close(reader)
        os.close(writer)
