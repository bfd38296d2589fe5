"""Prepares the hooks with which cattrs converts messages: all of them at once, before a worker is forked.

cattrs generates the code for a class when the first value of it comes, which is a quarter of a worker's time. A worker
that does so copies memory pages that it otherwise shares with the zygote.
"""

from typing import Any, get_args, get_origin

import attrs
from cattrs import Converter


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
