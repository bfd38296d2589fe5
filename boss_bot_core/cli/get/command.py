"""The command `boss-bot get`: its arguments, its output and its exit codes."""

import asyncio
import gc
import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import typer
from loguru import logger

from boss_bot_core.app.zygote_start import start_zygote
from boss_bot_core.cli.exit_codes import EXIT_FAILED, EXIT_INCOMPLETE, EXIT_INTERRUPTED
from boss_bot_core.cli.get import options
from boss_bot_core.cli.get.request import GetRequest
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.log import set_up_logging
from boss_bot_core.settings import Settings, load, load_with_sources, review_settings
from boss_bot_core.worker.plugin_log import ENGINE_ACTION
from boss_bot_core.zygote_launch import LaunchedZygote

if TYPE_CHECKING:
    from boss_bot_core.cli.get.result import GetResult


def download_links(  # noqa: PLR0913 - Typer makes an option of each parameter
    context: typer.Context,
    urls: options.Urls = None,
    *,
    out: options.OutFolder = Path(),
    max_file_size: options.MaxFileSize = None,
    priority: options.Priority = options.PriorityName.NORMAL,
    quality: options.MaxHeight = options.QualityName.BEST,
    audio_only: options.AudioOnly = False,
    thread: options.WholeThread = False,
    fit: options.Fit = None,
    fresh: options.Fresh = False,
    max_wait: options.MaxWait = "5m",  # type: ignore[assignment]  # Typer parses the default too, and shows it as it is
    as_json: options.JsonPerLink = False,
    debug: options.Debug = False,
    plugin: options.DebuggedPlugin = None,
) -> None:
    """Fetch the media behind links into a folder.

    Leaves with 0 when every link brought all its files, with 3 when parts of a post are missing, and with 1 when a
    link brought nothing. Ctrl-C stops cleanly; what is unfinished continues with the next start.
    """
    if debug and (as_json or len(urls or ()) != 1):
        raise typer.BadParameter("--debug takes one link, and prints no JSON")
    if plugin is not None and not debug:
        raise typer.BadParameter("--plugin chooses the hook that --debug runs; add --debug")
    resolved = load_with_sources()
    settings = _raise_limit(resolved.settings, max_file_size)
    request = GetRequest(
        urls=tuple(urls or ()),
        folder=out.expanduser().absolute(),
        max_file_size_bytes=max_file_size or settings.download.max_file_size_bytes,
        priority=DownloadPriority[priority.name],
        options=DownloadOptions(
            quality=quality.value,
            audio_only=audio_only,
            whole_thread=thread,
            fresh=fresh,
            fit=None if fit is None else fit.value,
        ),
    )
    if debug:
        import_module("boss_bot_core.cli.get.foreground").run_in_foreground(settings, request, plugin)
        return
    # The result says why a link brought nothing; the lines of the engines would stand between the results.
    set_up_logging(settings, console_level="WARNING", file_only=[ENGINE_ACTION])
    for finding in review_settings(resolved):  # without this command's options
        logger.bind(action="settings").warning("{}", finding)
    try:
        results = asyncio.run(_run_session(settings, request, max_wait, context.obj))
    except KeyboardInterrupt:
        typer.echo("Stopped. What was not finished continues with the next `boss-bot get`.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    if not results:
        typer.echo("Nothing waits in the queue. To fetch something, give a link: boss-bot get URL", err=True)
    for result in results:
        typer.echo(json.dumps(attrs.asdict(result)) if as_json else result.as_text())
    if not all(result.is_success for result in results):
        raise typer.Exit(EXIT_FAILED)
    if any(result.skipped for result in results):
        raise typer.Exit(EXIT_INCOMPLETE)


def _raise_limit(settings: Settings, max_file_size_bytes: int | None) -> Settings:
    """Return the settings with a limit for one file that allows this size; each download carries the exact limit.

    A lower limit is no setting: files that are larger before a conversion may be fetched.
    """
    if max_file_size_bytes is None or max_file_size_bytes <= settings.download.max_file_size_bytes:
        return settings
    return load({"max_file_size_mb": -(-max_file_size_bytes // MEGABYTE)})


async def _run_session(
    settings: Settings, request: GetRequest, max_wait_s: float, launched: LaunchedZygote | None
) -> "list[GetResult]":
    async with start_zygote(settings, is_eager=False, launched=launched) as zygote:
        zygote.begin_file_plugins()
        # In a thread, so that the zygote gets its messages meanwhile.
        session = await asyncio.to_thread(import_module, "boss_bot_core.cli.get.session")
        gc.freeze()
        gc.enable()
        results: list[GetResult] = await session.run_session(settings, request, max_wait_s, zygote)
        return results
