"""A bar chart: its values, and the picture that a child process draws of it."""

import asyncio
import json
import sys
from collections.abc import Sequence

import attrs
from loguru import logger

_TIMEOUT_S = 15.0
_PROGRAM = ("-P", "-m", "boss_bot_core.charts.program")


@attrs.frozen(kw_only=True)
class Bar:
    """One bar.

    Attributes:
        label: What it stands for.
        value: Its length; not negative.
        text: The value for people.
    """

    label: str
    value: int
    text: str


async def draw_bar_chart(title: str, bars: Sequence[Bar], *, timeout_s: float = _TIMEOUT_S) -> bytes | None:
    """Return a PNG of the bars; None when it could not be drawn in time, which the log tells."""
    chart = json.dumps({"title": title, "bars": [attrs.asdict(bar) for bar in bars]}).encode()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *_PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # The token is in the environment of the bot, and no business of this program.
        env={},
    )
    try:
        async with asyncio.timeout(timeout_s):
            picture, _ = await child.communicate(chart)
    except TimeoutError:
        logger.bind(action="chart").warning("A chart could not be drawn within {} s.", timeout_s)
        return None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        logger.bind(action="chart").warning("A chart could not be drawn: exit code {}.", child.returncode)
        return None
    return picture
