"""The formats of a log record: one readable line on the console, one JSON object in the file."""

import json
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from boss_bot_core.log.bridge import format_rich_traceback, format_traceback
from boss_bot_core.log.redaction import Redactor

if TYPE_CHECKING:
    from loguru import Record

Format = Callable[["Record"], str]

_PREFIX_FIELDS = ("job_id", "plugin")
_TRACEBACK = "traceback"
"""The field with the traceback of another process."""
# Names of the fields in which a format function stores its result; they are not part of the logged fields.
_CONSOLE = "_console"
_JSON = "_json"


def build_patcher(redactor: Redactor) -> Callable[["Record"], None]:
    """Return a loguru patcher that redacts the message and fields of a record before any sink receives it."""

    def patch(record: "Record") -> None:
        record["message"] = redactor.redact(record["message"])
        for name, value in record["extra"].items():
            record["extra"][name] = redactor.redact_value(value, name)

    return patch


def build_console_format(redactor: Redactor, *, development: bool, colored: bool) -> Format:
    """Return the format of the console.

    Args:
        redactor: Removes secrets from tracebacks.
        development: Whether tracebacks show the values of variables.
        colored: Whether tracebacks are coloured.
    """

    def format_record(record: "Record") -> str:
        extra = record["extra"]
        prefix = "".join(f"[{extra[name]}] " for name in _PREFIX_FIELDS if name in extra)
        lines = [_escape_unprintable(f"{prefix}{record['message']}")]
        if (error := _find_error(record)) is not None:
            if development:
                text = format_rich_traceback(error, redactor, colored=colored)
            else:
                text = format_traceback(error, redactor)
            lines.append(text.rstrip("\n"))
        if _TRACEBACK in extra:
            lines += [f"  | {_escape_unprintable(line)}" for line in str(extra[_TRACEBACK]).splitlines()]
        extra[_CONSOLE] = "\n".join(lines)
        return f"<dim>{{time:HH:mm:ss}}</dim> <level>{{level: <8}}</level> {{extra[{_CONSOLE}]}}\n"

    return format_record


def build_json_format(redactor: Redactor) -> Format:
    """Return the format of the log file: one JSON object per line."""

    def format_record(record: "Record") -> str:
        entry: dict[str, object] = {
            "time": record["time"].isoformat(),
            "level": record["level"].name,
            "message": record["message"],
            **{name: value for name, value in record["extra"].items() if not name.startswith("_")},
            "logger": record["name"],
            "line": record["line"],
            "process": record["process"].id,
        }
        if (error := _find_error(record)) is not None:
            entry |= {"error": type(error).__name__, "traceback": format_traceback(error, redactor)}
        record["extra"][_JSON] = json.dumps(entry, default=str)
        return f"{{extra[{_JSON}]}}\n"

    return format_record


def _find_error(record: "Record") -> BaseException | None:
    return record["exception"].value if record["exception"] is not None else None


def _escape_unprintable(text: str) -> str:
    # Untrusted text is logged too. It must not look like another log line, nor control the terminal.
    return "".join(
        char if char.isprintable() or unicodedata.category(char) in {"Zs", "Mn"} else ascii(char)[1:-1] for char in text
    )
