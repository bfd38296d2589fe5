"""What an ffmpeg can do: its encoders and filters, and whether a hardware encoder works on this machine."""

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

from boss_bot_media.conditions import Capabilities

_NAME: Final = re.compile(r"^ [A-Z.|]{2,6} (\w+) ", re.MULTILINE)
_ANSWER_TIME_S: Final = 20


@cache
def read_capabilities(ffmpeg: Path | None) -> Capabilities:
    """Return what an ffmpeg can do; nothing if there is none, or if it does not start."""
    if ffmpeg is None:
        return Capabilities()
    try:
        return Capabilities(encoders=_list_names(ffmpeg, "-encoders"), filters=_list_names(ffmpeg, "-filters"))
    except (OSError, subprocess.SubprocessError):
        return Capabilities()


def _list_names(ffmpeg: Path, option: str) -> frozenset[str]:
    done = subprocess.run(  # noqa: S603 - the operator's own program
        [ffmpeg, "-hide_banner", option], capture_output=True, text=True, check=True, timeout=_ANSWER_TIME_S
    )
    return frozenset(_NAME.findall(done.stdout))
