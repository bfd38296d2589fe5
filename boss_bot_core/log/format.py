"""How a record looks: one line for people on the console, one JSON object for machines in the file."""

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
# Fields of ours in a record are not part of what was logged.
_CONSOLE = "_console"
_JSON = "_json"


def build_patcher(redactor: Redactor) -> Callable[["Record"], None]:
    """Return what takes secrets out of a record's message and fields before any sink sees it."""

    def patch(record: "Record") -> None:
        record["message"] = redactor.redact(record["message"])
        for name, value in record["extra"].items():
            record["extra"][name] = redactor.redact_value(value, name)

    return patch


def build_console_format(redactor: Redactor, *, development: bool, colored: bool) -> Format:
    """Return the console's format.

    Args:
        redactor: Takes secrets out of tracebacks.
        development: Whether tracebacks show the values of variables.
        colored: Whether they are coloured.
    """

    def format_record(record: "Record") -> str:
        extra = record["extra"]
        who = "".join(f"[{extra[name]}] " for name in _PREFIX_FIELDS if name in extra)
        lines = [_escape_unprintable(f"{who}{record['message']}")]
        if (error := _find_error(record)) is not None:
            make = (
                format_rich_traceback(error, redactor, colored=colored)
                if development
                else format_traceback(error, redactor)
            )
            lines.append(make.rstrip("\n"))
        extra[_CONSOLE] = "\n".join(lines)
        return f"<dim>{{time:HH:mm:ss}}</dim> <level>{{level: <8}}</level> {{extra[{_CONSOLE}]}}\n"

    return format_record


def build_json_format(redactor: Redactor) -> Format:
    """Return the file's format: an object for each line."""

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
    # Strangers' texts are logged too: no line that looks like another entry, and nothing that a terminal obeys.
    return "".join(
        char if char.isprintable() or unicodedata.category(char) in {"Zs", "Mn"} else ascii(char)[1:-1] for char in text
    )
