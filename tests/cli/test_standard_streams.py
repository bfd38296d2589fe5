"""What commands do when nobody takes their output: a full disk, a reader that has read enough, a closed stream."""

import subprocess

import pytest

from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import BOSS_BOT, Home

COMMANDS = ["--version", "--help", "settings show"]
"""Sentences, help, and a table: each is printed by another library."""
FULL = "The output cannot be written: No space left on device."


def run_in_shell(home: Home, arguments: str, rest: str) -> "subprocess.CompletedProcess[str]":
    """Run a command whose streams the shell redirects; the exit code is the command's, also in a pipe."""
    words = f'set -o pipefail; "$@" {rest}'
    return subprocess.run(
        ["bash", "-c", words, "bash", *BOSS_BOT, *arguments.split()],
        env=home.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_full_disk_behind_the_output_is_told_in_one_sentence(home: Home, arguments: str) -> None:
    done = run_in_shell(home, arguments, ">/dev/full")
    assert (done.returncode, done.stderr.splitlines()) == (EXIT_FAILED, [FULL])


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_closed_output_takes_what_is_printed_without_a_word(home: Home, arguments: str) -> None:
    done = run_in_shell(home, arguments, ">&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_reader_that_has_read_enough_ends_a_command_without_a_word(home: Home, arguments: str) -> None:
    done = run_in_shell(home, arguments, "| (exec <&-; sleep 3)")
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_FAILED, "", "")


def test_a_download_whose_result_cannot_be_printed_is_there(home: Home, site: RemoteSite) -> None:
    url = f"{site.http_url}/files/clip.mp4"
    done = run_in_shell(home, f"get --out {home.out} {url}", ">/dev/full")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (EXIT_FAILED, FULL)
    assert "Traceback" not in done.stderr
    assert len(list(home.out.iterdir())) == 1


@pytest.mark.parametrize("rest", ["2>/dev/full", "2>&-"])
def test_a_progress_that_cannot_be_printed_ends_no_download(home: Home, site: RemoteSite, rest: str) -> None:
    done = run_in_shell(home, f"get --out {home.out} {site.http_url}/files/clip.mp4", rest)
    assert done.returncode == 0, done.stderr
    assert "clip" in done.stdout
