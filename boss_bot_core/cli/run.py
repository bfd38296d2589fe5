"""The command `boss-bot run`: runs the Discord bot until it is stopped."""

import asyncio
import os
import sys

import typer
from loguru import logger

from boss_bot_core.cli.exit_codes import EXIT_USAGE
from boss_bot_core.database import DatabaseError, DatabaseUnreachableError
from boss_bot_core.log import hide_secrets, set_up_logging
from boss_bot_core.settings import find_token, load_with_sources, review_settings
from boss_bot_core.worker import WorkerError


def run_discord_bot() -> None:
    """Run the Discord bot; Ctrl-C, SIGTERM or SIGHUP stops it, and what is unfinished continues with the next start.

    Leaves with 2 when it cannot run as it is set up, and with 1 when Discord, or the
    database's server, cannot be reached.
    """
    # The import of discord.py takes a second, which the other commands need not spend.
    from boss_bot_core.bot.startup import StartError, missing_token_error, run_bot  # noqa: PLC0415 - see above

    resolved = load_with_sources()
    settings = resolved.settings
    set_up_logging(settings)
    for finding in review_settings(resolved):
        logger.bind(action="settings").warning("{}", finding)
    token = find_token(settings.bot)
    if token is None:
        raise missing_token_error()
    hide_secrets(token.get_secret_value())
    try:
        asyncio.run(run_bot(settings, token.get_secret_value()))
    except DatabaseUnreachableError:
        raise
    except (StartError, DatabaseError, WorkerError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EXIT_USAGE) from None
    _discard_unwritable_output()


def _discard_unwritable_output() -> None:
    # The terminal may have been closed. Python would end with code 120 because of what it cannot write there.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
