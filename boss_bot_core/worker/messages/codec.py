"""Strict codec between messages and lines of JSON: data from a worker is as untrusted as what the worker downloads.

cattrs alone would convert 7 to "7" where a text is expected; this codec refuses a wrong type, and a number that does
not fit into a database column.
"""

import json
from enum import IntEnum
from pathlib import Path
from types import UnionType
from typing import Any, Final, NoReturn, TypeVar, cast, get_args

from cattrs import Converter
from cattrs.preconf.json import make_converter

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin.inspection import FileFacts
from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages.control import FromZygote, ToZygote
from boss_bot_core.worker.messages.events import Event
from boss_bot_core.worker.messages.hook_preparation import prepare_structure_hooks, prepare_unstructure_hooks
from boss_bot_core.worker.messages.jobs import StartJob, WorkerJob
from boss_bot_core.worker.messages.plain_values import STRICT_HOOKS, structure_int

LINE_LIMIT_BYTES = 512 * 1024
"""Size of the longest line: a result of a thousand files is about 300 KiB."""

_TAG: Final = "_type"
"""The key of a JSON object that has the name of the message's class."""

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


def _build_converter() -> Converter:
    converter = make_converter(detailed_validation=False, forbid_extra_keys=True)
    for kind, hook in STRICT_HOOKS.items():
        converter.register_structure_hook(kind, hook)
    converter.register_unstructure_hook(Path, str)
    # cattrs would use the hook of int for an IntEnum too, which has to become its member.
    converter.register_structure_hook(IntEnum, lambda value, kind: kind(structure_int(value, int)))
    for union in (FileFacts | ErrorReport, WorkerJob, Event, ToZygote, FromZygote):
        _register_union(converter, union)
    return converter


def _register_union(converter: Converter, union: UnionType | type) -> None:
    # `configure_tagged_union` of cattrs prepares all classes of a union at once. Most processes send and receive a few
    # of them, and preparing all takes longer than a worker's fork.
    kinds = {kind.__name__: kind for kind in get_args(union)}

    def structure(value: Any, _: object) -> Any:  # noqa: ANN401 - decoded JSON can be any value
        if type(value) is not dict:
            raise TypeError
        fields = {name: field for name, field in value.items() if name != _TAG}
        return converter.structure(fields, kinds[value[_TAG]])

    def unstructure(value: object) -> dict[str, object]:
        name = type(value).__name__
        return {**converter.unstructure(value, unstructure_as=kinds[name]), _TAG: name}

    converter.register_structure_hook(union, structure)
    converter.register_unstructure_hook(union, unstructure)


_CONVERTER = _build_converter()
