"""The two modes of ``boss-bot sandbox``: serve the web page until Ctrl-C, or play a script and exit.

Signals, the browser and the terminal's output are handled here; the harness itself knows none of them.
"""

import asyncio
import os
import signal
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import attrs
import typer

from boss_bot_sandbox.harness.bot_process import BotProcess, BotState
from boss_bot_sandbox.harness.harness import BotEndedError, Harness, open_harness
from boss_bot_sandbox.script.script import Script, play_script

EXIT_INTERRUPTED = 130
"""The shell's exit code for a process that SIGINT ended: 128 + 2."""

_LAST_LINES = 10
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@attrs.frozen(kw_only=True)
class HarnessOptions:
    """Options of the harness, as given on the command line.

    Attributes:
        port: The port of the web page; 0 takes a free one.
        boost_tier: The boost tier of the guild, 0 to 3.
        browser: Whether the page is opened in a browser when there is a display.
        show_log: Whether the log lines of the bot are printed.
    """

    port: int = 0
    boost_tier: int = 0
    browser: bool = True
    show_log: bool = False


async def run_page(options: HarnessOptions) -> None:
    """Serve the page until Ctrl-C."""
    stop = asyncio.Event()
    typer.echo("Starting the sandbox…", err=True)
    with _handle_signals(stop.set):
        bot = BotProcess(on_line=_line_printer(options), on_state_change=lambda state: _print_state(state, bot))
        async with open_harness(bot, port=options.port, boost_tier=options.boost_tier) as harness:
            typer.echo(f"The sandbox is open: {harness.url}  (Ctrl-C closes it)")
            if options.browser and _has_display():
                await asyncio.to_thread(webbrowser.open, harness.url)
            registration = asyncio.create_task(_register_commands(harness))
            await stop.wait()
            registration.cancel()
    typer.echo("Closed.")


async def run_script(options: HarnessOptions, script: Script) -> bool:
    """Play a script and return whether it succeeded.

    Raises:
        typer.Exit: A signal such as Ctrl-C ended it early; the exit code is 130.
    """
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine runs in a task
    typer.echo("Starting the sandbox…", err=True)
    with _handle_signals(task.cancel):
        try:
            bot = BotProcess(on_line=_line_printer(options))
            async with open_harness(bot, port=options.port, boost_tier=options.boost_tier) as harness:
                return await play_script(harness, script, typer.echo)
        except asyncio.CancelledError:
            raise typer.Exit(EXIT_INTERRUPTED) from None


async def _register_commands(harness: Harness) -> None:
    # The bot does not register its commands by itself; its owner does it once. Without them "/" would offer nothing.
    with suppress(BotEndedError, TimeoutError):
        await harness.wait_for_login()
        owner = harness.discord.user(harness.discord.state.owner.username)
        await owner.say(owner.direct(), "$sync")


@contextmanager
def _handle_signals(stop: Callable[[], object]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


def _print_state(state: BotState, bot: BotProcess) -> None:
    if state.pid is not None:
        typer.echo(f"The bot is started, process {state.pid}.")
        return
    typer.echo(f"The bot has ended with {state.exit_code}.")
    # A positive code means that the bot ended by itself; its last lines contain the reason.
    if state.exit_code is not None and state.exit_code > 0:
        typer.echo("\n".join(f"  {line}" for line in list(bot.lines)[-_LAST_LINES:]))


def _line_printer(options: HarnessOptions) -> Callable[[str], None]:
    return (lambda line: typer.echo(line, err=True)) if options.show_log else (lambda _line: None)


def _has_display() -> bool:
    # Without a display, webbrowser would start a text browser in this terminal.
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
