"""A column type for small values that SQL never looks into: lists of ids, and choices that grow without a migration."""

from typing import Any, Generic, TypeVar

import cattrs
import sqlalchemy as sa
from cattrs.preconf.json import make_converter
from sqlalchemy.types import TypeDecorator

ValueT = TypeVar("ValueT")

_CONVERTER: cattrs.Converter = make_converter(omit_if_default=True)


class Json(TypeDecorator[ValueT], Generic[ValueT]):
    """A value of one type as JSON; what is at its default is left out, and what an older version forgot is ignored.

    Args:
        kind: The type, such as `frozenset[int]`.
    """

    impl = sa.JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - `tuple[X, ...]` is no `type` to a type checker
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: ValueT | None, dialect: sa.Dialect) -> object:
        """Return what JSON can say of `value`."""
        return None if value is None else _CONVERTER.unstructure(value, unstructure_as=self.kind)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> ValueT | None:  # noqa: ANN401 - JSON
        """Return the value."""
        if value is None:
            return None
        found: ValueT = _CONVERTER.structure(value, self.kind)
        return found
