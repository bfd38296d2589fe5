"""The file `.maintenance`: the metrics of storage and the history of the clock, which outlive the process."""

import json

import attrs
from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter
from loguru import logger

from boss_bot_core.domain.clock_history import ClockHistory, ClockReading
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.storage.filesystem import write_file
from boss_bot_core.storage.layout import StorageLayout


@attrs.frozen(kw_only=True)
class MaintenanceRecord:
    """The content of `.maintenance`.

    Attributes:
        metrics: The metrics, with the totals of the clean-ups.
        clock: What is known of the clock; None before the first clean-up.
    """

    metrics: StorageMetrics = attrs.field(factory=StorageMetrics)
    clock: ClockHistory | None = None

    def observe(self, reading: ClockReading) -> ClockHistory:
        """Return the history of the clock with a further reading."""
        return ClockHistory(last=reading) if self.clock is None else self.clock.observe(reading)


_CONVERTER = make_converter()


def read_maintenance(layout: StorageLayout) -> MaintenanceRecord:
    """Return the record; an empty one when there is none, or when it is damaged."""
    try:
        return _CONVERTER.structure(json.loads(layout.maintenance.read_bytes()), MaintenanceRecord)
    except FileNotFoundError:
        return MaintenanceRecord()
    except (OSError, ValueError, KeyError, TypeError, RecursionError, BaseValidationError) as error:
        logger.bind(action="cleanup").warning("The totals of the clean-ups start again: {}.", type(error).__name__)
        return MaintenanceRecord()


def write_maintenance(layout: StorageLayout, record: MaintenanceRecord) -> None:
    """Write the record.

    Raises:
        OSError: The disk is full, or broken.
    """
    write_file(layout.maintenance, json.dumps(_CONVERTER.unstructure(record), indent=2).encode())
