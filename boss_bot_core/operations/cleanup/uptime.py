"""Reads this machine's clock together with its uptime, which nobody can set."""

import time
from pathlib import Path

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.clock_history import ClockReading

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# Linux's monotonic clock stands still while the machine sleeps; elsewhere it is the only one.
_UPTIME_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def read_clock() -> ClockReading:
    """Return the clock, the uptime and the id of the machine's start."""
    try:
        boot_id = _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        boot_id = ""
    return ClockReading(wall=utc_now(), uptime_s=time.clock_gettime(_UPTIME_CLOCK), boot_id=boot_id)
