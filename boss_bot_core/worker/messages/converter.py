"""The converter between messages and plain values: what cattrs has to be told, and its code, generated in advance.

cattrs generates the code for a class when the first value of it comes, which is a quarter of a worker's time. A worker
that does so copies memory pages that it otherwise shares with the zygote.
"""

from enum import IntEnum
from pathlib import Path
from types import UnionType
from typing import Any, Final, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.preconf.json import make_converter

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin.inspection import FileFacts
from boss_bot_core.worker.messages.control import FromZygote, ToZygote
from boss_bot_core.worker.messages.events import Event
from boss_bot_core.worker.messages.jobs import WorkerJob
from boss_bot_core.worker.messages.plain_values import STRICT_HOOKS, structure_int

_TAG: Final = "_type"
"""The key of a JSON object that has the name of the message's class."""


def build_message_converter() -> Converter:
    """Return the converter of all messages."""
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


def prepare_structure_hooks(converter: Converter, *kinds: object) -> None:
    """Prepare the decoding of every class in some types."""
    for kind in _list_classes([], *kinds):
        hook = converter.get_structure_hook(kind)
        # Registered, because cattrs forgets its own hooks of classes whenever it generates one of a mapping.
        if isinstance(kind, type):
            converter.register_structure_hook(kind, hook)


def prepare_unstructure_hooks(converter: Converter, *kinds: object) -> None:
    """Prepare the encoding of every class in some types."""
    for kind in _list_classes([], *kinds):
        hook = converter.get_unstructure_hook(kind)
        if isinstance(kind, type):
            converter.register_unstructure_hook(kind, hook)


def _list_classes(found: list[Any], *kinds: Any) -> list[Any]:  # noqa: ANN401 - a type has no narrower type
    """Add the classes in some types to `found`, each after those in its fields; the generic ones come last."""
    for kind in kinds:
        if kind not in found and kind is not Ellipsis:
            origin = get_origin(kind) or kind
            is_class = attrs.has(origin)
            _list_classes(found, *get_args(kind), *(field.type for field in attrs.fields(origin)) if is_class else ())
            found += [kind] if is_class else []
    found.sort(key=lambda kind: not isinstance(kind, type))
    return found
