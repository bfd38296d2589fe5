"""The command `boss-bot run`: runs the Discord bot until it is stopped."""

import asyncio
import gc
import os
import sys

import typer
from loguru import logger

from boss_bot_core.app.zygote_start import start_zygote
from boss_bot_core.cli.exit_codes import EXIT_USAGE
from boss_bot_core.errors import BossBotError
from boss_bot_core.log import hide_secrets, set_up_logging
from boss_bot_core.settings import Settings, find_token, load_with_sources, review_settings
from boss_bot_core.zygote_launch import LaunchedZygote


def run_discord_bot(context: typer.Context) -> None:
    """Run the Discord bot; Ctrl-C, SIGTERM or SIGHUP stops it, and what is unfinished continues with the next start.

    Leaves with 2 when it cannot run as it is set up, and with 1 when Discord, or the
    database's server, cannot be reached.
    """
    resolved = load_with_sources()
    settings = resolved.settings
    set_up_logging(settings)
    for finding in review_settings(resolved):
        logger.bind(action="settings").warning("{}", finding)
    token = find_token(settings.bot)
    if token is None:
        from boss_bot_core.bot.startup import missing_token_error  # noqa: PLC0415 - see below

        raise missing_token_error()
    hide_secrets(token.get_secret_value())
    try:
        asyncio.run(_start_bot(settings, token.get_secret_value(), context.obj))
    except BossBotError as error:
        if not _is_setup_error(error):
            raise
        typer.echo(str(error), err=True)
        raise typer.Exit(EXIT_USAGE) from None
    _discard_unwritable_output()


async def _start_bot(settings: Settings, token: str, launched: LaunchedZygote | None) -> None:
    async with start_zygote(settings, is_eager=True, launched=launched) as zygote:
        # The zygote loads the engines, while this process imports discord.py and the database.
        from boss_bot_core.bot.startup import run_bot  # noqa: PLC0415 - see above

        gc.enable()
        await run_bot(settings, token, zygote)


def _is_setup_error(error: BossBotError) -> bool:
    from boss_bot_core.bot.startup import StartError  # noqa: PLC0415 - see above
    from boss_bot_core.database import DatabaseError, DatabaseUnreachableError  # noqa: PLC0415
    from boss_bot_core.worker import WorkerError  # noqa: PLC0415

    is_setup = isinstance(error, StartError | DatabaseError | WorkerError)
    return is_setup and not isinstance(error, DatabaseUnreachableError)


def _discard_unwritable_output() -> None:
    # The terminal may have been closed. Python would end with code 120 because of what it cannot write there.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
