"""The command line, with one module for each command; `main` is the entry point of the program `boss-bot`."""

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from boss_bot_core.cli.standard_streams import set_up_streams
from boss_bot_core.zygote_launch import launch_before_settings

GC_THRESHOLD = 50_000
"""How many new objects start a search for garbage; Python's default of 700 suits small programs."""


def main() -> NoReturn:
    """Run the command line, and exit with its exit code."""
    set_up_streams()
    gc.set_threshold(GC_THRESHOLD)
    arguments = sys.argv[1:]
    runs_downloads = arguments[:1] in (["get"], ["run"]) and not {"--help", "--debug"} & set(arguments)
    if runs_downloads:
        # The imports make half a million objects, and almost none is garbage: searching for it takes a tenth of the
        # time. The command enables the collector when everything is imported.
        gc.disable()
    # The zygote loads the plugins in its own process while this one imports the command.
    launched = launch_before_settings() if runs_downloads else None
    if launched is not None:
        from boss_bot_core.cli.first_load import load_plugins_first  # noqa: PLC0415 - see above

        launched = load_plugins_first(launched, arguments)
    from boss_bot_core.cli.app import run_command_line  # noqa: PLC0415 - see above

    try:
        code = run_command_line(arguments, launched)
    finally:
        if launched is not None:
            launched.close()
    _leave(code)


def _leave(code: int) -> NoReturn:
    """Exit without Python's own end: it searches and frees every object, which takes as long as a small download."""
    with suppress(OSError):  # nobody reads them any more
        sys.stderr.flush()
    atexit._run_exitfuncs()  # noqa: SLF001 - Python has no public name for it
    os._exit(code)
