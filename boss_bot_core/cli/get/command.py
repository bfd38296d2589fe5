"""`boss-bot get`: the whole pipeline for links given on the command line."""

import asyncio
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import attrs
import typer
from rich.console import Console

from boss_bot_core.app import open_app
from boss_bot_core.cli.get.progress import choose_display
from boss_bot_core.cli.get.result import GetResult
from boss_bot_core.cli.get.session import GetRequest, GetSession
from boss_bot_core.cli.get.wait import ItemWait
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.sizes import MEGABYTE, parse_size
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.log import set_up_logging
from boss_bot_core.settings import Settings, load

EXIT_INTERRUPTED = 130
"""128 + SIGINT, as shells expect."""


class PriorityName(StrEnum):
    """A priority as it is typed."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class QualityName(StrEnum):
    """A quality as it is typed."""

    BEST = "best"
    FULL_HD = "1080"
    HD = "720"
    SD = "480"
    SMALL = "360"


def _size(text: str) -> int:
    try:
        return parse_size(text)
    except ValueError as exc:
        raise typer.BadParameter(f"expected {exc}") from exc


def command(
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]...", help="Links; none: finish the queue.")] = None,
    *,
    out: Annotated[Path, typer.Option(file_okay=False, help="Folder for the files.")] = Path(),
    max_file_size: Annotated[
        int | None, typer.Option(parser=_size, metavar="SIZE", help="Largest file, such as 50MB.")
    ] = None,
    priority: Annotated[PriorityName, typer.Option(help="How urgent.")] = PriorityName.NORMAL,
    quality: Annotated[QualityName, typer.Option(help="Tallest video, in lines.")] = QualityName.BEST,
    audio_only: Annotated[bool, typer.Option("--audio-only", help="Only the sound.")] = False,
    thread: Annotated[bool, typer.Option("--thread", help="Also the author's other posts of a thread.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per link.")] = False,
) -> None:
    """Fetch the media behind links into a folder.

    Leaves with 0 when every link brought files, else with 1. Ctrl-C stops cleanly; what is unfinished continues with
    the next start.
    """
    # The program's own cap is whole megabytes: rounded up here, the exact limit goes with each download.
    cap = {} if max_file_size is None else {"max_file_size_mb": -(-max_file_size // MEGABYTE)}
    settings = load(cap)
    request = GetRequest(
        urls=tuple(urls or ()),
        folder=out.expanduser().absolute(),
        max_file_size_bytes=max_file_size or settings.download.max_file_size_bytes,
        priority=DownloadPriority[priority.name],
        options=DownloadOptions(quality=quality.value, audio_only=audio_only, whole_thread=thread),
    )
    set_up_logging(settings, console_level="WARNING")
    try:
        outcomes = asyncio.run(_get(settings, request))
    except KeyboardInterrupt:
        typer.echo("Stopped. What was not finished continues with the next `boss-bot get`.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    if not outcomes:
        typer.echo("Nothing waits in the queue. To fetch something, give a link: boss-bot get URL", err=True)
    for outcome in outcomes:
        typer.echo(json.dumps(attrs.asdict(outcome)) if as_json else outcome.as_text())
    if not all(outcome.is_success for outcome in outcomes):
        raise typer.Exit(1)


async def _get(settings: Settings, request: GetRequest) -> list[GetResult]:
    async with open_app(settings) as app, app.dispatch():
        with choose_display(Console(stderr=True)) as view:
            async with ItemWait(app, view) as waiting:
                return await GetSession(app, request, waiting).run()
