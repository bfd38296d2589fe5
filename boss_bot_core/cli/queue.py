"""The commands `boss-bot queue`: list, cancel and retry downloads, also while the bot runs."""

import asyncio
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from boss_bot_core.app import CoreServices, open_services
from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.log import set_up_logging
from boss_bot_core.queue import ControlOutcome, ControlResult, QueueError, UnknownItemError
from boss_bot_core.settings import Settings, load

app = typer.Typer(help="Show the queue, cancel or retry a download.", no_args_is_help=True)

ItemId = Annotated[str, typer.Argument(metavar="ID", help="The download's id, or how it begins.")]

_OUTCOME_TEXTS = {
    ControlOutcome.DONE: "is {status} now",
    ControlOutcome.REQUESTED: "will be stopped by the process that runs it",
    ControlOutcome.ALREADY: "is {status} already",
    ControlOutcome.REFUSED: "is {status}; that cannot be changed any more",
}


@app.command("list")
def list_queue(history: Annotated[int, typer.Option(min=0, help="Also show so many finished downloads.")] = 0) -> None:
    """Show what runs, what waits in the order in which it will start, and what is paused."""
    items, finished = asyncio.run(_read_queue(history))
    if not items and not finished:
        typer.echo("The queue is empty.")
        return
    table = Table("id", "state", "done", "attempts", "priority", "link", "error")
    for item in (*items, *finished):
        table.add_row(*_build_row(item))
    Console(width=None if Console().is_terminal else 200).print(table)


@app.command("cancel")
def cancel_download(item_id: ItemId) -> None:
    """Cancel a download that waits, is paused or runs."""
    _print_result(asyncio.run(_control(item_id, "cancel")))


@app.command("retry")
def retry_download(item_id: ItemId) -> None:
    """Try a failed or cancelled download again, with all its attempts."""
    _print_result(asyncio.run(_control(item_id, "retry")))


def _load_settings() -> Settings:
    settings = load()
    # As in `get`: the console shows the answer, and the log file everything else.
    set_up_logging(settings, console_level="WARNING")
    return settings


async def _read_queue(history: int) -> tuple[tuple[DownloadItem, ...], list[DownloadItem]]:
    async with open_services(_load_settings()) as services:
        state = await services.queue.reader.state(page_size=None)
        return state.items, await services.queue.reader.list_finished(limit=history) if history else []


async def _control(typed: str, action: Literal["cancel", "retry"]) -> ControlResult:
    async with open_services(_load_settings()) as services:
        item = await _find_item(services, typed)
        control = services.queue.control
        return await (control.cancel(item.id) if action == "cancel" else control.retry(item.id))


async def _find_item(services: CoreServices, typed: str) -> DownloadItem:
    try:
        return await services.queue.reader.find(typed)
    except UnknownItemError as error:
        raise QueueError(f"{error} `boss-bot queue list --history 20` shows the ids.") from error


def _print_result(result: ControlResult) -> None:
    item = result.item
    typer.echo(f"#{item.short_id} {_OUTCOME_TEXTS[result.outcome].format(status=item.status.value)}.")
    if result.outcome is ControlOutcome.REFUSED:
        raise typer.Exit(EXIT_FAILED)


def _build_row(item: DownloadItem) -> tuple[str, ...]:
    done = f"{item.progress:.0%}" if item.total_size else ""
    attempts = f"{item.attempt_count}/{item.max_attempts}"
    error = item.error_message or ""
    return f"#{item.short_id}", item.status.value, done, attempts, item.priority.name.lower(), item.url, error
