"""Runs a stage until it is told to stop: for a person at a browser, or for a script.

It exists apart from the stage because signals and browsers are a terminal's business.
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
"""128 + SIGINT, as shells expect."""

_LAST_LINES = 10
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@attrs.frozen(kw_only=True)
class HarnessOptions:
    """How a stage is wanted.

    Attributes:
        port: Where the page is; 0 takes a free one.
        boost_tier: The guild's, 0 to 3.
        browser: Whether the page is opened where there is a display.
        show_log: Whether the bot's own lines are shown.
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
        async with open_harness(bot, port=options.port, boost_tier=options.boost_tier) as stage:
            typer.echo(f"The sandbox is open: {stage.url}  (Ctrl-C closes it)")
            if options.browser and _has_display():
                await asyncio.to_thread(webbrowser.open, stage.url)
            registering = asyncio.create_task(_register_commands(stage))
            await stop.wait()
            registering.cancel()
    typer.echo("Closed.")


async def run_script(options: HarnessOptions, script: Script) -> bool:
    """Play a script and return whether it went well; Ctrl-C ends it early."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine runs in a task
    typer.echo("Starting the sandbox…", err=True)
    with _handle_signals(task.cancel):
        try:
            bot = BotProcess(on_line=_line_printer(options))
            async with open_harness(bot, port=options.port, boost_tier=options.boost_tier) as stage:
                return await play_script(stage, script, typer.echo)
        except asyncio.CancelledError:
            raise typer.Exit(EXIT_INTERRUPTED) from None


async def _register_commands(stage: Harness) -> None:
    # A bot never does it by itself; its owner does, once. Without it nothing would be found under "/".
    with suppress(BotEndedError, TimeoutError):
        await stage.wait_for_login()
        owner = stage.discord.user(stage.discord.state.owner.username)
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
    # Positive codes are its own decision: it has said why.
    if state.exit_code is not None and state.exit_code > 0:
        typer.echo("\n".join(f"  {line}" for line in list(bot.lines)[-_LAST_LINES:]))


def _line_printer(options: HarnessOptions) -> Callable[[str], None]:
    return (lambda line: typer.echo(line, err=True)) if options.show_log else (lambda _line: None)


def _has_display() -> bool:
    # Without one, webbrowser would look for a text browser and take over the terminal.
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
