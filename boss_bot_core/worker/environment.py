"""The zygote's environment: an allow-list, since `/proc/PID/environ` shows it for as long as the process lives."""

import os
from collections.abc import Mapping

_ALLOWED = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR"})
_ALLOWED_PREFIX = "LC_"


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return what of this process's environment the zygote may see, and `extra`."""
    kept = {name: text for name, text in os.environ.items() if name in _ALLOWED or name.startswith(_ALLOWED_PREFIX)}
    return {**kept, **extra}
