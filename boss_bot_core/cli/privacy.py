"""The commands `boss-bot privacy`: show what is kept of a user, and delete it, also while the bot runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated

import attrs
import typer

from boss_bot_core.app.background import hold_dispatcher_lock
from boss_bot_core.app.cleanup import build_cleanup
from boss_bot_core.app.privacy import build_privacy, read_periods
from boss_bot_core.app.services import CoreServices, open_services
from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_core.cli.output import AsJson, print_json
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.privacy import DeletionReport, KeptData, KeptPeriods
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.log import set_up_logging
from boss_bot_core.operations.privacy import PrivacyService
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.settings import load

app = typer.Typer(help="Show or delete what is kept of a user of Discord.", no_args_is_help=True)

UserId = Annotated[int, typer.Argument(metavar="USER_ID", min=1, help="Discord's id of the user.")]


@app.command("show")
def show_data(user_id: UserId, *, as_json: AsJson = False) -> None:
    """Show how much is kept of a user, and how long this installation keeps it."""
    kept, periods = asyncio.run(_read(user_id))
    if as_json:
        print_json(attrs.asdict(kept) | {"periods": _build_periods(periods)})
        return
    typer.echo(
        f"User {user_id}: {kept.downloads} downloads ({kept.unfinished} unfinished), {kept.files} stored files, "
        f"{kept.messages} messages, {kept.settings} settings."
    )


@app.command("delete")
def delete_data(
    user_id: UserId,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Cancel a user's downloads, and delete everything that is kept of the user: rows, files and lines of the log."""
    if not yes:
        typer.confirm(f"Delete everything that is kept of user {user_id}?", abort=True, err=True)
    report = asyncio.run(_delete(user_id))
    if as_json:
        print_json(attrs.asdict(report) | {"complete": report.is_complete})
    else:
        typer.echo("\n".join([_describe(report), *report.failed]))
    if not report.is_complete:
        raise typer.Exit(EXIT_FAILED)


def _describe(report: DeletionReport) -> str:
    removed = (
        f"{report.downloads} downloads ({report.cancelled} cancelled first), {report.files} stored files, "
        f"{report.messages} messages, {report.settings} settings, {report.folders} folders "
        f"({format_size(report.freed_bytes)}), {report.log_lines} lines of the log"
    )
    left = f" {report.remaining} downloads did not stop; try again in a moment." if report.remaining else ""
    return f"Deleted: {removed}.{left}"


def _build_periods(periods: KeptPeriods) -> dict[str, float]:
    return {
        "files_hours": periods.files.total_seconds() / 3600,
        "premium_files_hours": periods.premium_files.total_seconds() / 3600,
        "failed_files_hours": periods.failed_files.total_seconds() / 3600,
        "records_days": periods.records.days,
        "left_server_days": periods.left_guild.days,
        "log_bytes": periods.log_bytes,
    }


@asynccontextmanager
async def _open() -> AsyncIterator[tuple[CoreServices, PrivacyService]]:
    settings = load()
    # As in `queue`: the console shows the answer, and the log file everything else.
    set_up_logging(settings, console_level="WARNING")
    async with open_services(settings) as services:

        async def cancel(item: DownloadItem) -> object:
            return await services.queue.control.cancel(item.id)

        yield services, build_privacy(services, build_cleanup(services), cancel)


async def _read(user_id: int) -> tuple[KeptData, KeptPeriods]:
    async with _open() as (services, privacy):
        return await privacy.read(user_id), read_periods(services.settings)


async def _delete(user_id: int) -> DeletionReport:
    async with _open() as (services, privacy), AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(hold_dispatcher_lock(services))
        except DispatcherRunningError:
            return await privacy.delete(user_id)
        # Whatever the rows say: downloads that a crash interrupted wait for the next start.
        return await privacy.delete(user_id, nothing_runs=True)
