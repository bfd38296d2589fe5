"""Shell completion, in a real bash: what Typer's script offers after the Tab key."""

import subprocess

import pytest

from tests.e2e.harness import Home

# The script defines the function `_boss_bot_completion`, which bash calls with the name of the program.
_SCRIPT = """
eval "$(_BOSS_BOT_COMPLETE=source_bash boss-bot)"
COMP_WORDS=({line})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_boss_bot_completion boss-bot
echo "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("boss-bot q", ["queue"]),
        ("boss-bot queue ca", ["cancel"]),
        ("boss-bot get --max-w", ["--max-wait"]),
        ("boss-bot get --priority h", ["high"]),
        ("boss-bot get --quality 7", ["720"]),
        ("boss-bot sand", ["sandbox"]),
    ],
)
def test_commands_options_and_values_are_completed(home: Home, line: str, offered: list[str]) -> None:
    done = subprocess.run(
        ["bash", "-c", _SCRIPT.format(line=line)],
        env=home.environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout.split(), done.stderr) == (offered, "")


def test_the_completion_is_installed_for_the_shell_of_the_person(home: Home) -> None:
    environ = home.environ | {"HOME": str(home.folder)}
    command = ["bash", "-c", "boss-bot --install-completion; exit $?"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=60)
    assert "bash completion installed" in done.stdout
    assert "bash_completions" in (home.folder / ".bashrc").read_text()
