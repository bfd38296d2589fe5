"""The command line, with one module for each command; `main` is the entry point of the program `boss-bot`."""

import sys


def main() -> None:
    """Run the command line, and exit with its exit code."""
    # Imported here, so that `import boss_bot_core.cli` does not load every command.
    from boss_bot_core.cli.app import run_command_line  # noqa: PLC0415 - see above

    sys.exit(run_command_line(sys.argv[1:]))
