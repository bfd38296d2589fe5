"""The arguments and options of `boss-bot get`, as types with their help and their parsers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from boss_bot_core.domain.clock import parse_duration
from boss_bot_core.domain.sizes import parse_size


class PriorityName(StrEnum):
    """The values of `--priority`."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class QualityName(StrEnum):
    """The values of `--quality`."""

    BEST = "best"
    FULL_HD = "1080"
    HD = "720"
    SD = "480"
    SMALL = "360"


class FitName(StrEnum):
    """The values of `--fit`."""

    CONVERT = "convert"
    PARTS = "parts"
    SOUND = "sound"


def _parse_size_option(text: str) -> int:
    try:
        return parse_size(text)
    except ValueError as exc:
        raise typer.BadParameter(f"expected {exc}") from exc


def _parse_duration_option(text: str) -> float:
    try:
        return parse_duration(text)
    except ValueError as exc:
        raise typer.BadParameter(f"expected {exc}") from exc


Urls = Annotated[list[str] | None, typer.Argument(metavar="[URL]...", help="Links; none: finish the queue.")]
OutFolder = Annotated[Path, typer.Option(file_okay=False, help="Folder for the files.")]
MaxFileSize = Annotated[
    int | None, typer.Option(parser=_parse_size_option, metavar="SIZE", help="Largest file, such as 50MB.")
]
Priority = Annotated[PriorityName, typer.Option(help="How urgent.")]
MaxHeight = Annotated[QualityName, typer.Option(help="Tallest video, in lines.")]
AudioOnly = Annotated[bool, typer.Option("--audio-only", help="Only the sound.")]
WholeThread = Annotated[bool, typer.Option("--thread", help="Also the author's other posts of a thread.")]
Fit = Annotated[FitName | None, typer.Option(help="What to do with a file that does not fit, where there is a choice.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Fetch again what is stored already.")]
MaxWait = Annotated[
    float, typer.Option(parser=_parse_duration_option, metavar="TIME", help="Longest wait for another try.")
]
Debug = Annotated[
    bool,
    typer.Option(
        "--debug", help="For plugin authors: run the download hook in this terminal, unconfined, for a debugger."
    ),
]
DebuggedPlugin = Annotated[str | None, typer.Option("--plugin", metavar="NAME", help="With --debug: whose hook.")]
JsonPerLink = Annotated[bool, typer.Option("--json", help="Print one JSON object per link.")]
