"""Column types that convert stored values to domain values and back, the same for SQLite and PostgreSQL.

They are separate from the tables because migrations must not use them: a migration keeps the plain types of its time.
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

_OPTIONS_CONVERTER = cattrs.Converter()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time. SQLite stores no time zone, so every time is stored in UTC, and sorts correctly as text."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return `value` in UTC."""
        return None if value is None else to_utc(value)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the stored time as an aware time in UTC."""
        return None if value is None else to_utc(value)


class SanitizedText(TypeDecorator[str]):
    """Untrusted text without NUL, which PostgreSQL refuses, and lone surrogates, which UTF-8 cannot encode."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Return `value` with the characters replaced that a database cannot store."""
        if value is None:
            return None
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


class PriorityNumber(TypeDecorator[DownloadPriority]):
    """A priority, stored as its number so that SQL can sort by it."""

    impl = sa.SmallInteger
    cache_ok = True

    def process_bind_param(self, value: DownloadPriority | None, dialect: sa.Dialect) -> int | None:
        """Return the number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> DownloadPriority | None:
        """Return the priority."""
        return None if value is None else DownloadPriority(value)


class OptionsJson(TypeDecorator[DownloadOptions]):
    """A requester's options as a JSON object: a new option needs no migration, and a removed one is ignored."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: DownloadOptions | None, dialect: sa.Dialect) -> dict[str, object] | None:
        """Return the JSON object."""
        return None if value is None else attrs.asdict(value)

    def process_result_value(self, value: dict[str, object] | None, dialect: sa.Dialect) -> DownloadOptions | None:
        """Return the options."""
        return None if value is None else _OPTIONS_CONVERTER.structure(value, DownloadOptions)


def build_enum_type(enum: type[StrEnum]) -> sa.Enum:
    """Return the type of a column that stores a value of `enum` as text; reading an unknown value raises an error."""
    return sa.Enum(enum, native_enum=False, length=32, values_callable=lambda members: [each.value for each in members])


ValueT = TypeVar("ValueT")

_JSON_CONVERTER: cattrs.Converter = make_converter(omit_if_default=True)


class Json(TypeDecorator[ValueT], Generic[ValueT]):
    """A small value that SQL never searches, as JSON; it can gain attributes without a migration.

    Attributes at their default are not stored, and stored attributes that this version does not know are ignored.

    Args:
        value_type: The type, such as `frozenset[int]`.
    """

    impl = sa.JSON
    cache_ok = True

    def __init__(self, value_type: Any) -> None:  # noqa: ANN401 - `tuple[X, ...]` is no `type` to a type checker
        super().__init__()
        # SQLAlchemy builds the cache key of a type from the attributes that have the names of the parameters here.
        self.value_type = value_type

    def process_bind_param(self, value: ValueT | None, dialect: sa.Dialect) -> object:
        """Return `value` as JSON data."""
        return None if value is None else _JSON_CONVERTER.unstructure(value, unstructure_as=self.value_type)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> ValueT | None:  # noqa: ANN401 - JSON
        """Return the value."""
        if value is None:
            return None
        found: ValueT = _JSON_CONVERTER.structure(value, self.value_type)
        return found
