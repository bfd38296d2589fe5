"""The snippets of the documents are valid: code runs, settings load, commands exist and print the shown output."""

import functools
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path

import attrs
import pytest
import typer.main

from boss_bot_core.cli.app import build_app
from boss_bot_core.cli.exit_codes import EXIT_USAGE
from boss_bot_core.cli.get.result import GetResult
from boss_bot_core.cli.get.result_file import ResultFile
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import load
from tests.docs.snippets import ROOT, Snippet, find_snippets

EXAMPLES = {
    "wrap-gallery-dl": "boss_bot_imgur",
    "wrap-yt-dlp": "boss_bot_streamable",
    "publishing": "boss_bot_streamable",
}
"""The example whose files a page shows; all other pages show those of the first plugin."""

SCRIPTS = Path(sys.executable).parent
SYSTEM_PROGRAMS = {
    "export",
    "chmod",
    "tail",
    "grep",
    "rsync",
    "sqlite3",
    "python3",
    "pip",
    "cd",
    "bash",
    "systemctl",
    "journalctl",
}
"""Programs of a reader's system, which the tests do not run."""

READ_ONLY = ("--version", "plugins", "queue list", "settings show", "settings path")
"""Commands that change nothing; the tests run them."""

PYTHON = find_snippets("python")
CONSOLE = [(snippet, command, shown) for snippet in find_snippets("console") for command, shown in snippet.commands]


def ids(value: object) -> str | None:
    return str(value) if isinstance(value, Snippet) else None


@pytest.mark.parametrize("snippet", [snippet for snippet in PYTHON if snippet.title is None], ids=ids)
def test_code_runs(snippet: Snippet) -> None:
    exec(compile(snippet.text, snippet.location, "exec"), {"__name__": "snippet"})


@pytest.mark.parametrize("snippet", [one for one in PYTHON + find_snippets("toml") if one.title], ids=ids)
def test_a_shown_file_equals_the_file_of_the_example(snippet: Snippet) -> None:
    assert snippet.title is not None
    example = EXAMPLES.get(Path(snippet.location).stem, "boss_bot_example")
    assert snippet.text == (ROOT / "docs" / "examples" / example / snippet.title).read_text()


@pytest.mark.parametrize("snippet", [one for one in find_snippets("toml") if not one.title], ids=ids)
def test_settings_can_be_loaded(snippet: Snippet, tmp_path: Path) -> None:
    settings = snippet.text
    for path in re.findall(r'"(/[^"]+\.(?:txt|pem))"', settings):
        # The settings name files that exist on the reader's machine only.
        (tmp_path / Path(path).name).touch()
        settings = settings.replace(path, Path(path).name)
    (tmp_path / "config.toml").write_text(settings)
    assert tomllib.loads(settings)
    load(environ={}, config_file=tmp_path / "config.toml")


def test_the_service_runs_the_bot_and_does_not_restart_after_a_usage_error() -> None:
    (shown,) = find_snippets("ini")
    unit = ConfigParser(interpolation=None)
    unit.read_string(shown.text)
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "boss-bot"
    assert arguments == ["run"]
    parse_arguments(arguments)
    assert int(unit["Service"]["RestartPreventExitStatus"]) == EXIT_USAGE


def test_the_json_result_has_the_shown_fields() -> None:
    (shown,) = (json.loads(snippet.text) for snippet in find_snippets("json") if "attempts" in snippet.text)
    assert list(shown) == [field.name for field in attrs.fields(GetResult)]
    assert list(shown["files"][0]) == [field.name for field in attrs.fields(ResultFile)]


@pytest.mark.parametrize(("snippet", "command", "_shown"), CONSOLE, ids=ids)
def test_a_shown_command_exists(snippet: Snippet, command: str, _shown: list[str]) -> None:
    words = shlex.split(command.rpartition("&&")[2])
    words = [word for word in words if not re.match(r"[A-Z_]+=", word)]
    if words[:2] == ["uv", "run"]:
        # After options of uv itself, the program is the last word.
        words = words[-1:] if words[2].startswith("--") else words[2:]
        assert (SCRIPTS / words[0]).exists() or words[0] == "python"
    program, *arguments = words
    if Path(program).name == "boss-bot":
        parse_arguments(arguments)
    else:
        assert Path(program).name in SYSTEM_PROGRAMS or (SCRIPTS / program).exists(), snippet.location


def parse_arguments(arguments: list[str]) -> None:
    """Parse the arguments of the program, including its subcommands, without running it."""
    command = typer.main.get_command(build_app(PluginManager.load()))
    while arguments and arguments[0] in (below := getattr(command, "commands", {})):
        command, arguments = below[arguments[0]], arguments[1:]
    command.make_context(command.name, list(arguments), resilient_parsing="--version" in arguments)


RUNNABLE = [
    row
    for row in CONSOLE
    # The tutorial's plugin is not installed here; tests/packaging installs it and matches its links.
    if row[1].removeprefix("uv run ").partition("boss-bot ")[2].startswith(READ_ONLY) and "pictures" not in row[1]
]


RunProgram = Callable[[str, str], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def run_program(tmp_path_factory: pytest.TempPathFactory) -> RunProgram:
    """Return a function that runs `boss-bot` with environment variables and arguments, once for equal ones."""

    @functools.cache
    def run(variables: str, arguments: str) -> "subprocess.CompletedProcess[str]":
        folder = tmp_path_factory.mktemp("home")
        environ = {name: value for name, value in os.environ.items() if not name.startswith("BOSS_BOT_")}
        environ |= {"BOSS_BOT_CONFIG_FILE": str(folder / "config.toml"), "BOSS_BOT_DATA_DIR": str(folder)}
        environ |= dict(pair.split("=") for pair in shlex.split(variables) if "=" in pair)
        (folder / "config.toml").touch()
        program = [sys.executable, "-m", "boss_bot_core", *shlex.split(arguments)]
        return subprocess.run(program, env=environ, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.mark.parametrize(("_snippet", "command", "shown"), RUNNABLE, ids=ids)
def test_a_read_only_command_prints_the_shown_output(
    run_program: RunProgram, _snippet: Snippet, command: str, shown: list[str]
) -> None:
    before, _, arguments = command.removeprefix("uv run ").partition("boss-bot ")
    variables = before if "=" in before else ""  # or the path of the program, "~/boss-bot/bin/"
    done = run_program(variables, arguments)
    assert done.returncode == (2 if "MANY" in variables.upper() else 0), done.stderr
    printed = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    assert [line for line in shown if line not in {"", "…"} and line not in printed] == []
