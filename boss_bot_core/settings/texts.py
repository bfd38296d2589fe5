"""Words and lists of names as settings: what they may be written as, and what they become.

The text of a parser's `ValueError` ends the sentence "expected …" that the operator reads. Each parser also takes what
it returns.
"""

from typing import Annotated

LOG_LEVELS = ("TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL")
_PREFIX_LENGTH = 5


def parse_log_level(value: object) -> str:
    """Return the name of a log level, in capitals."""
    level = value.strip().upper() if isinstance(value, str) else ""
    if level not in LOG_LEVELS:
        raise ValueError("one of " + ", ".join(LOG_LEVELS))
    return level


def parse_prefix(value: object) -> str:
    """Return a command prefix."""
    if not isinstance(value, str) or not 1 <= len(value) <= _PREFIX_LENGTH or not value.isprintable() or " " in value:
        raise ValueError(f"1 to {_PREFIX_LENGTH} visible characters")
    return value


def parse_names(value: object) -> tuple[str, ...]:
    """Return names, out of an array or of a text with commas."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("names, as an array or separated by commas")
    return tuple(part.strip() for part in parts if part.strip())


def parse_database_url(value: object) -> str:
    """Return a database's address; the database room knows what it can open."""
    if not isinstance(value, str) or not value.startswith(("sqlite:", "sqlite+aiosqlite:", "postgres")):
        raise ValueError("an address such as sqlite:////srv/boss-bot.sqlite3 or postgresql://host/name")
    return value


LogLevel = Annotated[str, parse_log_level]
Prefix = Annotated[str, parse_prefix]
Names = Annotated[tuple[str, ...], parse_names]
DatabaseUrl = Annotated[str, parse_database_url]
