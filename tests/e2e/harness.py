"""Runs `boss-bot` as a child process with its own data folder."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

BOSS_BOT = (sys.executable, "-m", "boss_bot_core")


@attrs.frozen
class Result:
    """The exit code, JSON outcomes and standard error of a finished `boss-bot get`."""

    exit_code: int
    outcomes: list[dict[str, Any]]
    stderr: str

    @property
    def single_outcome(self) -> dict[str, Any]:
        assert len(self.outcomes) == 1, self.stderr
        return self.outcomes[0]

    @property
    def error_code(self) -> str | None:
        error = self.single_outcome["error"]
        return None if error is None else str(error["code"])


@attrs.frozen
class Home:
    """A data folder, and the command line that runs on it, after the words of `prefix`."""

    folder: Path
    environ: dict[str, str]
    prefix: tuple[str, ...] = ()

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*self.prefix, *BOSS_BOT, *arguments],
            env=self.environ | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, timeout_s: float = 60, **more: str) -> "subprocess.CompletedProcess[str]":
        with self.start(*arguments, **more) as child:
            try:
                stdout, stderr = child.communicate(timeout=timeout_s)
            except BaseException:
                child.kill()
                raise
        return subprocess.CompletedProcess(child.args, child.returncode, stdout, stderr)

    def get(self, *arguments: str, timeout_s: float = 60, **more: str) -> Result:
        done = self.run("get", "--json", "--out", str(self.out), *arguments, timeout_s=timeout_s, **more)
        outcomes = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return Result(done.returncode, outcomes, done.stderr)


MakeHome = Callable[[], Home]
