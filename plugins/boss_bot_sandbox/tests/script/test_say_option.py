"""``boss-bot sandbox --say`` as a child process with the real bot: output and exit codes."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import Callable

import attrs
import pytest
import typer
from typer.testing import CliRunner, Result

from boss_bot_sandbox.command import command

pytestmark = pytest.mark.timeout(180)

RunCommand = Callable[..., Result]


@pytest.fixture
def run_command(monkeypatch: pytest.MonkeyPatch) -> RunCommand:
    """Return a function that runs the command in this process, for what it refuses or prints before a bot starts."""
    # An error is printed in a frame as wide as the terminal.
    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer()
    app.command("sandbox")(command)
    return lambda *arguments: CliRunner().invoke(app, arguments)


@attrs.frozen
class Run:
    code: int
    output: str
    errors: str


async def start_sandbox(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "boss_bot_core", "sandbox", *arguments),
        # The settings of another bot must have no effect.
        env={**os.environ, "BOSS_BOT_MAX_FILE_SIZE_MB": "1", "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run_sandbox(*arguments: str) -> Run:
    process = await start_sandbox(*arguments)
    output, errors = await process.communicate()
    return Run(process.returncode or 0, output.decode(), errors.decode())


async def test_a_file_arrives_and_the_events_are_printed() -> None:
    run = await run_sandbox("--say", "$dl sample:reddit-video", "--as", "bob")
    assert run.code == 0, run
    assert re.search(r"Bob\n +\$dl https://www\.reddit\.com/\S+1video", run.output)
    assert re.search(r"Boss-Bot\n +🕒 Queued", run.output)
    assert re.search(r"Boss-Bot, edited\n +✅ Download complete!", run.output)
    assert re.search(r"📎 \S+\.mp4 · [\d.]+ KB · video/mp4 · 640x360 · [\d.]+ s", run.output)
    assert re.search(r"✔ 1 file arrived, [\d.]+ KB in [\d.]+ s", run.output)


async def test_a_failed_download_is_explained_and_fails_the_script() -> None:
    run = await run_sandbox("--say", "$dl sample:photo", "--say", "$dl sample:missing", "--say", "$dlh")
    assert run.code == 1, run
    arrived, missing, helped = re.split(r"^[✔✘] .*\n", run.output, flags=re.MULTILINE)[:3]
    assert "photo-1.jpg" in arrived
    assert "media.example.com does not have this" in missing
    assert "$dlq" in helped
    assert re.findall(r"^([✔✘])", run.output, re.MULTILINE) == ["✔", "✘", "✔"]


def test_samples_are_listed(run_command: RunCommand) -> None:
    result = run_command("--samples")
    assert result.exit_code == 0
    sample = r"^sample:video +a video with sound\n +https://media\.example\.com/\S+$"
    assert re.search(sample, result.output, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--say", "$dl sample:vidoe"), "Did you mean video"), (("--say", "hi", "--as", "eve"), "eve"),
     (("--tier", "4"), "--tier"), (("--say", ""), "in single quotes"), (("--say", "x" * 2001), "2000 characters")],
)  # fmt: skip
def test_wrong_usage_is_explained(run_command: RunCommand, arguments: tuple[str, ...], said: str) -> None:
    result = run_command(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr


async def test_a_port_that_is_taken_is_wrong_usage() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = await run_sandbox("--port", port, "--no-browser")
    assert run.code == 2, run
    assert f"Port {port} cannot be used" in run.errors
    assert "Traceback" not in run.errors


async def test_ctrl_c_ends_a_script_early() -> None:
    process = await start_sandbox("--say", "$dl sample:slow")
    assert process.stdout is not None
    while "Downloading" not in (await process.stdout.readline()).decode():
        assert process.returncode is None
    process.send_signal(signal.SIGINT)
    _, errors = await process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in errors.decode()
