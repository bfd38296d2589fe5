"""Parsers of settings, and the annotated types that use them: counts, times, sizes, words and lists of names.

The text of a parser's `ValueError` ends the sentence "expected …", which is shown to the operator. Each parser also
accepts the value that it returns.
"""

import json
from pathlib import Path
from typing import Annotated

from boss_bot_core.domain.guilds import MAX_PREFIX_LENGTH, is_command_prefix
from boss_bot_core.domain.sizes import parse_megabytes, parse_size

_YEAR_S = 366 * 86_400


def read_text_file(path: Path) -> str:
    """Return the text of a file that the operator wrote, in UTF-8 or UTF-16, without its byte order mark.

    Raises:
        OSError: The file cannot be read.
        UnicodeDecodeError: The file is no text.
    """
    data = path.read_bytes()
    return data.decode(json.detect_encoding(data))


def parse_count(value: object) -> int:
    """Return a whole number from 1."""
    number = int(value) if isinstance(value, str) and value.strip().isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError("a whole number from 1")
    return number


def parse_seconds(value: object) -> float:
    """Return a number of seconds above 0 and below a year."""
    try:
        seconds = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0.0
    except ValueError:
        seconds = 0.0
    # This form of the comparison also refuses NaN and infinity.
    if not 0 < seconds < _YEAR_S:
        raise ValueError("a number of seconds above 0")
    return seconds


def parse_size_setting(value: object) -> int:
    """Return a number of bytes from 1, from a whole number or a text such as `1.5GB`."""
    return parse_size(str(value) if isinstance(value, str | int) else "")


def parse_megabytes_setting(value: object) -> int:
    """Return whole megabytes from 1, from a number of megabytes or a text such as `1GB`."""
    return parse_megabytes(str(value) if isinstance(value, str | int) and not isinstance(value, bool) else "")


Count = Annotated[int, parse_count]
"""A whole number from 1."""
Seconds = Annotated[float, parse_seconds]
"""A duration in seconds."""

Size = Annotated[int, parse_size_setting]
"""A number of bytes."""

Megabytes = Annotated[int, parse_megabytes_setting]
"""A number of units of 1,048,576 bytes."""


LOG_LEVELS = ("TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL")


def parse_log_level(value: object) -> str:
    """Return the name of a log level, in capitals."""
    level = value.strip().upper() if isinstance(value, str) else ""
    if level not in LOG_LEVELS:
        raise ValueError("one of " + ", ".join(LOG_LEVELS))
    return level


def parse_prefix(value: object) -> str:
    """Return a command prefix."""
    if not isinstance(value, str) or not is_command_prefix(value):
        raise ValueError(f"1 to {MAX_PREFIX_LENGTH} visible characters, such as $ or b!")
    return value


def parse_names(value: object) -> tuple[str, ...]:
    """Return names from an array, or from a text with commas."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("names, as an array or separated by commas")
    return tuple(part.strip() for part in parts if part.strip())


def parse_database_url(value: object) -> str:
    """Return the address of a database; the package `database` checks the rest of it when it opens the database."""
    if not isinstance(value, str) or not value.startswith(("sqlite:", "sqlite+aiosqlite:", "postgres")):
        raise ValueError("an address such as sqlite:////srv/boss-bot.sqlite3 or postgresql://host/name")
    return value


LogLevel = Annotated[str, parse_log_level]
Prefix = Annotated[str, parse_prefix]
Names = Annotated[tuple[str, ...], parse_names]
DatabaseUrl = Annotated[str, parse_database_url]
