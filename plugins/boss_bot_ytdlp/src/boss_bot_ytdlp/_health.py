"""What the plugin says about its state: yt-dlp's version and age, and what YouTube needs."""

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata

_RUNTIMES = ("deno", "node", "bun", "qjs")
"""Programs that yt-dlp can run the JavaScript of a site with."""

_OLD_DAYS = 60
"""Sites change all the time: yt-dlp has several releases in this time."""


def check_health() -> Iterator[str]:
    """Yield sentences for the operator."""
    version = metadata.version("yt-dlp")
    age_days = (datetime.now(UTC) - _parse_date(version)).days
    advice = ": upgrade it if a site fails" if age_days > _OLD_DAYS else ""
    yield f"yt-dlp {version} is {age_days} days old{advice}."
    if not any(map(shutil.which, _RUNTIMES)):
        yield "There is no JavaScript runtime: YouTube has few formats or none; install deno."
    elif importlib.util.find_spec("yt_dlp_ejs") is None:
        yield "The package yt-dlp-ejs is missing: YouTube has few formats or none; install it."


def _parse_date(version: str) -> datetime:
    """Return the day of a release: yt-dlp's versions are dates."""
    year, month, day, *_ = version.split(".")
    return datetime(int(year), int(month), int(day), tzinfo=UTC)
