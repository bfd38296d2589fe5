"""Unions of message classes: the JSON object of a message also has the name of its class.

`configure_tagged_union` of cattrs prepares all classes of a union at once. Most processes send and receive a few of
them, and preparing all takes longer than a worker's fork.
"""

from types import UnionType
from typing import Any, Final, get_args

from cattrs import Converter

TAG: Final = "_type"
"""The key of the class's name."""


def register_tagged_union(converter: Converter, union: UnionType | type) -> None:
    """Let the converter structure and unstructure a union of attrs classes, each class when it is first met."""
    kinds = {kind.__name__: kind for kind in get_args(union)}

    def structure(value: Any, _: object) -> Any:  # noqa: ANN401 - decoded JSON can be any value
        if type(value) is not dict:
            raise TypeError
        fields = {name: field for name, field in value.items() if name != TAG}
        return converter.structure(fields, kinds[value[TAG]])

    def unstructure(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of a wrong type is found below
        return {**converter.unstructure(value, unstructure_as=kinds[type(value).__name__]), TAG: type(value).__name__}

    converter.register_structure_hook(union, structure)
    converter.register_unstructure_hook(union, unstructure)
