"""Column types that turn stored values into the domain's and back, the same on SQLite and PostgreSQL.

They stand apart from the tables because the migrations must not use them: a migration keeps the plain types of its day.

A column type for small values that SQL never looks into: lists of ids, and choices that grow without a migration.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import attrs
import cattrs
import sqlalchemy as sa
from cattrs.preconf.json import make_converter
from sqlalchemy.types import TypeDecorator

from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.status import DownloadPriority

_OPTIONS = cattrs.Converter()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time; SQLite keeps no zone, so every time is written in UTC and sorts as text."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return `value` in UTC."""
        return None if value is None else to_utc(value)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the stored time, aware, in UTC."""
        return None if value is None else to_utc(value)


class SanitizedText(TypeDecorator[str]):
    """Text from outside, without NUL, which PostgreSQL refuses, and lone surrogates, which nothing can encode."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Return `value` with what no database can keep replaced."""
        if value is None:
            return None
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


class PriorityNumber(TypeDecorator[DownloadPriority]):
    """A priority as its number, so that SQL can order by it."""

    impl = sa.SmallInteger
    cache_ok = True

    def process_bind_param(self, value: DownloadPriority | None, dialect: sa.Dialect) -> int | None:
        """Return the number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> DownloadPriority | None:
        """Return the priority."""
        return None if value is None else DownloadPriority(value)


class OptionsJson(TypeDecorator[DownloadOptions]):
    """A requester's wishes as a JSON object: new ones need no migration, and forgotten ones are ignored."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: DownloadOptions | None, dialect: sa.Dialect) -> dict[str, object] | None:
        """Return the object."""
        return None if value is None else attrs.asdict(value)

    def process_result_value(self, value: dict[str, object] | None, dialect: sa.Dialect) -> DownloadOptions | None:
        """Return the wishes."""
        return None if value is None else _OPTIONS.structure(value, DownloadOptions)


def build_enum_type(enum: type[StrEnum]) -> sa.Enum:
    """Return the type of a column that holds one of `enum`'s words as text; an unknown one is refused on reading."""
    return sa.Enum(enum, native_enum=False, length=32, values_callable=lambda members: [each.value for each in members])


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
        self.value_type = kind

    def process_bind_param(self, value: ValueT | None, dialect: sa.Dialect) -> object:
        """Return what JSON can say of `value`."""
        return None if value is None else _CONVERTER.unstructure(value, unstructure_as=self.value_type)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> ValueT | None:  # noqa: ANN401 - JSON
        """Return the value."""
        if value is None:
            return None
        found: ValueT = _CONVERTER.structure(value, self.value_type)
        return found
