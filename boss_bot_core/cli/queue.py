"""The commands `boss-bot queue`: list, cancel and retry downloads, also while the bot runs."""

import asyncio
from typing import Annotated, Literal

import typer

from boss_bot_core.app.services import CoreServices, open_services
from boss_bot_core.cli import queue_entry
from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_core.cli.output import AsJson, print_json, print_table
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
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
def list_queue(
    *,
    history: Annotated[int, typer.Option(min=0, help="Also show so many finished downloads.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Show what runs, what waits in the order in which it will start, and what is paused."""
    sizes = asyncio.run(_read_queue(history))
    if as_json:
        print_json([queue_entry.build_object(item, size_bytes) for item, size_bytes in sizes])
    elif sizes:
        print_table(queue_entry.TITLES, (queue_entry.build_cells(item, size_bytes) for item, size_bytes in sizes))
    else:
        typer.echo("The queue is empty.")


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


async def _read_queue(history: int) -> list[tuple[DownloadItem, int | None]]:
    """Return the unfinished items and the latest finished ones, each with the size of its files as far as known."""
    async with open_services(_load_settings()) as services:
        state = await services.queue.reader.state(page_size=None)
        finished = await services.queue.reader.list_finished(limit=history) if history else []
        return [(item, await _find_size(services, item)) for item in (*state.items, *finished)]


async def _find_size(services: CoreServices, item: DownloadItem) -> int | None:
    if item.status is not DownloadStatus.COMPLETED:
        return item.total_size or item.current_size
    async with services.database.connect() as tx:
        files = await tx.files.list_for_item(item.id)
    return sum(file.size_bytes for file in files) if files else None


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
