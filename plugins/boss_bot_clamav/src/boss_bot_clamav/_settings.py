"""The operator's settings of the plugin."""

from typing import Annotated, Literal

import attrs

from boss_bot_core.plugin import ServiceAddress

_MEGABYTE = 1_048_576


def _check_positive(number: float) -> float:
    if number <= 0:
        raise ValueError("a number above 0")
    return number


@attrs.frozen(kw_only=True)
class ClamavSettings:
    """The settings of the plugin, `[plugins.clamav]` in config.toml."""

    address: ServiceAddress | None = None
    """Where clamd listens: its socket, such as /run/clamav/clamd.ctl, or IP:port. Empty: no file is scanned."""
    mode: Literal["on", "required", "off"] = "on"
    """Whether a file that clamd cannot scan passes with a line in the log ("on") or is held; "off" scans no file."""
    timeout_s: Annotated[float, _check_positive] = 60.0
    """Seconds that clamd may take for one file."""
    max_stream_mb: Annotated[float, _check_positive] = 100.0
    """Largest file in megabytes that is sent to clamd; not more than StreamMaxLength in clamd.conf."""

    def __attrs_post_init__(self) -> None:
        """Refuse a scan that is required and impossible."""
        if self.mode == "required" and self.address is None:
            raise ValueError('mode is "required", but address does not say where clamd listens')

    @property
    def max_stream_bytes(self) -> int:
        """Size in bytes of the largest file that is sent to clamd."""
        return int(self.max_stream_mb * _MEGABYTE)
