"""The command line: one module per command. `main` is the program `boss-bot`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Imported here: `import boss_bot_core.cli` stays cheap for whoever only wants the name.
    from boss_bot_core.cli.app import run  # noqa: PLC0415 - see above

    sys.exit(run(sys.argv[1:]))
