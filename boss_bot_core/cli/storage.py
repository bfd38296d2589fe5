"""The commands `boss-bot storage`: report what is stored, clean up, and verify the files, also while the bot runs."""

import asyncio
from typing import Annotated

import typer

from boss_bot_core.app.cleanup import build_cleanup
from boss_bot_core.app.services import open_services
from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_core.cli.output import AsJson, print_json
from boss_bot_core.cli.storage_report import StorageReport, build_run_object, describe_run, print_report
from boss_bot_core.domain.cleanup import CleanupKind, CleanupRun
from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.log import set_up_logging
from boss_bot_core.operations.cleanup.damage import list_checks
from boss_bot_core.operations.cleanup.removal import list_expired
from boss_bot_core.operations.cleanup.uptime import read_clock
from boss_bot_core.settings import Settings, load
from boss_bot_core.storage.integrity import FileCheck
from boss_bot_core.storage.scan import ItemFolder, list_stored_folders, list_temp_folders
from boss_bot_core.storage.usage import list_stored_downloads, measure_space

app = typer.Typer(help="Show what is stored, clean up, or verify the stored files.", no_args_is_help=True)


@app.command("report")
def report_storage(*, as_json: AsJson = False) -> None:
    """Show the space in use by server, type, age and end of retention, and the last clean-ups."""
    report = asyncio.run(_read_report())
    if as_json:
        print_json(report.build_object())
    else:
        print_report(report)


@app.command("clean")
def clean_storage(
    *,
    deep: Annotated[bool, typer.Option("--deep", help="Also do what the daily clean-up does.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be deleted.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete what the retention periods no longer keep; never anything that a download still needs."""
    if dry_run:
        folders = asyncio.run(_list_expired())
        if as_json:
            print_json([{"id": folder.item_id.hex, "kind": folder.kind} for folder in folders])
        else:
            typer.echo("\n".join(f"{folder.item_id} ({folder.kind})" for folder in folders) or "Nothing has expired.")
        return
    runs = asyncio.run(_clean([*CleanupKind] if deep else [CleanupKind.TEMP, CleanupKind.MAIN]))
    if as_json:
        print_json([build_run_object(run) for run in runs])
    else:
        typer.echo("\n".join(describe_run(run) for run in runs))
    if any(run.failed or run.damaged for run in runs):
        raise typer.Exit(EXIT_FAILED)


@app.command("verify")
def verify_storage(
    *,
    guild: Annotated[int | None, typer.Option(help="Only the files of this server; 0 is the command line.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare every stored file with its checksum; the exit code is 1 when one is damaged or missing."""
    checks = asyncio.run(_verify(guild))
    problems = [check for check in checks if check.problem is not None]
    if as_json:
        found = [{"id": each.item_id.hex, "file": each.filename, "problem": each.problem} for each in problems]
        print_json({"checked": len(checks), "problems": found})
    else:
        size, good = format_size(sum(check.size_bytes for check in checks)), len(checks) - len(problems)
        typer.echo("\n".join([*map(str, problems), f"{good} files are good, {len(problems)} are not; {size} read."]))
    if problems:
        raise typer.Exit(EXIT_FAILED)


def _load_settings() -> Settings:
    settings = load()
    set_up_logging(settings, console_level="WARNING")
    return settings


async def _read_report() -> StorageReport:
    async with open_services(_load_settings()) as services:
        layout = services.storage.layout
        downloads = await asyncio.to_thread(lambda: tuple(list_stored_downloads(layout)))
        space = await asyncio.to_thread(measure_space, layout)
        metrics = await build_cleanup(services).totals.read_metrics()
        return StorageReport(downloads=downloads, space=space, metrics=metrics)


async def _list_expired() -> tuple[ItemFolder, ...]:
    async with open_services(_load_settings()) as services:
        clock = ClockHistory(last=read_clock())
        parts = [
            await list_expired(services.storage, services.database, list_folders, clock)
            for list_folders in (list_temp_folders, list_stored_folders)
        ]
        return sum(parts, start=())


async def _clean(kinds: list[CleanupKind]) -> list[CleanupRun]:
    async with open_services(_load_settings()) as services:
        cleanup = build_cleanup(services)
        return [await cleanup.run(kind) for kind in kinds]


async def _verify(guild_id: int | None) -> list[FileCheck]:
    async with open_services(_load_settings()) as services:
        return [check async for check in list_checks(services.storage.layout, services.database, guild_id=guild_id)]
