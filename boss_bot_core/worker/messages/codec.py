"""Strict codec between messages and lines of JSON: data from a worker is as untrusted as what the worker downloads.

cattrs alone would convert 7 to "7" where a text is expected; this codec refuses a wrong type, and a number that does
not fit into a database column.
"""

import json
from types import UnionType
from typing import NoReturn, TypeVar, cast

from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages.converter import (
    build_message_converter,
    prepare_structure_hooks,
    prepare_unstructure_hooks,
)
from boss_bot_core.worker.messages.events import Event
from boss_bot_core.worker.messages.jobs import StartJob, WorkerJob

LINE_LIMIT_BYTES = 512 * 1024
"""Size of the longest line: a result of a thousand files is about 300 KiB."""

MessageT = TypeVar("MessageT")


def encode(value: object, message_type: object) -> bytes:
    """Return `value` as one line of JSON, newline included.

    Args:
        value: The message.
        message_type: The message's class, or the union that it belongs to.
    """
    # Every character beyond ASCII is escaped, so that a file name that is not UTF-8 is preserved.
    return (
        json.dumps(_CONVERTER.unstructure(value, unstructure_as=message_type), separators=(",", ":")).encode() + b"\n"
    )


def decode(line: bytes, message_type: type[MessageT] | UnionType) -> MessageT:
    """Return the message in `line`.

    Args:
        line: One line, with or without its newline.
        message_type: The expected class, or a union of this package.

    Raises:
        MessageError: The line is no such message; the error's text contains nothing from the line.
    """
    try:
        values = json.loads(line, parse_constant=_refuse_constant)
        return _CONVERTER.structure(values, cast("type[MessageT]", message_type))
    except (Exception, RecursionError) as exc:
        raise MessageError(f"A message could not be read ({type(exc).__name__}).") from exc


def prepare_codec() -> None:
    """Prepare the messages of workers before a worker is forked, which would prepare its own after the fork."""
    prepare_structure_hooks(_CONVERTER, StartJob, WorkerJob, Event)
    prepare_unstructure_hooks(_CONVERTER, Event)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_CONVERTER = build_message_converter()
